"""Fill an empty database with the project's own record: python -m tests.loaded_database.

Which database, the environment says (DATABASE_URL, ATLAS_DATA_DIR), as it does for manage.py.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
OPERATOR = "operator"
#: The PostgreSQL database of which test processes get copies.
_TEMPLATE = "atlas_record"
#: Of every account in the loaded database.
PASSWORD = "lithium and antimony"
DESK = {
    "contributor": "contributor",
    "editor": "editor",
    "second-editor": "editor",
    "administrator": "administrator",
}


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from accounts.models import User
    from tests.factories import person

    call_command("migrate", verbosity=0)
    operator = User.objects.create_superuser(OPERATOR, password=PASSWORD)
    for name, group in DESK.items():
        account = person(name, group)
        account.set_password(PASSWORD)
        account.is_demonstration = True  # the served atlas runs as a demonstration: no second factor
        account.save()
    with open(os.devnull, "w") as nowhere:
        fixtures = str(REPOSITORY / "fixtures")
        call_command("load_dossier", fixtures, by=operator.username, stdout=nowhere, stderr=nowhere)


def fill(environment: dict[str, str]) -> None:
    """Migrate and load the database that the environment names, in a process of its own."""
    command = [sys.executable, "-m", "tests.loaded_database"]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The record could not be loaded:\n{done.stdout}{done.stderr}")


def plain_environment(**more: str) -> dict[str, str]:
    """The environment of a process of the site itself, not of its tests: the atlas's own settings, SQLite."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "DJANGO_SETTINGS_MODULE": "atlas.settings", **more}


def sqlite_directory(shared: Path) -> Path:
    """A data directory with the loaded atlas.sqlite3, made by whichever test process comes first."""
    directory = shared / "loaded"
    with one_at_a_time(shared / "loaded.lock"):
        if not directory.exists():
            unfinished = shared / "loading"
            shutil.rmtree(unfinished, ignore_errors=True)
            fill(plain_environment(ATLAS_DATA_DIR=str(unfinished)))
            unfinished.rename(directory)
    return directory


def copy_of(directory: Path, target: Path) -> Path:
    """A copy of a data directory's database for one test process to write to; returns the file."""
    target.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(directory / "atlas.sqlite3", target / "atlas.sqlite3"))


def postgresql_database(connection: Any, shared: Path) -> str:
    """A loaded database beside the test database that the connection is to; returns its name.

    Whichever test process comes first loads one, of which all get copies.
    """
    own = f"{connection.settings_dict['NAME']}_loaded"
    is_there = shared / "postgresql.loaded"
    with one_at_a_time(shared / "postgresql.lock"):
        if not is_there.exists():
            fill(_create(connection, _TEMPLATE))
            is_there.touch()
        drop_postgresql_database(connection, own)
        with connection._nodb_cursor() as cursor:
            quoted = [connection.ops.quote_name(name) for name in (own, _TEMPLATE)]
            cursor.execute("CREATE DATABASE {} TEMPLATE {}".format(*quoted))
    return own


def drop_postgresql_database(connection: Any, name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


def _create(connection: Any, name: str) -> dict[str, str]:
    """Create an empty PostgreSQL database; returns the environment of a process that uses it."""
    drop_postgresql_database(connection, name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
    return plain_environment(DATABASE_URL=urlunsplit(address))


@contextmanager
def spare(directory: Path, blocker: Any) -> "Iterator[dict[str, str]]":
    """The environment of a process with an empty database of its own, of the kind that is under test."""
    from django.db import connection

    if connection.vendor == "sqlite":
        yield plain_environment(ATLAS_DATA_DIR=str(directory))
        return
    name = f"{connection.settings_dict['NAME']}_spare"
    with blocker.unblock():
        environment = _create(connection, name)
    yield {**environment, "ATLAS_DATA_DIR": str(directory)}
    with blocker.unblock():
        drop_postgresql_database(connection, name)


@contextmanager
def one_at_a_time(lock: Path) -> "Iterator[None]":
    """Hold a file's lock, which all test processes of one run share."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main()
