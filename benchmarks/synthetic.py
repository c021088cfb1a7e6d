"""Seeded points and questions for the benchmarks, shaped like a mineral register of Central Asia.

300 places of very different weight, each with its country and its own taste in minerals; 5 countries, 10
stages, 1 to 4 of 64 minerals a point. The same seed gives the same points on every machine.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atlas.map.boxes import LEVELS_BELOW_ZOOM, Window
from atlas.map.facets import FacetColumn
from atlas.map.mercator import GRID_SIZE, project

COUNTRIES, STAGES, MINERALS = 5, 10, 64
WEST, SOUTH, EAST, NORTH = 46.0, 35.0, 88.0, 56.0
COUNTRY_NAMES = ("country 0", "country 1", "country 2", "country 3", "country 4")
SCREEN_PX = 1280, 800
CELL_PX = 64
_PLACES = 300
_STAGE_SHARES = np.array([30, 20, 12, 10, 8, 7, 5, 4, 3, 1]) / 100


@dataclass(frozen=True)
class Data:
    """n points: ids int64, positions float64 in degrees, country and stage uint8, minerals as bits of
    uint64."""

    ids: NDArray[np.int64]
    longitudes: NDArray[np.float64]
    latitudes: NDArray[np.float64]
    country: NDArray[np.uint8]
    stage: NDArray[np.uint8]
    minerals: NDArray[np.uint64]

    def facets(self) -> dict[str, FacetColumn]:
        """The same as facet columns."""
        has = self.minerals[:, np.newaxis] >> np.arange(MINERALS, dtype=np.uint64) & np.uint64(1)
        offsets = np.concatenate(([0], np.cumsum(np.bitwise_count(self.minerals).astype(np.int64))))
        return {
            "country": FacetColumn.single(range(COUNTRIES), self.country),
            "stage": FacetColumn.single(range(STAGES), self.stage),
            "mineral": FacetColumn(range(MINERALS), offsets, np.nonzero(has)[1]),
        }


@dataclass(frozen=True)
class Question:
    """A screen at a zoom, a filter, and a position near which to look."""

    zoom: int
    window: Window
    filters: dict[str, list[int]]
    longitude: float
    latitude: float


def make_data(n: int, seed: int = 7) -> Data:
    """n points."""
    random = np.random.default_rng(seed)
    centre_x, centre_y = random.uniform(WEST, EAST, _PLACES), random.uniform(SOUTH, NORTH, _PLACES)
    spread = np.exp(random.uniform(np.log(0.05), np.log(1.0), _PLACES))
    weights = random.pareto(1.5, _PLACES) + 0.2
    capitals = np.array([[67, 49], [63, 41], [71, 38.5], [75, 41.5], [59, 39]])
    offsets = np.column_stack((centre_x, centre_y))[:, np.newaxis] - capitals
    country_of_place = (offsets**2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    local = np.array([random.permutation(MINERALS) for _ in range(_PLACES)])
    common = random.permutation(MINERALS)

    place = random.choice(_PLACES, n, p=weights / weights.sum())
    longitudes = centre_x[place] + random.normal(0, 1.3, n) * spread[place]
    latitudes = centre_y[place] + random.normal(0, 1.0, n) * spread[place]
    shares = 1 / np.arange(1, MINERALS + 1)
    how_many = random.integers(1, 5, n)
    minerals = np.zeros(n, dtype=np.uint64)
    for number in range(4):
        drawn = random.choice(MINERALS, n, p=shares / shares.sum())
        mineral = np.where(random.random(n) < 0.5, local[place, drawn], common[drawn]).astype(np.uint64)
        minerals |= np.where(number < how_many, np.uint64(1) << mineral, np.uint64(0))
    return Data(
        ids=np.arange(1, n + 1),
        longitudes=np.clip(longitudes, WEST, EAST).round(6),
        latitudes=np.clip(latitudes, SOUTH, NORTH).round(6),
        country=country_of_place[place],
        stage=random.choice(STAGES, n, p=_STAGE_SHARES).astype(np.uint8),
        minerals=minerals,
    )


def make_questions(data: Data, zoom: int, how_many: int, seed: int = 11) -> list[Question]:
    """Screens that centre near points of the data, each with a filter of 2 countries, 4 stages and 3
    minerals."""
    random = np.random.default_rng([seed, zoom])
    popularity = np.bitwise_count(data.minerals).sum()
    counts = np.array([(data.minerals >> np.uint64(bit) & np.uint64(1)).sum() for bit in range(MINERALS)])
    questions = []
    for _ in range(how_many):
        point = random.integers(len(data.ids))
        longitude = float(data.longitudes[point] + random.normal() * 20 / 2**zoom)
        latitude = float(data.latitudes[point] + random.normal() * 10 / 2**zoom)
        filters = {
            "country": random.choice(COUNTRIES, 2, replace=False).tolist(),
            "stage": random.choice(STAGES, 4, replace=False).tolist(),
            "mineral": random.choice(MINERALS, 3, replace=False, p=counts / popularity).tolist(),
        }
        questions.append(Question(zoom, _screen(longitude, latitude, zoom), filters, longitude, latitude))
    return questions


def _screen(longitude: float, latitude: float, zoom: int) -> Window:
    x, y = (int(square) for square in project(longitude, latitude))
    cell = GRID_SIZE >> zoom + LEVELS_BELOW_ZOOM
    half_width, half_height = (cell * pixels // CELL_PX // 2 for pixels in SCREEN_PX)
    return Window(
        zoom + LEVELS_BELOW_ZOOM,
        (x - half_width) // cell,
        (x + half_width) // cell,
        (y - half_height) // cell,
        (y + half_height) // cell,
    )
