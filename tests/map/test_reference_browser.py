"""The reference layer in a browser: dots are drawn where they lie, and asked for once."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error

from tests.map.dots_page import SITE, open_dots_page


@pytest.fixture
def map_page(page: Any, repository: Path) -> Any:
    """The page of `open_dots_page`."""
    open_dots_page(page, repository)
    return page


def test_many_dots_are_drawn_into_all_tiles_of_the_view(map_page: Any) -> None:
    painted = map_page.evaluate(
        """() => {
          layer.show(reference.readDots(makeDots(100000)));
          return Object.values(layer._tiles).map(({ el }) =>
            el.getContext("2d").getImageData(0, 0, 256, 256).data.some((byte) => byte > 0));
        }"""
    )
    assert len(painted) >= 20
    assert all(painted)


def test_a_dot_is_drawn_where_it_lies_and_nowhere_else(map_page: Any) -> None:
    painted = map_page.evaluate(
        """() => {
          const buffer = makeDots(1);
          new Uint16Array(buffer, 32, 3).fill(32768);
          layer.show(reference.readDots(buffer));
          let count = 0;
          for (const { el } of Object.values(layer._tiles)) {
            const { data } = el.getContext("2d").getImageData(0, 0, 256, 256);
            for (let byte = 3; byte < data.length; byte += 4) if (data[byte]) count++;
          }
          const at = map.getSize().divideBy(2);
          const box = map.getContainer().getBoundingClientRect();
          const hit = Object.values(layer._tiles).map(({ el }) => {
            const { left, top } = el.getBoundingClientRect();
            const [dx, dy] = [at.x + box.left - left, at.y + box.top - top];
            if (dx < 0 || dy < 0 || dx >= 256 || dy >= 256) return 0;
            return el.getContext("2d").getImageData(dx, dy, 1, 1).data[3];
          });
          return { count, isHit: hit.some((opacity) => opacity > 0) };
        }"""
    )
    assert painted["isHit"]
    assert 20 < painted["count"] < 60


def test_an_answer_of_another_format_is_refused(map_page: Any) -> None:
    message = map_page.evaluate(
        """() => {
          const buffer = makeDots(1);
          new Uint32Array(buffer, 0, 1)[0] = 2;
          try { reference.readDots(buffer); } catch (error) { return error.message; }
        }"""
    )
    assert message == "dots of format 2"


class Site:
    """The site's answers to the layer: seven dots, later one more a question, held back when told to."""

    def __init__(self, page: Any) -> None:
        self.asked: list[str] = []
        self.held: list[Any] = []
        self.holds = False
        self._page = page
        self._bodies = [
            bytes(page.evaluate("(count) => [...new Uint8Array(makeDots(count))]", count))
            for count in range(7, 12)
        ]
        page.route(f"{SITE}/dots*", self._dots)

    def _dots(self, route: Any) -> None:
        self.asked.append(route.request.url)
        if self.holds:
            self.held.append((route, len(self.asked)))
        else:
            self._answer(route, len(self.asked))

    def _answer(self, route: Any, number: int) -> None:
        route.fulfill(body=self._bodies[number - 1])

    def release(self) -> None:
        """Answer what was held back, whether or not anybody still waits for it."""
        self.holds = False
        for route, number in self.held:
            with suppress(Error):
                self._answer(route, number)
        self.held.clear()

    def wait_for_questions(self, count: int) -> None:
        """Until so many have been asked."""
        for _ in range(300):
            if len(self.asked) >= count:
                return
            self._page.wait_for_timeout(100)
        raise AssertionError(f"asked {len(self.asked)} times, not {count}")


@pytest.fixture
def site(map_page: Any) -> Site:
    """A second map with the layer's control, whose questions are answered here."""
    answers = Site(map_page)
    map_page.evaluate(
        """() => {
          const box = Object.assign(document.createElement("div"), { id: "other" });
          document.body.append(box);
          window.other = L.map(box, { center: [45, 66], zoom: 6, zoomAnimation: false, inertia: false });
          window.filters = new URLSearchParams("mineral=gold&stage=planned");
          window.control = reference.addReferenceLayer(
            other,
            {
              dots: "/dots",
              sites: "/sites",
              site: "/site/0/",
              title: "Reference",
              note: "Not curated",
              inView: "%(n)s in view",
              list: "List them",
              more: "The first %(n)s",
              unnamed: "unnamed",
              failed: "Failed",
            },
            () => filters,
          );
        }"""
    )
    return answers


def move(page: Any, *steps: int) -> None:
    """Move the map by so many pixels eastwards at a time, without a pause."""
    page.evaluate("(steps) => steps.forEach((step) => other.panBy([step, 0], { animate: false }))", steps)


def test_the_layer_is_off_until_the_reader_turns_it_on(map_page: Any, site: Site) -> None:
    box = map_page.locator(".reference-control")
    assert site.asked == []
    assert not box.get_by_text("Not curated").is_visible()
    box.get_by_role("checkbox").check()
    box.get_by_text("7 in view").wait_for()
    assert box.get_by_text("Not curated").is_visible()
    assert len(site.asked) == 1
    assert "zoom=6" in site.asked[0] and "mineral=gold" in site.asked[0] and "stage" not in site.asked[0]
    box.get_by_role("checkbox").uncheck()
    assert box.inner_text().strip() == "Reference"


def test_a_settled_move_asks_once_and_moving_back_asks_nothing(map_page: Any, site: Site) -> None:
    box = map_page.locator(".reference-control")
    box.get_by_role("checkbox").check()
    box.get_by_text("7 in view").wait_for()
    move(map_page, 100, 100, 100)
    box.get_by_text("8 in view").wait_for()
    move(map_page, -305)  # not to the pixel
    box.get_by_text("7 in view").wait_for()
    move(map_page, 305)
    box.get_by_text("8 in view").wait_for()
    assert len(site.asked) == 2


def test_a_late_answer_never_overwrites_a_newer_one_and_the_old_dots_stay_until_it_is_there(
    map_page: Any, site: Site
) -> None:
    box = map_page.locator(".reference-control")
    box.get_by_role("checkbox").check()
    box.get_by_text("7 in view").wait_for()
    site.holds = True
    move(map_page, 300)
    site.wait_for_questions(2)
    assert box.get_by_text("7 in view").is_visible()
    site.holds = False
    move(map_page, 300)
    box.get_by_text("9 in view").wait_for()
    site.release()
    map_page.evaluate("() => new Promise((done) => setTimeout(done, 300))")
    assert box.get_by_text("9 in view").is_visible()


def test_an_answer_that_fails_leaves_the_dots_and_says_so(map_page: Any, site: Site) -> None:
    box = map_page.locator(".reference-control")
    box.get_by_role("checkbox").check()
    box.get_by_text("7 in view").wait_for()
    map_page.route(f"{SITE}/dots*", lambda route: route.fulfill(status=503))
    move(map_page, 300)
    box.get_by_text("Failed").wait_for()
    assert map_page.locator("#other .leaflet-reference-pane canvas").count() > 0


def test_the_sites_in_view_are_listed_for_the_keyboard(map_page: Any, site: Site) -> None:
    features = [
        {"type": "Feature", "id": number, "properties": {"name": f"Mine {number}"}} for number in range(25)
    ]
    map_page.route(f"{SITE}/sites*", lambda route: route.fulfill(json={"features": features}))
    box = map_page.locator(".reference-control")
    assert not box.get_by_role("button", name="List them").is_visible()
    box.get_by_role("checkbox").check()
    box.get_by_text("7 in view").wait_for()
    box.get_by_role("button", name="List them").focus()
    map_page.keyboard.press("Enter")
    listed = map_page.locator(".reference-list a")
    listed.first.wait_for()
    assert listed.count() == 20
    assert map_page.get_by_text("The first 20").is_visible()
    map_page.wait_for_function("document.activeElement.textContent === 'Mine 0'")
    assert listed.first.get_attribute("href") == "/site/0/"
