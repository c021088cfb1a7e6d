"""GeoJSON features encoded once, so that a collection of a thousand is a join of slices.

Features and collections are those of RFC 7946.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

MEDIA_TYPE = "application/geo+json"


class EncodedFeatures:
    """The features of n points as one text, in the order given."""

    def __init__(self, features: Iterable[bytes]) -> None:
        """Each feature is one GeoJSON object in UTF-8."""
        text = bytearray()
        ends = [0]
        for feature in features:
            text += feature
            ends.append(len(text))
        self._text = bytes(text)
        self._ends = np.array(ends, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def nbytes(self) -> int:
        """Bytes of all features."""
        return len(self._text) + self._ends.nbytes

    def collection(self, numbers: NDArray[np.integer], members: bytes = b"") -> bytes:
        """A FeatureCollection of the features so numbered; `members` are further ones, as b'"n":1,'."""
        starts, ends = self._ends[numbers].tolist(), self._ends[numbers + 1].tolist()
        text = self._text
        features = b",".join([text[start:end] for start, end in zip(starts, ends, strict=True)])
        return b'{"type":"FeatureCollection",' + members + b'"features":[' + features + b"]}"
