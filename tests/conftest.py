"""What all tests share: the machine's own Chromium, and a network that reaches nothing but the site."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

# Playwright runs an event loop in the test's thread, where Django otherwise refuses to query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

REPOSITORY = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSER_FIXTURES = {"browser", "context", "new_context", "page"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for a browser, before ``-m`` selects by marks."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The directory that holds manage.py."""
    return REPOSITORY


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
def closed_network(context: Any, live_server: Any) -> list[str]:
    """Abort whatever a page asks of any host but the site under test; the addresses it asked for."""
    site = live_server.url + "/"
    refused: list[str] = []

    def refuse(route: Any) -> None:
        refused.append(route.request.url)
        route.abort()

    context.route(lambda address: not address.startswith(site), refuse)
    return refused
