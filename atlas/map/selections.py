"""Selections: the rows that filters leave, prepared so that many questions about them are cheap."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .bitmaps import Bitmap, Rows, count_in_words, cumulative_counts, members_in_words, members_of, pack
from .boxes import Window
from .cell_tables import CellTable, all_tables
from .columns import SortedColumns
from .facets import Facet
from .groups import Groups, cell_numbers, group_rows
from .mercator import GRID_BITS
from .runs import Runs, expand

_LOOKED_UP_CELLS = 1024
"""Of a window of more cells, rows are found in coarser ones and then looked at."""
_ROWS_A_WORD = 16
"""With fewer matching rows a word of bitmap, it is faster to look at these than at the words of all values."""


class Selection:
    """Matching rows in the index's order.

    A first question is answered from the part that it concerns alone, as most filters are never used again;
    what a second one needs is worked out for all and kept.
    """

    def __init__(self, bitmap: Bitmap, columns: SortedColumns, table_levels: int) -> None:
        """`bitmap` says which rows match; of this many levels, tables are made when asked for again."""
        self.bitmap = bitmap
        self._columns = columns
        self.table_levels = table_levels
        self._tables: dict[int, CellTable] = {}
        self._shown = False
        self._counted: set[Facet] = set()
        self._block_counts: dict[Facet, NDArray[np.int32]] = {}

    @cached_property
    def rows(self) -> Rows:
        """The matching rows, ascending."""
        return members_of(self.bitmap)

    @property
    def nbytes(self) -> int:
        """Bytes of all that has been worked out so far."""
        rows = self.rows.nbytes if "rows" in vars(self) else 0
        tables = sum(table.nbytes for table in list(self._tables.values()))
        counts = sum(counts.nbytes for counts in list(self._block_counts.values()))
        return self.bitmap.nbytes + rows + tables + counts

    def groups(self, window: Window, few: int) -> Groups:
        """What a map shows of a window: the matching rows of each cell, if they are few of each grid square.

        Groups come in the order of cells, from north to south and from west to east.
        """
        table = self._table(window.level) if self._shown else None
        if table is not None:
            groups = table.within(window)
            if not few or groups["count"].sum() > few:
                return groups
        rows, heads, level = self._in_cells(window, few)
        self._shown = True
        groups = group_rows(self._columns, rows, heads)
        return groups.take(np.argsort(cell_numbers(groups, level), kind="stable"))

    def ranks(self, rows: Rows) -> Rows:
        """How many matching rows come before each of the given ones."""
        return self.rows.searchsorted(rows)

    def rows_in(self, runs: Runs) -> Rows:
        """The matching rows in runs of rows, ascending."""
        if self._shown or "rows" in vars(self):
            return self.rows_ranked(self.ranks(runs.starts), self.ranks(runs.ends))
        words, masks = runs.words
        return members_in_words(words, masks & self.bitmap.take(words))

    def rows_beside(self, row: int, n: int) -> Rows:
        """Up to n matching rows before a row and n from it on: its neighbours in the index's order."""
        rank = int(self.rows.searchsorted(row))
        return self.rows[max(0, rank - n) : rank + n]

    def rows_ranked(self, first: Rows, last: Rows) -> Rows:
        """The matching rows of the ranks first[i] <= rank < last[i]."""
        return self.rows[expand(first, last)]

    def facet_counts(self, facets: Sequence[Facet], runs: Runs) -> list[NDArray[np.int64]]:
        """How many matching rows in runs of rows have each value of facets: an int64[V] of each.

        On a second question about a facet, the counts of all blocks are taken and kept.
        """
        words, masks = runs.words
        masks = masks & self.bitmap.take(words)
        are_few = int(np.bitwise_count(masks).sum(dtype=np.int64)) < _ROWS_A_WORD * len(words)
        anew = [
            facet for facet in facets if facet not in self._block_counts and facet not in self._counted
        ]
        rows = members_in_words(words, masks) if anew and are_few else None
        counts = []
        for facet in facets:
            if facet not in anew:
                counts.append(self._count_in_blocks(facet, runs))
            elif rows is not None and facet.has_masks:
                counts.append(facet.count_rows(rows))
            elif are_few:
                counts.append(count_in_words(facet.bitmaps, words, masks))
            else:
                counts.append(self._count_in_blocks(facet, runs))
        self._counted.update(facets)
        return counts

    def _count_in_blocks(self, facet: Facet, runs: Runs) -> NDArray[np.int64]:
        if facet not in self._block_counts:
            self._block_counts[facet] = cumulative_counts(facet.bitmaps, self.bitmap)
        before = self._block_counts[facet]
        firsts, lasts = runs.blocks
        words, masks = runs.words_beside_blocks
        beside = count_in_words(facet.bitmaps, words, masks & self.bitmap[words])
        return beside + (before[:, lasts] - before[:, firsts]).sum(axis=1, dtype=np.int64)

    def _table(self, level: int) -> CellTable | None:
        """The table of a level, if there is one."""
        if level >= self.table_levels:
            return None
        if level not in self._tables:
            heads = _heads(self._columns.codes.take(self.rows), level)
            self._tables[level] = CellTable(group_rows(self._columns, self.rows, heads), level)
        return self._tables[level]

    def _in_cells(self, window: Window, few: int) -> tuple[Rows, Rows, int]:
        """The matching rows in a window, where among them groups begin, and the level whose cells these are."""
        columns = self._columns
        coarse = window.coarser(_LOOKED_UP_CELLS)
        starts, ends = columns.runs_of_cells(coarse.cells(), coarse.level)
        rows = self.rows_in(Runs.joined(starts, ends))
        if coarse is not window:
            rows = rows[window.has(*columns.x_and_y(rows))]
        if len(rows) <= few:
            return rows, _heads(columns.codes.take(rows), GRID_BITS), GRID_BITS
        if coarse is not window:
            return rows, _heads(columns.codes.take(rows), window.level), window.level
        first = rows.searchsorted(starts)
        return rows, first[first < np.append(first[1:], len(rows))], window.level


class Everything(Selection):
    """The selection of all rows, where a row's rank is the row."""

    def __init__(self, columns: SortedColumns) -> None:
        """With its tables made."""
        tables = all_tables(columns)
        super().__init__(pack(np.ones(len(columns), dtype=np.bool_)), columns, len(tables))
        self._tables = dict(enumerate(tables))
        self._shown = True

    def ranks(self, rows: Rows) -> Rows:
        """The rows themselves."""
        return rows

    def rows_in(self, runs: Runs) -> Rows:
        """The rows in the runs."""
        return expand(runs.starts, runs.ends)

    def rows_beside(self, row: int, n: int) -> Rows:
        """Up to n rows before a row and n from it on."""
        return np.arange(max(0, row - n), min(row + n, len(self._columns)))

    def rows_ranked(self, first: Rows, last: Rows) -> Rows:
        """The rows first[i] <= row < last[i]."""
        return expand(first, last)


def _heads(codes: NDArray[np.int64], level: int) -> Rows:
    """Where among ascending codes another cell of a level begins."""
    return np.flatnonzero(np.diff(codes >> 2 * (GRID_BITS - level), prepend=-1))
