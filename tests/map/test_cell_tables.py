"""Tables of cells, from which windows are read, say what looking at the points in the window would."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.map.bitmaps import pack
from atlas.map.boxes import Box, Window
from atlas.map.cell_tables import all_tables
from atlas.map.columns import SortedColumns
from atlas.map.groups import Groups, cell_numbers
from atlas.map.selections import Everything, Selection
from tests.map.oracle import Place, in_window, questions

ALL_LEVELS = 27


def columns_of(places: list[Place]) -> SortedColumns:
    columns, _ = SortedColumns.sort(
        [place.id for place in places],
        [place.longitude for place in places],
        [place.latitude for place in places],
        [place.rank for place in places],
    )
    return columns


def selection_of(columns: SortedColumns, members: list[bool]) -> Selection:
    """The rows of which members[row] holds, with tables of every level from the second question on."""
    bitmap = pack(np.array(members, dtype=np.bool_))
    return Selection(lambda stretch: bitmap[stretch], columns, ALL_LEVELS)


@given(questions(), st.data())
def test_a_window_read_from_a_table_is_what_a_look_at_its_points_finds(question: Any, data: Any) -> None:
    places, box, zoom, _ = question
    columns = columns_of(places)
    members = data.draw(st.lists(st.booleans(), min_size=len(places), max_size=len(places)))
    selection = selection_of(columns, members)
    window = Window.at_zoom(box, zoom)
    looked_at = selection.groups(window, few=0)
    read = selection.groups(window, few=0)
    assert read.tolist() == looked_at.tolist()
    ids = {place.id for place in places if in_window(place, window)}
    ids &= {int(columns.ids[row]) for row in range(len(places)) if members[row]}
    assert read["count"].sum() == len(ids)


@given(questions(), st.sampled_from([0, 3, 200]))
def test_groups_come_from_north_to_south_and_from_west_to_east(question: Any, few: int) -> None:
    places, box, zoom, _ = question
    window = Window.at_zoom(box, zoom)
    groups = selection_of(columns_of(places), [True] * len(places)).groups(window, few)
    level = 26 if groups["count"].sum() <= few else window.level
    assert np.all(np.diff(cell_numbers(groups, level)) > 0)


def dense(n: int) -> SortedColumns:
    """Points around the place where the 180th meridian meets the equator, and at both poles."""
    random = np.random.default_rng(8)
    longitudes = (180 + random.normal(0, 3, n) + 180) % 360 - 180
    latitudes = random.normal(0, 2, n)
    latitudes[:50], latitudes[50:100] = 90, -90
    return SortedColumns.sort(np.arange(n), longitudes, latitudes, None)[0]


@pytest.mark.parametrize("box", [Box(178, -2, -178, 2), Box(-180, -90, 180, 90), Box(179, -90, -170, 90)])
def test_tables_of_all_points_agree_with_their_points_across_the_180th_meridian(box: Box) -> None:
    columns = dense(20_000)
    everything = Everything(columns)
    for zoom in range(10):
        window = Window.at_zoom(box, zoom)
        expected = selection_of(columns, [True] * len(columns)).groups(window, few=0)
        assert same(everything.groups(window, few=0), expected)
    assert len(all_tables(columns)) > 8


def same(groups: Groups, others: Groups) -> bool:
    exact = ("id", "count", "coincident")
    return all(np.array_equal(groups[name], others[name]) for name in exact) and all(
        np.allclose(groups[name], others[name], rtol=0, atol=1e-6)
        for name in ("x", "y", "longitude", "latitude")
    )


def test_an_index_without_points_has_no_tables() -> None:
    columns = columns_of([])
    assert all_tables(columns) == []
    assert len(Everything(columns).groups(Window.at_zoom(Box(-180, -90, 180, 90), 3), few=0)) == 0


def test_levels_of_which_cells_hold_hardly_a_point_have_no_table() -> None:
    columns = dense(20_000)
    tables = all_tables(columns)
    assert len(columns) >= 2 * len(tables[-1].groups)
    assert all(table.groups["count"].sum() == len(columns) for table in tables)


@given(questions(), st.integers(4, 300))
def test_a_window_in_coarser_cells_holds_the_window(question: Any, most: int) -> None:
    places, box, zoom, _ = question
    window = Window.at_zoom(box, zoom)
    coarse = window.coarser(most)
    assert coarse.size <= most or coarse is window
    assert all(in_window(place, coarse) for place in places if in_window(place, window))
    x, y = (np.array([place.square[axis] for place in places], dtype=np.int64) for axis in (0, 1))
    assert window.has(x, y).tolist() == [in_window(place, window) for place in places]
