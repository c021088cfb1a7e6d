"""`import_mrds`: one tick an edition, apart from the record, safe to stop and to repeat."""

import csv
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from deposits import queries
from deposits.importing import staging
from deposits.models import ReferenceImport, ReferencePoint, StagedReference
from sources import clock
from sources.models import Tick

from .mrds_table import site, table

pytestmark = pytest.mark.django_db


def run(path: Path, editor) -> None:
    call_command("import_mrds", str(path), by=editor.username)


def standing() -> dict[int, str]:
    return dict(queries.reference_sites(clock.newest()).values_list("dep_id", "name"))


def test_an_edition_is_published_by_one_tick_that_says_who(tmp_path, editor, capsys) -> None:
    before = clock.newest()
    run(table(tmp_path, site(1), site(2)), editor)
    assert clock.newest() == before + 1
    assert Tick.objects.get(number=before + 1).by == editor
    assert standing() == {1: "Muruntau", 2: "Muruntau"}
    assert "2 sites kept, 0 rows skipped" in capsys.readouterr().out


def test_a_second_import_of_the_same_file_changes_nothing(tmp_path, editor, capsys) -> None:
    path = table(tmp_path, site(1), site(2))
    run(path, editor)
    before = clock.newest(), list(ReferencePoint.objects.order_by("pk").values())
    run(path, editor)
    assert (clock.newest(), list(ReferencePoint.objects.order_by("pk").values())) == before
    assert "nothing to change" in capsys.readouterr().out


def test_a_newer_edition_changes_what_differs_and_each_tick_keeps_its_own(tmp_path, editor) -> None:
    run(table(tmp_path, site(1), site(2), site(3)), editor)
    first = clock.newest()
    kept = queries.reference_sites(first).get(dep_id=1).pk
    newer = table(tmp_path, site(1), site(2, site_name="Renamed"), site(4), name="newer.csv")
    run(newer, editor)
    assert standing() == {1: "Muruntau", 2: "Renamed", 4: "Muruntau"}
    assert queries.reference_sites(clock.newest()).get(dep_id=1).pk == kept
    assert set(queries.reference_sites(first).values_list("dep_id", flat=True)) == {1, 2, 3}
    assert queries.reference_sites(first).get(dep_id=2).name == "Muruntau"


def test_going_back_to_an_older_edition_is_an_import_like_any_other(tmp_path, editor) -> None:
    old, new = table(tmp_path, site(1), name="old.csv"), table(tmp_path, site(2), name="new.csv")
    for path in (old, new, old):
        run(path, editor)
    assert standing() == {1: "Muruntau"}


def test_every_skipped_row_is_in_the_report(tmp_path, editor, capsys) -> None:
    path = table(tmp_path, site(1), site(2, latitude=""), site(1), site(3, longitude="999"))
    run(path, editor)
    with (tmp_path / "mrds.csv.skipped.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"line": "3", "dep_id": "2", "reason": "no latitude"},
            {"line": "4", "dep_id": "1", "reason": "dep_id 1 stands in line 2 already"},
            {"line": "5", "dep_id": "3", "reason": "longitude 999 lies beyond 180°"},
        ]
    assert "3 rows skipped" in capsys.readouterr().out


def test_a_table_without_a_usable_row_leaves_the_edition_standing(tmp_path, editor) -> None:
    run(table(tmp_path, site(1)), editor)
    with pytest.raises(CommandError, match="No row"):
        run(table(tmp_path, site(2, latitude="")), editor)
    assert standing() == {1: "Muruntau"}


def test_only_who_may_publish_can_import(tmp_path, contributor) -> None:
    with pytest.raises(CommandError, match="may not publish"):
        run(table(tmp_path, site(1)), contributor)


def test_an_import_goes_on_after_the_last_chunk(tmp_path, editor, monkeypatch, capsys) -> None:
    monkeypatch.setattr(staging, "CHUNK", 2)
    written = []

    def dies_in_third(batch, chunk, write=staging._write) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append([row.values[0] for row in chunk])
        write(batch, chunk)

    path = table(tmp_path, *map(site, range(1, 8)))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(staging, "_write", dies_in_third)
        run(path, editor)
    assert standing() == {}
    run(path, editor)
    assert written == [[1, 2], [3, 4]]
    assert "Going on after line 5" in capsys.readouterr().out
    assert set(standing()) == set(range(1, 8))
    assert not StagedReference.objects.exists()


def test_what_another_file_left_staged_is_cleared(tmp_path, editor) -> None:
    left = staging.begin("0" * 64, "left.csv", editor)
    assert left
    run(table(tmp_path, site(1)), editor)
    assert list(ReferenceImport.objects.values_list("file_name", flat=True)) == ["mrds.csv"]


def test_two_processes_do_not_stage_the_same_file(tmp_path, editor) -> None:
    from deposits.importing.rows import rows_of

    path = table(tmp_path, site(1))
    first, second = (staging.begin("1" * 64, path.name, editor) for _ in range(2))
    assert first and second
    staging.stage(first, rows_of(path))
    with pytest.raises(staging.AnotherImport):
        staging.stage(second, rows_of(path))


@pytest.mark.slow
def test_killed_at_random_and_restarted_it_completes_with_the_same_result(tmp_path, repository) -> None:
    """On a database of its own, so that real processes can be killed in it."""
    rows = [site(number, site_name=f"Site {number}") for number in range(1, 40_001)]
    path = table(tmp_path, *rows)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"ATLAS_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "atlas.settings"}
    environment |= {"DJANGO_SUPERUSER_PASSWORD": "a-password-for-this-test"}
    manage = [sys.executable, "manage.py"]

    def finish(*command: str) -> str:
        done = subprocess.run(
            [*manage, *command], cwd=repository, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    finish("migrate", "--verbosity", "0")
    finish("createsuperuser", "--no-input", "--username", "op", "--email", "op@example.org")
    command = ["import_mrds", str(path), "--by", "op"]
    for lines in (1, 12_000, 30_000, 40_001):
        process = subprocess.Popen(
            [*manage, *command],
            cwd=repository,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until_staged(tmp_path / "atlas.sqlite3", lines, process)
        time.sleep(random.uniform(0, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
    finish(*command)
    count = "from deposits.models import ReferencePoint as P, StagedReference as S, ReferenceImport as I;"
    count += "print(P.objects.filter(withdrawn_in=None).count(), S.objects.count(), I.objects.count())"
    assert finish("shell", "--no-imports", "-c", count).split() == ["40000", "0", "1"]
    assert "nothing to change" in finish(*command)


def wait_until_staged(database: Path, lines: int, process: "subprocess.Popen[bytes]") -> None:
    """Return when the import has come that far in its file."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        while process.poll() is None:
            [[reached]] = connection.execute("SELECT max(lines_staged) FROM deposits_referenceimport")
            if (reached or 0) >= lines:
                return
            time.sleep(0.005)
    pytest.fail(f"The import ended before it had staged line {lines}.")
