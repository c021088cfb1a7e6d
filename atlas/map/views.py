"""The map page and the data behind it; the same filters, list and counts for both."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from atlas.moments import Moment, published
from atlas.pages.facets import mineral_value

from . import asking, payload
from .client import as_attribute, map_page
from .featured import featured
from .listing import listing
from .record_facets import NAMES
from .record_map import RecordMap, record_map
from .reference_views import client_config
from .symbols import hue_of, legend

#: How many minerals the first page offers to start from.
CHIPS = 8


@published
def home(request: HttpRequest) -> HttpResponse:
    """The map with its filters and list; without JavaScript the list alone, page by page."""
    moment: Moment = request.moment  # type: ignore[attr-defined]
    atlas_map = record_map(moment.snapshot)
    filters = asking.filters_of(request.GET, NAMES)
    choices = asking.choices(atlas_map, filters)
    return render(
        request,
        "map/home.html",
        {
            **listing(request.GET, atlas_map, None, filters),
            "choices": choices,
            "unknown": asking.unknown(atlas_map, filters),
            "counts": Counter(record.kind for record in atlas_map.records),
            "chips": _chips(atlas_map, filters),
            "featured": featured(moment.snapshot),
            "legend": legend(),
            "config": as_attribute(
                map_page(_bounds(atlas_map, filters), moment.as_of) | {"reference": client_config(moment)}
            ),
        },
    )


@published
def data(request: HttpRequest) -> HttpResponse:
    """What the map shows of `bbox` at `zoom` under the filters, with the counts and the list, as JSON."""
    moment: Moment = request.moment  # type: ignore[attr-defined]
    atlas_map = record_map(moment.snapshot)
    filters = asking.filters_of(request.GET, NAMES)
    try:
        window = asking.window_of(request.GET)
    except asking.Unreadable as error:
        return _json({"error": str(error)}, status=400)
    beside = listing(request.GET, atlas_map, window, filters)
    answer = {
        "tick": moment.tick,
        "suffix": moment.suffix,
        "list": render_to_string("map/_list.html", beside, request),
        "counts": asking.by_value(atlas_map, filters),
        "bounds": _bounds(atlas_map, filters),
    }
    if window is not None and beside["number"] == 1:
        answer |= payload.picture(atlas_map, window, filters)
    return _json(answer)


def _chips(atlas_map: RecordMap, filters: dict[str, list[str]]) -> list[dict[str, Any]]:
    """The minerals of the EU's critical list that most records are about, each beside the other filters."""
    chosen = filters.get("mineral", [])
    counts = asking.by_value(atlas_map, {})["mineral"]
    critical = [mineral for mineral in atlas_map.snapshot.all_minerals if mineral.eu_critical_2023 != "no"]
    critical.sort(key=lambda mineral: (-counts.get(mineral_value(mineral), 0), mineral.pk))
    return [
        {
            "query": urlencode({**filters, "mineral": [value]}, doseq=True),
            "label": mineral.label,
            "hue": hue_of(mineral),
            "is_chosen": value in chosen,
        }
        for mineral in critical[:CHIPS]
        for value in [mineral_value(mineral)]
    ]


def _bounds(atlas_map: RecordMap, filters: dict[str, list[str]]) -> list[float] | None:
    """South, west, north and east of what matches, for Leaflet."""
    bounds = atlas_map.bounds(filters)
    if bounds is None:
        return None
    west, south, east, north = (round(float(side), 4) for side in bounds)
    return [south, west, north, east]


def _json(answer: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(
        answer, status=status, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")}
    )
    response["Content-Language"] = get_language() or "en"
    return response
