"""What search pages show of a query's matches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language

from atlas.moments import PARAMETER, Moment
from sources.models import Record

from .marking import marked
from .names import Match
from .records import KINDS, description, grouped, names_of

PAGE = 20
#: Suggestions shown under a search box: in all, and of one kind.
SUGGESTED, SUGGESTED_OF_A_KIND = 8, 4

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Result:
    """A record found, its label, and the spelling that answered where that is another one."""

    record: Record
    label: Pieces
    label_language: str
    spelling: Pieces
    spelling_language: str
    description: str


@dataclass(frozen=True)
class Group:
    """The records of one kind that a query found: a page of them, and how many there are."""

    kind: str
    heading: Any
    count: int
    page: Page
    results: list[Result]
    address: str


def groups_of(moment: Moment, query: str, number: str) -> list[Group]:
    """What a query finds, by kind; `number` is the page shown of each, the last one if there are fewer."""
    found = grouped(names_of(moment.snapshot).find(query))
    return [_group(moment, query, kind, matches, number) for kind, matches in found.items()]


def suggestions(moment: Moment, query: str) -> list[Result]:
    """The few best records to offer while a reader types; sources only where little else is found."""
    found = grouped(names_of(moment.snapshot).find(query))
    best = [match for matches in found.values() for match in matches[:SUGGESTED_OF_A_KIND]]
    return [_result(moment, query, match) for match in best[:SUGGESTED]]


def address_of(path: str, moment: Moment, **asked: Any) -> str:
    """An address with a query string: what is blank is left out, the moment goes along."""
    parameters = {name: value for name, value in asked.items() if value not in ("", None)}
    if moment.as_of:
        parameters[PARAMETER] = moment.as_of
    return f"{path}?{urlencode(parameters, safe='/')}" if parameters else path


def _group(moment: Moment, query: str, kind: str, matches: Sequence[Match[Record]], number: str) -> Group:
    page = Paginator(matches, PAGE).get_page(number)
    return Group(
        kind=kind,
        heading=KINDS[kind],
        count=len(matches),
        page=page,
        results=[_result(moment, query, match) for match in page],
        address=address_of("", moment, q=query, kind=kind),
    )


def _result(moment: Moment, query: str, match: Match[Record]) -> Result:
    label, language = match.thing.label_in(get_language() or "en")
    text = match.spelling.text
    is_label = text == label
    return Result(
        record=match.thing,
        label=marked(label, query) if is_label else [(label, False)],
        label_language=match.spelling.language if is_label else language,
        spelling=[] if is_label else marked(text, query),
        spelling_language=match.spelling.language,
        description=description(moment.snapshot, match.thing),
    )
