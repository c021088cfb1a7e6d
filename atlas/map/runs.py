"""Runs of rows: the shape that any part of the map takes in the index's order."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .bitmaps import ROWS_PER_BLOCK, Bitmap, Rows

_ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


@dataclass(frozen=True)
class Runs:
    """Rows starts[i] <= row < ends[i], ascending, apart, none of the runs empty."""

    starts: Rows
    ends: Rows

    @classmethod
    def joined(cls, starts: Rows, ends: Rows) -> Self:
        """The same rows in the fewest runs; the ones given are ascending, but may be empty or touch."""
        some = starts < ends
        starts, ends = starts[some], ends[some]
        apart = np.flatnonzero(starts[1:] != ends[:-1])
        return cls(np.concatenate((starts[:1], starts[apart + 1])), np.concatenate((ends[apart], ends[-1:])))

    @cached_property
    def words(self) -> tuple[Rows, Bitmap]:
        """The words of a bitmap that hold the rows, ascending, and in each the bits of those rows."""
        return words_of_runs(self.starts, self.ends)

    @cached_property
    def blocks(self) -> tuple[Rows, Rows]:
        """The first blocks, and those after the last, of the runs that hold whole blocks."""
        firsts, lasts = -(-self.starts // ROWS_PER_BLOCK), self.ends // ROWS_PER_BLOCK
        whole = firsts < lasts
        return firsts[whole], lasts[whole]

    @cached_property
    def words_beside_blocks(self) -> tuple[Rows, Bitmap]:
        """The words that hold the rows outside of `blocks`, ascending, and in each the bits of those rows."""
        firsts, lasts = -(-self.starts // ROWS_PER_BLOCK), self.ends // ROWS_PER_BLOCK
        whole = firsts < lasts
        starts, ends = self.starts, self.ends
        piece_starts = np.concatenate((starts[~whole], starts[whole], lasts[whole] * ROWS_PER_BLOCK))
        piece_ends = np.concatenate((ends[~whole], firsts[whole] * ROWS_PER_BLOCK, ends[whole]))
        order = np.argsort(piece_starts, kind="stable")
        return words_of_runs(piece_starts[order], piece_ends[order])

    def contain(self, rows: Rows) -> NDArray[np.bool_]:
        """Which of the rows lie in the runs."""
        return self.starts.searchsorted(rows, side="right") > self.ends.searchsorted(rows, side="right")


def expand(starts: Rows, ends: Rows) -> Rows:
    """The numbers of all runs starts[i] <= number < ends[i], one run after the other."""
    lengths = ends - starts
    after = np.cumsum(lengths)
    return np.arange(after[-1] if len(after) else 0) + np.repeat(starts - (after - lengths), lengths)


def words_of_runs(starts: Rows, ends: Rows) -> tuple[Rows, Bitmap]:
    """The words that hold ascending runs of rows, ascending, and in each the bits of those rows."""
    some = starts < ends
    starts, ends = starts[some], ends[some]
    first_words, after_words = starts >> 6, (ends + 63) >> 6
    words = expand(first_words, after_words)
    if not len(words):
        return words, np.zeros(0, dtype=np.uint64)
    masks = np.full(len(words), _ALL)
    after = np.cumsum(after_words - first_words)
    masks[after - (after_words - first_words)] &= _ALL << (starts & 63).astype(np.uint64)
    masks[after - 1] &= _ALL >> (-ends & 63).astype(np.uint64)
    heads = np.flatnonzero(np.diff(words, prepend=-1))
    return words[heads], np.bitwise_or.reduceat(masks, heads)
