"""The town that a place on the map lies near, by the names that the basemap itself shows."""

import json
from functools import lru_cache

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from .sphere import great_circle_m

#: Farther than this from a town, no name is given.
NEAR_M = 60_000
_KINDS = ("capital", "city")


@lru_cache(maxsize=1)
def _towns() -> tuple[NDArray[np.float64], NDArray[np.float64], list[dict[str, str]]]:
    """Latitudes, longitudes and names by language of the towns in static/basemap/labels.json."""
    path = settings.BASE_DIR / "static" / "basemap" / "labels.json"
    towns = [label for label in json.loads(path.read_text("utf-8")) if label["kind"] in _KINDS]
    positions = np.array([town["at"] for town in towns], dtype=np.float64)
    return positions[:, 0], positions[:, 1], [town["names"] for town in towns]


def town_near(latitude: float, longitude: float, language: str) -> str:
    """The nearest town within 60 km, in the language where its name is known, else in English; else ""."""
    latitudes, longitudes, names = _towns()
    distances = great_circle_m(longitude, latitude, longitudes, latitudes)
    nearest = int(np.argmin(distances))
    if distances[nearest] > NEAR_M:
        return ""
    return names[nearest].get(language) or names[nearest]["en"]
