"""Facets: the properties by which points are filtered and counted (country, mineral, stage, …)."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bitmaps import ROWS_PER_WORD, Bitmap, Rows, count_bits, pack, word_count

_MOST_WITH_MASKS = 128
"""Values of a facet: of more, a mask a row would take more memory than it saves time."""
_POINTS_AT_A_TIME = 1 << 15


@dataclass(frozen=True)
class FacetColumn:
    """What each of n points has of one facet: no value, one or many.

    Point i has the values numbered codes[offsets[i]:offsets[i + 1]]; offsets is int64[n + 1], codes are
    positions in `values`. Raises ValueError where these don't fit together.
    """

    values: Sequence[Hashable]
    offsets: NDArray[np.int64]
    codes: NDArray[np.integer]

    def __post_init__(self) -> None:
        if len(set(self.values)) != len(self.values):
            raise ValueError("a facet's values must differ from each other")
        if not len(self.offsets) or self.offsets[0] != 0 or self.offsets[-1] != len(self.codes):
            raise ValueError("a facet's offsets must run from 0 to the number of codes")
        if np.any(np.diff(self.offsets) < 0):
            raise ValueError("a facet's offsets must not fall")
        if len(self.codes) and not 0 <= self.codes.min() <= self.codes.max() < len(self.values):
            raise ValueError("a facet's codes must be positions in its values")

    @classmethod
    def single(cls, values: Sequence[Hashable], codes: ArrayLike) -> Self:
        """A facet of which each point has the one value that its code numbers."""
        codes = np.asarray(codes)
        return cls(values, np.arange(len(codes) + 1), codes)

    @classmethod
    def of(cls, points: Iterable[Iterable[Hashable]], values: Sequence[Hashable] = ()) -> Self:
        """A facet from the values of each point; numbered as in `values`, then as they appear."""
        numbers = {value: number for number, value in enumerate(values)}
        offsets: list[int] = [0]
        codes: list[int] = []
        for point in points:
            codes.extend(numbers.setdefault(value, len(numbers)) for value in point)
            offsets.append(len(codes))
        return cls(list(numbers), np.array(offsets, dtype=np.int64), np.array(codes, dtype=np.int64))


class Facet:
    """One facet of an index, over the rows in the index's order: V values of n points, in two shapes.

    A bitmap a value, for filtering and for counting many rows; of up to 128 values also a mask a row, whose
    bits are the row's values, for counting the values of few rows. Each takes about V * n / 8 bytes.
    """

    def __init__(self, column: FacetColumn, order: Rows) -> None:
        """`order` is int64[n]: which point of the column each row of the index is."""
        self.values = tuple(column.values)
        self.code_of = {value: code for code, value in enumerate(self.values)}
        self.bitmaps = np.zeros((len(self.values), word_count(len(order))), dtype=np.uint64)
        self._masks: list[NDArray[np.unsignedinteger]] = []
        has_masks = len(self.values) <= _MOST_WITH_MASKS
        for first in range(0, len(self.values), ROWS_PER_WORD):
            masks = _masks(column, first).take(order)
            for code in range(first, min(first + ROWS_PER_WORD, len(self.values))):
                byte, bit = divmod(code - first, 8)
                if bit == 0:
                    of_eight = masks.view(np.uint8)[byte :: masks.itemsize].copy()
                self.bitmaps[code] = pack(of_eight & np.uint8(1 << bit))
            if has_masks:
                self._masks.append(masks)

    @property
    def has_masks(self) -> bool:
        """Whether `count_rows` can be asked."""
        return len(self._masks) > 0

    @property
    def nbytes(self) -> int:
        """Bytes of both shapes."""
        return self.bitmaps.nbytes + sum(masks.nbytes for masks in self._masks)

    def any_of(self, codes: Sequence[int], stretch: slice) -> Bitmap:
        """The rows that have at least one of the values with these codes, in a stretch of words."""
        bitmaps = self.bitmaps[:, stretch]
        if not codes:
            return np.zeros(bitmaps.shape[1], dtype=np.uint64)
        union = bitmaps[codes[0]] | bitmaps[codes[-1]]
        for code in codes[1:-1]:
            union |= bitmaps[code]
        return union

    def count_rows(self, rows: Rows) -> NDArray[np.int64]:
        """How many of the rows have each value: int64[V]."""
        return np.concatenate([count_bits(masks.take(rows)) for masks in self._masks])[: len(self.values)]


def _masks(column: FacetColumn, first: int) -> NDArray[np.unsignedinteger]:
    """What each point has of 64 values, from `first` on, as bits of an integer no wider than needed."""
    width = min(ROWS_PER_WORD, len(column.values) - first)
    kind = np.min_scalar_type((1 << width) - 1)
    bit_of_code = np.zeros(len(column.values), dtype=kind)
    bit_of_code[first : first + width] = [1 << bit for bit in range(width)]
    masks = np.zeros(len(column.offsets) - 1, dtype=kind)
    for some in range(0, len(masks), _POINTS_AT_A_TIME):
        edges = column.offsets[some : some + _POINTS_AT_A_TIME + 1]
        # The points' first values, then their second ones, …: a point has at most one of each.
        points = np.flatnonzero(edges[:-1] < edges[1:])
        at, ends = edges[points], edges[points + 1]
        while len(points):
            masks[some + points] |= bit_of_code[column.codes[at]]
            at += 1
            more = np.flatnonzero(at < ends)
            points, at, ends = points.take(more), at.take(more), ends.take(more)
    return masks
