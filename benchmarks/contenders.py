"""Those who answer the benchmark's questions in its own process: the atlas's index, numpy, polars, DuckDB.

All work on the same grid squares of the same points and answer alike: clusters(window, filters) gives rows
(cell, count, mean x, mean y); facets(window, filters) gives a count for each country, stage and mineral, in
this order; nearest(longitude, latitude, k) gives ids; features(window, n) the first n of a window as GeoJSON.

Each answers in its own shape: the atlas with one array of groups (count, position on the grid and in degrees,
id), numpy with arrays, polars with a data frame, DuckDB and the databases with rows, supercluster with
JavaScript objects (count, position in degrees). Bringing these into one form is not timed.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from atlas.map.boxes import Box, Window
from atlas.map.encoded import EncodedFeatures
from atlas.map.engine import PointIndex
from atlas.map.groups import cells_of
from atlas.map.mercator import GRID_BITS, project
from atlas.map.morton import interleave
from atlas.map.sphere import great_circle_m

from .synthetic import COUNTRIES, MINERALS, STAGES, Data

Filters = dict[str, list[int]] | None
TO_MIDDLE = np.array([0, 0, 0.5, 0.5])
"""From the mean of squares' edges to that of their middles, in a row of clusters."""


class Contender:
    """What the benchmark asks; the `…_table` methods bring an answer into the form in which answers are
    compared. A question that a contender isn't asked is None."""

    name = ""
    #: Nanoseconds of the last answer by the contender's own clock, where it runs in a process of its own.
    own_ns: int | None = None
    filtered = True
    #: How many points beyond a window's edge may slip into its answers.
    slack = 0
    facets: Callable[[Window, Filters], Any] | None = None
    nearest: Callable[[float, float, int], NDArray[np.int64]] | None = None
    features: Callable[[Window, int], bytes | str] | None = None

    def clusters(self, window: Window, filters: Filters) -> Any:
        raise NotImplementedError

    def clusters_table(self, answer: Any, window: Window) -> NDArray[np.float64]:
        raise NotImplementedError

    def facets_table(self, answer: Any) -> NDArray[np.int64]:
        return answer


class Atlas(Contender):
    """The index under test."""

    name = "atlas"

    def __init__(self, data: Data) -> None:
        numbers = np.arange(len(data.ids))
        self._ids = data.ids
        self.index = PointIndex.build(numbers, data.longitudes, data.latitudes, data.facets())
        self._encoded = EncodedFeatures(list(encoded(data)), self.index.ids)

    def clusters(self, window: Window, filters: Filters) -> Any:
        return self.index.view(window, filters, few=0)

    def clusters_table(self, answer: Any, window: Window) -> NDArray[np.float64]:
        groups = answer.groups
        cells = cells_of(groups, window.level)
        return np.column_stack((cells, groups["count"], groups["x"], groups["y"]))

    def facets(self, window: Window, filters: Filters) -> Any:
        return self.index.facet_counts(window, filters, own_facet_excluded=False)

    def facets_table(self, answer: Any) -> NDArray[np.int64]:
        return np.concatenate([answer["country"], answer["stage"], answer["mineral"]])

    def nearest(self, longitude: float, latitude: float, k: int) -> NDArray[np.int64]:
        return self._ids[self.index.nearest(longitude, latitude, k)[0]]

    def features(self, window: Window, n: int) -> bytes | str:
        return self._encoded.collection(self.index.first_in_box(Box(*window.bounds), n))


class Scan(Contender):
    """Plain numpy: a mask over all points, then counts by cell."""

    name = "numpy scan"

    def __init__(self, data: Data) -> None:
        self._data = data
        self._x, self._y = project(data.longitudes, data.latitudes)

    def _rows(self, window: Window, filters: Filters) -> NDArray[np.int64]:
        west, east, north, south = edges(window)
        mask = (self._x >= west) & (self._x < east) & (self._y >= north) & (self._y < south)
        if filters:
            mask &= np.isin(self._data.country, filters["country"])
            mask &= np.isin(self._data.stage, filters["stage"])
            mask &= self._data.minerals & np.uint64(bits(filters["mineral"])) != 0
        return np.flatnonzero(mask)

    def clusters(self, window: Window, filters: Filters) -> Any:
        rows = self._rows(window, filters)
        x, y = self._x[rows], self._y[rows]
        shift = GRID_BITS - window.level
        width = window.last_column - window.first_column + 1
        cells = ((y >> shift) - window.first_row) * width + (x >> shift) - window.first_column
        counts = np.bincount(cells)
        some = np.flatnonzero(counts)
        counts_there = counts[some]
        return (
            some,
            counts_there,
            np.bincount(cells, x)[some] / counts_there,
            np.bincount(cells, y)[some] / counts_there,
        )

    def clusters_table(self, answer: Any, window: Window) -> NDArray[np.float64]:
        cells, counts, x, y = answer
        rows, columns = np.divmod(cells, window.last_column - window.first_column + 1)
        codes = interleave(columns + window.first_column, rows + window.first_row)
        return np.column_stack((codes, counts, x + 0.5, y + 0.5))

    def facets(self, window: Window, filters: Filters) -> Any:
        rows = self._rows(window, filters)
        minerals = self._data.minerals[rows]
        return np.concatenate(
            (
                np.bincount(self._data.country[rows], minlength=COUNTRIES),
                np.bincount(self._data.stage[rows], minlength=STAGES),
                [np.count_nonzero(minerals & np.uint64(1 << mineral)) for mineral in range(MINERALS)],
            )
        )

    def nearest(self, longitude: float, latitude: float, k: int) -> NDArray[np.int64]:
        distances = great_circle_m(longitude, latitude, self._data.longitudes, self._data.latitudes)
        rows = np.argpartition(distances, k)[:k]
        return self._data.ids[rows[np.argsort(distances[rows])]]


class Polars(Contender):
    """polars in process, on a data frame sorted by Morton code and narrowed to the window's range of
    codes."""

    name = "polars"

    def __init__(self, data: Data) -> None:
        import polars

        self._pl = polars
        x, y = project(data.longitudes, data.latitudes)
        columns = {"x": x, "y": y, "code": interleave(x, y), "country": data.country, "stage": data.stage}
        self._frame = polars.DataFrame(columns | {"minerals": data.minerals}).sort("code")
        self._codes = self._frame["code"]

    def _rows(self, window: Window, filters: Filters) -> Any:
        pl = self._pl
        low, high = (int(self._codes.search_sorted(code)) for code in code_range(window))
        west, east, north, south = edges(window)
        condition = pl.col("x").is_between(west, east - 1) & pl.col("y").is_between(north, south - 1)
        if filters:
            condition &= pl.col("country").is_in(filters["country"]) & pl.col("stage").is_in(filters["stage"])
            condition &= pl.col("minerals") & pl.lit(bits(filters["mineral"]), pl.UInt64) != 0
        return self._frame[low:high].lazy().filter(condition)

    def clusters(self, window: Window, filters: Filters) -> Any:
        pl = self._pl
        cell = pl.col("code") // (1 << 2 * (GRID_BITS - window.level))
        means = pl.col("x").mean(), pl.col("y").mean()
        return self._rows(window, filters).group_by(cell).agg(pl.len(), *means).collect()

    def clusters_table(self, answer: Any, window: Window) -> NDArray[np.float64]:
        return answer.to_numpy().astype(np.float64) + TO_MIDDLE

    def facets(self, window: Window, filters: Filters) -> Any:
        pl = self._pl
        counts = [(pl.col("country") == country).sum().alias(f"c{country}") for country in range(COUNTRIES)]
        counts += [(pl.col("stage") == stage).sum().alias(f"s{stage}") for stage in range(STAGES)]
        counts += [
            (pl.col("minerals") & pl.lit(1 << mineral, pl.UInt64) != 0).sum().alias(f"m{mineral}")
            for mineral in range(MINERALS)
        ]
        return self._rows(window, filters).select(counts).collect()

    def facets_table(self, answer: Any) -> NDArray[np.int64]:
        return np.array(answer.row(0))


class DuckDB(Contender):
    """DuckDB in process, on a table in memory sorted by Morton code."""

    name = "DuckDB"

    def __init__(self, data: Data) -> None:
        import duckdb
        import polars

        x, y = project(data.longitudes, data.latitudes)
        columns = {"x": x, "y": y, "code": interleave(x, y), "country": data.country, "stage": data.stage}
        points = polars.DataFrame(columns | {"minerals": data.minerals}).sort("code")
        self._connection = duckdb.connect()
        self._connection.register("given", points.to_arrow())
        self._connection.execute("create table points as from given")
        self._connection.unregister("given")

    def _where(self, window: Window, filters: Filters) -> str:
        (low, high), (west, east, north, south) = code_range(window), edges(window)
        where = (
            f"code >= {low} and code < {high} and x >= {west} and x < {east} and y >= {north} and y < {south}"
        )
        if filters:
            lists = [f"{name} in ({','.join(map(str, filters[name]))})" for name in ("country", "stage")]
            where = " and ".join([where, *lists, f"minerals & {bits(filters['mineral'])}::ubigint <> 0"])
        return where

    def clusters(self, window: Window, filters: Filters) -> Any:
        shift = 2 * (GRID_BITS - window.level)
        sql = f"select code >> {shift} cell, count(*), avg(x), avg(y) from points where {{}} group by cell"
        return self._connection.execute(sql.format(self._where(window, filters))).fetchall()

    def clusters_table(self, answer: Any, window: Window) -> NDArray[np.float64]:
        return np.array(answer, dtype=np.float64).reshape(-1, 4) + TO_MIDDLE

    def facets(self, window: Window, filters: Filters) -> Any:
        conditions = facet_conditions(lambda mask: f"{mask}::ubigint")
        counts = ", ".join(f"count(*) filter ({condition})" for condition in conditions)
        where = self._where(window, filters)
        return self._connection.execute(f"select {counts} from points where {where}").fetchall()

    def facets_table(self, answer: Any) -> NDArray[np.int64]:
        return np.array(answer[0])


def edges(window: Window) -> tuple[int, int, int, int]:
    """The first squares in the west and north, and those after the last in the east and south: w, e, n, s."""
    shift = GRID_BITS - window.level
    west, east = window.first_column << shift, window.last_column + 1 << shift
    return west, east, window.first_row << shift, window.last_row + 1 << shift


def code_range(window: Window) -> tuple[int, int]:
    cells, shift = window.cells(), 2 * (GRID_BITS - window.level)
    return int(cells[0]) << shift, int(cells[-1]) + 1 << shift


def bits(minerals: list[int]) -> int:
    """The minerals of these numbers as bits."""
    return sum(1 << mineral for mineral in minerals)


def facet_conditions(mask: Callable[[int], Any]) -> list[str]:
    """In SQL, what makes a point count for each country, stage and mineral; `mask` writes a mask of bits."""
    conditions = [f"country = {country}" for country in range(COUNTRIES)]
    conditions += [f"stage = {stage}" for stage in range(STAGES)]
    return conditions + [f"(minerals & {mask(1 << mineral)}) <> 0" for mineral in range(MINERALS)]


def encoded(data: Data) -> Iterator[bytes]:
    """The points as GeoJSON features."""
    columns = (data.ids, data.longitudes, data.latitudes, data.country, data.stage, data.minerals)
    for row in zip(*(column.tolist() for column in columns), strict=True):
        yield json.dumps(feature(*row), separators=(",", ":")).encode()


def feature(number: int, longitude: float, latitude: float, *properties: int) -> dict[str, Any]:
    """A GeoJSON feature of a point; properties are country, stage and minerals."""
    return {
        "type": "Feature",
        "id": number,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": dict(zip(("country", "stage", "minerals"), properties, strict=True)),
    }
