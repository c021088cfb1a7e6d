"""The desk in a real browser: the map to click, a source added on the way, a phone's width."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.loaded_database import PASSWORD

KUIREKTYKOL = "/admin/deposits/deposit/3001/change/"


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of: errors of scripts, of the policy, and of what is not there."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found


@pytest.fixture
def desk(page: Page, desk_server: str, closed_network: list[str], complaints: list[str]) -> Page:
    """The desk with a contributor signed in."""
    page.goto(f"{desk_server}/admin/")
    page.locator("#id_username").fill("contributor")
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Enter a fact")).to_be_visible()
    complaints.clear()  # a browser asks for /favicon.ico once, whatever the page
    return page


def open_tab(page: Page, name: str) -> None:
    page.locator("a:visible", has_text=re.compile(rf"^\s*{name}\s*$")).last.click()


def test_a_click_on_the_map_fills_the_position_and_typing_moves_the_marker(
    desk: Page, desk_server: str, complaints: list[str], closed_network: list[str]
) -> None:
    desk.goto(desk_server + KUIREKTYKOL)
    open_tab(desk, "Locations")
    desk.get_by_text("Add another Location").click()
    picker = desk.locator("#location-0 .point-picker, .point-picker:visible").first
    expect(picker.locator(".leaflet-pane").first).to_be_attached()
    picker.click(position={"x": 300, "y": 150})
    latitude = desk.locator("[name=location-0-latitude]")
    longitude = desk.locator("[name=location-0-longitude]")
    expect(longitude).not_to_have_value("")
    assert 30 < float(latitude.input_value()) < 60
    assert 40 < float(longitude.input_value()) < 95
    latitude.fill("49.41244")
    longitude.fill("75.47228")
    marker = picker.locator(".leaflet-marker-icon")
    expect(marker).to_be_visible()
    map_box, marker_box = picker.bounding_box(), marker.bounding_box()
    assert abs(marker_box["x"] + 12.5 - map_box["x"] - map_box["width"] / 2) < 3
    assert complaints == []
    assert closed_network == []


def test_a_source_is_added_on_the_way_and_nothing_typed_is_lost(
    desk: Page, desk_server: str, complaints: list[str]
) -> None:
    desk.goto(desk_server + KUIREKTYKOL)
    open_tab(desk, "Findings")
    desk.get_by_text("Add another Finding").click()
    statement = desk.locator("[name=finding-0-statement]")
    statement.fill("The deposit was found in 2025.")
    desk.locator("[name=finding-0-topic]").select_option("reserves")
    field = desk.locator(".related-widget-wrapper", has=desk.locator("[name=finding-0-source]"))
    field.get_by_text("more_vert").click()
    with desk.expect_popup() as opened:
        desk.locator("#add_id_finding-0-source").click()
    popup = opened.value
    popup.wait_for_load_state()
    popup.locator("#id_name").fill("New article")
    popup.locator("#id_url").fill("https://example.org/new-article")
    popup.locator("#id_type").select_option("news")
    popup.locator("#id_language").fill("ru")
    popup.locator(".field-publisher .select2-selection, .select2-selection").first.click()
    popup.locator(".select2-search__field").last.fill("The News And Times")
    popup.locator(".select2-results__option", has_text="The News And Times").first.click()
    with popup.expect_event("close"):
        popup.locator("[name=_save]").click()
    expect(desk.locator("[name=finding-0-source] option:checked")).to_have_text("New article")
    expect(statement).to_have_value("The deposit was found in 2025.")
    with desk.expect_navigation():
        desk.locator("[name=_continue]").click()
    expect(desk.get_by_text("You have 1 draft on this page.")).to_be_visible()
    with desk.expect_navigation():
        desk.get_by_role("button", name="Submit all for review").click()
    expect(desk.get_by_text("1 claim submitted.")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize(
    "place", ["/admin/", KUIREKTYKOL, "/admin/sources/claim/", "/admin/deposits/location/add/"]
)
def test_on_a_phone_the_desk_fits_its_width(desk: Page, desk_server: str, place: str) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(desk_server + place)
    desk.wait_for_function("document.documentElement.scrollWidth <= 390")
