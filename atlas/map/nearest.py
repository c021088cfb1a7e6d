"""The nearest rows of a selection, on the sphere.

First a bound: of some matching rows that stand next to the position in the index's order, the k-th nearest.
It can be too far, never too near. Then every matching row in the cells that a circle of that radius touches
is measured.
"""

import math

import numpy as np
from numpy.typing import NDArray

from .bitmaps import Rows
from .boxes import Box
from .columns import SortedColumns
from .mercator import GRID_BITS, square_at
from .morton import code_of
from .runs import Runs
from .selections import Selection
from .sphere import MEAN_RADIUS_M, box_around, great_circle_m

_BESIDE = 16
"""So many rows more than k are looked at on either side for the bound."""


def nearest_rows(
    columns: SortedColumns,
    selection: Selection,
    longitude: float,
    latitude: float,
    k: int,
    within_m: float | None,
) -> tuple[Rows, NDArray[np.float64]]:
    """The k nearest rows of a selection, nearest first, and their distances in metres.

    Equally near ones come in the readers' order. Fewer come back where fewer match, or lie within `within_m`.
    """
    radius = _bound_m(columns, selection, longitude, latitude, k)
    if within_m is not None:
        radius = min(radius, within_m)
    rows = selection.rows_in(_runs_around(columns, longitude, latitude, radius))
    distances = _distances(columns, rows, longitude, latitude)
    near = np.flatnonzero(distances <= radius)
    rows, distances = rows[near], distances[near]
    first = np.lexsort((columns.ranks[rows], distances))[:k]
    return rows[first], distances[first]


def _bound_m(
    columns: SortedColumns, selection: Selection, longitude: float, latitude: float, k: int
) -> float:
    """A distance within which at least k matching rows lie, infinite where there may be fewer."""
    row = columns.codes.searchsorted(code_of(*square_at(longitude, latitude)))
    rows = selection.rows_beside(int(row), k + _BESIDE)
    if len(rows) < k:
        return math.inf
    distances = _distances(columns, rows, longitude, latitude)
    distances.sort()
    return float(distances[k - 1])


def _runs_around(columns: SortedColumns, longitude: float, latitude: float, radius_m: float) -> Runs:
    """The runs of rows in a few cells that hold every position within a distance, or all rows."""
    if radius_m >= math.pi * MEAN_RADIUS_M:
        return columns.runs_in(None)
    box = box_around(longitude, latitude, radius_m)
    if box.west > box.east:
        return columns.runs_touched_by(box)
    level, cells = _cells_of(box)
    return Runs.joined(*columns.runs_of_cells(np.array(cells), level))


def _cells_of(box: Box) -> tuple[int, list[int]]:
    """At most nine cells that hold a box which doesn't cross the 180th meridian: their level, their codes."""
    west, north = square_at(box.west, box.north)
    east, south = square_at(box.east, box.south)
    shift = max(0, max(east - west, south - north).bit_length() - 1)
    cells = [
        code_of(x, y)
        for y in range(north >> shift, (south >> shift) + 1)
        for x in range(west >> shift, (east >> shift) + 1)
    ]
    return GRID_BITS - shift, sorted(cells)


def _distances(columns: SortedColumns, rows: Rows, longitude: float, latitude: float) -> NDArray[np.float64]:
    longitudes, latitudes = columns.longitudes.take(rows), columns.latitudes.take(rows)
    return great_circle_m(longitude, latitude, longitudes, latitudes)
