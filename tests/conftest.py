"""What all tests share: the loaded record, a served atlas, people, the browser, a closed network."""

import copy
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests import loaded_database
from tests.outside_web import OutsideWeb

# Playwright runs an event loop in the test's thread, where Django otherwise refuses to query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How fast a loaded machine makes or tries an example says nothing of the atlas.
hypothesis.settings.register_profile(
    "atlas", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("atlas")

REPOSITORY = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSER_FIXTURES = {"browser", "context", "new_context", "page"}
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "loaded",
    "atlas_server",
    "desk_server",
    "live_server",
    "django_db_setup",
}
#: What costs a load of the whole record.
RECORD_FIXTURES = {"loaded", "loaded_connection", "atlas_server", "desk_server"}
TRANSACTIONAL_FIXTURES = {"transactional_db", "live_server"}
SECONDS_TO_START = 60
MILLISECONDS_TO_WAIT = 30_000


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they ask for, before ``-m`` selects by marks: a browser, or no database at all."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if BROWSER_FIXTURES & asked:
            item.add_marker(pytest.mark.browser)
        elif not item.get_closest_marker("django_db") and not DATABASE_FIXTURES & asked:
            item.add_marker(pytest.mark.without_database)
        if RECORD_FIXTURES & asked:
            item.add_marker(pytest.mark.of_the_record)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The directory that holds manage.py."""
    return REPOSITORY


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Begin in English, whatever language the last test's pages were in."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


# The record


@pytest.fixture(scope="session")
def run_directory(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A directory that all test processes of one run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def loaded_connection(
    django_db_setup: None,
    django_db_blocker: Any,
    run_directory: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Any]:
    """A connection to a database of this test process's own that holds the project's record."""
    from django.db import connections

    empty = connections["default"]
    settings = copy.deepcopy(empty.settings_dict)
    settings["OPTIONS"].pop("pool", None)  # Django keeps one pool an alias, and that is the empty database's
    if empty.vendor == "sqlite":
        directory = loaded_database.sqlite_directory(run_directory)
        settings["NAME"] = str(loaded_database.copy_of(directory, tmp_path_factory.mktemp("record")))
        yield type(empty)(settings, "default")
        return
    with django_db_blocker.unblock():
        settings["NAME"] = loaded_database.postgresql_database(empty, run_directory)
    loaded = type(empty)(settings, "default")
    yield loaded
    with django_db_blocker.unblock():
        loaded.close()
        loaded_database.drop_postgresql_database(empty, settings["NAME"])


@pytest.fixture(scope="session")
def loaded_snapshot(loaded_connection: Any, django_db_blocker: Any) -> Any:
    """The loaded record as pages read it, with whatever they keep on it; tests of it begin warm."""
    from atlas.published.building import build
    from sources import clock

    with django_db_blocker.unblock(), _connected(loaded_connection):
        return build(clock.newest())


@contextmanager
def _connected(connection: Any) -> Iterator[None]:
    """Let that be the database of this thread."""
    from django.db import connections

    before, connections["default"] = connections["default"], connection
    try:
        yield
    finally:
        connections["default"] = before


@pytest.fixture
def database_of_test(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[None]:
    """The empty test database; for tests that ask for `loaded`, the one that holds the record."""
    from atlas.published.keeper import keeper

    keeper.forget()  # what it holds goes by tick, and every test begins its own
    if "loaded" not in request.fixturenames:
        yield
        return
    marker = request.node.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or TRANSACTIONAL_FIXTURES & set(request.fixturenames):
        pytest.fail("A test that commits would spoil the loaded record for the others: use desk_server.")
    keeper._newest = request.getfixturevalue("loaded_snapshot")
    with _connected(request.getfixturevalue("loaded_connection")):
        yield
    keeper.forget()


@pytest.fixture
def _django_db_helper(database_of_test: None, _django_db_helper: None) -> None:
    """Settle which database it is before pytest-django begins the test's transaction."""


@pytest.fixture
def loaded(db: None) -> int:
    """The project's own record, loaded; the test's changes to it are rolled back. Its newest tick."""
    from sources import clock

    return clock.newest()


# People, one account each; `stranger` has no rights at the desk


@pytest.fixture
def contributor(db: None) -> Any:
    return _person("contributor", "contributor")


@pytest.fixture
def editor(db: None) -> Any:
    return _person("editor", "editor")


@pytest.fixture
def second_editor(db: None) -> Any:
    return _person("second-editor", "editor")


@pytest.fixture
def administrator(db: None) -> Any:
    return _person("administrator", "administrator")


@pytest.fixture
def second_administrator(db: None) -> Any:
    return _person("second-administrator", "administrator")


@pytest.fixture
def stranger(db: None) -> Any:
    return _person("stranger")


def _person(username: str, group: str = "") -> Any:
    from tests.factories import person

    return person(username, group)


# The site as it is served


@pytest.fixture(scope="session")
def outside_web() -> Iterator[OutsideWeb]:
    """The web outside, as far as the served atlas can reach: a server on this machine."""
    web = OutsideWeb()
    yield web
    web.close()


@pytest.fixture(scope="session")
def atlas_server(
    run_directory: Path, tmp_path_factory: pytest.TempPathFactory, outside_web: OutsideWeb
) -> Iterator[str]:
    """The address of a real gunicorn with the real record, for tests that read.

    Its database is this test process's own, and whatever it fetches from outside comes from `outside_web`.
    """
    yield from _served(run_directory, tmp_path_factory.mktemp("served"), outside_web)


@pytest.fixture(scope="session")
def desk_server(
    run_directory: Path, tmp_path_factory: pytest.TempPathFactory, outside_web: OutsideWeb
) -> Iterator[str]:
    """The same beside it for tests that write: its accounts are those of `loaded_database.DESK`."""
    yield from _served(run_directory, tmp_path_factory.mktemp("edited"), outside_web)


def _served(run_directory: Path, home: Path, outside_web: OutsideWeb) -> Iterator[str]:
    """Serve a copy of the loaded record from a directory, static files hashed and compressed."""
    loaded_database.copy_of(loaded_database.sqlite_directory(run_directory), home)
    environment = loaded_database.plain_environment(
        DJANGO_SETTINGS_MODULE="tests.served_settings",
        OUTSIDE_WEB_PORT=str(outside_web.port),
        ATLAS_DATA_DIR=str(home),
        ATLAS_DEMONSTRATION="1",
    )
    _collect_static(run_directory, home, environment)
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "atlas.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--worker-class", "gthread", "--threads", "4", "--log-level", "warning"]
    with (home / "gunicorn.log").open("w") as log:
        server = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/admin/login/", server, home / "gunicorn.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=SECONDS_TO_START)


def _collect_static(run_directory: Path, home: Path, environment: dict[str, str]) -> None:
    """Collect the static files once a run, and copy them to where this server looks for them."""
    collected = run_directory / "collected"
    with loaded_database.one_at_a_time(run_directory / "collected.lock"):
        if not collected.exists():
            command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
            subprocess.run(command, cwd=REPOSITORY, env=environment, check=True)
            shutil.copytree(home / "static", collected)
    shutil.copytree(collected, home / "static", dirs_exist_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=SECONDS_TO_START).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    server.kill()
    pytest.fail(f"The atlas did not start:\n{log.read_text()}")


# The browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that is installed on the machine."""
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        pytest.fail(
            f"No Chromium found (looked for {', '.join(CHROMIUM_NAMES)}): scripts/install_test_services"
        )
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses to run as root
    return {**browser_type_launch_args, "executable_path": executable, "args": [*CHROMIUM_FLAGS, *sandbox]}


@pytest.fixture
def context(context: Any) -> Any:
    """A browser's context that waits as long as a busy machine takes."""
    from playwright.sync_api import expect

    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    expect.set_options(timeout=MILLISECONDS_TO_WAIT)
    return context


@pytest.fixture
def closed_network(context: Any, request: pytest.FixtureRequest) -> list[str]:
    """Abort whatever a page asks of any host but the site under test; the addresses it asked for.

    The site is `atlas_server` or `desk_server` if the test asks for that, else `live_server`.
    """
    served = {"atlas_server", "desk_server"} & set(request.fixturenames)
    if served:
        site = request.getfixturevalue(served.pop()) + "/"
    else:
        site = request.getfixturevalue("live_server").url + "/"
    refused: list[str] = []

    def refuse(route: Any) -> None:
        refused.append(route.request.url)
        route.abort()

    context.route(lambda address: not address.startswith(site), refuse)
    return refused
