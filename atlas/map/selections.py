"""Selections: the rows that filters leave, prepared so that many questions about them are cheap."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .bitmaps import ROWS_PER_WORD, Bitmap, Rows, count_in_words, cumulative_counts, members_of
from .facets import Facet
from .runs import Runs, expand


class Selection:
    """Matching rows in the index's order. What a question needs is worked out when first asked and kept."""

    def __init__(self, bitmap: Bitmap, x: NDArray[np.int32], y: NDArray[np.int32]) -> None:
        """`bitmap` says which rows match; x and y are the grid squares of all rows."""
        self.bitmap = bitmap
        self._x, self._y = x, y
        self._touched = False
        self._asked: set[Facet] = set()
        self._block_counts: dict[Facet, NDArray[np.int32]] = {}

    @cached_property
    def size(self) -> int:
        """How many rows match."""
        return int(np.bitwise_count(self.bitmap).sum(dtype=np.int64))

    @cached_property
    def rows(self) -> Rows:
        """The matching rows, ascending."""
        return members_of(self.bitmap)

    @cached_property
    def x_sums(self) -> NDArray[np.int64]:
        """int64[size + 1]: the sum of x over the first 0, 1, 2, … matching rows."""
        return running_sums(self._x[self.rows])

    @cached_property
    def y_sums(self) -> NDArray[np.int64]:
        """int64[size + 1]: the sum of y over the first 0, 1, 2, … matching rows."""
        return running_sums(self._y[self.rows])

    def near(self, starts: Rows, ends: Rows) -> "Selection":
        """What can answer for runs of rows: on a first question that concerns few words only the part there.

        The ranks and rows of a part agree with each other, but not with those of the whole.
        """
        if self._touched or not len(starts):
            return self
        low, high = int(starts[0]) >> 6, int(ends[-1]) + 63 >> 6
        self._touched = True
        return _Part(self, low, high, self._x, self._y) if 2 * (high - low) < len(self.bitmap) else self

    def ranks(self, rows: Rows) -> Rows:
        """How many matching rows come before each of the given ones."""
        return self.rows.searchsorted(rows)

    def row_at(self, ranks: Rows) -> Rows:
        """The matching row of each rank."""
        return self.rows[ranks]

    def rows_in(self, runs: Runs) -> Rows:
        """The matching rows in runs of rows, ascending."""
        return self.rows_ranked(self.ranks(runs.starts), self.ranks(runs.ends))

    def rows_ranked(self, first: Rows, last: Rows) -> Rows:
        """The matching rows of the ranks first[i] <= rank < last[i]."""
        return self.rows[expand(first, last)]

    def facet_counts(self, facet: Facet, runs: Runs) -> NDArray[np.int64]:
        """How many matching rows in runs of rows have each value of a facet: int64[V].

        A first question that concerns few words is answered by counting in these; one more, and the counts
        of all blocks are taken and kept.
        """
        if facet not in self._block_counts:
            words, masks = runs.words
            masks = masks & self.bitmap[words]
            if facet not in self._asked and 2 * np.count_nonzero(masks) < len(self.bitmap):
                self._asked.add(facet)
                return count_in_words(facet.bitmaps, words, masks)
            self._block_counts[facet] = cumulative_counts(facet.bitmaps, self.bitmap)
        before = self._block_counts[facet]
        firsts, lasts = runs.blocks
        words, masks = runs.words_beside_blocks
        beside = count_in_words(facet.bitmaps, words, masks & self.bitmap[words])
        return beside + (before[:, lasts] - before[:, firsts]).sum(axis=1, dtype=np.int64)


class _Part(Selection):
    """The matching rows in a stretch of the bitmap's words."""

    def __init__(
        self, whole: Selection, low: int, high: int, x: NDArray[np.int32], y: NDArray[np.int32]
    ) -> None:
        super().__init__(whole.bitmap, x, y)
        self.rows = ROWS_PER_WORD * low + members_of(whole.bitmap[low:high])


class Everything(Selection):
    """The selection of all rows, where a row's rank is the row."""

    @cached_property
    def x_sums(self) -> NDArray[np.int64]:
        """int64[n + 1]: the sum of x over the first 0, 1, 2, … rows."""
        return running_sums(self._x)

    @cached_property
    def y_sums(self) -> NDArray[np.int64]:
        """int64[n + 1]: the sum of y over the first 0, 1, 2, … rows."""
        return running_sums(self._y)

    def near(self, starts: Rows, ends: Rows) -> Selection:
        """Itself, as no rows have to be worked out."""
        return self

    def ranks(self, rows: Rows) -> Rows:
        """The rows themselves."""
        return rows

    def row_at(self, ranks: Rows) -> Rows:
        """The ranks themselves."""
        return ranks

    def rows_ranked(self, first: Rows, last: Rows) -> Rows:
        """The rows first[i] <= row < last[i]."""
        return expand(first, last)


class SelectionCache:
    """The selections last asked for, at most so many and so many bytes; safe for concurrent use.

    Two threads that ask for the same new selection at once may both build it; both get a right one.
    """

    def __init__(self, most: int = 64, most_bytes: int = 128 << 20) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[Hashable, tuple[Selection, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, build: Callable[[], Selection]) -> Selection:
        """The selection kept under a key, or else a newly built one."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        selection = build()
        self._keep(key, selection)
        return selection

    def _keep(self, key: Hashable, selection: Selection) -> None:
        size = _full_size(selection)
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = selection, size
            self._bytes += size
            while self._kept and (len(self._kept) > self._most or self._bytes > self._most_bytes):
                _, (_, dropped) = self._kept.popitem(last=False)
                self._bytes -= dropped

    def __len__(self) -> int:
        return len(self._kept)


def running_sums(numbers: NDArray[np.int32]) -> NDArray[np.int64]:
    """Sums of the first 0, 1, 2, … numbers."""
    sums = np.zeros(len(numbers) + 1, dtype=np.int64)
    np.cumsum(numbers, out=sums[1:])
    return sums


def _full_size(selection: Selection) -> int:
    """Bytes of a selection once all is worked out: rows, two sums, the counts of some hundred values."""
    return 24 * selection.size + 8 * selection.bitmap.nbytes
