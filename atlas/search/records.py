"""The names of every public record as of a snapshot, and what a line says of a record that was found."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from atlas.published.derived import kept_with_snapshot, made_ahead
from atlas.published.snapshot import Snapshot
from deposits.models import Country, Deposit, Mineral
from partners.models import Partner
from projects.models import Project
from sources.dates import show_partial_date
from sources.models import Publisher, Record, Source

from .names import Grade, Match, Names, Spelling

T = TypeVar("T", bound=Record)

#: Kinds in the order they are offered where their names answer equally well, with their headings.
KINDS = {
    "country": _("Countries"),
    "mineral": _("Minerals"),
    "deposit": _("Deposits"),
    "project": _("Projects"),
    "partner": _("Partners"),
    "publisher": _("Publishers"),
    "source": _("Sources"),
}
#: The region's page is that of the countries.
_GROUPS = {"region": "country"}
_TIERS = {
    Grade.SAME_LETTERS: 0,
    Grade.SAME_NAME: 0,
    Grade.BEGINS: 1,
    Grade.WORDS_BEGIN: 1,
    Grade.ALIKE: 2,
}
_MINERALS_NAMED = 3


@made_ahead
@kept_with_snapshot
def names_of(snapshot: Snapshot) -> Names[Record]:
    """The index over a snapshot's names."""
    return Names(_spellings(snapshot))


def named_like(snapshot: Snapshot, records: Iterable[T], query: str) -> list[T]:
    """Those of these records that a search for the query finds, the likest first.

    A source is found by its publisher's names too.
    """
    place = {match.thing: number for number, match in enumerate(names_of(snapshot).find(query))}
    places: list[tuple[int, T]] = []
    for record in records:
        owners: tuple[Record | None, ...] = (record, getattr(record, "publisher", None))
        own = [place[owner] for owner in owners if owner in place]
        if own:
            places.append((min(own), record))
    return [record for _place, record in sorted(places, key=lambda found: found[0])]


def group_of(record: Record) -> str:
    """The kind under which results show a record."""
    return _GROUPS.get(record.kind, record.kind)


def grouped(matches: list[Match[Record]]) -> dict[str, list[Match[Record]]]:
    """Matches by kind in the order of KINDS, but same names before begun ones before alike ones."""
    groups: dict[str, list[Match[Record]]] = {kind: [] for kind in KINDS}
    for match in matches:
        groups[group_of(match.thing)].append(match)
    filled = [(kind, found) for kind, found in groups.items() if found]
    return dict(sorted(filled, key=lambda group: _TIERS[group[1][0].grade]))


def _spellings(snapshot: Snapshot) -> Iterator[Spelling[Record]]:
    """Every spelling of every record; those of merged ones lead to the record that stands for them."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    records = sorted(
        snapshot.records.values(),
        key=lambda record: (order[group_of(record)], bool(record.merged_into_id), record.name.casefold()),
    )
    for record in records:
        standing = snapshot.standing(record)
        if not standing.withdrawn_because:
            yield from (Spelling(standing, text, language) for text, language in _texts(record))


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """(text, language): the name, its other spellings, and the symbols it is known by."""
    if isinstance(record, Source):
        yield record.name, record.language
    else:
        yield record.name, "" if isinstance(record, Publisher) else "en"
    yield from ((name.text, name.language) for name in record.all_names)
    if isinstance(record, Mineral) and record.symbol:
        yield record.symbol, ""
    if isinstance(record, Country):
        yield from ((record.iso2, ""), (record.iso3, ""))


def description(snapshot: Snapshot, record: Record) -> str:
    """What a line of results says of a record besides its name: where, what, by whom."""
    return " · ".join(str(part) for part in _parts(snapshot, record) if part)


def _parts(snapshot: Snapshot, record: Record) -> Iterator[Any]:
    if isinstance(record, Deposit | Project):
        if isinstance(record, Project):
            yield record.get_type_display()
        yield ", ".join(country.label for country in snapshot.countries_of(record))
        minerals = [mineral.label for mineral, _role in snapshot.minerals_of(record)]
        yield ", ".join(minerals[:_MINERALS_NAMED]) + (" …" if len(minerals) > _MINERALS_NAMED else "")
    elif isinstance(record, Mineral):
        yield record.symbol
        yield record.get_group_display()
    elif isinstance(record, Partner):
        yield record.get_type_display()
        projects = len({project for project, _role in snapshot.involvements.get(record.pk, [])})
        yield projects and ngettext("%(n)d project", "%(n)d projects", projects) % {"n": projects}
    elif isinstance(record, Source):
        yield record.publisher and record.publisher.label
        yield (
            show_partial_date(record.published, get_language() or "en") if record.published else _("undated")
        )
