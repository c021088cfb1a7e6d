"""Features and a CSV of everything, side by side with pygeoapi and datasette on the same 300,000 points.

Run from the repository's root: python -m benchmarks.open_data [N]. It installs the contenders into
var/benchmarks, starts a PostgreSQL and the servers, checks that all hold the same rows and give the same
features, asks them in turns, and prints medians and ratios. Servers and client share the machine's cores.
"""

import argparse
import csv
import hashlib
import io
import json
import os
import shutil
import sqlite3
import statistics
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from . import http, imports, installing, mrds, servers
from .http import Target
from .synthetic import make_data, make_questions

#: A million requests at once: the quota is counted, and never reached.
NO_QUOTA = {"ATLAS_API_BURST": "1000000000"}
ZOOMS, A_ZOOM = (6, 7, 8), 20
#: Screens so small that a page holds all their sites, which are then compared one by one.
NEAR_ZOOMS, NEAR = (11, 12, 13, 14), 6
LIMIT = 1000
OURS, THEIRS = "/api/features/collections/reference-sites/items", "/collections/sites/items"
#: Columns of the file that the atlas offers, which datasette's table has too.
COLUMNS = (
    "id",
    "name",
    "latitude",
    "longitude",
    "country",
    "commodities",
    "minerals",
    "status",
    "operation",
    "deposit_type",
    "url",
)
_PIECE = 1 << 20


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", nargs="?", type=int, default=300_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    installing.postgis()
    installing.programs("wrk")
    installing.python_packages()
    shutil.rmtree(installing.HOME / "data" / "kept", ignore_errors=True)
    os.environ.update(NO_QUOTA, ATLAS_DATA_DIR=str(installing.HOME / "data"))
    database = load(arguments.n)
    with (
        servers.atlas(sys.executable) as atlas,
        servers.pygeoapi() as pygeoapi,
        servers.datasette(database) as datasette,
    ):
        items = list(item_targets(arguments.n, atlas.address, pygeoapi.address))
        files = {
            "CSV: atlas": f"{atlas.address}/en/data/reference-sites.csv",
            "CSV: datasette": f"{datasette.address}/{database.stem}/sites.csv?_stream=on&_size=max",
        }
        check_items(arguments.n, atlas.address, pygeoapi.address)
        http.prime(items[0])
        report_items(items, arguments.rounds)
        report_files(files, arguments.rounds)
        check_files(*files.values())


def load(n: int) -> Path:
    """The same sites into the reference layer, into a PostGIS table, and into the SQLite file returned."""
    table = installing.HOME / f"mrds-{n}.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(mrds.rows(n))
    imports.prepare()
    imports.manage("import_mrds", str(table), "--by", imports.USER)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        own = ", ".join("dep_id AS id" if name == "id" else name for name in COLUMNS)
        connection.execute(
            f"CREATE TABLE sites AS SELECT {own}, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)"
            "::geometry(Point, 4326) AS geom FROM deposits_referencepoint"
        )
        connection.execute("ALTER TABLE sites ADD PRIMARY KEY (id)")
        connection.execute("CREATE INDEX ON sites USING gist (geom)")
        rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM sites ORDER BY id").fetchall()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return sqlite_file(rows)


def sqlite_file(rows: Iterable[tuple[object, ...]]) -> Path:
    """datasette's table of the rows, by number."""
    path = installing.HOME / "sites.sqlite3"
    path.unlink(missing_ok=True)
    typed = ("INTEGER PRIMARY KEY", "TEXT", "REAL", "REAL", *["TEXT"] * (len(COLUMNS) - 4))
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, typed, strict=True))
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE sites ({columns})")
        connection.executemany(f"INSERT INTO sites VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    connection.close()
    return path


def item_targets(n: int, atlas: str, pygeoapi: str) -> Iterator[Target]:
    """The same boxes, a screen each, of both services."""
    queries = [f"bbox={box}&limit={LIMIT}&f=json" for box in boxes(n, ZOOMS, A_ZOOM)]
    yield Target("OGC items: atlas", atlas, [f"{OURS}?{query}" for query in queries])
    yield Target("OGC items: pygeoapi", pygeoapi, [f"{THEIRS}?{query}" for query in queries])


def boxes(n: int, zooms: Iterable[int], how_many: int) -> list[str]:
    """Screens near sites, so many a zoom."""
    data = make_data(n)
    asked = [question for zoom in zooms for question in make_questions(data, zoom, how_many)]
    return [http.box(each.window) for each in asked]


def check_items(n: int, atlas: str, pygeoapi: str) -> None:
    """Raise AssertionError unless both match equally many sites, and the same ones where a page holds all.

    PostGIS may add up to five sites at an edge, because its boxes are 32-bit floats.
    """
    compared = 0
    asked = [*boxes(n, ZOOMS, NEAR), *boxes(n, NEAR_ZOOMS, NEAR)]
    for box in asked:
        query = f"bbox={box}&limit={LIMIT}&f=json"
        ours, theirs = _json(f"{atlas}{OURS}?{query}"), _json(f"{pygeoapi}{THEIRS}?{query}")
        more = theirs["numberMatched"] - ours["numberMatched"]
        assert 0 <= more <= 5, f"{box}: {ours['numberMatched']} and {theirs['numberMatched']} match"
        if 0 < theirs["numberMatched"] <= LIMIT:
            ids = [{int(feature["id"]) for feature in page["features"]} for page in (ours, theirs)]
            assert ids[0] <= ids[1] and len(ids[1] - ids[0]) == more, f"{box}: other sites"
            compared += 1
    assert compared, "no box was small enough to compare all its sites"
    print(f"{len(asked)} boxes match equally many sites, {compared} of them compared site by site")


def check_files(ours: str, theirs: str) -> None:
    """Raise AssertionError unless both files hold the same rows in the same order."""
    digests = [_rows_digest(address) for address in (ours, theirs)]
    assert digests[0] == digests[1], f"files differ: {digests}"
    print(f"{digests[0][0]:,} rows of both files are the same")


def report_items(targets: list[Target], rounds: int) -> None:
    """Ask both services in turns, each warmed immediately before, and print medians."""
    taken: dict[str, list[dict[str, float]]] = {target.title: [] for target in targets}
    for _ in range(rounds):
        for target in targets:
            http.ask(target, http.WARM_SECONDS)
            http.settle()
            taken[target.title].append(http.ask(target, http.SECONDS))
            http.settle()
    print(f"\nPages of {LIMIT} features, {http.CONNECTIONS} connections, {servers.WORKERS} workers each")
    rates = []
    for title, results in taken.items():
        rates.append(statistics.median(each["requests"] / each["seconds"] for each in results))
        middle = statistics.median(each["p50_ms"] for each in results)
        failed = sum(each["failed"] for each in results)
        print(f"{title:30s} {rates[-1]:8.2f} requests/s, p50 {middle:.0f} ms, {failed:.0f} failed")
    print(f"the atlas answers {rates[0] / rates[1]:.0f} times as many")


def report_files(files: dict[str, str], rounds: int) -> None:
    """Fetch the files whole in turns; print the first time, when the atlas makes its file, and medians."""
    seconds: dict[str, list[float]] = {title: [] for title in files}
    size = dict.fromkeys(files, 0)
    for _ in range(rounds + 1):
        for title, address in files.items():
            start = time.perf_counter()
            with urllib.request.urlopen(address) as response:
                size[title] = sum(len(piece) for piece in iter(lambda: response.read(_PIECE), b""))
            seconds[title].append(time.perf_counter() - start)
            http.settle()
    medians = {title: statistics.median(taken[1:]) for title, taken in seconds.items()}
    print(f"\nThe whole file, medians of {rounds} interleaved rounds")
    for title, taken in medians.items():
        first = seconds[title][0]
        print(f"{title:30s} {taken:8.2f} s, the first time {first:.2f} s, {size[title] / 1e6:.1f} MB")
    ours, theirs = medians.values()
    print(f"datasette takes {theirs / ours:.1f} times as long")


def _rows_digest(address: str) -> tuple[int, str]:
    """How many rows a CSV has, and a digest of their cells without the atlas's apostrophes."""
    digest, count = hashlib.sha256(), 0
    with urllib.request.urlopen(address) as response:
        for row in csv.reader(io.TextIOWrapper(response, "utf-8-sig", newline="")):
            cells = [cell.removeprefix("'") if cell[1:2] in "=+-@" else cell for cell in row]
            digest.update(json.dumps(cells).encode())
            count += 1
    return count - 1, digest.hexdigest()


def _json(address: str) -> Any:
    with urllib.request.urlopen(address) as response:
        return json.load(response)


if __name__ == "__main__":
    main()
