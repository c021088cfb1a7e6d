"""Links to copy in a real browser: by keyboard, without scripts, where it refuses, and on a moving map."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

RECORD = "/en/deposits/3001-kuirektykol/"
PATIENCE = 30_000  # milliseconds
#: What copying does here, so that no test needs the machine's clipboard.
COPIES = "navigator.clipboard.writeText = async (text) => { window.copied = text; };"
REFUSES = "navigator.clipboard.writeText = async () => { throw new DOMException('no', 'NotAllowedError'); };"


@pytest.fixture
def reader(page: Page, closed_network: list[str]) -> Page:
    page.set_default_timeout(PATIENCE)
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


def copied(page: Page) -> str:
    page.wait_for_function("window.copied")
    return str(page.evaluate("window.copied"))


def press(page: Page, name: str) -> None:
    """Press a button as one does without a mouse."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_visible(timeout=PATIENCE)
    button.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("name", "end"), [("Copy link", "/d/3001"), ("Copy link as of now", "/d/3001?as_of=1")]
)
def test_a_lasting_link_is_copied_by_keyboard(reader: Page, atlas_server: str, name: str, end: str) -> None:
    reader.add_init_script(COPIES)
    reader.goto(atlas_server + RECORD)

    press(reader, name)

    assert copied(reader) == atlas_server + end


def test_where_the_browser_refuses_the_link_stays(reader: Page, atlas_server: str) -> None:
    reader.add_init_script(REFUSES)
    reader.goto(atlas_server + RECORD)

    press(reader, "Copy link as of now")

    link = reader.get_by_role("link", name="Link as of now", exact=True)
    expect(link).to_be_focused(timeout=PATIENCE)
    expect(link).to_have_attribute("href", "/d/3001?as_of=1")


def test_without_scripts_both_are_links(browser: Any, atlas_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(atlas_server + RECORD)
        page.get_by_role("link", name="Link as of now", exact=True).click()
        page.wait_for_url("**/en/deposits/3001-kuirektykol/?as_of=1")
        expect(page.get_by_role("complementary", name="As of")).to_contain_text("what this atlas said")
    finally:
        context.close()


def test_the_maps_links_follow_its_filters(reader: Page, atlas_server: str) -> None:
    reader.add_init_script(COPIES)
    reader.goto(f"{atlas_server}/en/?country=KZ")
    expect(reader.locator(".map-canvas button").first).to_be_visible(timeout=PATIENCE)
    reader.locator("#map-filters input[name=record][value=deposit]").check()
    reader.wait_for_url("**record=deposit**")

    press(reader, "Copy link as of now")
    assert "country=KZ" in copied(reader)
    assert "record=deposit" in copied(reader)
    assert copied(reader).endswith("as_of=1")

    embed = reader.locator(".share-links").get_by_role("link", name="Embed", exact=True)
    embed.focus()
    expect(embed).to_have_attribute("href", f"{atlas_server}/en/map/embed/?country=KZ&record=deposit")
