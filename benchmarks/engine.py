"""How fast the map's index answers, next to databases, data frames, supercluster and a plain numpy scan.

Run from the repository's root: python -m benchmarks.engine [N …]. It installs the contenders into
var/benchmarks, starts a PostgreSQL of its own, checks that all contenders agree on all kinds of questions,
then asks them in turns, each warmed by similar questions immediately before the one that is timed, and
prints medians in milliseconds and how many times slower than the atlas each other is.
"""

import argparse
import json
import os
import platform
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from atlas.map.boxes import Window
from atlas.map.engine import PointIndex
from atlas.map.sphere import great_circle_m

from . import installing
from .contenders import Atlas, Contender, DuckDB, Filters, Polars, Scan
from .databases import PostGIS, PostgresMorton, SqliteMorton
from .supercluster import Supercluster
from .synthetic import Data, Question, make_data, make_questions

ZOOMS = (4, 6, 8, 10, 12)
EVERY_ZOOM = (4, 5, 6, 7, 8, 9, 10, 12)
NEAREST, FEATURES = 10, 1000
WARMING, MOST_WARMING = 4, 64
"""Other new filters that a contender is asked for before a new one is timed, so that memory is at hand."""
WARMING_SECONDS = 0.05
"""What warms a processor is time: four questions of 100 ms do it, four of 1 ms don't."""
PAUSE_SECONDS = 0.02
"""Before each contender: on a busy machine the scheduler makes a process pay for what it did just before."""
NEARLY = 1.02
"""PostGIS finds the nearest on Mercator's plane, which stretches: its tenth may lie this much farther."""


@dataclass(frozen=True)
class Kind:
    """A kind of question: who is asked it, how, whether its filter must be one never seen, and where."""

    title: str
    asks: Callable[[Contender], bool]
    ask: Callable[[Contender, Question], object]
    new: bool = False
    zooms: tuple[int, ...] = ZOOMS


KINDS = (
    Kind(
        "Viewport, unfiltered",
        lambda each: True,
        lambda each, asked: each.clusters(asked.window, None),
        zooms=EVERY_ZOOM,
    ),
    *(
        Kind(
            f"Viewport, a filter {seen}",
            lambda each: each.filtered,
            lambda each, asked: each.clusters(asked.window, asked.filters),
            new,
        )
        for seen, new in (("never seen", True), ("seen before", False))
    ),
    *(
        Kind(
            f"Facet counts, a filter {seen}",
            lambda each: each.facets is not None,
            lambda each, asked: each.facets(asked.window, asked.filters),
            new,
        )
        for seen, new in (("never seen", True), ("seen before", False))
    ),
    Kind(
        "Nearest ten",
        lambda each: each.nearest is not None,
        lambda each, asked: each.nearest(asked.longitude, asked.latitude, NEAREST),
    ),
    Kind(
        "First thousand in a box, as GeoJSON",
        lambda each: each.features is not None,
        lambda each, asked: each.features(asked.window, FEATURES),
    ),
)


def main() -> None:
    """Run the benchmark for each N asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000_000], metavar="N")
    parser.add_argument("--samples", type=int, default=15, help="timed questions a zoom, kind and contender")
    parser.add_argument("--seconds", type=float, default=16, help="after which a zoom and kind has enough")
    arguments = parser.parse_args()
    installing.postgis()
    installing.programs("node")
    installing.python_packages()
    package = installing.supercluster()
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}")
    for n in arguments.sizes:
        data = make_data(n)
        report_build(data)
        supercluster = Supercluster(data, package, installing.HOME)
        postgis = PostGIS(data, os.environ["DATABASE_URL"])
        contenders = [
            Atlas(data),
            Scan(data),
            Polars(data),
            DuckDB(data),
            postgis,
            PostgresMorton(data, os.environ["DATABASE_URL"]),
            SqliteMorton(data, installing.HOME),
            supercluster,
        ]
        print(f"supercluster: built in {supercluster.built_ms / 1000:.3f} s")
        check_agreement(contenders, data)
        report_questions(contenders, data, arguments.samples, arguments.seconds)
        supercluster.close()


def report_build(data: Data) -> None:
    """Print how long the index takes to build from arrays, how large it is, and how much memory building
    needs."""
    facets = data.facets()
    seconds, size = [], 0
    for _ in range(3):
        start = time.perf_counter()
        size = PointIndex.build(data.ids, data.longitudes, data.latitudes, facets).nbytes
        seconds.append(time.perf_counter() - start)
    tracemalloc.start()
    PointIndex.build(data.ids, data.longitudes, data.latitudes, facets)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    built = f"{np.median(seconds):.3f} s, {size / 1e6:.1f} MB, {peak / 1e6:.1f} MB at its peak"
    print(f"\nN = {len(data.ids):,}: built from arrays in {built}")


def check_agreement(contenders: list[Contender], data: Data) -> None:
    """Raise AssertionError where a contender's answer is not the atlas's."""
    for zoom in ZOOMS:
        for question in make_questions(data, zoom, 3, seed=1):
            for filters in (None, question.filters):
                count = _same_clusters([each for each in contenders if each.filtered], question, filters)
                if filters is None:
                    _enough_features(contenders, question.window, min(FEATURES, count))
                counters = [each for each in contenders if each.facets]
                tables = [each.facets_table(each.facets(question.window, filters)) for each in counters]
                for contender, table in zip(counters, tables, strict=True):
                    more = table - tables[0]
                    same = np.all((more >= 0) & (more <= contender.slack))
                    assert same, f"{contender.name} counts other facets"
            _same_distances(contenders, question, data)
        for contender in contenders:
            if isinstance(contender, Supercluster):
                total = contender.ask((-180, -90, 180, 90), zoom)["total"]
                assert total == len(data.ids), "supercluster lost points"


def _same_clusters(contenders: list[Contender], question: Question, filters: Filters) -> int:
    tables = []
    for contender in contenders:
        answer = contender.clusters(question.window, filters)
        table = contender.clusters_table(answer, question.window)
        tables.append(table[np.argsort(table[:, 0])])
    for contender, table in zip(contenders, tables, strict=True):
        same = table.shape == tables[0].shape and np.allclose(table, tables[0], rtol=0, atol=0.01)
        assert same, f"{contender.name} has other clusters at zoom {question.zoom}"
    return int(tables[0][:, 1].sum())


def _enough_features(contenders: list[Contender], window: Window, count: int) -> None:
    for contender in contenders:
        if contender.features:
            found = len(json.loads(contender.features(window, FEATURES))["features"] or ())
            same = count <= found <= count + contender.slack
            assert same, f"{contender.name} has {found} features, not {count}"


def _same_distances(contenders: list[Contender], question: Question, data: Data) -> None:
    farthest = []
    for contender in contenders:
        if contender.nearest:
            numbers = contender.nearest(question.longitude, question.latitude, NEAREST) - 1
            positions = data.longitudes[numbers], data.latitudes[numbers]
            farthest.append(great_circle_m(question.longitude, question.latitude, *positions).max())
    assert max(farthest) <= min(farthest) * NEARLY, "the nearest differ"


def report_questions(contenders: list[Contender], data: Data, samples: int, seconds: float) -> None:
    """Print a table for each kind of question."""
    for seed, kind in enumerate(KINDS, start=100):
        print(f"\n{kind.title}: median ms at zoom {', '.join(map(str, kind.zooms))} (times the atlas)")
        asked = [each for each in contenders if kind.asks(each)]
        # Other questions for each kind, so that a new filter is new.
        questions = [make_questions(data, zoom, (1 + MOST_WARMING) * samples, seed) for zoom in kind.zooms]
        medians = np.array([timed(asked, kind, of_zoom, seconds) for of_zoom in questions]).T
        for contender, row in zip(asked, medians, strict=True):
            cells = (f"{ms:9.3f} ({ms / best:7.1f})" for ms, best in zip(row, medians[0], strict=True))
            print(f"  {contender.name:12s}" + "".join(cells), flush=True)


def timed(contenders: list[Contender], kind: Kind, questions: list[Question], seconds: float) -> list[float]:
    """Median milliseconds of each contender, asked in turns, of at least three samples.

    Before each sample the contender is warmed for some time: for a new kind by other questions, so that the
    filter of the timed one was never seen; else by the timed one itself, asked at least twice.
    """
    samples: list[list[int]] = [[] for _ in contenders]
    begun = time.monotonic()
    for first in range(0, len(questions), 1 + MOST_WARMING):
        question, *others = questions[first : first + 1 + MOST_WARMING]
        for contender, taken in zip(contenders, samples, strict=True):
            time.sleep(PAUSE_SECONDS)
            warm_until = time.monotonic() + WARMING_SECONDS
            for asked, warming in enumerate(others if kind.new else [question] * MOST_WARMING, start=1):
                kind.ask(contender, warming)
                if asked >= (WARMING if kind.new else 2) and time.monotonic() > warm_until:
                    break
            start = time.perf_counter_ns()
            kind.ask(contender, question)
            elapsed = time.perf_counter_ns() - start
            taken.append(elapsed if contender.own_ns is None else contender.own_ns)
        if time.monotonic() - begun > seconds and len(samples[0]) >= 3:
            break
    return [float(np.median(taken)) / 1e6 for taken in samples]


if __name__ == "__main__":
    main()
