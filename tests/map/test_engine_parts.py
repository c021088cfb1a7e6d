"""The parts the map's index is made of: grid, cells, boxes, facets, kept selections."""

import math
import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.map import bitmaps, columns
from atlas.map.boxes import MAX_WINDOW_CELLS, Box, Window
from atlas.map.columns import SortedColumns
from atlas.map.engine import PointIndex
from atlas.map.facets import FacetColumn
from atlas.map.kept import SelectionCache
from atlas.map.mercator import GRID_SIZE, MAX_LATITUDE, project
from atlas.map.morton import deinterleave, interleave
from atlas.map.runs import Runs, expand
from atlas.map.selections import Selection
from atlas.map.sphere import box_around, great_circle_m

squares = st.integers(0, GRID_SIZE - 1)


@given(st.floats(-180, 180), st.floats(-MAX_LATITUDE, MAX_LATITUDE))
def test_a_position_is_projected_as_web_maps_do(longitude: float, latitude: float) -> None:
    x, y = project(longitude, latitude)
    # The other usual way to write the spherical Mercator projection (EPSG:3857).
    mercator = 0.5 - math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)
    assert abs(int(x) - (longitude + 180) / 360 * GRID_SIZE) <= 1
    assert abs(int(y) - mercator * GRID_SIZE) <= 1.001


@given(squares, squares)
def test_a_morton_code_gives_back_its_square(x: int, y: int) -> None:
    assert tuple(map(int, deinterleave(interleave(x, y)))) == (x, y)


@given(squares, squares, st.integers(0, 26))
def test_a_code_shifted_right_is_the_code_of_the_cell_above(x: int, y: int, levels: int) -> None:
    assert interleave(x, y) >> 2 * levels == interleave(x >> levels, y >> levels)


def test_morton_codes_run_in_the_shape_of_a_z() -> None:
    assert interleave([0, 1, 0, 1, 2], [0, 0, 1, 1, 0]).tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("given_box", "edges"),
    [
        ((170, -5, 190, 5), (170, -5, -170, 5)),
        ((-190, -5, -170, 5), (170, -5, -170, 5)),
        ((420, 40, 430, 41), (60, 40, 70, 41)),
        ((-200, -95, 200, 95), (-180, -90, 180, 90)),
        ((170, -5, -170, 5), (170, -5, -170, 5)),
    ],
)
def test_a_box_panned_around_the_world_is_brought_back(
    given_box: tuple[float, ...], edges: tuple[float, ...]
) -> None:
    box = Box(*given_box)
    assert (box.west, box.south, box.east, box.north) == edges


@pytest.mark.parametrize("edges", [(0, 10, 1, 5), (math.nan, 0, 1, 1), (0, 0, math.inf, 1)])
def test_a_box_that_makes_no_sense_is_refused(edges: tuple[float, ...]) -> None:
    with pytest.raises(ValueError):
        Box(*edges)


@pytest.mark.parametrize(
    "numbers",
    [
        (27, 0, 0, 0, 0),
        (-1, 0, 0, 0, 0),
        (3, 0, 8, 0, 0),
        (3, -1, 0, 0, 0),
        (3, 0, 0, 2, 1),
        (9, 0, 511, 0, 511),
    ],
)
def test_a_window_that_the_map_does_not_have_is_refused(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        Window(*numbers)


def test_a_window_of_a_phone_at_zoom_six_has_cells_of_a_quarter_tile() -> None:
    window = Window.at_zoom(Box(66, 48, 67, 48.5), 6)
    assert window == Window(level=8, first_column=174, last_column=175, first_row=88, last_row=88)


def test_a_window_across_the_180th_meridian_has_columns_on_both_sides() -> None:
    window = Window.at_zoom(Box(179, 0, -179, 1), 3)
    columns, _ = deinterleave(window.cells())
    assert set(columns.tolist()) == {0, 31}
    assert window.width == 2


def test_a_window_around_the_whole_world_has_each_cell_once() -> None:
    cells = Window.at_zoom(Box(10.001, -90, 10, 90), 1).cells()
    assert cells.tolist() == list(range(64))


@given(st.floats(-180, 180), st.floats(-180, 180), st.integers(0, 26))
def test_a_window_never_has_more_cells_than_a_screen_can_show(west: float, east: float, zoom: int) -> None:
    assert len(Window.at_zoom(Box(west, -90, east, 90), zoom).cells()) <= MAX_WINDOW_CELLS


@given(st.floats(-180, 180), st.floats(-85, 85), st.floats(0, 20), st.floats(0, 10), st.integers(0, 18))
def test_the_bounds_of_a_window_hold_its_box(
    west: float, south: float, width: float, height: float, zoom: int
) -> None:
    box = Box(west, south, west + width, min(south + height, 85))
    bounds = Window.at_zoom(box, zoom).bounds
    slack = 1e-5
    west_gap = (box.west - bounds[0]) % 360
    east_gap = (bounds[2] - box.east) % 360
    assert west_gap < 180 or west_gap > 360 - slack
    assert east_gap < 180 or east_gap > 360 - slack
    assert bounds[1] <= box.south + slack
    assert bounds[3] >= box.north - slack


@given(
    st.floats(-180, 180),
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.floats(-90, 90),
    st.floats(0.5, 1.0),
)
def test_a_circle_lies_in_the_box_around_it(
    longitude: float, latitude: float, other_longitude: float, other_latitude: float, fraction: float
) -> None:
    others = np.array([other_longitude]), np.array([other_latitude])
    distance = float(great_circle_m(longitude, latitude, *others)[0])
    inside = bool(box_around(longitude, latitude, distance).contains(*others)[0])
    assert inside
    nearer = box_around(longitude, latitude, distance * fraction)
    assert nearer.south >= box_around(longitude, latitude, distance).south


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    distance = great_circle_m(70, 40, np.array([70.0]), np.array([41.0]))[0]
    assert distance == pytest.approx(111_195, abs=1)


@given(st.sets(st.integers(0, 1999)))
def test_a_bitmap_holds_the_rows_put_in(rows: set[int]) -> None:
    members = np.zeros(2000, dtype=np.bool_)
    members[list(rows)] = True
    bitmap = bitmaps.pack(members)
    assert bitmaps.members_of(bitmap).tolist() == sorted(rows)
    assert np.flatnonzero(bitmaps.contains(bitmap, np.arange(2000))).tolist() == sorted(rows)


@given(st.sets(st.integers(0, 3000), max_size=12), st.sets(st.integers(0, 2999)))
def test_of_a_bitmap_the_rows_in_runs_are_found(bounds: set[int], rows: set[int]) -> None:
    edges = np.array(sorted(bounds)[: len(bounds) // 2 * 2], dtype=np.int64).reshape(-1, 2)
    runs = Runs.joined(edges[:, 0], edges[:, 1])
    members = np.zeros(3000, dtype=np.bool_)
    members[list(rows)] = True
    bitmap = bitmaps.pack(members)
    found = bitmaps.members_in_words(*runs.words(bitmap[runs.stretch]))
    assert found.tolist() == [row for row in expand(*edges.T).tolist() if row in rows]


@given(
    st.sampled_from([np.uint8, np.uint16, np.uint32, np.uint64]),
    st.lists(st.integers(0, 2**64 - 1), max_size=20),
    st.integers(1, 1000),
)
def test_the_bits_of_masks_are_counted(kind: type, numbers: list[int], times: int) -> None:
    width = 8 * np.dtype(kind).itemsize
    masks = np.array([number % 2**width for number in numbers] * times, dtype=kind)
    expected = [times * sum(number >> bit & 1 for number in numbers) for bit in range(width)]
    assert bitmaps.count_bits(masks).tolist() == expected


@given(st.lists(st.integers(0, 4**26 - 1), max_size=60), st.integers(1, 3))
def test_codes_are_sorted_equal_ones_as_they_came(codes: list[int], times: int) -> None:
    near = [code ^ bit for code in codes for bit in (0, 1, 5)][: 60 * times]
    given_codes = np.array(near, dtype=np.int64)
    assert columns.sorting(given_codes).tolist() == np.argsort(given_codes, kind="stable").tolist()


def test_a_facet_column_numbers_values_in_the_order_given_then_as_they_come() -> None:
    column = FacetColumn.of([["tin"], [], ["gold", "tin"]], values=["copper"])
    assert list(column.values) == ["copper", "tin", "gold"]
    assert column.offsets.tolist() == [0, 1, 1, 3]
    assert column.codes.tolist() == [1, 2, 1]


@pytest.mark.parametrize(
    ("values", "offsets", "codes", "message"),
    [
        (["tin", "tin"], [0], [], "differ"),
        (["tin"], [], [], "offsets must run"),
        (["tin"], [0, 1], [], "offsets must run"),
        (["tin"], [0, 2, 1, 2], [0, 0], "must not fall"),
        (["tin"], [0, 1], [1], "positions in its values"),
        (["tin"], [0, 1], [-1], "positions in its values"),
    ],
)
def test_a_facet_column_that_does_not_fit_together_is_refused(
    values: list[str], offsets: list[int], codes: list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        FacetColumn(values, np.array(offsets, dtype=np.int64), np.array(codes, dtype=np.int64))


def test_a_value_named_twice_for_a_point_counts_once() -> None:
    index = PointIndex.build([1], [70.0], [40.0], {"mineral": FacetColumn.of([["tin", "tin"]])})
    assert index.facet_counts(None)["mineral"].tolist() == [1]


def test_a_facet_of_more_values_than_a_word_has_bits_is_counted() -> None:
    values = list(range(300))
    column = FacetColumn.of(([value, (value + 1) % 300] for value in values), values)
    index = PointIndex.build(values, [70.0] * 300, [40.0] * 300, {"mineral": column})
    assert index.facet_counts(None)["mineral"].tolist() == [2] * 300
    assert sorted(index.select(None, {"mineral": [299]}).ids.tolist()) == [298, 299]


def selection_of(rows: int) -> Selection:
    sorted_columns, _ = SortedColumns.sort(np.arange(rows), np.zeros(rows), np.zeros(rows), None)
    bitmap = bitmaps.pack(np.ones(rows, dtype=np.bool_))
    return Selection(lambda stretch: bitmap[stretch], sorted_columns, table_levels=0)


def test_the_cache_drops_the_selection_that_was_asked_for_longest_ago() -> None:
    cache = SelectionCache(most=2)
    kept = {key: cache.get(key, lambda: selection_of(10)) for key in "ab"}
    cache.get("a", lambda: selection_of(10))
    cache.get("c", lambda: selection_of(10))
    assert cache.get("a", lambda: selection_of(10)) is kept["a"]
    assert cache.get("b", lambda: selection_of(10)) is not kept["b"]
    assert len(cache) == 2


def test_the_cache_drops_selections_when_others_have_grown() -> None:
    cache = SelectionCache(most_bytes=30_000)
    kept = {key: cache.get(key, lambda: selection_of(1000)) for key in "abcdef"}
    assert len(cache) == 6
    for selection in kept.values():
        assert len(selection.rows) == 1000
    for key in "abcd":
        assert cache.get(key, lambda: selection_of(1000)) is kept[key]
    assert len(cache) == 3


def test_a_selection_too_big_to_keep_is_still_answered() -> None:
    cache = SelectionCache(most_bytes=10)
    big = cache.get("big", lambda: selection_of(1000))
    assert len(big.rows) == 1000
    cache.get("big", lambda: big)
    assert len(cache) == 0


def test_many_threads_get_the_answers_that_one_would() -> None:
    drawn = random.Random(3)
    n = 2000
    minerals = [drawn.sample(range(70), 2) for _ in range(n)]
    positions = [(drawn.uniform(60, 70), drawn.uniform(40, 45)) for _ in range(n)]
    facets = {"mineral": FacetColumn.of(minerals, range(70))}

    def index() -> PointIndex:
        return PointIndex.build(range(n), *zip(*positions, strict=True), facets)

    def answer(asked: PointIndex, mineral: int) -> tuple[int, list[int], list[int]]:
        filters = {"mineral": [mineral, mineral + 1]}
        view = asked.viewport(60, 40, 70, 45, 6, filters)
        counts = asked.facet_counts(None, filters, own_facet_excluded=False)["mineral"]
        return view.total, view.points.ids.tolist(), counts.tolist()

    wanted = [drawn.randrange(69) for _ in range(400)]
    alone, shared = index(), index()
    expected = [answer(alone, mineral) for mineral in wanted]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda mineral: answer(shared, mineral), wanted)) == expected
