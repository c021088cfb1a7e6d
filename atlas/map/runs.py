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

    @property
    def stretch(self) -> slice:
        """The words of a bitmap from the first that holds one of the rows to the last."""
        if not len(self.starts):
            return slice(0, 0)
        return slice(int(self.starts[0]) >> 6, int(self.ends[-1]) + 63 >> 6)

    def words(self, stretch: Bitmap) -> tuple[Rows, Bitmap]:
        """The words that hold the rows, and which of these rows a bitmap has there: its stretch of words.

        Words ascend; one that holds rows of several runs comes once for each.
        """
        return words_of_runs(stretch, self.stretch.start, self.starts, self.ends)

    @cached_property
    def blocks(self) -> tuple[Rows, Rows]:
        """The first blocks, and those after the last, of the runs that hold whole blocks."""
        firsts, lasts = -(-self.starts // ROWS_PER_BLOCK), self.ends // ROWS_PER_BLOCK
        whole = firsts < lasts
        return firsts[whole], lasts[whole]

    def words_beside_blocks(self, bitmap: Bitmap) -> tuple[Rows, Bitmap]:
        """The words that hold the rows outside of `blocks`, and which of these rows a bitmap has there."""
        firsts, lasts = -(-self.starts // ROWS_PER_BLOCK), self.ends // ROWS_PER_BLOCK
        whole = firsts < lasts
        starts, ends = self.starts, self.ends
        piece_starts = np.concatenate((starts[~whole], starts[whole], lasts[whole] * ROWS_PER_BLOCK))
        piece_ends = np.concatenate((ends[~whole], firsts[whole] * ROWS_PER_BLOCK, ends[whole]))
        some = piece_starts < piece_ends
        return words_of_runs(bitmap, 0, piece_starts[some], piece_ends[some])

    def contain(self, rows: Rows) -> NDArray[np.bool_]:
        """Which of the rows lie in the runs."""
        return self.starts.searchsorted(rows, side="right") > self.ends.searchsorted(rows, side="right")


def expand(starts: Rows, ends: Rows) -> Rows:
    """The numbers of all runs starts[i] <= number < ends[i], one run after the other."""
    lengths = ends - starts
    after = np.cumsum(lengths)
    return np.arange(after[-1] if len(after) else 0) + np.repeat(starts - (after - lengths), lengths)


def words_of_runs(stretch: Bitmap, first_word: int, starts: Rows, ends: Rows) -> tuple[Rows, Bitmap]:
    """The words that hold runs of rows, none of them empty, and of the bits there those of these rows.

    `stretch` is of a bitmap that begins at its word `first_word`.
    """
    first_words, after_words = starts >> 6, ends + 63 >> 6
    words = expand(first_words, after_words)
    bits = stretch.take(words - first_word)
    after = np.cumsum(after_words - first_words)
    bits[after - (after_words - first_words)] &= _ALL << (starts & 63).astype(np.uint64)
    bits[after - 1] &= _ALL >> (-ends & 63).astype(np.uint64)
    return words, bits
