"""The map in a real browser, with the network closed to all but the site."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Error, Page, expect

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
KILOBYTE = 1000
PATIENCE = 30_000  # milliseconds: machines that run tests are busy


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser's console says is wrong."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def atlas(page: Page, atlas_server: str, closed_network: list[str], complaints: list[str]) -> Iterator[Page]:
    """A wide window that has asked nobody but the site, and met no error, when the test is over."""
    page.set_viewport_size(WIDE)
    page.emulate_media(reduced_motion="reduce")
    yield page
    assert closed_network == []
    assert complaints == []


def open_map(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/en/{query}")
    expect(page.locator(".map-canvas button").first).to_be_visible(timeout=PATIENCE)


def count_in_status(page: Page) -> int:
    return int(page.locator(".list-status strong").inner_text())


def records_drawn(page: Page) -> int:
    """How many records the markers stand for."""
    markers = page.locator("button.leaflet-marker-icon").all_inner_texts()
    return sum(int(text) if text.strip() else 1 for text in markers)


def data_requests(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/map/data/" in request.url else None)
    return asked


def test_a_filter_changes_map_list_counts_and_address_together(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server)
    before = count_in_status(atlas)
    assert records_drawn(atlas) == before
    atlas.get_by_label("Tajikistan").check()
    expect(atlas.locator(".narrowings .chip").first).to_contain_text("Tajikistan")
    assert parse_qs(urlsplit(atlas.url).query)["country"] == ["TJ"]
    assert records_drawn(atlas) == count_in_status(atlas) < before
    for words in atlas.locator(".map-list li").all_inner_texts():
        assert "Tajikistan" in words


def test_the_address_opens_the_same_view_again(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server, "?country=TJ&view=7/39.2/69.0")
    expect(atlas.get_by_label("Tajikistan")).to_be_checked()
    drawn, rows = records_drawn(atlas), atlas.locator(".map-list a").all_inner_texts()
    atlas.keyboard.press("Tab")
    atlas.locator("#map").press("ArrowRight")
    expect(atlas).to_have_url(re.compile("view=7/"))
    open_map(atlas, atlas_server, "?country=TJ&view=7/39.2/69.0")
    assert (records_drawn(atlas), atlas.locator(".map-list a").all_inner_texts()) == (drawn, rows)


def test_a_cluster_opens_by_click_and_keeps_the_focus_for_the_keyboard(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server)
    cluster = atlas.locator("button.is-cluster").first
    expect(cluster).to_have_accessible_name(re.compile(r"\d+ records.*: zoom in"))
    before = count_in_status(atlas)
    cluster.focus()
    atlas.keyboard.press("Enter")
    expect(atlas).to_have_url(re.compile("view="))
    expect(atlas.locator(".list-status")).to_contain_text("in this view")
    assert count_in_status(atlas) < before
    expect(atlas.locator("button.leaflet-marker-icon:focus")).to_have_count(1)


def test_records_at_one_position_open_as_a_list(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server, "?country=TJ&mineral=antimony&view=8/39.4/68.5")
    shared = atlas.get_by_role("button", name=re.compile("near Ayni: .* exact place unknown"))
    count = int(shared.inner_text())
    shared.focus()
    atlas.keyboard.press("Enter")
    expect(atlas.locator(".popup-record")).to_have_count(count)
    expect(atlas.locator(".popup-record a").first).to_be_focused()
    atlas.keyboard.press("Escape")
    expect(shared).to_be_focused()


def test_a_record_opens_from_the_map_and_back_shows_the_same_map(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server, "?country=KG&view=8/42.3/75.9")
    marker = atlas.get_by_role("button", name=re.compile("Kyzyl-Ompol, deposit"))
    marker.click()
    link = atlas.locator(".popup-record a")
    expect(link).to_have_text("Kyzyl-Ompol")
    drawn, address = records_drawn(atlas), atlas.url
    link.click()
    expect(atlas.get_by_role("heading", level=1)).to_contain_text("Kyzyl-Ompol")
    atlas.go_back()
    expect(atlas).to_have_url(address)
    expect(marker).to_be_visible()
    assert records_drawn(atlas) == drawn


def test_back_undoes_a_filter(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server)
    before = count_in_status(atlas)
    atlas.get_by_label("Turkmenistan").check()
    expect(atlas.locator(".narrowings")).to_be_visible()
    atlas.go_back()
    expect(atlas.get_by_label("Turkmenistan")).not_to_be_checked()
    expect(atlas.locator(".narrowings")).to_have_count(0)
    assert count_in_status(atlas) == records_drawn(atlas) == before


def press_at_once(page: Page, key: str, code: int, times: int) -> None:
    """Keys pressed faster than a busy machine lets a driver press them."""
    page.evaluate(
        """([key, keyCode, times]) => {
          const press = () => new KeyboardEvent("keydown", { key, code: key, keyCode, bubbles: true });
          for (let n = 0; n < times; n++) document.activeElement.dispatchEvent(press());
        }""",
        [key, code, times],
    )


def test_a_settled_move_asks_once(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server, "?view=7/42/70")
    asked = data_requests(atlas)
    atlas.locator("#map").focus()
    with atlas.expect_response("**/map/data/*"):
        press_at_once(atlas, "ArrowRight", 39, 3)
    atlas.wait_for_timeout(1200)
    assert len(asked) == 1


def test_moving_back_asks_nothing(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server, "?view=7/42/70")
    asked = data_requests(atlas)
    before = atlas.locator(".list-status").inner_text()
    atlas.locator("#map").focus()
    with atlas.expect_response("**/map/data/*"):
        atlas.keyboard.press("ArrowRight")
    expect(atlas.locator(".list-status")).not_to_have_text(before)
    atlas.keyboard.press("ArrowLeft")
    expect(atlas.locator(".list-status")).to_have_text(before)
    atlas.wait_for_timeout(1200)
    assert len(asked) == 1


def test_a_late_answer_never_overwrites_a_newer_one_and_the_old_picture_stays_until_it_is_there(
    atlas: Page, atlas_server: str, context: BrowserContext
):
    open_map(atlas, atlas_server)
    before = records_drawn(atlas)
    held: list[Any] = []
    context.route("**/map/data/*country=KZ*", lambda route: held.append((route, route.fetch())))
    with atlas.expect_request("**/map/data/*country=KZ*"):
        atlas.get_by_label("Kazakhstan").check()
    assert records_drawn(atlas) == before == count_in_status(atlas)
    atlas.get_by_label("Kazakhstan").uncheck()
    atlas.get_by_label("Turkmenistan").check()
    expect(atlas.locator(".narrowings .chip").first).to_contain_text("Turkmenistan")
    expect(atlas.locator(".narrowings .chip")).to_have_count(1)
    for route, response in held:
        with suppress(Error):  # nobody may wait for it any more
            route.fulfill(response=response)
    atlas.evaluate("() => new Promise((done) => setTimeout(done, 300))")
    expect(atlas.locator(".narrowings .chip").first).to_contain_text("Turkmenistan")
    assert records_drawn(atlas) == count_in_status(atlas) < before


def test_clusters_and_places_stay_where_they_are_when_the_map_moves(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server, "?view=7/42/70")
    drawn = atlas.locator("button.leaflet-marker-icon")
    drawn.evaluate_all("(markers) => markers.forEach((each) => (each.isOfBefore = true))")
    for _press in range(3):  # a key pressed while the map still moves counts for nothing
        before = atlas.url
        atlas.locator("#map").press("ArrowRight")
        expect(atlas).not_to_have_url(before)
    atlas.wait_for_function(
        "[...document.querySelectorAll('button.leaflet-marker-icon')].some((each) => !each.isOfBefore)"
    )
    kept = drawn.evaluate_all("(markers) => markers.filter((each) => each.isOfBefore).length")
    assert kept > drawn.count() / 2


def test_the_old_picture_stays_and_says_so_when_the_site_does_not_answer(
    page: Page, context: BrowserContext, atlas_server: str, closed_network: list[str]
):
    page.set_viewport_size(WIDE)
    open_map(page, atlas_server)
    drawn = records_drawn(page)
    context.route("**/map/data/*", lambda route: route.fulfill(status=503))
    page.get_by_label("Kazakhstan").check()
    expect(page.locator(".map-failed")).to_be_visible()
    assert records_drawn(page) == drawn


def test_more_of_the_list_comes_on_demand(atlas: Page, atlas_server: str):
    open_map(atlas, atlas_server)
    rows = atlas.locator(".map-list li")
    expect(rows).to_have_count(40)
    atlas.get_by_role("link", name="More", exact=True).click()
    expect(rows).to_have_count(80)
    assert atlas.url == f"{atlas_server}/en/"


def test_on_a_phone_the_list_comes_first_and_light_and_the_map_on_demand(
    atlas: Page, atlas_server: str, context: BrowserContext
):
    atlas.set_viewport_size(PHONE)
    sizes = transferred(context, atlas)
    atlas.goto(f"{atlas_server}/en/")
    atlas.wait_for_timeout(1500)
    assert sum(sizes) < 40 * KILOBYTE
    expect(atlas.locator(".map-list li").first).to_be_attached()
    expect(atlas.locator("#map")).to_be_hidden()
    assert atlas.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    atlas.get_by_role("button", name="Show the map").click()
    expect(atlas.locator(".map-canvas button.is-cluster").first).to_be_in_viewport()
    assert atlas.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_first_view_with_its_map_weighs_under_250_kilobytes(
    atlas: Page, atlas_server: str, context: BrowserContext
):
    sizes = transferred(context, atlas)
    open_map(atlas, atlas_server)
    atlas.wait_for_load_state("networkidle")
    assert 60 * KILOBYTE < sum(sizes) < 250 * KILOBYTE


def transferred(context: BrowserContext, page: Page) -> list[int]:
    """The bytes of every answer that comes from now on, as they came over the wire."""
    sizes: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    return sizes


def test_without_javascript_form_list_and_pages_work(new_context: Any, atlas_server: str):
    page = new_context(java_script_enabled=False, viewport=WIDE).new_page()
    page.goto(f"{atlas_server}/en/")
    expect(page.locator("#map")).to_be_hidden()
    page.get_by_label("Uzbekistan").check()
    page.get_by_role("button", name="Apply the filters").click()
    expect(page).to_have_url(re.compile(r"\?country=UZ$"))
    first = page.locator(".map-list a").first.inner_text()
    page.get_by_role("link", name="More", exact=True).click()
    expect(page.locator(".map-list a").first).not_to_have_text(first)
    expect(page.get_by_label("Uzbekistan")).to_be_checked()


def test_an_outside_layer_is_asked_for_only_when_turned_on(
    page: Page, atlas_server: str, closed_network: list[str]
):
    page.set_viewport_size(WIDE)
    open_map(page, atlas_server)
    page.wait_for_load_state("networkidle")
    assert closed_network == []
    page.locator(".layers-control summary").click()
    expect(page.locator(".layers-control")).to_contain_text("tile.openstreetmap.org")
    page.get_by_label("OpenStreetMap").check()
    page.wait_for_timeout(500)
    assert {urlsplit(url).hostname for url in closed_network} == {"tile.openstreetmap.org"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_map(atlas: Page, atlas_server: str, scheme: Any):
    atlas.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_map(atlas, atlas_server, "?country=TJ")
    found = Axe().run(atlas)
    assert found.response["violations"] == [], found.generate_report()
