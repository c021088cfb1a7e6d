"""Two editors in two real browsers save one record: the second sees what changed, and then decides."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.loaded_database import PASSWORD

DEPOSIT = "/admin/deposits/deposit/3001/change/"
PATIENCE = 30_000  # milliseconds


def opens(page: Page, site: str, username: str) -> None:
    """Sign in and open the record's form."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{site}/admin/login/?next={DEPOSIT}")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation(timeout=PATIENCE):
        page.get_by_role("button", name="Log in").click()
    expect(page.locator("#id_region")).to_be_visible(timeout=PATIENCE)


def saves(page: Page, note: str) -> None:
    page.locator("#id_note").fill(note)
    with page.expect_navigation(timeout=PATIENCE):
        page.locator("[name=_continue]").click()


@pytest.fixture
def other(new_context: Any, desk_server: str) -> Page:
    page: Page = new_context().new_page()
    return page


def test_the_second_of_two_is_told_and_then_decides(
    page: Page, other: Page, desk_server: str, closed_network: list[str]
) -> None:
    opens(page, desk_server, "editor")
    opens(other, desk_server, "second-editor")
    saves(page, "The first editor's note.")
    expect(page.locator("#id_note")).to_have_value("The first editor's note.", timeout=PATIENCE)
    saves(other, "The second editor's note.")
    told = other.locator(".desk-meanwhile")
    expect(told).to_contain_text("By editor,", timeout=PATIENCE)
    expect(told).to_contain_text("The first editor's note.")
    expect(other.locator("#id_note")).to_have_value("The second editor's note.")
    saves(other, "Both editors' note.")
    expect(other.locator(".desk-meanwhile")).to_have_count(0, timeout=PATIENCE)
    page.reload()
    expect(page.locator("#id_note")).to_have_value("Both editors' note.", timeout=PATIENCE)
    assert closed_network == []
