"""What one place may ask of the API: counted by all workers together, regained with time, cheaply."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.api import limits
from atlas.api.limits import Limit

#: Takes so many requests of one place from the file named, and prints how many were left each time.
TAKE = """
import sys, django
django.setup()
from pathlib import Path
from atlas.api.limits import Limit
limit = Limit(1000, 0.001, Path(sys.argv[1]))
print(*(limit.take("here").left for _ in range(int(sys.argv[2]))))
"""


def test_a_place_regains_what_it_may_ask() -> None:
    limit = Limit(burst=2, per_second=1)
    taken = [limit.take("here", now=100) for _ in range(3)]
    assert [(one.left, one.refused) for one in taken] == [(1, False), (0, False), (0, True)]
    assert taken[2].retry_in == pytest.approx(1)
    assert limit.take("there", now=100).left == 1
    assert not limit.take("here", now=101.01).refused
    assert limit.take("here", now=101.02).refused


@given(st.lists(st.floats(0, 3), max_size=60))
def test_nobody_gets_more_than_the_quota_and_what_is_regained(pauses: list[float]) -> None:
    limit, now, taken = Limit(burst=5, per_second=2), 1000.0, 0
    for pause in pauses:
        now += pause
        taken += not limit.take("here", now=now).refused
    assert taken <= 5 + 2 * (now - 1000) + 1e-3


def test_workers_count_together(repository: Path, tmp_path: Path) -> None:
    """Three processes at once: each count of what is left is told once."""
    command = [sys.executable, "-c", TAKE, str(tmp_path / "limits"), "100"]
    started = [
        subprocess.Popen(
            command,
            cwd=repository,
            stdout=subprocess.PIPE,
            text=True,
            env={"DJANGO_SETTINGS_MODULE": "tests.settings"},
        )
        for _ in range(3)
    ]
    left = [int(number) for process in started for number in process.communicate()[0].split()]
    assert sorted(left, reverse=True) == list(range(999, 699, -1))


def test_a_clock_that_is_set_back_shuts_nobody_out() -> None:
    limit = Limit(burst=2, per_second=1)
    limit.take("here", now=1_000_000)
    assert limit.take("here", now=100).retry_in < 3
    assert not limit.take("here", now=103).refused


def test_a_full_file_forgets_whoever_is_soonest_forgiven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_SLOTS", 8)
    limit = Limit(burst=10, per_second=1)
    for _ in range(5):
        limit.take("busy", now=100)
    for number in range(20):
        limit.take(f"place {number}", now=100)
    assert limit.take("busy", now=100).left == 4


def test_counting_costs_microseconds(tmp_path: Path) -> None:
    limit = Limit(10**9, 1, tmp_path / "limits")
    limit.take("here")
    start = time.process_time()
    for _ in range(1000):
        limit.take("here")
    assert time.process_time() - start < 0.2
