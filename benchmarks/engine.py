"""How fast the map's index answers, next to a plain numpy scan (and polars, DuckDB where installed).

Run from the repository's root: python -m benchmarks.engine [N …]. It first checks that all contenders agree
on all kinds of questions, then asks them in turns, each warmed by a similar question immediately before the
one that is timed, and prints medians in milliseconds and how many times slower than the atlas each other is.
"""

import argparse
import importlib.util
import platform
import time
import tracemalloc
from collections.abc import Callable, Iterator

import numpy as np

from atlas.map.engine import PointIndex

from .contenders import Atlas, Contender, DuckDB, Filters, Polars, Scan
from .synthetic import Data, Question, make_data, make_questions

ZOOMS = (4, 6, 8, 10, 12)
NEAREST = 10
Ask = Callable[[Contender, Question], object]


def main() -> None:
    """Run the benchmark for each N asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 300_000, 1_000_000], metavar="N")
    parser.add_argument("--samples", type=int, default=15, help="timed questions a zoom, kind and contender")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}")
    for n in arguments.sizes:
        data = make_data(n)
        report_build(data)
        contenders: list[Contender] = [kind(data) for kind in installed()]
        check_agreement(contenders, data)
        report_questions(contenders, data, arguments.samples)


def installed() -> Iterator[Callable[[Data], Contender]]:
    """The contenders whose packages are there."""
    yield Atlas
    yield Scan
    if importlib.util.find_spec("polars"):
        yield Polars
        if importlib.util.find_spec("duckdb") and importlib.util.find_spec("pyarrow"):
            yield DuckDB


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
                _same_clusters(contenders, question, filters)
                tables = [each.facets_table(each.facets(question.window, filters)) for each in contenders]
                for contender, table in zip(contenders, tables, strict=True):
                    assert np.array_equal(table, tables[0]), f"{contender.name} counts other facets"
            near = [each.nearest(*_near(question)) for each in contenders if each.nearest]
            assert all(np.array_equal(ids, near[0]) for ids in near), "the nearest differ"


def _same_clusters(contenders: list[Contender], question: Question, filters: Filters) -> None:
    tables = []
    for contender in contenders:
        answer = contender.clusters(question.window, filters)
        table = contender.clusters_table(answer, question.window)
        tables.append(table[np.argsort(table[:, 0])])
    for contender, table in zip(contenders, tables, strict=True):
        same = table.shape == tables[0].shape and np.allclose(table, tables[0], rtol=0, atol=0.01)
        assert same, f"{contender.name} has other clusters at zoom {question.zoom}"


def report_questions(contenders: list[Contender], data: Data, samples: int) -> None:
    """Print a table for each kind of question."""
    for seed, (title, (ask, new)) in enumerate(KINDS.items(), start=100):
        print(f"\n{title}: median ms at zoom {', '.join(map(str, ZOOMS))} (times the atlas)")
        asked = [each for each in contenders if each.nearest or ask is not ask_nearest]
        # Other questions for each kind, so that a new filter is new.
        questions = [make_questions(data, zoom, 2 * samples, seed) for zoom in ZOOMS]
        medians = np.array([timed(asked, ask, new, of_zoom) for of_zoom in questions]).T
        for contender, row in zip(asked, medians, strict=True):
            cells = (f"{ms:9.3f} ({ms / best:6.1f})" for ms, best in zip(row, medians[0], strict=True))
            print(f"  {contender.name:11s}" + "".join(cells), flush=True)


def timed(contenders: list[Contender], ask: Ask, new: bool, questions: list[Question]) -> list[float]:
    """Median milliseconds of each contender, asked in turns.

    Of each two questions one warms and the other is timed. Where `new`, it is asked for the first time, so
    that its filter was never seen; else it has been asked twice before.
    """
    samples: list[list[int]] = [[] for _ in contenders]
    for warming, question in zip(questions[::2], questions[1::2], strict=True):
        for contender, taken in zip(contenders, samples, strict=True):
            for _ in range(2):
                ask(contender, warming if new else question)
            start = time.perf_counter_ns()
            ask(contender, question)
            taken.append(time.perf_counter_ns() - start)
    return [float(np.median(taken)) / 1e6 for taken in samples]


def ask_all(contender: Contender, question: Question) -> object:
    """Clusters of all points on a screen."""
    return contender.clusters(question.window, None)


def ask_filtered(contender: Contender, question: Question) -> object:
    """Clusters of the points that a filter leaves."""
    return contender.clusters(question.window, question.filters)


def ask_facets(contender: Contender, question: Question) -> object:
    """How many of those have each country, stage and mineral."""
    return contender.facets(question.window, question.filters)


def ask_nearest(contender: Contender, question: Question) -> object:
    """The ten nearest to a position."""
    return contender.nearest(*_near(question)) if contender.nearest else None


def _near(question: Question) -> tuple[float, float, int]:
    return question.longitude, question.latitude, NEAREST


KINDS: dict[str, tuple[Ask, bool]] = {
    "Viewport, unfiltered": (ask_all, False),
    "Viewport, a filter never seen": (ask_filtered, True),
    "Viewport, a filter seen before": (ask_filtered, False),
    "Facet counts, a filter never seen": (ask_facets, True),
    "Facet counts, a filter seen before": (ask_facets, False),
    "Nearest ten": (ask_nearest, False),
}

if __name__ == "__main__":
    main()
