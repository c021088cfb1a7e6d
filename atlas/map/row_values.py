"""What each row of the index has of its facets: for counting the values of few rows."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .bitmaps import Rows, count_bits

NO_VALUE = 255
"""The code of a row that has no value of a facet."""

Codes = NDArray[np.uint8]
Masks = Sequence[NDArray[np.unsignedinteger]]


class RowValues:
    """Of facets of which a row has at most one value its code, of others masks whose bits are its values.

    The codes of a row stand side by side, as what costs is to get at a row: then one look serves all facets.
    """

    def __init__(
        self, how_many: Mapping[str, int], codes: Mapping[str, Codes], masks: Mapping[str, Masks]
    ) -> None:
        """By facet: V, and codes uint8[n] or a mask [n] for each 64 values; with neither it isn't counted."""
        self._how_many = dict(how_many)
        self._place = {name: place for place, name in enumerate(codes)}
        self._codes = np.column_stack(list(codes.values())) if codes else np.zeros((0, 0), dtype=np.uint8)
        self._masks = dict(masks)

    def __contains__(self, facet: str) -> bool:
        return facet in self._place or facet in self._masks

    @property
    def nbytes(self) -> int:
        """Bytes of codes and masks."""
        return self._codes.nbytes + sum(some.nbytes for masks in self._masks.values() for some in masks)

    def count(self, facets: Collection[str], rows: Rows) -> dict[str, NDArray[np.int64]]:
        """How many of the rows have each value of facets: {facet: int64[V]}."""
        coded = self._place.keys() & facets
        codes = self._codes.take(rows, axis=0) if coded else self._codes
        counts = {name: np.bincount(codes[:, self._place[name]], minlength=NO_VALUE) for name in coded}
        for name in self._masks.keys() & facets:
            counts[name] = np.concatenate([count_bits(masks.take(rows)) for masks in self._masks[name]])
        return {name: counted[: self._how_many[name]] for name, counted in counts.items()}
