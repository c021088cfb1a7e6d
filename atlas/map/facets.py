"""Facets: the properties by which points are filtered and counted (country, mineral, stage, …)."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bitmaps import ROWS_PER_WORD, Bitmap, Rows, pack, word_count
from .row_values import NO_VALUE, Codes, Masks, RowValues

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

    @property
    def is_single(self) -> bool:
        """Whether no point has more than one value."""
        return len(self.codes) < len(self.offsets) and bool(np.all(np.diff(self.offsets) <= 1))

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
    """One facet of an index, over the rows in the index's order: a bitmap for each of its V values."""

    def __init__(self, name: str, values: Sequence[Hashable], bitmaps: NDArray[np.uint64]) -> None:
        """Bitmaps are uint64[V, W]."""
        self.name = name
        self.values = tuple(values)
        self.code_of = {value: code for code, value in enumerate(self.values)}
        self.bitmaps = bitmaps

    def any_of(self, codes: Sequence[int], stretch: slice) -> Bitmap:
        """The rows that have at least one of the values with these codes, in a stretch of words."""
        bitmaps = self.bitmaps[:, stretch]
        if not codes:
            return np.zeros(bitmaps.shape[1], dtype=np.uint64)
        union = bitmaps[codes[0]] | bitmaps[codes[-1]]
        for code in codes[1:-1]:
            union |= bitmaps[code]
        return union


def build_facets(columns: Mapping[str, FacetColumn], order: Rows) -> tuple[dict[str, Facet], RowValues]:
    """Facets of columns, by name, and what each row has of those with few enough values.

    `order` is int64[n]: which point of the columns each row of the index is.
    """
    facets: dict[str, Facet] = {}
    codes: dict[str, Codes] = {}
    masks: dict[str, Masks] = {}
    for name, column in columns.items():
        bitmaps = np.zeros((len(column.values), word_count(len(order))), dtype=np.uint64)
        if column.is_single and len(column.values) <= NO_VALUE:
            codes[name] = _codes(column).take(order)
            for code in range(len(bitmaps)):
                bitmaps[code] = pack(codes[name] == code)
        else:
            kept = []
            for first in range(0, len(bitmaps), ROWS_PER_WORD):
                of_rows = _masks(column, first).take(order)
                _unpack(of_rows, bitmaps[first : first + ROWS_PER_WORD])
                if len(bitmaps) <= _MOST_WITH_MASKS:
                    kept.append(of_rows)
            if kept:
                masks[name] = kept
        facets[name] = Facet(name, column.values, bitmaps)
    return facets, RowValues({name: len(facet.values) for name, facet in facets.items()}, codes, masks)


def _codes(column: FacetColumn) -> Codes:
    """The one value that each point has."""
    n = len(column.offsets) - 1
    if len(column.codes) == n:
        return column.codes.astype(np.uint8)
    codes = np.full(n, NO_VALUE, dtype=np.uint8)
    codes[np.flatnonzero(np.diff(column.offsets))] = column.codes
    return codes


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


def _unpack(masks: NDArray[np.unsignedinteger], bitmaps: NDArray[np.uint64]) -> None:
    """Fill bitmaps uint64[up to 64, W] of the rows whose masks have the first bit, the second one, …"""
    for code in range(len(bitmaps)):
        byte, bit = divmod(code, 8)
        if bit == 0:
            of_eight = masks.view(np.uint8)[byte :: masks.itemsize].copy()
        bitmaps[code] = pack(of_eight & np.uint8(1 << bit))
