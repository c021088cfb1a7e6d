"""Contenders that keep the points in a database: PostGIS, and Morton codes in PostgreSQL and in SQLite.

Positions are the middles of the grid squares that all contenders share, so that all can agree to the point.
"""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from atlas.map.boxes import Window
from atlas.map.mercator import GRID_BITS, project
from atlas.map.morton import interleave

from .contenders import TO_MIDDLE, Contender, Filters, bits, code_range, edges, facet_conditions, feature
from .synthetic import Data

COLUMNS = ("id", "x", "y", "code", "longitude", "latitude", "country", "stage", "minerals")
SESSION = """
    SET jit = off; SET random_page_cost = 1.1; SET max_parallel_workers_per_gather = 2;
    SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'
"""
FEATURE = """
    json_build_object('type', 'Feature', 'id', id,
        'geometry', json_build_object('type', 'Point', 'coordinates', json_build_array(longitude, latitude)),
        'properties', json_build_object('country', country, 'stage', stage, 'minerals', minerals))
"""


def rows_of(data: Data) -> Iterable[tuple[Any, ...]]:
    """The points as rows of `COLUMNS`, in the order of their Morton codes; minerals as signed 64 bits."""
    x, y = project(data.longitudes, data.latitudes)
    codes = interleave(x, y)
    columns = (data.ids, x, y, codes, data.longitudes, data.latitudes, data.country, data.stage)
    order = np.argsort(codes, kind="stable")
    minerals = data.minerals.view(np.int64)
    return zip(*(column[order].tolist() for column in (*columns, minerals)), strict=True)


class _Sql(Contender):
    """What questions in SQL have in common; subclasses say how rows are found and cells named."""

    source = "points"

    def _fetch(self, sql: str) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def _within(self, window: Window) -> str:
        (low, high), (west, east, north, south) = code_range(window), edges(window)
        return (
            f"code >= {low} AND code < {high} AND x >= {west} AND x < {east} AND y >= {north} AND y < {south}"
        )

    def _where(self, window: Window, filters: Filters) -> str:
        conditions = [self._within(window)]
        if filters:
            conditions += [
                f"{name} IN ({','.join(map(str, filters[name]))})" for name in ("country", "stage")
            ]
            conditions.append(f"(minerals & {_signed(bits(filters['mineral']))}) <> 0")
        return " AND ".join(conditions)

    def clusters(self, window: Window, filters: Filters) -> Any:
        cell = f"(code >> {2 * (GRID_BITS - window.level)})"
        where = self._where(window, filters)
        return self._fetch(
            f"SELECT {cell}, count(*), avg(x), avg(y) FROM {self.source} WHERE {where} GROUP BY {cell}"
        )

    def clusters_table(self, answer: Any, window: Window) -> NDArray[np.float64]:
        return np.array(answer, dtype=np.float64).reshape(-1, 4) + TO_MIDDLE

    def facets(self, window: Window, filters: Filters) -> Any:
        where = self._where(window, filters)
        counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in facet_conditions(_signed))
        return self._fetch(f"SELECT {counts} FROM {self.source} WHERE {where}")[0]

    def facets_table(self, answer: Any) -> NDArray[np.int64]:
        return np.array(answer)


class PostgresMorton(_Sql):
    """PostgreSQL: a B-tree on the Morton code that holds all columns asked for."""

    name = "PostgreSQL"
    features = nearest = None

    def __init__(self, data: Data, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True, prepare_threshold=None)
        self._connection.execute(SESSION)
        self._load(data)

    def _load(self, data: Data) -> None:
        execute = self._connection.execute
        execute("DROP TABLE IF EXISTS points")
        execute(
            "CREATE TABLE points (id int, x int, y int, code bigint, longitude float8, latitude float8, "
            "country smallint, stage smallint, minerals bigint)"
        )
        with self._connection.cursor() as cursor, cursor.copy("COPY points FROM STDIN") as copy:
            for row in rows_of(data):
                copy.write_row(row)
        execute("CREATE INDEX ON points (code) INCLUDE (x, y, country, stage, minerals)")
        execute("VACUUM ANALYZE points")

    def _fetch(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, binary=True).fetchall()


class PostGIS(PostgresMorton):
    """PostGIS: a GiST index on points, cells by ST_SnapToGrid. The plane is the shared grid's.

    Its boxes are kept as float32, rounded outwards: points within a few squares of an edge slip in.
    """

    name = "PostGIS"
    slack = 5
    source = "places"

    def _load(self, data: Data) -> None:
        super()._load(data)
        execute = self._connection.execute
        execute("CREATE EXTENSION IF NOT EXISTS postgis")
        execute("DROP TABLE IF EXISTS places")
        execute(
            "CREATE TABLE places AS SELECT id, longitude, latitude, country, stage, minerals, "
            "ST_MakePoint(x + 0.5, y + 0.5) AS geom FROM points ORDER BY code"
        )
        execute("CREATE INDEX ON places USING gist (geom)")
        execute("VACUUM ANALYZE places")

    def _within(self, window: Window) -> str:
        west, east, north, south = edges(window)
        return f"geom && ST_MakeEnvelope({west}, {north}, {east}, {south})"

    def clusters(self, window: Window, filters: Filters) -> Any:
        size = 1 << GRID_BITS - window.level
        grid = f"{size / 2}, {size / 2}, {size}, {size}"
        counted = (
            f"SELECT ST_SnapToGrid(geom, {grid}) AS cell, count(*) AS n, avg(ST_X(geom)) AS x, "
            f"avg(ST_Y(geom)) AS y FROM places WHERE {self._where(window, filters)} GROUP BY 1"
        )
        return self._fetch(f"SELECT ST_X(cell), ST_Y(cell), n, x, y FROM ({counted}) AS cells")

    def clusters_table(self, answer: Any, window: Window) -> NDArray[np.float64]:
        table = np.array(answer, dtype=np.float64).reshape(-1, 5)
        columns, rows = (table[:, :2].astype(np.int64) >> GRID_BITS - window.level).T
        inside = (columns >= window.first_column) & (columns <= window.last_column)
        inside &= (rows >= window.first_row) & (rows <= window.last_row)
        return np.column_stack((interleave(columns, rows), table[:, 2:]))[inside]

    def nearest(self, longitude: float, latitude: float, k: int) -> NDArray[np.int64]:
        x, y = (int(square) + 0.5 for square in project(longitude, latitude))
        sql = f"SELECT id FROM places ORDER BY geom <-> ST_MakePoint({x}, {y}) LIMIT {k}"
        return np.array([number for (number,) in self._fetch(sql)])

    def features(self, window: Window, n: int) -> bytes | str:
        inside = f"SELECT * FROM places WHERE {self._within(window)} LIMIT {n}"
        return self._connection.execute(
            "SELECT json_build_object('type', 'FeatureCollection', 'features', "
            f"json_agg({FEATURE}))::text FROM ({inside}) AS first"
        ).fetchone()[0]


class SqliteMorton(_Sql):
    """SQLite: the table itself is ordered by Morton code."""

    name = "SQLite"
    nearest = None

    def __init__(self, data: Data, directory: Path) -> None:
        path = directory / f"points-{len(data.ids)}.sqlite3"
        path.unlink(missing_ok=True)
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA cache_size = -1000000")
        self._connection.execute(
            f"CREATE TABLE points ({', '.join(COLUMNS)}, PRIMARY KEY (code, id)) WITHOUT ROWID"
        )
        marks = ", ".join("?" * len(COLUMNS))
        self._connection.executemany(f"INSERT INTO points VALUES ({marks})", rows_of(data))
        self._connection.execute("ANALYZE")
        self._connection.commit()

    def _fetch(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    def features(self, window: Window, n: int) -> bytes | str:
        columns = "id, longitude, latitude, country, stage, minerals"
        rows = self._fetch(f"SELECT {columns} FROM points WHERE {self._within(window)} LIMIT {n}")
        features = [feature(*row) for row in rows]
        return json.dumps({"type": "FeatureCollection", "features": features})


def _signed(mask: int) -> int:
    return mask - (1 << 64) if mask >> 63 else mask
