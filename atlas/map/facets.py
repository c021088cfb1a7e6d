"""Facets: the properties by which points are filtered and counted (country, mineral, stage, …)."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bitmaps import Bitmap, Rows, pack, word_count


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
    """One facet of an index: a bitmap for each value, over the rows in the index's order.

    V values and n points take V * n / 8 bytes.
    """

    def __init__(self, column: FacetColumn, row_of_point: Rows) -> None:
        """`row_of_point` is int64[n]: where in the index's order each point of the column stands."""
        self.values = tuple(column.values)
        self.code_of = {value: code for code, value in enumerate(self.values)}
        self.bitmaps = self._bitmaps(column, row_of_point)

    def _bitmaps(self, column: FacetColumn, row_of_point: Rows) -> Bitmap:
        bitmaps = np.zeros((len(self.values), word_count(len(row_of_point))), dtype=np.uint64)
        rows = np.repeat(row_of_point.astype(np.int32), np.diff(column.offsets))
        # Codes of up to 16 bits are sorted by radix, in linear time.
        narrow = column.codes.astype(np.min_scalar_type(max(0, len(self.values) - 1)))
        rows = rows[np.argsort(narrow, kind="stable")]
        ends = np.cumsum(np.bincount(narrow, minlength=len(self.values)))
        start = 0
        for code, end in enumerate(ends.tolist()):
            members = np.zeros(len(row_of_point), dtype=np.bool_)
            members[rows[start:end]] = True
            bitmaps[code] = pack(members)
            start = end
        return bitmaps

    def any_of(self, codes: Sequence[int]) -> Bitmap:
        """The rows that have at least one of the values with these codes."""
        union = np.zeros(self.bitmaps.shape[1], dtype=np.uint64)
        for code in codes:
            union |= self.bitmaps[code]
        return union
