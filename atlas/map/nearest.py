"""The nearest rows of a selection, on the sphere.

First a bound: around the position, the smallest block of three by three cells that holds k matching rows. The
k-th distance in it can be too long, never too short. Then every matching row in a box around the circle of
that radius is measured.
"""

import math

import numpy as np
from numpy.typing import NDArray

from .bitmaps import Rows
from .boxes import LEVELS_BELOW_ZOOM
from .columns import SortedColumns
from .mercator import GRID_BITS, project
from .morton import interleave
from .selections import Selection
from .sphere import MEAN_RADIUS_M, box_around, great_circle_m

_LEVELS = np.arange(GRID_BITS, LEVELS_BELOW_ZOOM - 1, -1)[:, np.newaxis, np.newaxis]
_AROUND = np.arange(-1, 2)


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
    radius = min(
        math.inf if within_m is None else within_m, _bound_m(columns, selection, longitude, latitude, k)
    )
    area = box_around(longitude, latitude, radius) if radius < math.pi * MEAN_RADIUS_M else None
    rows = selection.rows_in(columns.runs_touched_by(area) if area else columns.runs_in(None))
    distances = great_circle_m(longitude, latitude, columns.longitudes[rows], columns.latitudes[rows])
    near = distances <= radius
    rows, distances = rows[near], distances[near]
    first = np.lexsort((columns.ranks[rows], distances))[:k]
    return rows[first], distances[first]


def _bound_m(
    columns: SortedColumns, selection: Selection, longitude: float, latitude: float, k: int
) -> float:
    """A distance within which at least k matching rows lie, infinite where there may be fewer."""
    starts, ends = _blocks_around(longitude, latitude)
    first = selection.ranks(columns.codes.searchsorted(starts))
    last = selection.ranks(columns.codes.searchsorted(ends))
    enough = np.flatnonzero((last - first).sum(axis=1) >= k)
    if not len(enough):
        return math.inf
    rows = selection.rows_ranked(first[enough[0]], last[enough[0]])
    distances = great_circle_m(longitude, latitude, columns.longitudes[rows], columns.latitudes[rows])
    return float(np.partition(distances, k - 1)[k - 1])


def _blocks_around(longitude: float, latitude: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the cells of the blocks begin and end as Morton codes: int64[levels, 9], smallest block first.

    Cells that would lie beyond a pole are empty.
    """
    x, y = (int(square) for square in project(longitude, latitude))
    columns = (x >> GRID_BITS - _LEVELS) + _AROUND & (1 << _LEVELS) - 1
    rows = (y >> GRID_BITS - _LEVELS) + _AROUND[:, np.newaxis]
    in_world = (rows >= 0) & (rows < 1 << _LEVELS)
    shifts = 2 * (GRID_BITS - _LEVELS)
    cells = interleave(columns, np.where(in_world, rows, 0))
    starts = (cells << shifts).reshape(-1, 9)
    ends = (cells + in_world << shifts).reshape(-1, 9)
    return starts, ends
