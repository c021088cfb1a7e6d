"""A newspaper's page on another origin frames a record, a disagreement and the map, in a real browser."""

import http.server
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

FRAMES = {
    "record": "/en/embed/deposit/3001/",
    "point": "/en/embed/point/3001/location/",
    "map": "/en/embed/map/?mineral=lithium",
    "page": "/en/deposits/3001-kuirektykol/",
}
#: How long a busy machine may take to load the page that it then refuses to frame.
SECONDS_TO_REFUSE = 30


@pytest.fixture
def newspaper(atlas_server: str) -> Iterator[str]:
    """The address of a page of another origin that frames the atlas."""
    frames = "".join(
        f'<iframe id="{name}" src="{atlas_server}{path}" width="600" height="300"></iframe>'
        for name, path in FRAMES.items()
    )
    page = f'<!doctype html><title>News</title>{frames}<script src="{atlas_server}/embed.js"></script>'

    class Newspaper(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Newspaper)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def article(page: Any, newspaper: str, closed_network: list[str]) -> Any:
    """The newspaper's page, open in a browser, with what its console complained of."""
    complaints: list[str] = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(f"{newspaper}**", lambda route: route.continue_())
    page.goto(newspaper)
    page.complaints = complaints
    return page


def height_of(article: Any, name: str) -> tuple[float, float]:
    """(height of the iframe, height of what it shows)."""
    frame = article.frame(url=f"**{FRAMES[name]}")
    inner = frame.evaluate("document.documentElement.getBoundingClientRect().height")
    return article.locator(f"#{name}").bounding_box()["height"], inner


@pytest.mark.parametrize("name", ["record", "point"])
def test_a_frame_is_as_high_as_what_it_shows(article: Any, name: str) -> None:
    article.frame_locator(f"#{name}").locator("h1").wait_for()
    article.wait_for_function(f"document.getElementById('{name}').height !== '300'")

    outer, inner = height_of(article, name)

    assert inner <= outer <= inner + 8


def test_it_grows_when_the_page_is_narrow(article: Any) -> None:
    article.frame_locator("#record").locator("h1").wait_for()
    article.wait_for_function("document.getElementById('record').height !== '300'")
    wide = height_of(article, "record")[0]

    article.evaluate("document.getElementById('record').width = 260")
    article.wait_for_function(
        f"document.getElementById('record').getBoundingClientRect().height > {wide + 20}"
    )


def test_the_map_draws_in_the_frame_with_its_own_list(article: Any) -> None:
    frame = article.frame_locator("#map")

    frame.locator(".leaflet-marker-icon").first.wait_for()
    frame.locator(".embed-list summary").click()
    assert frame.locator(".map-list > li").count() > 5


def test_a_records_own_page_refuses_to_be_framed(article: Any) -> None:
    article.frame_locator("#map").locator(".leaflet-marker-icon").first.wait_for()
    deadline = time.monotonic() + SECONDS_TO_REFUSE
    while not article.complaints and time.monotonic() < deadline:
        article.wait_for_timeout(100)

    assert article.frame(url=f"**{FRAMES['page']}") is None
    assert [complaint for complaint in article.complaints if "frame-ancestors" not in complaint] == []
    assert article.complaints


def test_embeds_set_no_cookie_and_ask_no_third_party(article: Any, closed_network: list[str]) -> None:
    article.frame_locator("#map").locator(".leaflet-marker-icon").first.wait_for()

    assert article.context.cookies() == []
    assert closed_network == []


@pytest.mark.parametrize(("name", "most"), [("record", 60_000), ("point", 60_000), ("map", 150_000)])
def test_an_embed_is_light(
    page: Any, atlas_server: str, closed_network: list[str], name: str, most: int
) -> None:
    received: list[Any] = []
    page.on("requestfinished", lambda request: received.append(request))

    page.goto(atlas_server + FRAMES[name])
    if name == "map":
        page.locator(".leaflet-marker-icon").first.wait_for()
    page.wait_for_load_state("networkidle")

    sizes = [request.sizes() for request in received]
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert total <= most
