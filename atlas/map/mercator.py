"""Web Mercator on a grid of 2^26 by 2^26 squares, the plane in which the map's points are sorted and grouped.

The projection is the spherical one of web maps (EPSG:3857) scaled to the unit square: x grows eastwards from
the 180th meridian, y grows southwards from 85.0511° north. A square is 0.6 m wide on the equator; points in
the same square count as being in the same place.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

GRID_BITS = 26
GRID_SIZE = 1 << GRID_BITS
MAX_LATITUDE = 85.05112877980659
"""Where the projection's square ends, in degrees: atan(sinh(pi))."""


def project(longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Grid squares (x, y) of positions in degrees; what lies outside the map is moved to its edge."""
    x = (np.asarray(longitudes, dtype=np.float64) + 180.0) / 360.0
    sines = np.sin(np.radians(np.clip(latitudes, -MAX_LATITUDE, MAX_LATITUDE)))
    y = 0.5 - np.arctanh(sines) / (2 * np.pi)
    return _to_squares(x), _to_squares(y)


def square_at(longitude: float, latitude: float) -> tuple[int, int]:
    """The grid square of one position, as `project` gives it but for the last bit's rounding."""
    sine = math.sin(math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, latitude))))
    x, y = (longitude + 180.0) / 360.0, 0.5 - math.atanh(sine) / (2 * math.pi)
    return _square(x), _square(y)


def unproject(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes in degrees of places on the grid.

    Whole numbers are the western and northern edges of squares.
    """
    longitudes = np.asarray(x) * (360.0 / GRID_SIZE) - 180.0
    latitudes = np.degrees(np.arctan(np.sinh(np.pi * (1.0 - np.asarray(y) * (2.0 / GRID_SIZE)))))
    return longitudes, latitudes


def _square(fraction: float) -> int:
    return max(0, min(GRID_SIZE - 1, math.floor(fraction * GRID_SIZE)))


def _to_squares(fractions: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.clip(np.floor(fractions * GRID_SIZE), 0, GRID_SIZE - 1).astype(np.int64)
