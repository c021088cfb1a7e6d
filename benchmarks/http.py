"""How many requests a second the map answers, next to an empty view, PostGIS, pygeoapi and datasette.

Run from the repository's root: python -m benchmarks.http [N]. It installs the contenders into var/benchmarks,
starts a PostgreSQL and the servers (gunicorn, but for datasette's own), checks that they agree, then asks
them in turns through wrk, each warmed immediately before it is measured, and prints medians. Servers and wrk
share the machine's cores.
"""

import argparse
import json
import os
import statistics
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from atlas.map.boxes import Window

from . import imports, installing, servers
from .contenders import code_range, edges
from .databases import PostGIS, SqliteMorton
from .synthetic import COUNTRY_NAMES, MINERALS, Data, Question, make_data, make_questions

CONNECTIONS, WARM_SECONDS, SECONDS, SECONDS_TO_SETTLE = 8, 2, 8, 120
ZOOMS = (4, 5, 6, 7, 8, 9, 10)
A_ZOOM, FILTERS, ITEMS = 30, 10, 1000
IMPORT = """
    INSERT INTO deposits_referenceimport
        (id, digest, file_name, lines_staged, kept, skipped, by_id, tick_id)
    SELECT 1, '', '', 0, 0, 0, id, 1 FROM accounts_user LIMIT 1
"""
_NAMES = ", ".join(f"'{name}'" for name in COUNTRY_NAMES)
_MINERALS = " || ".join(
    f"CASE WHEN (minerals >> {bit}) & 1 = 1 THEN 'm{bit} ' ELSE '' END" for bit in range(MINERALS)
)
POINTS = f"""
    INSERT INTO deposits_referencepoint
        (dep_id, name, latitude, longitude, country, commodities, minerals, status, operation, deposit_type,
         url, details, fingerprint, published_in_id)
    SELECT id, 'Site ' || id, latitude, longitude, (ARRAY[{_NAMES}])[country + 1], '', {_MINERALS}, '', '',
        '', '', '{{}}', '', 1
    FROM places
"""
DOTS = "/en/map/reference/1/"
INSET = 1e-7
"""Degrees by which a window's box is drawn in, so that it touches no further cell."""


@dataclass(frozen=True)
class Target:
    """Paths of one server that are asked in turns."""

    title: str
    address: str
    paths: list[str]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", nargs="?", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    installing.postgis()
    installing.programs("wrk")
    installing.python_packages()
    os.environ["ATLAS_DATA_DIR"] = str(installing.HOME / "data")
    data = make_data(arguments.n)
    database = load(data)
    with (
        servers.atlas(sys.executable) as atlas,
        servers.atlas(sys.executable) as postgis,
        servers.pygeoapi() as pygeoapi,
        servers.datasette(database) as datasette,
    ):
        addresses = (server.address for server in (atlas, postgis, pygeoapi, datasette))
        targets = list(questions(data, database.stem, *addresses))
        by_title = {target.title: target for target in targets}
        check_agreement(by_title)
        prime(by_title["thousand items: atlas"])
        report(targets, arguments.rounds)


def load(data: Data) -> Path:
    """The points into the atlas's reference layer, into PostGIS, and into the SQLite file returned."""
    imports.prepare()
    address = os.environ["DATABASE_URL"]
    PostGIS(data, address)
    database = installing.HOME / f"points-{len(data.ids)}.sqlite3"
    SqliteMorton(data, installing.HOME)
    with psycopg.connect(address) as connection:
        execute = connection.execute
        execute("INSERT INTO sources_clock (id, now) VALUES (1, 1)")
        execute("INSERT INTO sources_tick SELECT 1, now(), 'benchmark', id FROM accounts_user LIMIT 1")
        execute(IMPORT)
        execute(POINTS)
        execute(
            "CREATE TABLE sites AS SELECT id, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)"
            "::geometry(Point, 4326) AS geom, country, stage, minerals FROM places"
        )
        execute("ALTER TABLE sites ADD PRIMARY KEY (id)")
        execute("CREATE INDEX ON sites USING gist (geom)")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return database


def questions(
    data: Data, database: str, atlas: str, postgis: str, pygeoapi: str, datasette: str
) -> Iterator[Target]:
    """What is asked of whom."""
    asked = [question for zoom in ZOOMS for question in make_questions(data, zoom, A_ZOOM)]
    screens = [(each, {"bbox": box(each.window), "zoom": each.zoom}) for each in asked]
    plain = [urlencode(screen) for _, screen in screens]
    filtered = [
        urlencode([*screen.items(), *chosen(asked[number % FILTERS])])
        for number, (_, screen) in enumerate(screens)
    ]
    yield Target("empty view", atlas, ["/empty/"])
    yield Target("viewport: atlas", atlas, [f"{DOTS}?{query}" for query in plain])
    yield Target("viewport: PostGIS", postgis, [f"/postgis/?{query}" for query in plain])
    yield Target("filters seen before: atlas", atlas, [f"{DOTS}?{query}" for query in filtered])
    yield Target("filters seen before: PostGIS", postgis, [f"/postgis/?{query}" for query in filtered])
    boxes = [box(each.window) for each in asked if each.zoom in (6, 7, 8)]
    yield Target(
        "thousand items: atlas",
        atlas,
        [f"{DOTS}sites/?limit={ITEMS}&bbox={each}" for each in boxes],
    )
    yield Target(
        "thousand items: pygeoapi",
        pygeoapi,
        [f"/collections/sites/items?f=json&limit={ITEMS}&bbox={each}" for each in boxes],
    )
    windows = [each.window for each in asked if each.zoom in (6, 7, 8)]
    sql = [urlencode({"sql": first_items(window), "_shape": "array"}) for window in windows]
    yield Target("thousand items: datasette", datasette, [f"/{database}.json?{query}" for query in sql])


def box(window: Window) -> str:
    """The window as a `bbox`."""
    west, south, east, north = window.bounds
    return f"{west + INSET:.7f},{south + INSET:.7f},{east - INSET:.7f},{north - INSET:.7f}"


def chosen(question: Question) -> list[tuple[str, str]]:
    """The question's countries and minerals as an address names them."""
    countries = [("country", COUNTRY_NAMES[number]) for number in question.filters["country"]]
    return countries + [("mineral", f"m{number}") for number in question.filters["mineral"]]


def first_items(window: Window) -> str:
    """The first items of a window from SQLite's table in Morton order."""
    (low, high), (west, east, north, south) = code_range(window), edges(window)
    return (
        "SELECT id, longitude, latitude, country, stage, minerals FROM points "
        f"WHERE code >= {low} AND code < {high} AND x >= {west} AND x < {east} "
        f"AND y >= {north} AND y < {south} LIMIT {ITEMS}"
    )


def check_agreement(targets: dict[str, Target]) -> None:
    """Raise AssertionError where the answers differ."""
    for what in ("viewport", "filters seen before"):
        dots, cells = targets[f"{what}: atlas"], targets[f"{what}: PostGIS"]
        for number in range(0, len(dots.paths), A_ZOOM):
            total, count = struct.unpack_from("<II", _fetch(dots, number), offset=24)
            rows = json.loads(_fetch(cells, number))
            assert 0 <= sum(row[2] for row in rows) - total <= PostGIS.slack, f"{what}: totals differ"
            assert count <= total
    for number in range(0, len(targets["thousand items: atlas"].paths), A_ZOOM):
        answers = [
            json.loads(_fetch(targets[f"thousand items: {who}"], number)) for who in ("atlas", "pygeoapi")
        ]
        counts = [len(answer["features"]) for answer in answers]
        counts.append(len(json.loads(_fetch(targets["thousand items: datasette"], number))))
        assert max(counts) - min(counts) <= PostGIS.slack, f"items differ: {counts}"


def _fetch(target: Target, number: int) -> bytes:
    with urllib.request.urlopen(target.address + target.paths[number]) as response:
        return response.read()


def prime(target: Target) -> None:
    """Ask so often at once that each worker has answered: the first time it encodes all features."""
    with ThreadPoolExecutor(4 * servers.WORKERS * servers.THREADS) as pool:
        list(pool.map(lambda number: _fetch(target, number % len(target.paths)), range(64)))


def report(targets: list[Target], rounds: int) -> None:
    """Ask all targets in turns, and print medians."""
    results: dict[str, list[dict[str, float]]] = {target.title: [] for target in targets}
    for _ in range(rounds):
        for target in targets:
            ask(target, WARM_SECONDS)
            settle()
            results[target.title].append(ask(target, SECONDS))
            settle()
    print(f"\n{CONNECTIONS} connections, {servers.WORKERS} workers, medians of {rounds} interleaved rounds")
    print(f"{'':30s} {'requests/s':>11s} {'p50 ms':>9s} {'p99 ms':>9s} {'kB each':>8s} {'failed':>7s}")
    for title, taken in results.items():
        rate = statistics.median(each["requests"] / each["seconds"] for each in taken)
        p50, p99 = (statistics.median(each[name] for each in taken) for name in ("p50_ms", "p99_ms"))
        size = statistics.median(each["bytes"] / max(1, each["requests"]) for each in taken) / 1000
        failed = sum(each["failed"] for each in taken)
        print(f"{title:30s} {rate:11.1f} {p50:9.1f} {p99:9.1f} {size:8.1f} {failed:7.0f}")


def settle() -> None:
    """Wait until the database has finished what nobody waits for any more, so that it burdens nobody else."""
    running = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
    deadline = time.monotonic() + SECONDS_TO_SETTLE
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        while connection.execute(running).fetchone() != (0,) and time.monotonic() < deadline:
            time.sleep(0.1)


def ask(target: Target, seconds: int) -> dict[str, float]:
    """wrk's result for a target."""
    paths = installing.HOME / "paths.txt"
    paths.write_text("\n".join(target.paths) + "\n", encoding="utf-8")
    script = Path(__file__).with_name("paths.lua")
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script)]
    command = ["wrk", *options, target.address, "--", str(paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
