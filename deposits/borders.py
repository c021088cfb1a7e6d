"""Whether a position lies in a country, by generalised outlines (Natural Earth 5.1, public domain)."""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

#: Outlines are generalised, and some borders are newer than they are; degrees.
TOLERANCE = 0.1

Ring = list[tuple[float, float]]


def outside_country(iso2: str, latitude: float, longitude: float) -> bool:
    """Whether it lies outside the country by more than the tolerance; False for countries not covered."""
    rings = _outlines().get(iso2)
    if not rings:
        return False
    steps = (-TOLERANCE, 0.0, TOLERANCE)
    return not any(_inside(rings, longitude + dx, latitude + dy) for dx in steps for dy in steps)


def _inside(rings: list[Ring], x: float, y: float) -> bool:
    """Even-odd rule (Shimrat 1962, Algorithm 112) over all rings, holes included."""
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@cache
def _outlines() -> dict[str, list[Ring]]:
    path = Path(__file__).parent / "data" / "outlines.json"
    countries: dict[str, list[Ring]] = json.loads(path.read_text(encoding="utf-8"))["countries"]
    return countries
