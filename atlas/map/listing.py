"""The list beside the map: a page of the same records that the map shows, and how many it can't show."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from atlas.moments import PARAMETER
from atlas.pages.lists import Narrowing

from .asking import page_of
from .boxes import Window
from .record_facets import NO
from .record_map import RecordMap

PAGE_SIZE = 40
LOCATED = "located"
Pair = tuple[str, str]


def listing(
    query: QueryDict, atlas_map: RecordMap, area: Window | None, filters: dict[str, list[str]]
) -> dict[str, Any]:
    """What map/_list.html shows of an area of the map, or of all of it (None)."""
    total = atlas_map.listed(area, filters, limit=0, offset=0).total
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(page_of(query), pages)
    rows = atlas_map.listed(area, filters, PAGE_SIZE, (number - 1) * PAGE_SIZE).ids
    return {
        "cards": [atlas_map.cards[row] for row in rows],
        "number": number,
        "pages": pages,
        "previous": number - 1,
        "next": number + 1 if number < pages else 0,
        "in_view": total,
        "everywhere": total if area is None else atlas_map.listed(None, filters, limit=0, offset=0).total,
        "unlocated": atlas_map.unlocated(filters),
        "is_of_view": area is not None,
        "lists_unlocated": filters.get(LOCATED) == [NO],
        **_addresses(query, atlas_map, filters),
    }


def _addresses(query: QueryDict, atlas_map: RecordMap, filters: dict[str, list[str]]) -> dict[str, Any]:
    """The links of the list: other pages of it, fewer filters, what is not on the map."""
    as_of = [(PARAMETER, query.get(PARAMETER, ""))] if query.get(PARAMETER) else []
    asked = [(name, value) for name, values in filters.items() for value in values]
    elsewhere = [pair for pair in asked if pair[0] != LOCATED]
    return {
        "query": _query([*asked, *as_of]) + ("&" if asked or as_of else ""),
        "unlocated_query": _query([*elsewhere, (LOCATED, NO), *as_of]),
        "start_again": _query(as_of),
        "narrowings": [_narrowing(atlas_map, pair, asked, as_of) for pair in asked],
    }


def _narrowing(atlas_map: RecordMap, pair: Pair, asked: list[Pair], as_of: list[Pair]) -> Narrowing:
    facet = atlas_map.facets[pair[0]]
    without = [other for other in asked if other != pair]
    return Narrowing(str(facet.title), str(facet.labels.get(pair[1], pair[1])), _query([*without, *as_of]))


def _query(pairs: list[Pair]) -> str:
    return "?" + urlencode(pairs)
