"""Tables as an OGC GeoPackage 1.3 (OGC 12-128r18), which is an SQLite file: written without GDAL.

Point geometries are GeoPackage binary: "GP", version 0, little-endian without envelope, then WKB.
"""

import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .tables import Column, Table, as_json, in_english, moment_text

MEDIA_TYPE = "application/geopackage+sqlite3"
WGS84 = 4326
_APPLICATION_ID = 0x47504B47  # "GPKG"
_VERSION = 10300
_SQL_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN", "date": "DATE"}
_WGS84_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",'
    '0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_CORE_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
  description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""

Position = tuple[float, float]


class GeoPackage:
    """A file that layers are added to, one after the other."""

    def __init__(self, path: Path, about: str, at: Any) -> None:
        """`at` is the moment of the record that the layers show, `about` what each says of itself."""
        self._about, self._at = about, moment_text(at).replace("Z", ".000Z")
        self._database = sqlite3.connect(path)
        self._database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        self._database.execute(f"PRAGMA user_version = {_VERSION}")
        self._database.executescript(_CORE_TABLES)
        self._database.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
            [
                ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", None),
                ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
                ("WGS 84 geodetic", WGS84, "EPSG", WGS84, _WGS84_WKT, "longitude, latitude in degrees"),
            ],
        )

    def add(self, table: Table, position: Callable[[Any], Position | None] | None = None) -> None:
        """Add a table; with `position` (longitude, latitude), as a layer of points or nulls."""
        columns = ["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", *(["geom POINT"] if position else [])]
        columns += [f"{_quoted(c.name)} {_SQL_TYPES.get(c.type, 'TEXT')}" for c in table.columns]
        self._database.execute(f"CREATE TABLE {_quoted(table.name)} ({', '.join(columns)})")
        extent = _Extent()
        names = [*(["geom"] if position else []), *(column.name for column in table.columns)]
        self._database.executemany(
            f"INSERT INTO {_quoted(table.name)} ({', '.join(map(_quoted, names))}) "
            f"VALUES ({', '.join('?' * len(names))})",
            _values(table, position, extent),
        )
        self._register(table.name, "features" if position else "attributes", extent)

    def add_notes(self, tables: Iterable[tuple[str, Sequence[Column]]]) -> None:
        """Add the table `columns`: what each column of each table holds."""
        notes = [(name, c.name, c.type, in_english(c.note)) for name, own in tables for c in own]
        self._database.execute(
            "CREATE TABLE columns (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
            "table_name TEXT, column_name TEXT, type TEXT, note TEXT)"
        )
        self._database.executemany(
            "INSERT INTO columns (table_name, column_name, type, note) VALUES (?, ?, ?, ?)", notes
        )
        self._register("columns", "attributes", _Extent())

    def close(self) -> None:
        """Finish the file."""
        self._database.commit()
        self._database.close()

    def _register(self, name: str, data_type: str, extent: "_Extent") -> None:
        spatial = data_type == "features"
        self._database.execute(
            "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (name, data_type, name, self._about, self._at, *extent.box, WGS84 if spatial else None),
        )
        if spatial:
            self._database.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', ?, 0, 0)", (name, WGS84)
            )


class _Extent:
    """West, south, east and north of the points seen, None before the first."""

    def __init__(self) -> None:
        self.box: tuple[float | None, ...] = (None, None, None, None)

    def add(self, longitude: float, latitude: float) -> None:
        west, south, east, north = self.box
        if west is None or south is None or east is None or north is None:
            self.box = (longitude, latitude, longitude, latitude)
        else:
            self.box = (
                min(west, longitude),
                min(south, latitude),
                max(east, longitude),
                max(north, latitude),
            )


def point_blob(longitude: float, latitude: float) -> bytes:
    """A position in GeoPackage binary."""
    return struct.pack("<2sBBiBIdd", b"GP", 0, 1, WGS84, 1, 1, longitude, latitude)


def _values(
    table: Table, position: Callable[[Any], Position | None] | None, extent: _Extent
) -> Iterator[list[Any]]:
    for row in table.rows:
        cells: list[Any] = [as_json(column.value(row)) for column in table.columns]
        if position is None:
            yield cells
            continue
        found = position(row)
        if found:
            extent.add(*found)
        yield [point_blob(*found) if found else None, *cells]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
