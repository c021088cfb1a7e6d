"""The cells of a level that hold points, as a table from which a window is read without looking at a point.

Cells stand in the order in which one reads: from north to south, in each row from west to east. A window is
a stretch of each of its rows, and so a few stretches of the table.
"""

import numpy as np
from numpy.typing import NDArray

from .boxes import Window
from .columns import SortedColumns
from .groups import GROUP, Groups, cell_numbers, summed
from .mercator import GRID_BITS

_POINTS_A_CELL = 4
"""No table is kept of levels whose cells hold fewer points than this: looking at these is as fast."""


class CellTable:
    """Groups of one level, one for each cell that holds points."""

    def __init__(self, groups: Groups, level: int) -> None:
        """Of groups in any order."""
        numbers = cell_numbers(groups, level)
        order = np.argsort(numbers, kind="stable")
        self._level = level
        self._numbers = numbers.take(order)
        self.groups = groups.take(order)
        self._bytes = self.groups.view(np.uint8).data
        columns, rows = self._numbers & (1 << level) - 1, self._numbers >> level
        self._edges = (
            (int(columns.min()), int(columns.max()), int(rows[0]), int(rows[-1])) if len(rows) else None
        )

    @property
    def nbytes(self) -> int:
        """Bytes of the table."""
        return self.groups.nbytes + self._numbers.nbytes

    def within(self, window: Window) -> Groups:
        """The groups in a window's cells, in the table's order."""
        if self._is_all_in(window):
            return self.groups
        rows = np.arange(window.first_row, window.last_row + 1) << self._level
        size = GROUP.itemsize
        stretches: list[tuple[int, int]] = []
        for first, last in window.column_ranges:
            starts = self._numbers.searchsorted(rows + first).tolist()
            ends = self._numbers.searchsorted(rows + last + 1).tolist()
            stretches += zip(starts, ends, strict=True)
        if window.first_column > window.last_column:
            stretches.sort()
        return np.frombuffer(
            b"".join([self._bytes[start * size : end * size] for start, end in stretches]), dtype=GROUP
        )

    def _is_all_in(self, window: Window) -> bool:
        if self._edges is None:
            return True
        west, east, north, south = self._edges
        return (
            window.first_column <= west
            and east <= window.last_column
            and window.first_row <= north
            and south <= window.last_row
        )


def all_tables(columns: SortedColumns) -> list[CellTable]:
    """The tables of all points, by level from 0."""
    n = len(columns)
    splits = _split_levels(columns.codes)
    x_sums, y_sums = (_running_sums(squares) for squares in columns.x_and_y(np.arange(n)))
    tables = []
    for level, cells in enumerate(np.cumsum(np.bincount(splits, minlength=GRID_BITS + 1)).tolist()):
        if n < _POINTS_A_CELL * cells or level > GRID_BITS or not n:
            break
        first = np.flatnonzero(splits <= level)
        after = np.append(first[1:], n)
        sums = x_sums[after] - x_sums[first], y_sums[after] - y_sums[first]
        tables.append(CellTable(summed(columns, first, after - 1, after - first, *sums), level))
    return tables


def _split_levels(codes: NDArray[np.int64]) -> NDArray[np.int8]:
    """The coarsest level of which each row begins a cell; GRID_BITS + 1 where it begins not even a square.

    That follows from the highest bit in which a code differs from the one before.
    """
    levels = np.zeros(len(codes), dtype=np.int8)
    _, bits = np.frexp((codes[1:] ^ codes[:-1]).astype(np.float64))
    levels[1:] = GRID_BITS - (bits - 1) // 2
    return levels


def _running_sums(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sums of the first 0, 1, 2, … numbers."""
    sums = np.zeros(len(numbers) + 1, dtype=np.int64)
    np.cumsum(numbers, out=sums[1:])
    return sums
