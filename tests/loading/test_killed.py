"""A load or an import that is killed at any moment leaves nothing of its file, or all of it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import loaded_database

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: When the process is killed, in times of what reading and checking alone take: from there to the last write.
MOMENTS = [random.Random(number).uniform(0.6, 2.2) for number in range(3)]
COUNT = """
from sources import clock
from sources.models import Batch, Claim, Record, Tick, Version
print(*(model.objects.count() for model in (Claim, Record, Version, Batch, Tick)), clock.newest())
"""


@pytest.fixture(scope="module")
def empty_atlas(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of an atlas of its own, migrated and with an operator, but without a record."""
    with loaded_database.spare(tmp_path_factory.mktemp("spare"), django_db_blocker) as environment:
        manage("migrate", "--verbosity", "0", environment=environment)
        superuser = {**environment, "DJANGO_SUPERUSER_PASSWORD": loaded_database.PASSWORD}
        manage(
            *("createsuperuser", "--no-input", "--username", "operator", "--email", ""), environment=superuser
        )
        yield environment


def manage(*arguments: str, environment: dict[str, str]) -> str:
    """What a manage.py command prints."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=loaded_database.REPOSITORY, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def counts(environment: dict[str, str]) -> list[int]:
    """How many claims, records, versions, batches and ticks there are, and where the clock stands."""
    printed = manage("shell", "--verbosity", "0", "--command", COUNT, environment=environment)
    return [int(number) for number in printed.split()]


@pytest.fixture(scope="module")
def seconds_to_check(empty_atlas: dict[str, str]) -> float:
    began = time.monotonic()
    manage("load_dossier", "fixtures", "--by", "operator", "--dry-run", environment=empty_atlas)
    return time.monotonic() - began


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_load_killed_midway_leaves_nothing(
    empty_atlas: dict[str, str], seconds_to_check: float, moment: float
) -> None:
    before = counts(empty_atlas)
    command = [sys.executable, "manage.py", "load_dossier", "fixtures", "--by", "operator"]
    with Path(os.devnull).open("w") as nowhere:
        loading = subprocess.Popen(
            command, cwd=loaded_database.REPOSITORY, env=empty_atlas, stdout=nowhere, stderr=nowhere
        )
        try:
            loading.wait(timeout=moment * seconds_to_check)
        except subprocess.TimeoutExpired:
            loading.send_signal(signal.SIGKILL)
            loading.wait()
    after = counts(empty_atlas)
    assert after == before or (before[-1] == 0 and after[-1] == 1 and after[0] > 5000)


def test_after_the_kills_the_same_load_goes_through(empty_atlas: dict[str, str]) -> None:
    said = manage("load_dossier", "fixtures", "--by", "operator", environment=empty_atlas)
    assert "Published at tick 1." in said or "Nothing to change." in said
    claims, records, versions, _batches, ticks, now = counts(empty_atlas)
    assert (ticks, now) == (1, 1)
    assert records == versions
    assert claims > 5000


@pytest.fixture(scope="module")
def left_behind(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[dict[str, str]]]:
    """What each of the killed writes of `tests.loading.killing` left."""
    with loaded_database.spare(tmp_path_factory.mktemp("killing"), django_db_blocker) as environment:
        environment = {**environment, "ATLAS_DEMONSTRATION": "1"}
        manage("migrate", "--verbosity", "0", environment=environment)
        command = [sys.executable, "-m", "tests.loading.killing"]
        done = subprocess.run(
            command, cwd=loaded_database.REPOSITORY, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("write", ["load", "table", "dossier"])
def test_thirty_kills_leave_nothing_or_everything_of_a_file(
    left_behind: list[dict[str, str]], write: str
) -> None:
    left = [line["left"] for line in left_behind if line["write"] == write]
    assert len(left) == 30
    assert set(left) <= {"nothing", "everything"}
    assert left.count("nothing") >= 15  # those killed at a statement, at least
