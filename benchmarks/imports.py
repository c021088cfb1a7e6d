"""How long an MRDS-shaped table takes into PostgreSQL, in what memory, and from there into a worker.

Run from the repository's root: python -m benchmarks.imports [N]. It starts a PostgreSQL of its own.
"""

import argparse
import csv
import os
import subprocess
import sys
import time

import numpy as np

from . import installing, mrds

USER = "benchmark"
REPEATS = 5


def main() -> None:
    """Generate, import twice, and build the layer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", nargs="?", type=int, default=300_000, metavar="N")
    n = parser.parse_args().n
    installing.postgis()
    path = installing.HOME / f"mrds-{n}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(mrds.rows(n))
    prepare()
    print(f"{n:,} rows, {path.stat().st_size / 1e6:.0f} MB")
    for turn in ("First", "Second"):
        seconds, megabytes = manage("import_mrds", str(path), "--by", USER)
        print(f"{turn} import: {seconds:.1f} s, {megabytes:.0f} MB at its peak", flush=True)
    report_layer()


def prepare() -> None:
    """Migrate the database that DATABASE_URL names and make the account that imports."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlas.settings")
    os.environ["DJANGO_SUPERUSER_PASSWORD"] = "a password for a benchmark"
    manage("migrate", "--verbosity", "0")
    manage("createsuperuser", "--no-input", "--username", USER, "--email", "benchmark@example.org")


def manage(*command: str) -> tuple[float, float]:
    """Run a management command; its seconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "manage.py", *command], cwd=installing.ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1000


def report_layer() -> None:
    """Print how long a worker takes to build the layer, and to read the same rows with the driver alone."""
    import django
    import psycopg

    django.setup()
    from django.db import connection

    from atlas.map.reference import ReferenceLayer
    from deposits.queries import edition, reference_sites
    from sources import clock

    tick = edition(clock.newest())
    columns = ("dep_id", "longitude", "latitude", "country", "minerals")
    sites = reference_sites(tick).order_by("dep_id").values_list(*columns)
    sql, parameters = sites.query.sql_with_params()
    read, built = [], []
    with psycopg.connect(os.environ["DATABASE_URL"]) as driver:
        for _ in range(REPEATS):
            start = time.perf_counter()
            driver.execute(sql, parameters).fetchall()
            read.append(time.perf_counter() - start)
            start = time.perf_counter()
            layer = ReferenceLayer(tick)
            built.append(time.perf_counter() - start)
    start = time.perf_counter()
    features = layer.features
    encoding = time.perf_counter() - start
    connection.close()
    ratio = np.median(built) / np.median(read)
    print(f"Rows by the driver alone: {np.median(read):.2f} s; layer of {len(layer):,} sites built from the")
    print(f"database: {np.median(built):.2f} s ({ratio:.1f} times), {layer.index.nbytes / 1e6:.0f} MB")
    print(f"GeoJSON encoded: {encoding:.1f} s, {features.nbytes / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
