"""The cells of a level that hold points, as a table from which a window is read without looking at a point.

Cells stand in the order in which one reads: from north to south, in each row from west to east. A window is
a stretch of each of its rows, and so a few stretches of the table.
"""

import numpy as np
from numpy.typing import NDArray

from .boxes import Window
from .columns import SortedColumns, split_squares
from .groups import GROUP, Groups, cell_numbers, summed
from .mercator import GRID_BITS

_LEVELS = 14
"""Up to level 13, the cells of zoom 11: nearer, a window holds few points."""
_POINTS_A_CELL = 2
"""No table is kept of levels whose cells hold fewer points than this: it would be as large as the points."""


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
    """The tables of all points, by level from 0; each but the finest is made from the next finer one."""
    splits = _split_levels(columns.codes)
    cells_at_level = np.cumsum(np.bincount(splits, minlength=_LEVELS))[:_LEVELS]
    levels = int(np.count_nonzero(_POINTS_A_CELL * cells_at_level <= len(columns))) if len(columns) else 0
    first = np.flatnonzero(splits < levels)
    splits, after = splits.take(first), np.append(first[1:], len(columns))
    x_sums, y_sums = (np.add.reduceat(squares, first) for squares in split_squares(columns.squares))
    tables = []
    for level in reversed(range(levels)):
        heads = np.flatnonzero(splits <= level)
        if len(heads) < len(first):
            after = after.take(np.append(heads[1:], len(first)) - 1)
            x_sums, y_sums = np.add.reduceat(x_sums, heads), np.add.reduceat(y_sums, heads)
            splits, first = splits.take(heads), first.take(heads)
        groups = summed(columns, first, after - 1, after - first, x_sums, y_sums)
        tables.append(CellTable(groups, level))
    return tables[::-1]


def _split_levels(codes: NDArray[np.int64]) -> NDArray[np.int8]:
    """The coarsest level of which each row begins a cell; GRID_BITS + 1 where it begins not even a square.

    That follows from the highest bit in which a code differs from the one before.
    """
    levels = np.zeros(len(codes), dtype=np.int8)
    _, bits = np.frexp((codes[1:] ^ codes[:-1]).astype(np.float64))
    levels[1:] = GRID_BITS - (bits - 1) // 2
    return levels
