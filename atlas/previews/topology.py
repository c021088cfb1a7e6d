"""The basemap's TopoJSON as rings and lines of degrees.

https://github.com/topojson/topojson-specification
"""

import json
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from django.conf import settings

Line = list[tuple[float, float]]


@cache
def _topology() -> dict[str, Any]:
    path = settings.BASE_DIR / "static" / "basemap" / "outlines.json"
    topology: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return topology


@cache
def _arcs() -> list[Line]:
    """Every arc as (longitude, latitude) pairs; stored are differences on a grid."""
    transform = _topology()["transform"]
    (step_x, step_y), (left, bottom) = transform["scale"], transform["translate"]
    found = []
    for arc in _topology()["arcs"]:
        columns, rows = zip(*arc, strict=True)
        longitudes = (x * step_x + left for x in accumulate(columns))
        latitudes = (y * step_y + bottom for y in accumulate(rows))
        found.append(list(zip(longitudes, latitudes, strict=True)))
    return found


def polygons(name: str) -> list[list[Line]]:
    """A MultiPolygon of the basemap: polygons, each its outer ring and then its holes."""
    return [[_line(ring) for ring in polygon] for polygon in _topology()["objects"][name]["arcs"]]


def lines(name: str) -> list[Line]:
    """A MultiLineString of the basemap."""
    return [_line(numbers) for numbers in _topology()["objects"][name]["arcs"]]


def _line(numbers: Sequence[int]) -> Line:
    """The arcs of these numbers end to end; ~n is arc n backwards."""
    line: Line = []
    for number in numbers:
        arc = _arcs()[number] if number >= 0 else _arcs()[~number][::-1]
        line += arc[1:] if line else arc
    return line
