"""Distances on the mean sphere of the Earth, good to 0.6 % against the ellipsoid."""

import math

import numpy as np
from numpy.typing import NDArray

from .boxes import Box

MEAN_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG, H. Moritz, Geodetic Reference System 1980)."""


def great_circle_m(
    longitude: float, latitude: float, longitudes: NDArray[np.float64], latitudes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Metres from one position to others (degrees), by the haversine formula."""
    phi, phis = math.radians(latitude), np.radians(latitudes)
    half_chords = (
        np.sin((phis - phi) / 2) ** 2
        + math.cos(phi) * np.cos(phis) * np.sin(np.radians(longitudes - longitude) / 2) ** 2
    )
    return 2 * MEAN_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half_chords, 1.0)))


def box_around(longitude: float, latitude: float, radius_m: float) -> Box:
    """A box that holds every position within so many metres of one; poles and the 180th meridian minded.

    The widest longitude of a circle is asin(sin radius / cos latitude) away from its centre (I. N.
    Bronshtein, K. A. Semendyayev, Handbook of Mathematics, spherical right triangles). A little is added for
    rounding.
    """
    angle = radius_m / MEAN_RADIUS_M * (1 + 1e-9) + 1e-9
    south, north = latitude - math.degrees(angle), latitude + math.degrees(angle)
    if south <= -90 or north >= 90:
        return Box(-180, max(south, -90.0), 180, min(north, 90.0))
    sine = math.sin(angle) / math.cos(math.radians(latitude))
    half_width = math.degrees(math.asin(min(sine, 1.0))) + 1e-7
    return Box(longitude - half_width, south, longitude + half_width, north)
