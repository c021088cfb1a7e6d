"""How long the server works on each type of page that it composes for the first time after a tick.

Run from the repository's root: python -m benchmarks.pages [--rounds N]. It loads the project's own record
into var/benchmarks (SQLite; into the database that DATABASE_URL names, if that is empty), then asks for pages
in its own process, through the whole middleware, with no page kept. Times are processor time of the thread,
so that what else runs on the machine counts little; on PostgreSQL they leave out what its server does. Two
types are asked in turns with plain Django views of the same rows (benchmarks/plain.py).
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import installing

LANGUAGE = "en"
#: Addresses of a kind of record that are asked for: the fullest, and others evenly spread.
FULLEST, SPREAD = 6, 24
PLAIN = {
    "home, with the map's list": "",
    "list of deposits": "deposits/",
    "list of projects": "projects/",
    "list of partners": "partners/",
    "list of sources": "sources/",
    "list, filtered and by name": "deposits/?country=KZ&q=тау",
    "countries": "countries/",
    "minerals": "minerals/",
    "search": "search/?q=Куйректыколь",
    "near": "near/?q=Ayni",
    "corrections": "corrections/",
    "health of the record": "health-of-the-record/",
    "glossary": "glossary/",
    "about": "about/",
}
KINDS = ("country", "mineral", "deposit", "project", "partner", "source", "publisher")
COLD_WORKER = """
import time
begun = time.process_time()
from atlas.wsgi import application
from django.test import Client
started = time.process_time()
client = Client(SERVER_NAME="localhost")
for address in ("/{language}/", "/{language}/deposits/"):
    assert client.get(address).status_code == 200
    print(time.process_time() - started)
print(started - begun)
"""


@dataclass(frozen=True)
class Cost:
    """Processor time of one page, in milliseconds: the median of some rounds."""

    address: str
    milliseconds: float


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    _load()
    from django.test import Client
    from django.test.utils import override_settings

    print(f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}", flush=True)
    with override_settings(ALLOWED_HOSTS=["localhost"], ROOT_URLCONF="benchmarks.plain"):
        client = Client(SERVER_NAME="localhost")
        _after_a_tick(client, arguments.rounds)
        _types(client, arguments.rounds)
        _beside_plain_views(client, arguments.rounds)
    _cold_worker(arguments.rounds)


def _load() -> None:
    """Set Django up on a database with the record in it."""
    if "DATABASE_URL" not in os.environ:
        os.environ["ATLAS_DATA_DIR"] = str(installing.HOME / "pages")
    os.environ["DJANGO_SETTINGS_MODULE"] = "atlas.settings"
    os.environ["ATLAS_ALLOWED_HOSTS"] = "localhost"
    import django

    django.setup()
    from django.core.management import call_command

    from accounts.models import User
    from sources import clock

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not clock.newest():
        User.objects.create_superuser("benchmark")
        with open(os.devnull, "w") as nowhere:
            fixtures = str(installing.ROOT / "fixtures")
            call_command("load_dossier", fixtures, by="benchmark", stdout=nowhere, stderr=nowhere)


def _cost(client: Any, address: str, rounds: int) -> Cost:
    return Cost(address, statistics.median(_once(client, address) for _round in range(rounds)))


def _once(client: Any, address: str) -> float:
    """Milliseconds of processor time for a page that nothing is kept of."""
    from django.core.cache import caches

    caches["pages"].clear()
    begun = time.thread_time()
    answer = client.get(address)
    spent = (time.thread_time() - begun) * 1000
    assert answer.status_code == 200, (address, answer.status_code)
    return spent


def _after_a_tick(client: Any, rounds: int) -> None:
    """The new snapshot, what is made of it ahead, and then the first page of each type that needs that."""
    from django.conf import settings
    from django.db import transaction

    from accounts.models import User
    from atlas.published.derived import MADE_AHEAD, MADE_LATER
    from atlas.published.keeper import keeper
    from sources import clock

    by = User.objects.filter(is_superuser=True)[0]
    shown: dict[str, list[float]] = {}
    waits, ready = [], []
    keeper.LATER = 0  # type: ignore[misc]
    _once(client, f"/{LANGUAGE}/")
    for _round in range(rounds + 1):
        with transaction.atomic():
            clock.tick(by, "a benchmark")
        settings.MAKE_AHEAD = True
        wall = time.perf_counter()
        keeper.newest()
        waits.append((time.perf_counter() - wall) * 1000)
        for thread in threading.enumerate():
            if thread.name == keeper.AHEAD:
                thread.join()
        ready.append((time.perf_counter() - wall) * 1000)

        with transaction.atomic():
            clock.tick(by, "a benchmark")
        settings.MAKE_AHEAD = False
        begun = time.thread_time()
        snapshot = keeper.newest()
        shown.setdefault("the snapshot", []).append((time.thread_time() - begun) * 1000)
        for make in (*MADE_AHEAD, *MADE_LATER):
            begun = time.thread_time()
            make(snapshot)
            shown.setdefault(f"ahead: `{make.__name__}`", []).append((time.thread_time() - begun) * 1000)
        for title in ("list of deposits", "home, with the map's list", "search", "health of the record"):
            spent = _once(client, f"/{LANGUAGE}/{PLAIN[title]}")
            shown.setdefault(f"first {title}", []).append(spent)
    print("\n| first after a tick | processor ms, median | max |\n| --- | --- | --- |")
    for title, times in shown.items():
        # The first round also imports and compiles, which a worker does once.
        print(f"| {title} | {statistics.median(times[1:]):.0f} | {max(times[1:]):.0f} |")
    print(
        f"\nOn the wall the snapshot stood {statistics.median(waits[1:]):.0f} ms after the tick, "
        f"all that is made of it ahead {statistics.median(ready[1:]):.0f} ms after."
    )


def _types(client: Any, rounds: int) -> None:
    print(
        "\n| page | pages asked | p50 ms | max ms | the fullest |\n| --- | --- | --- | --- | --- |",
        flush=True,
    )
    for title, addresses in _addresses():
        for address in addresses:
            _once(client, address)
        costs = sorted((_cost(client, address, rounds) for address in addresses), key=_milliseconds)
        p50 = statistics.median(cost.milliseconds for cost in costs)
        most = costs[-1]
        print(
            f"| {title} | {len(costs)} | {p50:.0f} | {most.milliseconds:.0f} | {most.address} |", flush=True
        )


def _milliseconds(cost: Cost) -> float:
    return cost.milliseconds


def _addresses() -> Iterator[tuple[str, list[str]]]:
    """(type of page, its addresses)."""
    from django.utils.translation import override

    from atlas.addresses import address
    from atlas.published.keeper import keeper

    for title, path in PLAIN.items():
        yield title, [f"/{LANGUAGE}/{path}"]
    snapshot = keeper.newest()
    with override(LANGUAGE):
        for kind in KINDS:
            records = _of_kind(snapshot, kind)
            fullest = sorted(records, key=lambda record: -_fullness(snapshot, record))
            spread = records[:: max(1, len(records) // SPREAD)]
            addresses = [address(record) for record in dict.fromkeys([*fullest[:FULLEST], *spread])]
            yield kind, addresses
            yield f"{kind}: changes", [one + "changes/" for one in addresses[:FULLEST]]
            yield f"{kind}: cite", [one + "cite/" for one in addresses[:FULLEST]]
        yield "claim", [f"/{LANGUAGE}/claims/{number}/" for number in range(1, 5000, 5000 // SPREAD)]


def _of_kind(snapshot: Any, kind: str) -> list[Any]:
    standing = (record for record in snapshot.records.values() if record.kind == kind)
    return [record for record in standing if not record.merged_into_id and not record.withdrawn_because]


def _fullness(snapshot: Any, record: Any) -> int:
    """About how much a record's page shows."""
    if record.kind == "mineral":
        held = (number for found in snapshot.minerals.values() for number, _role in found)
        return sum(number == record.pk for number in held)
    if record.kind == "source":
        return int(snapshot.cited.get(record.pk, 0))
    return sum(snapshot.claim_counts.get(record.pk, {}).values()) + len(snapshot.involvements[record.pk])


def _beside_plain_views(client: Any, rounds: int) -> None:
    """The atlas and a plain view in turns, each warmed by a page of the same type."""
    from deposits.models import Mineral

    gold = Mineral.objects.get(key="gold")
    pairs = {
        "fifty deposits and six filters": (f"/{LANGUAGE}/deposits/", "/plain/deposits/"),
        "gold": (f"/{LANGUAGE}/minerals/{gold.pk}-gold/", f"/plain/minerals/{gold.pk}/"),
    }
    print("\n| the same rows | atlas ms | plain Django ms | plain / atlas |\n| --- | --- | --- | --- |")
    for title, pair in pairs.items():
        times: tuple[list[float], list[float]] = ([], [])
        for _round in range(4 * rounds):
            for address, spent in zip(pair, times, strict=True):
                spent.append(_once(client, address))
        own, plain = (statistics.median(spent[1:]) for spent in times)
        print(f"| {title} | {own:.1f} | {plain:.1f} | {plain / own:.2f} |", flush=True)


def _cold_worker(rounds: int) -> None:
    """Processor time of a new worker until it can answer, and for its first two pages."""
    command = [sys.executable, "-c", COLD_WORKER.format(language=LANGUAGE)]
    runs = []
    for _round in range(rounds):
        said = subprocess.run(command, cwd=installing.ROOT, check=True, capture_output=True, text=True).stdout
        runs.append([float(line) * 1000 for line in said.split()])
    first, both, start = (statistics.median(times) for times in zip(*runs, strict=True))
    print(f"\nA new worker takes {start:.0f} ms to start,", end=" ")
    print(f"{first:.0f} for its first page, {both - first:.0f} for the next.")


if __name__ == "__main__":
    main()
