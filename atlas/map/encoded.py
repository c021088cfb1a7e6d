"""GeoJSON features encoded once, so that a collection of a thousand is a join of a few slices.

Features and collections are those of RFC 7946.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MEDIA_TYPE = "application/geo+json"
_BEGIN, _END = b'{"type":"FeatureCollection","features":[', b"]}"


class EncodedFeatures:
    """The features of n points as one text, laid out so that those asked for together lie together."""

    def __init__(self, features: Sequence[bytes], order: NDArray[np.integer] | None = None) -> None:
        """Each feature is one GeoJSON object in UTF-8; `order` int64[n] says how to lay them out."""
        n = len(features)
        order = np.arange(n) if order is None else order
        self._place = np.empty(n, dtype=np.int64)
        self._place[order] = np.arange(n)
        laid_out = [features[number] for number in order.tolist()]
        self._text = b",".join(laid_out)
        lengths = np.fromiter(map(len, laid_out), dtype=np.int64, count=n)
        self._ends = np.cumsum(lengths) + np.arange(n)  # a comma after each
        self._starts = self._ends - lengths

    def __len__(self) -> int:
        return len(self._place)

    @property
    def nbytes(self) -> int:
        """Bytes of all features."""
        return len(self._text) + self._place.nbytes + self._starts.nbytes + self._ends.nbytes

    def collection(self, numbers: NDArray[np.integer]) -> bytes:
        """A FeatureCollection of the features so numbered, in that order."""
        places = self._place[numbers]
        first = np.flatnonzero(np.diff(places, prepend=-2) != 1)
        last = np.concatenate((first[1:], [len(places)])) - 1 if len(first) else first
        starts, ends = self._starts[places[first]].tolist(), self._ends[places[last]].tolist()
        text = memoryview(self._text)  # slices of it copy nothing
        pieces: list[bytes | memoryview] = [_BEGIN]
        for start, end in zip(starts, ends, strict=True):
            pieces += (text[start:end], b",")
        if len(pieces) > 1:
            pieces.pop()
        pieces.append(_END)
        return b"".join(pieces)
