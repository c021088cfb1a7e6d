"""The map's read model: the points of a moment in memory, so sorted that no view has to look at each of them.

Points are sorted once by the Morton code of their grid square. A cell of the map, of any size, is then one
run of rows, and what it holds is the difference of two numbers; filters are bitmaps over the same order. An
index never changes once built, so any number of threads may ask it; a new state of the record is a new index.

Filters are {facet: values}: a point matches that has one of the values in each facet named. A facet with no
values listed filters nothing, a value that no point has matches nothing, a facet that the index doesn't have
is a ValueError.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bitmaps import Bitmap, Rows, contains
from .boxes import Box, Window
from .columns import SortedColumns
from .facets import Facet, FacetColumn, build_facets
from .kept import SelectionCache
from .nearest import nearest_rows
from .pictures import View
from .row_values import RowValues
from .runs import Runs
from .selections import Everything, Selection

Filters = Mapping[str, Collection[Hashable]]
_FIRST_LOOK = 1024
_SORTABLE = 20_000
"""Up to so many rows are sorted into the readers' order; of more, the first are sought in that order."""


@dataclass(frozen=True)
class Page:
    """A slice of a list: its ids, int64[at most the limit], and how long the whole list is."""

    ids: NDArray[np.int64]
    total: int


class PointIndex:
    """Points with facets, asked by viewport, filter, order and distance. Make one with `build`."""

    def __init__(self, columns: SortedColumns, facets: Mapping[str, Facet], row_values: RowValues) -> None:
        """Over columns, facets and facets' values of the same points."""
        self._columns = columns
        self._facets = dict(facets)
        self._row_values = row_values
        self._everything = Everything(columns)
        self._selections = SelectionCache()

    @classmethod
    def build(
        cls,
        ids: ArrayLike,
        longitudes: ArrayLike,
        latitudes: ArrayLike,
        facets: Mapping[str, FacetColumn],
        rank: ArrayLike | None = None,
    ) -> Self:
        """An index of n points: ids int64[n], positions float64[n] in degrees, a column a facet, ranks [n].

        Ids are whatever tells the caller which point is meant, such as rows of a table of his own; they need
        not differ. Points are listed by ascending rank, equal ones as given; without a rank as given. Raises
        ValueError for columns of different lengths and positions that are not on the Earth.
        """
        columns, order = SortedColumns.sort(ids, longitudes, latitudes, rank)
        for name, column in facets.items():
            if len(column.offsets) != len(columns) + 1:
                raise ValueError(f"facet {name!r} is not of as many points as there are ids")
        return cls(columns, *build_facets(facets, order))

    def __len__(self) -> int:
        return len(self._columns)

    @property
    def nbytes(self) -> int:
        """Bytes of the columns, the tables of cells and the facets; kept selections come on top."""
        facets = sum(facet.bitmaps.nbytes for facet in self._facets.values()) + self._row_values.nbytes
        return self._columns.nbytes + self._everything.nbytes + facets

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids of all points in the index's own order, in which `first_in_box` lists them."""
        return self._columns.ids

    def values(self, facet: str) -> tuple[Hashable, ...]:
        """The values of a facet, in the order in which `facet_counts` counts them."""
        return self._facets[facet].values

    def viewport(
        self,
        west: float,
        south: float,
        east: float,
        north: float,
        zoom: float,
        filters: Filters | None = None,
        few: int = 200,
    ) -> View:
        """What a map shows of a box at a zoom, in the 64-pixel cells that the box touches. See `view`."""
        return self.view(Window.at_zoom(Box(west, south, east, north), zoom), filters, few)

    def view(self, window: Window, filters: Filters | None = None, few: int = 200) -> View:
        """The matching points of a window: one by one where a cell holds one, else as a cluster a cell.

        Where no more than `few` match in the whole window, all come back one by one, but for those in the
        same grid square, which no map can show apart: they stay a cluster.
        """
        return View(window, self._selection(filters).groups(window, few))

    def facet_counts(
        self, area: Box | Window | None, filters: Filters | None = None, own_facet_excluded: bool = True
    ) -> dict[str, NDArray[np.int64]]:
        """How many matching points in an area have each value of each facet: {facet: int64[V]}.

        With `own_facet_excluded` the filter on a facet is left out when that facet is counted, so that a
        reader sees what one more value of it would bring; without, all filters hold.
        """
        runs = self._columns.runs_in(area)
        asked: dict[Selection, list[str]] = {}
        for name in self._facets:
            others = {key: values for key, values in (filters or {}).items() if key != name}
            selection = self._selection(others if own_facet_excluded else filters)
            asked.setdefault(selection, []).append(name)
        counts: dict[str, NDArray[np.int64]] = {}
        for selection, names in asked.items():
            counts |= selection.facet_counts([self._facets[name] for name in names], self._row_values, runs)
        return {name: counts[name] for name in self._facets}

    def select(
        self, area: Box | Window | None, filters: Filters | None = None, limit: int = 100, offset: int = 0
    ) -> Page:
        """A page of the matching points in an area, in the readers' order (the rank given to `build`)."""
        selection = self._selection(filters)
        runs = self._columns.runs_in(area)
        first, last = selection.ranks(runs.starts), selection.ranks(runs.ends)
        total = int((last - first).sum())
        if total <= _SORTABLE:
            ranks = self._columns.ranks[selection.rows_ranked(first, last)]
            ranks.sort()
            rows = self._columns.by_rank[ranks[offset : offset + limit]]
        else:
            rows = _first(
                len(self),
                lambda start, end: self._matching(self._columns.by_rank[start:end], selection, runs),
                min(offset + limit, total),
            )[offset:]
        return Page(self._columns.ids[rows], total)

    def first_in_box(
        self, box: Box | None, n: int, filters: Filters | None = None, offset: int = 0
    ) -> NDArray[np.int64]:
        """The ids of the first n matching points in a box after an offset, in the index's own order.

        That order is the same for every index built of the same points. It brings neighbours together and is
        found without looking at the whole box.
        """
        selection = self._selection(filters)
        runs = self._columns.runs_touched_by(box) if box else self._columns.runs_in(None)
        first, last = selection.ranks(runs.starts), selection.ranks(runs.ends)
        after = np.cumsum(last - first)

        def candidates(start: int, end: int) -> Rows:
            clipped_first = np.maximum(first, start - after + last)
            clipped_last = np.maximum(clipped_first, np.minimum(last, end - after + last))
            rows = selection.rows_ranked(clipped_first, clipped_last)
            return rows[self._columns.in_box(rows, box)] if box else rows

        rows = _first(int(after[-1]) if len(after) else 0, candidates, offset + n)[offset:]
        return self._columns.ids[rows]

    def nearest(
        self,
        longitude: float,
        latitude: float,
        k: int,
        filters: Filters | None = None,
        within_m: float | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The ids of the k nearest matching points, nearest first, and their distances in metres.

        Distances are great circles on the mean sphere; equally near points come in the readers' order. With
        `within_m` only those no farther. Raises ValueError for k < 1 and for a position not on the Earth.
        """
        if k < 1:
            raise ValueError("at least one nearest point must be asked for")
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise ValueError("the position lies outside longitudes -180 to 180 or latitudes -90 to 90")
        rows, distances = nearest_rows(
            self._columns, self._selection(filters), longitude, latitude, k, within_m
        )
        return self._columns.ids[rows], distances

    def _selection(self, filters: Filters | None) -> Selection:
        key = self._normalised(filters or {})
        return self._selections.get(key, lambda: self._select_rows(key)) if key else self._everything

    def _normalised(self, filters: Filters) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The same key for filters that mean the same: facets in order, known values as codes in order."""
        key = []
        for name in sorted(filters):
            if name not in self._facets:
                raise ValueError(f"there is no facet {name!r}")
            if filters[name]:
                code_of = self._facets[name].code_of
                key.append(
                    (name, tuple(sorted({code_of[value] for value in filters[name] if value in code_of})))
                )
        return tuple(key)

    def _select_rows(self, key: tuple[tuple[str, tuple[int, ...]], ...]) -> Selection:
        def part(stretch: slice) -> Bitmap:
            bitmaps = [self._facets[name].any_of(codes, stretch) for name, codes in key]
            for other in bitmaps[1:]:
                bitmaps[0] &= other
            return bitmaps[0]

        return Selection(part, self._columns, self._everything.table_levels)

    def _matching(self, rows: Rows, selection: Selection, runs: Runs) -> Rows:
        """Those of the rows that a selection has and that lie in runs; the order of the rows is kept."""
        rows = rows[contains(selection.bitmap, rows)]
        return rows[runs.contain(rows)]


def _first(size: int, candidates: Callable[[int, int], Rows], needed: int) -> Rows:
    """The first rows that `candidates(start, end)` leaves, looked through from 0 to size in growing steps."""
    found: list[Rows] = [np.zeros(0, dtype=np.int64)]
    start, step = 0, max(_FIRST_LOOK, 2 * needed)
    while needed > 0 and start < size:
        rows = candidates(start, min(start + step, size))[:needed]
        found.append(rows)
        needed -= len(rows)
        start, step = start + step, 2 * step
    return np.concatenate(found)
