"""Groups of rows that a map shows as one: the points of a cell as a cluster, a point alone as itself."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bitmaps import Rows
from .columns import SortedColumns
from .mercator import GRID_BITS, unproject
from .morton import interleave

GROUP = np.dtype(
    [
        ("x", np.float64),
        ("y", np.float64),
        ("longitude", np.float64),
        ("latitude", np.float64),
        ("id", np.int64),
        ("count", np.int32),
        ("coincident", np.bool_),
    ],
    align=True,
)
"""A group: x and y the mean of its members' grid squares (their middles); longitude and latitude the same in
degrees, or the position of a member that is alone; id of its first member; count of its members; coincident
if all of them lie in one grid square."""

Groups = NDArray[Any]


def cells_of(groups: Groups, level: int) -> NDArray[np.int64]:
    """The Morton codes of the cells of a level in which groups lie."""
    return interleave(*_columns_and_rows(groups, level))


def cell_numbers(groups: Groups, level: int) -> NDArray[np.int64]:
    """The same cells numbered row by row, from west to east and from north to south."""
    columns, rows = _columns_and_rows(groups, level)
    return rows << level | columns


def group_rows(columns: SortedColumns, rows: Rows, heads: Rows) -> Groups:
    """Ascending rows int64[k] as groups, each of which begins at one of the heads: positions in `rows`."""
    if not len(heads):
        return np.empty(0, dtype=GROUP)
    after = np.append(heads[1:], len(rows))
    x, y = columns.x_and_y(rows)
    sums = np.add.reduceat(x, heads), np.add.reduceat(y, heads)
    return summed(columns, rows.take(heads), rows.take(after - 1), after - heads, *sums)


def summed(
    columns: SortedColumns,
    first: Rows,
    last: Rows,
    counts: Rows,
    x_sums: NDArray[np.int64],
    y_sums: NDArray[np.int64],
) -> Groups:
    """Groups of which are known the first and last row, how many rows, and the sums of their squares."""
    groups = np.empty(len(first), dtype=GROUP)
    x, y = x_sums / counts + 0.5, y_sums / counts + 0.5
    longitudes, latitudes = unproject(x, y)
    alone = np.flatnonzero(counts == 1)
    longitudes[alone] = columns.longitudes.take(first[alone])
    latitudes[alone] = columns.latitudes.take(first[alone])
    groups["x"], groups["y"], groups["longitude"], groups["latitude"] = x, y, longitudes, latitudes
    groups["id"], groups["count"] = columns.ids.take(first), counts
    groups["coincident"] = columns.codes.take(first) == columns.codes.take(last)
    return groups


def _columns_and_rows(groups: Groups, level: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    shift = GRID_BITS - level
    return groups["x"].astype(np.int64) >> shift, groups["y"].astype(np.int64) >> shift
