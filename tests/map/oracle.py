"""What a plain look at each point answers: the oracle of the map's index, and the questions put to both."""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from atlas.map.boxes import Box, Window
from atlas.map.engine import PointIndex
from atlas.map.facets import FacetColumn
from atlas.map.mercator import GRID_BITS, project
from atlas.map.pictures import View

COUNTRIES = ("KZ", "KG", "TJ")
MINERALS = ("antimony", "copper", "lithium", "tin", "tungsten")
EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True)
class Place:
    """One point as the oracle sees it; `rank` is its place in the readers' order."""

    id: int
    longitude: float
    latitude: float
    country: str
    minerals: frozenset[str]
    rank: int

    @property
    def square(self) -> tuple[int, int]:
        x, y = project(self.longitude, self.latitude)
        return int(x), int(y)

    def cell(self, level: int) -> tuple[int, int]:
        x, y = self.square
        return x >> GRID_BITS - level, y >> GRID_BITS - level

    def matches(self, filters: dict[str, list[str]]) -> bool:
        countries, minerals = filters.get("country"), filters.get("mineral")
        return (not countries or self.country in countries) and (
            not minerals or bool(self.minerals & set(minerals))
        )

    def distance_m(self, longitude: float, latitude: float) -> float:
        """The angle between two unit vectors as atan2 of cross and dot product, good at any distance."""
        here, there = vector(longitude, latitude), vector(self.longitude, self.latitude)
        return EARTH_RADIUS_M * math.atan2(np.linalg.norm(np.cross(here, there)), np.dot(here, there))


def vector(longitude: float, latitude: float) -> list[float]:
    theta, phi = math.radians(longitude), math.radians(latitude)
    return [math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)]


def index_of(places: list[Place]) -> PointIndex:
    return PointIndex.build(
        ids=[place.id for place in places],
        longitudes=[place.longitude for place in places],
        latitudes=[place.latitude for place in places],
        facets={
            "country": FacetColumn.of(([place.country] for place in places), COUNTRIES),
            "mineral": FacetColumn.of((place.minerals for place in places), MINERALS),
        },
        rank=[place.rank for place in places],
    )


def in_box(place: Place, box: Box) -> bool:
    if box.west <= box.east:
        across = box.west <= place.longitude <= box.east
    else:
        across = place.longitude >= box.west or place.longitude <= box.east
    return across and box.south <= place.latitude <= box.north


def in_window(place: Place, window: Window) -> bool:
    column, row = place.cell(window.level)
    if window.first_column <= window.last_column:
        across = window.first_column <= column <= window.last_column
    else:
        across = column >= window.first_column or column <= window.last_column
    return across and window.first_row <= row <= window.last_row


SPECIAL_LONGITUDES = [-180.0, 180.0, 179.9999999, -179.9999999, 0.0, 66.55]
SPECIAL_LATITUDES = [-90.0, 90.0, 85.06, -85.06, 89.9999, 0.0, 48.2]
longitudes = st.one_of(
    st.sampled_from(SPECIAL_LONGITUDES), st.floats(-180, 180), st.floats(66, 67), st.floats(66.55, 66.5500002)
)
latitudes = st.one_of(
    st.sampled_from(SPECIAL_LATITUDES), st.floats(-90, 90), st.floats(48, 49), st.floats(48.2, 48.2000002)
)
filters_drawn = st.fixed_dictionaries(
    {},
    optional={
        "country": st.lists(st.sampled_from([*COUNTRIES, "unknown"]), max_size=3),
        "mineral": st.lists(st.sampled_from([*MINERALS, "unobtainium"]), max_size=3),
    },
)
zooms = st.one_of(st.integers(-1, 26), st.floats(0, 20))


@st.composite
def places_drawn(draw: st.DrawFn) -> list[Place]:
    """Up to 40 points, many of them in the same place or near to each other."""
    positions = draw(st.lists(st.tuples(longitudes, latitudes), max_size=25))
    if positions:
        positions += draw(st.lists(st.sampled_from(positions), max_size=15))
    minerals = st.frozensets(st.sampled_from(MINERALS), max_size=3)
    ranks = draw(st.permutations(range(len(positions))))
    return [
        Place(1000 + number, *position, draw(st.sampled_from(COUNTRIES)), draw(minerals), ranks[number])
        for number, position in enumerate(positions)
    ]


@st.composite
def boxes(draw: st.DrawFn, places: list[Place]) -> Box:
    """A box, sometimes with its edges right on points, often across the 180th meridian."""
    east_west, north_south = longitudes, latitudes
    if places:
        east_west |= st.sampled_from([place.longitude for place in places])
        north_south |= st.sampled_from([place.latitude for place in places])
    south, north = sorted([draw(north_south), draw(north_south)])
    return Box(draw(east_west), south, draw(east_west), north)


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[Place], Box, float, dict[str, list[str]]]:
    places = draw(places_drawn())
    return places, draw(boxes(places)), draw(zooms), draw(filters_drawn)


def expected_groups(places: list[Place], window: Window, few: int) -> dict[tuple[int, int], list[Place]]:
    """Points by what shows them: the same cell, or where they are few the same grid square."""
    groups = defaultdict(list)
    for place in places:
        groups[place.square if len(places) <= few else place.cell(window.level)].append(place)
    return groups


def clusters_of(view: View) -> list[tuple[Any, ...]]:
    clusters = view.clusters
    columns = (clusters.cells, clusters.counts, clusters.x, clusters.y, clusters.coincident)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))
