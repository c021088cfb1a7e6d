"""Thousands of points: many blocks of bitmaps, and boxes much larger and smaller than cells."""

from collections import Counter

import numpy as np
import pytest

from atlas.map.boxes import Box, Window
from atlas.map.engine import PointIndex
from atlas.map.facets import FacetColumn
from atlas.map.mercator import GRID_BITS, project
from atlas.map.morton import interleave
from tests.map.oracle import COUNTRIES, MINERALS, vector


@pytest.fixture(scope="module")
def many() -> tuple[PointIndex, dict[str, np.ndarray]]:
    """100,000 points around forty centres: many blocks of bitmaps, cells finer than the directory too."""
    random = np.random.default_rng(5)
    n = 100_000
    centres = np.column_stack((random.uniform(46, 88, 40), random.uniform(35, 56, 40)))
    positions = centres[random.integers(0, 40, n)] + random.normal(0, 0.4, (n, 2))
    country = random.integers(0, 3, n)
    has = random.random((n, 5)) < 0.3
    offsets = np.concatenate(([0], np.cumsum(has.sum(axis=1))))
    columns = {
        "longitude": positions[:, 0],
        "latitude": positions[:, 1],
        "country": country,
        "has": has,
        "rank": random.permutation(n),
    }
    facets = {
        "country": FacetColumn.single(COUNTRIES, country),
        "mineral": FacetColumn(MINERALS, offsets, np.nonzero(has)[1]),
    }
    ids = np.arange(n)
    return PointIndex.build(ids, *positions.T, facets, columns["rank"]), columns


LARGE_BOXES = [Box(46, 35, 88, 56), Box(60, 38, 75.5, 47.3), Box(66, 40, 67, 41)]
LARGE_FILTERS: list[dict[str, list[str]]] = [{}, {"country": ["KZ", "TJ"], "mineral": ["tin", "copper"]}]


def _mask(columns: dict[str, np.ndarray], box: Box, filters: dict[str, list[str]]) -> np.ndarray:
    mask = box.contains(columns["longitude"], columns["latitude"])
    if filters:
        mask &= (columns["country"] != 1) & (columns["has"][:, 3] | columns["has"][:, 1])
    return mask


@pytest.mark.parametrize("box", LARGE_BOXES)
@pytest.mark.parametrize("filters", LARGE_FILTERS)
def test_thousands_of_points_are_counted_listed_and_paged_as_a_scan_would(
    many: tuple[PointIndex, dict[str, np.ndarray]], box: Box, filters: dict[str, list[str]]
) -> None:
    index, columns = many
    ids = np.flatnonzero(_mask(columns, box, filters))
    counts = index.facet_counts(box, filters, own_facet_excluded=False)
    assert counts["country"].tolist() == np.bincount(columns["country"][ids], minlength=3).tolist()
    assert counts["mineral"].tolist() == columns["has"][ids].sum(axis=0).tolist()
    page = index.select(box, filters, limit=70, offset=30)
    assert page.total == len(ids)
    assert page.ids.tolist() == ids[np.argsort(columns["rank"][ids])][30:100].tolist()
    assert sorted(index.first_in_box(box, len(ids) + 1, filters).tolist()) == ids.tolist()


@pytest.mark.parametrize("offset", [0, 3000, 20_000, 90_000])
def test_a_page_deep_in_a_long_list_is_the_one_a_scan_would_give(
    many: tuple[PointIndex, dict[str, np.ndarray]], offset: int
) -> None:
    index, columns = many
    ids = np.flatnonzero(columns["country"] == 2)
    listed = ids[np.argsort(columns["rank"][ids])]
    for limit in range(1000, 1020):
        page = index.select(None, {"country": ["TJ"]}, limit, offset)
        assert page.total == len(ids)
        assert page.ids.tolist() == listed[offset : offset + limit].tolist()


@pytest.mark.parametrize("zoom", [4, 7, 9, 13])
@pytest.mark.parametrize("filters", LARGE_FILTERS)
def test_thousands_of_points_are_clustered_as_a_scan_would(
    many: tuple[PointIndex, dict[str, np.ndarray]], zoom: int, filters: dict[str, list[str]]
) -> None:
    index, columns = many
    window = Window.at_zoom(Box(60, 38, 75.5, 47.3), zoom)
    view = index.view(window, filters)
    ids = np.flatnonzero(_mask(columns, Box(-180, -90, 180, 90), filters))
    x, y = project(columns["longitude"][ids], columns["latitude"][ids])
    shift = GRID_BITS - window.level
    cells = interleave(x >> shift, y >> shift)
    cells = cells[np.isin(cells, window.cells())]
    expected = Counter(cells.tolist())
    assert view.total == len(cells)
    assert dict(zip(view.clusters.cells.tolist(), view.clusters.counts.tolist(), strict=True)) == {
        cell: count for cell, count in expected.items() if count > 1
    }
    assert len(view.points) == sum(count == 1 for count in expected.values())


def test_the_nearest_of_thousands_are_those_of_a_scan(many: tuple[PointIndex, dict[str, np.ndarray]]) -> None:
    index, columns = many
    for longitude, latitude in [(66.5, 44.2), (47.0, 36.0), (10.0, 80.0), (-120.0, -30.0)]:
        ids, _ = index.nearest(longitude, latitude, 10)
        here = np.array(vector(longitude, latitude))
        theta, phi = np.radians(columns["longitude"]), np.radians(columns["latitude"])
        there = np.array([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])
        assert ids.tolist() == np.argsort(-(here @ there))[:10].tolist()
