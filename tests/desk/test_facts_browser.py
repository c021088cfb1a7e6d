"""Entering an article's facts in a real browser: what is understood is said, what is typed is not lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.loaded_database import PASSWORD

FACTS = "/admin/sources/source/5001/facts/"


@pytest.fixture
def facts(page: Page, desk_server: str, closed_network: list[str]) -> Page:
    """The facts page of a source that the atlas has, with a contributor signed in."""
    page.goto(f"{desk_server}/admin/")
    page.locator("#id_username").fill("contributor")
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Enter a fact")).to_be_visible()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    page.goto(desk_server + FACTS)
    return page


def test_the_desk_says_what_it_understood_and_keeps_what_is_not_saved(facts: Page) -> None:
    with facts.expect_navigation():
        facts.get_by_role("link", name="Resource estimate").click()
    facts.locator("[name=quantity]").fill("18,5 млн т")
    facts.locator("[name=as_of]").fill("2025 жылғы сәуір")
    facts.locator("[name=note]").focus()
    expect(facts.locator("#id_quantity-understood")).to_have_text("= 18.5 Mt (18,500,000 t)")
    expect(facts.locator("#id_as_of-understood")).to_have_text("= April 2025")
    facts.reload()
    expect(facts.locator("[name=quantity]")).to_have_value("18,5 млн т")


def test_a_record_added_on_the_way_is_chosen_as_the_subject(facts: Page) -> None:
    with facts.expect_navigation():
        facts.get_by_role("link", name="Occurrence").click()
    with facts.expect_popup() as opened:
        facts.locator("[data-adds-subject]", has_text="deposit").click()
    window = opened.value
    window.wait_for_load_state()
    window.locator("#id_name").press_sequentially("Куйректыколь")
    expect(window.locator("#likely-records")).to_contain_text("Kuirektykol")
    window.locator("#id_name").fill("Probe Hill")
    window.locator("#id_country").select_option(label="Kazakhstan")
    with window.expect_event("close"):
        window.get_by_role("button", name="Save", exact=True).click()
    expect(facts.locator("#id_subject option:checked")).to_have_text("Probe Hill")


def test_the_window_for_a_new_record_needs_no_script_that_arrives_late(facts: Page, desk_server: str) -> None:
    facts.route("**/enter-facts*.js", lambda route: route.abort())
    with facts.expect_navigation():
        facts.get_by_role("link", name="Occurrence").click()
    with facts.expect_popup() as opened:
        facts.locator("[data-adds-subject]", has_text="deposit").click()
    window = opened.value
    window.wait_for_load_state()
    window.locator("#id_name").fill("Late Hill")
    window.locator("#id_country").select_option(label="Kazakhstan")
    with window.expect_event("close"):
        window.get_by_role("button", name="Save", exact=True).click()
    expect(facts.locator("#id_subject option:checked")).to_have_text("Late Hill")
