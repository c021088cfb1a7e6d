"""The records that an address asks for: exactly those that the page of the same address shows."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from atlas.map import asking
from atlas.map.record_facets import NAMES
from atlas.map.record_map import record_map
from atlas.pages import listings
from atlas.pages.selecting import selected
from atlas.published.snapshot import Snapshot
from atlas.search.names import cleaned
from atlas.search.records import KINDS, grouped, names_of
from sources.models import Record

LISTINGS = {
    listing.name: listing
    for listing in (listings.DEPOSITS, listings.PROJECTS, listings.PARTNERS, listings.SOURCES)
}
_KIND_OF = {"deposits": "deposit", "projects": "project", "partners": "partner", "sources": "source"}


@dataclass(frozen=True)
class Selection:
    """Records of a moment, in the page's order, and the kinds of record that could be among them."""

    name: str
    snapshot: Snapshot
    records: list[Any]
    kinds: frozenset[str]


def of_list(snapshot: Snapshot, name: str, query: QueryDict) -> Selection:
    """What a list holds under the address's filters, name and order, all pages of it."""
    records = list(selected(snapshot, LISTINGS[name], query).records)
    return Selection(name, snapshot, records, frozenset([_KIND_OF[name]]))


def of_map(snapshot: Snapshot, query: QueryDict) -> Selection:
    """What the list beside the map holds, in the window that the address names. Raises asking.Unreadable."""
    atlas_map = record_map(snapshot)
    filters = asking.filters_of(query, NAMES)
    page = atlas_map.listed(asking.window_of(query), filters, limit=len(atlas_map.records), offset=0)
    records = [atlas_map.records[number] for number in page.ids]
    return Selection("map", snapshot, records, frozenset(["deposit", "project"]))


def of_search(snapshot: Snapshot, query: QueryDict) -> Selection:
    """What a search finds, kind by kind as its page shows them; `kind` shows one of them."""
    groups = grouped(names_of(snapshot).find(cleaned(query.get("q", ""))))
    kind = query.get("kind", "")
    shown = [matches for of, matches in groups.items() if kind not in KINDS or of == kind]
    records = [match.thing for matches in shown for match in matches if match.thing.kind in KINDS]
    kinds = frozenset([kind]) if kind in KINDS else frozenset(KINDS)
    return Selection("search", snapshot, records, kinds)


def everything(snapshot: Snapshot) -> Selection:
    """All records that claims are about; their sources come along."""
    kinds = ("deposit", "project", "partner", "country", "mineral", "region")
    standing = [record for record in snapshot.records.values() if record.kind in kinds]
    records = [record for record in standing if not record.merged_into_id and not record.withdrawn_because]
    records.sort(key=lambda record: (kinds.index(record.kind), record.pk))
    return Selection("everything", snapshot, records, frozenset(kinds))


def of_record(snapshot: Snapshot, record: Record) -> Selection:
    """One record."""
    return Selection(f"{record.kind}-{record.pk}", snapshot, [record], frozenset([record.kind]))
