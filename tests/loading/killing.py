"""Writes in children that are killed, and what each left behind: python -m tests.loading.killing.

The database is the one that the environment names, migrated. Each write is forked from this one process;
half of the children kill themselves at a statement drawn by lot, half are killed at a moment drawn by lot.
One line of JSON a child: {"write", "attempt", "left": "nothing", "everything" or "part"}.
"""

import io
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.loading.small import SMALL

ATTEMPTS = 30
Write = Callable[[], None]


def main() -> None:
    import django
    from django.conf import settings
    from django.test.utils import override_settings, setup_test_environment

    django.setup()
    setup_test_environment()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": plain}
    ).enable()  # nothing is collected here
    settings.DATABASES["default"].get("OPTIONS", {}).pop("pool", None)  # a pool's threads are lost by a fork
    from django.core.management import call_command

    from tests.factories import person

    person("operator", "editor")
    person("contributor", "contributor")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base.json"
        base.write_text(json.dumps(SMALL))
        call_command("load_dossier", str(base), by="operator", stdout=io.StringIO(), stderr=io.StringIO())
        for name, prepare in (("load", _load), ("table", _table), ("dossier", _dossier)):
            _attempts(name, lambda number, prepare=prepare: prepare(Path(folder), number))  # type: ignore[misc]


def _attempts(name: str, prepare: Callable[[int], Write]) -> None:
    lot = random.Random(name)
    write, before, began = prepare(0), _counts(), time.monotonic()
    statements = _statements_of(write)
    seconds, whole = time.monotonic() - began, _difference(before, _counts())
    for attempt in range(1, ATTEMPTS + 1):
        write, before = prepare(attempt), _counts()
        if attempt % 2:
            _in_child(write, at_statement=lot.randint(1, statements))
        else:
            _in_child(write, after_seconds=lot.uniform(0, seconds * 1.2))
        change = _difference(before, _counts())
        left = {tuple(whole): "everything", (0,) * len(whole): "nothing"}.get(tuple(change), "part")
        print(json.dumps({"write": name, "attempt": attempt, "left": left, "change": change}), flush=True)


def _statements_of(write: Write) -> int:
    """Do the write here, unharmed; returns how many statements it took."""
    from django.db import connection

    count = 0

    def counting(execute: Any, *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*arguments)

    with connection.execute_wrapper(counting):
        write()
    return count


def _in_child(write: Write, at_statement: int = 0, after_seconds: float = 0) -> None:
    """Fork, write there, and kill the child by SIGKILL at a statement or after so many seconds."""
    from django.db import connection, connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        count = 0

        def deadly(execute: Any, *arguments: Any) -> Any:
            nonlocal count
            count += 1
            if count == at_statement:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*arguments)

        try:
            with connection.execute_wrapper(deadly):
                write()
        finally:
            os._exit(0)
    if after_seconds:
        time.sleep(after_seconds)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _counts() -> list[int]:
    """How many rows of everything that a write adds there are, and where the clock stands."""
    from sources import clock
    from sources.models import Batch, Claim, ClaimText, Name, Record, Tick, Version
    from sources.models.claims import claim_kinds

    models = [Claim, Record, Name, Version, Batch, Tick, ClaimText, *claim_kinds().values()]
    return [*(model._default_manager.count() for model in models), clock.newest()]  # type: ignore[attr-defined]


def _difference(before: list[int], after: list[int]) -> list[int]:
    return [new - old for old, new in zip(before, after, strict=True)]


# The writes, each of rows that no other attempt has


def _document(number: int, word: str) -> bytes:
    """The small dossier with a deposit, a project and claims of its own."""
    kept = {name: SMALL[name] for name in ("deposits", "projects", "country_facts", "findings")}
    text = re.sub(r'"id": \d+, ', "", json.dumps(kept))
    for mark in ("syrymbet", "KZ.fact"):
        text = text.replace(mark, f"{word}{number}-{mark}")
    return text.encode()


def _load(folder: Path, number: int) -> Write:
    from django.core.management import call_command

    path = folder / f"load{number}.json"
    path.write_bytes(_document(number, "load"))

    def write() -> None:
        with Path(os.devnull).open("w") as nowhere:
            call_command("load_dossier", str(path), by="operator", stdout=nowhere, stderr=nowhere)

    return write


def _table(folder: Path, number: int) -> Write:
    head = "subject,mineral,quantity,unit,as_of,source\n"
    line = "Syrymbet,tin,{},t,{},Tin of the north\n"
    lines = (line.format(1000 * number + place, 1950 + place) for place in range(1, 13))
    content = (head + "".join(lines)).encode()
    return _confirming("import", {"kind": "estimate"}, "table.csv", content)


def _dossier(folder: Path, number: int) -> Write:
    return _confirming("import_dossier", {}, "dossier.json", _document(number, "desk"))


def _confirming(page: str, fields: dict[str, str], name: str, content: bytes) -> Write:
    """What the desk does when a plan that a contributor was shown is confirmed."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.urls import reverse

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username="contributor"))
    client.post(reverse(f"admin:{page}"), {**fields, "file": SimpleUploadedFile(name, content)})
    shown = client.get(reverse(f"admin:{page}_plan")).getvalue().decode()  # type: ignore[attr-defined]
    [plan] = re.findall(r'name="plan" value="(\w+)"', shown)

    def write() -> None:
        response = client.post(reverse(f"admin:{page}_plan"), {"plan": plan})
        if response.status_code != 302:
            sys.exit(f"The plan was not applied: {response.status_code}")

    return write


if __name__ == "__main__":
    main()
