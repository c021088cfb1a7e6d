"""Selections: the rows that filters leave, prepared so that many questions about them are cheap."""

from collections.abc import Callable, Sequence
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
from .row_values import RowValues
from .runs import Runs, expand

_LOOKED_UP_CELLS = 1024
"""Of a window of more cells, rows are found in coarser ones and then looked at."""
_ROWS_A_WORD = 16
"""With fewer matching rows a word of bitmap, looking at these is faster than looking at all values' words."""
_NOTHING = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)


class Selection:
    """Matching rows in the index's order.

    A first question is answered from the part that it concerns alone, as most filters are never used again;
    what a second one needs is worked out for all and kept.
    """

    def __init__(self, part: Callable[[slice], Bitmap], columns: SortedColumns, table_levels: int) -> None:
        """`part` gives a stretch of words of the bitmap that says which rows match.

        Of so many levels, tables are made when asked for again.
        """
        self._part = part
        self._columns = columns
        self.table_levels = table_levels
        self._tables: dict[int, CellTable] = {}
        self._shown = False
        self._counted: set[Facet] = set()
        self._block_counts: dict[Facet, NDArray[np.int32]] = {}

    @cached_property
    def bitmap(self) -> Bitmap:
        """Which rows match."""
        return self._part(slice(None))

    @cached_property
    def rows(self) -> Rows:
        """The matching rows, ascending."""
        return members_of(self.bitmap)

    @property
    def nbytes(self) -> int:
        """Bytes of all that has been worked out so far."""
        kept = vars(self)
        rows = sum(kept[name].nbytes for name in ("bitmap", "rows") if name in kept)
        tables = sum(table.nbytes for table in list(self._tables.values()))
        counts = sum(counts.nbytes for counts in list(self._block_counts.values()))
        return rows + tables + counts

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
        return members_in_words(*self._words_in(runs))

    def rows_beside(self, row: int, n: int) -> Rows:
        """Up to n matching rows before a row and n from it on: its neighbours in the index's order."""
        rank = int(self.rows.searchsorted(row))
        return self.rows[max(0, rank - n) : rank + n]

    def rows_ranked(self, first: Rows, last: Rows) -> Rows:
        """The matching rows of the ranks first[i] <= rank < last[i]."""
        return self.rows[expand(first, last)]

    def facet_counts(
        self, facets: Sequence[Facet], row_values: RowValues, runs: Runs
    ) -> dict[str, NDArray[np.int64]]:
        """How many matching rows in runs of rows have each value of facets: {facet: int64[V]}.

        On a second question about a facet, the counts of all blocks are taken and kept.
        """
        anew = {facet for facet in facets if facet not in self._counted}
        self._counted |= anew
        words, bits = self._words_in(runs) if anew else _NOTHING
        if np.bitwise_count(bits).sum(dtype=np.int64) >= _ROWS_A_WORD * len(words):
            return {facet.name: self._count_in_blocks(facet, runs) for facet in facets}
        counts = row_values.count({facet.name for facet in anew}, members_in_words(words, bits))
        for facet in facets:
            if facet not in anew:
                counts[facet.name] = self._count_in_blocks(facet, runs)
            elif facet.name not in row_values:
                counts[facet.name] = count_in_words(facet.bitmaps, words, bits)
        return counts

    def _words_in(self, runs: Runs) -> tuple[Rows, Bitmap]:
        """The words that hold runs of rows, and which of these match."""
        stretch = runs.stretch
        return runs.words(self.bitmap[stretch] if "bitmap" in vars(self) else self._part(stretch))

    def _count_in_blocks(self, facet: Facet, runs: Runs) -> NDArray[np.int64]:
        if facet not in self._block_counts:
            self._block_counts[facet] = cumulative_counts(facet.bitmaps, self.bitmap)
        before = self._block_counts[facet]
        firsts, lasts = runs.blocks
        beside = count_in_words(facet.bitmaps, *runs.words_beside_blocks(self.bitmap))
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
        """The matching rows in a window, where among them groups begin, and the level of these."""
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
        bitmap = pack(np.ones(len(columns), dtype=np.bool_))
        super().__init__(lambda stretch: bitmap[stretch], columns, len(tables))
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
