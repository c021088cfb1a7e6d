"""The feeds: everything, corrections alone, a record with what belongs to it, a search, a filtered map."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from atlas import addresses
from atlas.changes.history import Change, corrections, history
from atlas.changes.scopes import EVERYTHING, about, of_records
from atlas.citing.subjects import moment, of_record
from atlas.citing.views import site
from atlas.map import asking
from atlas.map.record_facets import NAMES
from atlas.map.record_map import record_map
from atlas.moments import published
from atlas.published.snapshot import sorted_by_name
from atlas.search.names import cleaned
from atlas.search.records import names_of
from sources.models import Record

from .atom import MOST_ENTRIES, ChangesFeed, write

#: Best matches of a search that its feed follows.
MOST_FOUND = 50


@published
def feeds(request: HttpRequest) -> HttpResponse:
    """What can be followed, and where."""
    snapshot = moment(request).snapshot
    records = {
        "countries": sorted_by_name(snapshot.countries),
        "minerals": sorted_by_name(snapshot.all_minerals),
    }
    return render(request, "feeds/feeds.html", records)


@published
def everything(request: HttpRequest) -> HttpResponse:
    """Every change."""
    changes = history(moment(request).snapshot, EVERYTHING, after=0, limit=MOST_ENTRIES)
    return _feed(
        request, changes, _("Critical Minerals Atlas of Central Asia: what changes"), reverse("home")
    )


@published
def corrected(request: HttpRequest) -> HttpResponse:
    """What was superseded or retracted."""
    changes = corrections(moment(request).snapshot, EVERYTHING, after=0, limit=MOST_ENTRIES)
    heading = _("Critical Minerals Atlas of Central Asia: corrections")
    return _feed(request, changes, heading, reverse("corrections"))


@of_record
def of_one(request: HttpRequest, record: Record) -> HttpResponse:
    """What changes on a record, and for a country, mineral, partner or deposit what belongs to it."""
    snapshot = moment(request).snapshot
    changes = history(snapshot, about(snapshot, record), after=0, limit=MOST_ENTRIES)
    return _feed(
        request, changes, _("%(name)s: what changes") % {"name": record.label}, addresses.address(record)
    )


@published
def of_search(request: HttpRequest) -> HttpResponse:
    """What changes on the records that a search finds best (?q=, any script)."""
    snapshot = moment(request).snapshot
    query = cleaned(request.GET.get("q", ""))
    found = [match.thing for match in names_of(snapshot).find(query)[:MOST_FOUND]]
    changes = history(snapshot, of_records(snapshot, found), after=0, limit=MOST_ENTRIES)
    heading = _("“%(query)s”: what changes") % {"query": query}
    return _feed(request, changes, heading, _with_query(request, reverse("search")))


@published
def of_map(request: HttpRequest) -> HttpResponse:
    """What changes on the deposits and projects that a filtered map or list shows."""
    snapshot = moment(request).snapshot
    atlas_map = record_map(snapshot)
    filters = asking.filters_of(request.GET, NAMES)
    numbers = atlas_map.index.select(None, filters, limit=len(atlas_map.records)).ids
    found: list[Record] = [atlas_map.records[number] for number in numbers]
    changes = history(snapshot, of_records(snapshot, found), after=0, limit=MOST_ENTRIES)
    return _feed(
        request, changes, _("This part of the map: what changes"), _with_query(request, reverse("home"))
    )


def _feed(request: HttpRequest, changes: Iterable[Change], heading: str, page: str) -> HttpResponse:
    at = moment(request).snapshot.at
    text = write(changes, heading, site(request), page, request.get_full_path(), at)
    return HttpResponse(text, content_type=ChangesFeed.content_type)


def _with_query(request: HttpRequest, address: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
