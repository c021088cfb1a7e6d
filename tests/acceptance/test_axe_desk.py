"""Accessibility of the desk in a real browser, wide and on a phone: axe finds nothing on its pages either."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.acceptance.test_axe import PHONE, WIDE, violations
from tests.loaded_database import PASSWORD

#: One address of each kind of page.
PAGES = (
    "",
    "deposits/deposit/3001/change/",
    "deposits/resourceestimate/add/",
    "deposits/resourceestimate/",
    "sources/source/add/",
    "sources/source/5596/change/",
    "sources/source/5596/review/",
    "sources/source/5596/history/",
    "sources/claim/?status__exact=submitted",
    "sources/suggestion/",
    "duplicates/deposit/",
    "import/",
    "health/",
    "health/undated/",
    "activity/",
    "accounts/user/",
    "password_change/",
)
#: How many of them are looked at in dark colours as well.
DARK = 5


@pytest.fixture
def desk(page: Page, desk_server: str, closed_network: list[str]) -> str:
    """The desk's address, with an administrator signed in."""
    page.goto(f"{desk_server}/admin/")
    assert violations(page) == []
    page.locator("#id_username").fill("administrator")
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Log in").click()
    return f"{desk_server}/admin/"


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_desk(page: Page, desk: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    wrong = []
    for path in PAGES if scheme == "light" else PAGES[:DARK]:
        page.set_viewport_size(WIDE)
        answer = page.goto(desk + path)
        assert answer is not None
        assert answer.ok, path
        for size in (WIDE, PHONE) if scheme == "light" else (WIDE,):
            page.set_viewport_size(size)
            wrong += [f"{path} at {size['width']}: {found}" for found in violations(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_axe_finds_nothing_in_a_form_that_was_added(page: Page, desk: str) -> None:
    page.goto(desk + "deposits/deposit/3001/change/")
    for tab, added in (
        ("Locations", "Location"),
        ("Resource estimates", "Resource estimate"),
        ("Findings", "Finding"),
    ):
        page.locator("a:visible", has_text=re.compile(rf"^\s*{tab}\s*$", re.IGNORECASE)).last.click()
        page.get_by_text(f"Add another {added}").click()
        assert violations(page) == [], tab
