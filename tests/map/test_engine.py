"""The map's index answers every question as a plain look at each point would."""

import math
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.map.boxes import Window
from atlas.map.engine import PointIndex
from atlas.map.facets import FacetColumn
from atlas.map.mercator import project, unproject
from atlas.map.morton import interleave
from tests.map.oracle import (
    COUNTRIES,
    MINERALS,
    Place,
    clusters_of,
    expected_groups,
    filters_drawn,
    in_box,
    in_window,
    index_of,
    latitudes,
    longitudes,
    places_drawn,
    questions,
)


@given(questions(), st.sampled_from([0, 3, 200]))
def test_a_view_shows_every_matching_point_once_as_itself_or_in_its_cluster(question: Any, few: int) -> None:
    places, box, zoom, filters = question
    window = Window.at_zoom(box, zoom)
    view = index_of(places).viewport(box.west, box.south, box.east, box.north, zoom, filters, few)

    shown = [place for place in places if in_window(place, window) and place.matches(filters)]
    groups = expected_groups(shown, window, few).values()
    assert view.total == len(shown)
    single = [group[0] for group in groups if len(group) == 1]
    points = zip(
        view.points.ids.tolist(),
        view.points.longitudes.tolist(),
        view.points.latitudes.tolist(),
        strict=True,
    )
    assert sorted(points) == sorted((place.id, place.longitude, place.latitude) for place in single)
    assert clusters_of(view) == sorted(
        (
            int(interleave(*group[0].cell(window.level))),
            len(group),
            sum(place.square[0] for place in group) / len(group) + 0.5,
            sum(place.square[1] for place in group) / len(group) + 0.5,
            len({place.square for place in group}) == 1,
        )
        for group in groups
        if len(group) > 1
    )


@given(questions())
def test_a_cluster_lies_within_the_bounds_of_its_cell(question: Any) -> None:
    places, box, zoom, filters = question
    clusters = index_of(places).view(Window.at_zoom(box, zoom), filters, few=0).clusters
    wests, souths, easts, norths = clusters.bounds
    assert np.all((wests <= clusters.longitudes) & (clusters.longitudes <= easts))
    assert np.all((souths <= clusters.latitudes) & (clusters.latitudes <= norths))


@given(questions())
def test_a_window_holds_all_that_its_box_holds(question: Any) -> None:
    places, box, zoom, _ = question
    window = Window.at_zoom(box, zoom)
    assert all(in_window(place, window) for place in places if in_box(place, box))


def expected_facets(places: list[Place]) -> dict[str, list[int]]:
    countries = Counter(place.country for place in places)
    minerals = Counter(mineral for place in places for mineral in place.minerals)
    return {
        "country": [countries[value] for value in COUNTRIES],
        "mineral": [minerals[value] for value in MINERALS],
    }


def as_lists(counts: dict[str, np.ndarray]) -> dict[str, list[int]]:
    return {facet: numbers.tolist() for facet, numbers in counts.items()}


@given(questions())
def test_facets_count_the_matching_points_in_a_box(question: Any) -> None:
    places, box, _, filters = question
    counts = index_of(places).facet_counts(box, filters, own_facet_excluded=False)
    inside = [place for place in places if in_box(place, box) and place.matches(filters)]
    assert as_lists(counts) == expected_facets(inside)


@given(questions())
def test_a_facet_is_counted_without_its_own_filter(question: Any) -> None:
    places, box, zoom, filters = question
    window = Window.at_zoom(box, zoom)
    counts = as_lists(index_of(places).facet_counts(window, filters))
    for facet in ("country", "mineral"):
        others = {name: values for name, values in filters.items() if name != facet}
        inside = [place for place in places if in_window(place, window) and place.matches(others)]
        assert counts[facet] == expected_facets(inside)[facet]


@given(questions(), st.integers(0, 10), st.integers(0, 30))
def test_a_selection_comes_in_the_readers_order_page_by_page(question: Any, limit: int, offset: int) -> None:
    places, box, _, filters = question
    page = index_of(places).select(box, filters, limit, offset)
    listed = sorted(
        (place for place in places if in_box(place, box) and place.matches(filters)),
        key=lambda place: place.rank,
    )
    assert page.total == len(listed)
    assert page.ids.tolist() == [place.id for place in listed[offset : offset + limit]]


@given(questions(), st.integers(1, 20))
def test_the_pages_of_a_box_put_together_are_what_is_in_it(question: Any, size: int) -> None:
    places, box, _, filters = question
    index = index_of(places)
    pages = [index.first_in_box(box, size, filters, offset) for offset in range(0, len(places) + 1, size)]
    ids = np.concatenate(pages).tolist()
    assert sorted(ids) == [place.id for place in places if in_box(place, box) and place.matches(filters)]
    assert ids == index.first_in_box(box, len(places), filters).tolist()


@given(
    places_drawn(),
    longitudes,
    latitudes,
    st.integers(1, 45),
    filters_drawn,
    st.one_of(st.none(), st.floats(0, 2.1e7)),
)
def test_the_nearest_are_the_nearest_on_the_sphere(
    places: list[Place],
    longitude: float,
    latitude: float,
    k: int,
    filters: dict[str, list[str]],
    within_m: float | None,
) -> None:
    ids, distances = index_of(places).nearest(longitude, latitude, k, filters, within_m)

    by_id = {place.id: place for place in places}
    assert len(set(ids.tolist())) == len(ids)
    assert all(by_id[id].matches(filters) for id in ids.tolist())
    assert distances.tolist() == pytest.approx(
        [by_id[id].distance_m(longitude, latitude) for id in ids.tolist()], abs=0.5
    )
    farthest = math.inf if within_m is None else within_m
    expected = sorted(place.distance_m(longitude, latitude) for place in places if place.matches(filters))
    surely = [distance for distance in expected if distance < farthest - 0.5][:k]
    perhaps = [distance for distance in expected if distance < farthest + 0.5][:k]
    assert len(surely) <= len(ids) <= len(perhaps)
    assert distances.tolist() == pytest.approx(perhaps[: len(ids)], abs=0.5)


def test_equally_near_points_come_in_the_readers_order() -> None:
    places = [Place(id, 70.0, 40.0, "TJ", frozenset(), rank=-id) for id in range(5)]
    ids, _ = index_of(places).nearest(70.1, 40.0, k=3)
    assert ids.tolist() == [4, 3, 2]


def test_the_nearest_across_the_180th_meridian_is_found() -> None:
    places = [
        Place(1, 179.9, 0.0, "KZ", frozenset(), 1),
        Place(2, -178.0, 0.0, "KZ", frozenset(), 2),
    ]
    assert index_of(places).nearest(-179.9, 0.0, k=1)[0].tolist() == [1]


def test_the_nearest_to_a_pole_is_by_latitude_not_by_the_map() -> None:
    places = [
        Place(1, 10.0, 89.0, "KZ", frozenset(), 1),
        Place(2, -170.0, 89.5, "KZ", frozenset(), 2),
    ]
    assert index_of(places).nearest(10.0, 89.9, k=2)[0].tolist() == [2, 1]


@pytest.mark.parametrize(("longitude", "latitude", "k"), [(0, 0, 0), (181, 0, 1), (0, math.nan, 1)])
def test_nearest_refuses_what_makes_no_sense(longitude: float, latitude: float, k: int) -> None:
    with pytest.raises(ValueError):
        index_of([]).nearest(longitude, latitude, k)


def test_an_empty_index_answers_every_question_with_nothing() -> None:
    index = index_of([])
    view = index.viewport(-180, -90, 180, 90, 3, {"country": ["KZ"]})
    assert (view.total, len(view.points), len(view.clusters)) == (0, 0, 0)
    assert as_lists(index.facet_counts(None)) == expected_facets([])
    assert index.select(None).total == 0
    assert index.first_in_box(None, 10).tolist() == []
    assert index.nearest(70, 40, 5)[0].tolist() == []


def test_points_in_the_same_place_stay_a_cluster_however_far_one_zooms_in() -> None:
    places = [Place(id, 66.55, 48.2, "KZ", frozenset(), id) for id in range(3)]
    view = index_of(places).viewport(66.54, 48.19, 66.56, 48.21, zoom=18)
    assert view.total == 3
    assert len(view.points) == 0
    assert view.clusters.counts.tolist() == [3]
    assert view.clusters.coincident.tolist() == [True]
    assert view.clusters.longitudes[0] == pytest.approx(66.55, abs=1e-5)
    assert view.clusters.latitudes[0] == pytest.approx(48.2, abs=1e-5)


def test_a_facet_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="colour"):
        index_of([]).viewport(0, 0, 1, 1, 5, {"colour": ["red"]})


def test_a_facet_with_nothing_chosen_filters_nothing() -> None:
    index = index_of([Place(1, 70.0, 40.0, "TJ", frozenset({"antimony"}), 1)])
    assert index.select(None, {"mineral": []}).total == 1


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (([1], [200.0], [0.0], None), "outside longitudes"),
        (([1], [0.0], [math.nan], None), "outside longitudes"),
        (([1, 2], [0.0], [0.0], None), "equally many"),
        (([1], [0.0], [0.0], [1, 2]), "rank"),
    ],
)
def test_columns_that_make_no_index_are_refused(columns: Any, message: str) -> None:
    ids, longitudes, latitudes, rank = columns
    with pytest.raises(ValueError, match=message):
        PointIndex.build(ids, longitudes, latitudes, {}, rank)


def test_a_facet_of_other_points_is_refused() -> None:
    with pytest.raises(ValueError, match="country"):
        PointIndex.build([1], [0.0], [0.0], {"country": FacetColumn.of([["KZ"], ["KG"]])})


def test_a_point_by_the_pole_is_not_taken_for_two() -> None:
    places = [
        Place(1, 0.0, 89.9, "KZ", frozenset(), 1),
        Place(2, 0.0, 10.0, "KZ", frozenset(), 2),
    ]
    assert index_of(places).nearest(0.0, 89.9, k=2)[0].tolist() == [1, 2]


def test_every_build_of_the_same_points_pages_alike() -> None:
    places = [Place(id, 66.5 + id % 3, 48.2, "KZ", frozenset(), rank=id) for id in range(600)]
    first, second = (index_of(order).first_in_box(None, 600) for order in (places, places[::-1]))
    assert first.tolist() == second.tolist()


def test_points_in_the_same_place_are_paged_in_the_readers_order() -> None:
    ranks = np.random.default_rng(1).permutation(600).tolist()
    places = [Place(rank, 66.5 + rank % 3, 48.2, "KZ", frozenset(), rank) for rank in ranks]
    ids = index_of(places).first_in_box(None, 600)
    assert all(np.all(np.diff(ids[ids % 3 == place]) > 0) for place in range(3))


@settings(max_examples=50)
@given(questions(), questions())
def test_an_answer_does_not_depend_on_what_was_asked_before(first: Any, second: Any) -> None:
    places, box, zoom, filters = first
    fresh, used = index_of(places), index_of(places)
    used.viewport(second[1].west, second[1].south, second[1].east, second[1].north, second[2], second[3])
    used.facet_counts(second[1], second[3])
    window = Window.at_zoom(box, zoom)
    for _ in range(2):
        assert clusters_of(used.view(window, filters)) == clusters_of(fresh.view(window, filters))
        assert as_lists(used.facet_counts(box, filters)) == as_lists(fresh.facet_counts(box, filters))


def test_a_position_survives_the_grid_to_within_its_square() -> None:
    longitudes, latitudes = np.array([66.55, -180.0, 0.0]), np.array([48.2, 0.0, -85.0])
    x, y = project(longitudes, latitudes)
    back = unproject(x + 0.5, y + 0.5)
    assert back[0] == pytest.approx(longitudes, abs=3e-6)
    assert back[1] == pytest.approx(latitudes, abs=3e-6)
