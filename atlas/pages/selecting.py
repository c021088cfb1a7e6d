"""The records of a list that an address asks for: what its page shows, and what its downloads hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from atlas.published.snapshot import Snapshot
from atlas.search.names import cleaned
from atlas.search.records import named_like

from .filtering import Filtered, filtered
from .listings import Listing
from .sorting import Column, sorted_by


@dataclass(frozen=True)
class Selected:
    """What a list holds under an address's filters, name and order, all pages of it."""

    records: Sequence[Any]
    #: How many the list has without filters.
    total: int
    found: Filtered
    #: The name that was asked for, as it was understood.
    query: str
    columns: Sequence[Column]
    #: The order in force: "name", "-claims"; "" for the likest names first.
    sort: str
    #: Whether the address asks for that order.
    is_sort_asked: bool


def selected(snapshot: Snapshot, listing: Listing, asked: QueryDict) -> Selected:
    """Filter and sort a list as its address asks; what the atlas does not know of it counts for nothing."""
    query = cleaned(asked.get("q", ""))
    everything = listing.records(snapshot)
    named = named_like(snapshot, everything, query) if query else everything
    found = filtered(named, listing.facets(snapshot), asked)
    columns = listing.columns(snapshot)
    sortable = {sign + column.name for column in columns if column.key for sign in ("", "-")}
    sort = asked.get("sort", "")
    is_asked = sort in sortable
    if not is_asked:
        # Names like the query come likest first unless the reader sorts them.
        sort = "" if query else listing.default_sort
    records = sorted_by(found.records, columns, sort)
    return Selected(records, len(everything), found, query, columns, sort, is_asked)
