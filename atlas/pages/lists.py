"""The lists of deposits, projects, partners and sources: filtered, sorted and paged in memory."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from atlas.moments import PARAMETER, published

from . import listings
from .filtering import Filtered
from .selecting import selected
from .sorting import headings

PAGE_SIZE = 50


@dataclass(frozen=True)
class Narrowing:
    """One filter in force, and the address of the list without it."""

    title: str
    label: str
    without: str


@published
def deposits(request: HttpRequest) -> HttpResponse:
    return _list(request, listings.DEPOSITS)


@published
def projects(request: HttpRequest) -> HttpResponse:
    return _list(request, listings.PROJECTS)


@published
def partners(request: HttpRequest) -> HttpResponse:
    return _list(request, listings.PARTNERS)


@published
def sources(request: HttpRequest) -> HttpResponse:
    return _list(request, listings.SOURCES)


def _list(request: HttpRequest, listing: listings.Listing) -> HttpResponse:
    snapshot = request.moment.snapshot  # type: ignore[attr-defined]
    shown = selected(snapshot, listing, request.GET)
    paginator = Paginator(shown.records, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "listing": listing,
        "found": shown.found,
        "total": shown.total,
        "query": shown.query,
        "sort": shown.sort if shown.is_sort_asked else "",
        "headings": headings(shown.columns, shown.sort),
        "narrowings": _narrowings(shown.found, request.GET),
        "without_query": _without(request.GET, "q"),
        "start_again": _only_moment(request.GET),
        "page": page,
        "page_numbers": paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "ellipsis": paginator.ELLIPSIS,
        "rows": [listing.row(snapshot, record) for record in page],
    }
    return render(request, f"lists/{listing.name}.html", context)


def _narrowings(found: Filtered, asked: QueryDict) -> list[Narrowing]:
    return [
        Narrowing(str(choice.facet.title), option.label, _without(asked, choice.facet.name, option.value))
        for choice in found.choices
        for option in choice.chosen_options
    ]


def _without(asked: QueryDict, name: str, value: str | None = None) -> str:
    """The list's address without one parameter, or one of its values; at its first page."""
    rest: Any = asked.copy()
    rest.setlist(name, [other for other in rest.getlist(name) if value is not None and other != value])
    rest.pop("page", None)
    return "?" + rest.urlencode()


def _only_moment(asked: QueryDict) -> str:
    as_of = asked.get(PARAMETER)
    return "?" + (urlencode({PARAMETER: as_of}) if as_of else "")
