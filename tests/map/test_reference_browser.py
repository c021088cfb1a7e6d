"""The reference layer in a browser: dots are drawn where they lie, and many of them fast."""

import statistics
from pathlib import Path
from typing import Any

import leaflet
import pytest

LEAFLET = Path(leaflet.__file__).parent / "static" / "leaflet"
SCREEN = {"width": 1280, "height": 800}
#: Makes `count` dots all over a 1280 by 800 window of the map at zoom 5, as the site sends them.
DOTS = """
(count) => {
  const columns = 160, rows = 100, level = 10;
  const buffer = new ArrayBuffer(32 + 6 * count);
  new Uint32Array(buffer, 0, 8).set([1, level, 680, 330, columns, rows, count, count]);
  const values = new Uint16Array(buffer, 32, 3 * count);
  let state = 42;
  const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let dot = 0; dot < count; dot++) {
    values[dot] = random() * 65535;
    values[count + dot] = random() * 65535;
    values[2 * count + dot] = dot % 7 ? 1 : 20;
  }
  return buffer;
}
"""


@pytest.fixture
def map_page(page: Any, repository: Path) -> Any:
    """A page with a map of that window and an empty dot layer, the module's exports on `window.reference`."""
    page.set_viewport_size(SCREEN)
    page.set_content("<style>body{margin:0} #map,#other{width:1280px;height:800px}</style><div id=map></div>")
    page.add_style_tag(path=LEAFLET / "leaflet.css")
    page.add_script_tag(path=LEAFLET / "leaflet.js")
    module = (repository / "static/js/map/reference-layer.js").read_text(encoding="utf-8")
    exports = "window.reference = { readDots, addReferenceLayer, DotLayer };"
    page.add_script_tag(content=module + exports, type="module")
    page.wait_for_function("window.reference")
    page.evaluate(f"window.makeDots = {DOTS}")
    page.evaluate(
        """() => {
          const centre = L.CRS.EPSG3857.pointToLatLng(L.point(680 * 8 + 640, 330 * 8 + 400), 5);
          window.map = L.map("map", { center: centre, zoom: 5, fadeAnimation: false, zoomAnimation: false });
          map.createPane("reference");
          window.layer = new reference.DotLayer().addTo(map);
        }"""
    )
    return page


def script_ms(page: Any, count: int) -> float:
    """Median time of the page's thread for an answer, read and drawn into all tiles of the view.

    The thread's own time, so that what else the machine does counts for nothing.
    """
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return 1000 * next(metric["value"] for metric in metrics if metric["name"] == "ThreadTime")

    taken = []
    for _ in range(5):
        page.evaluate("(count) => { window.answer = makeDots(count); }", count)
        before = spent()
        page.evaluate("() => layer.show(reference.readDots(answer))")
        taken.append(spent() - before)
    return statistics.median(taken)


@pytest.mark.parametrize(("count", "most_ms"), [(100_000, 100), (10_000, 30)])
def test_many_dots_in_view_are_drawn_at_once(map_page: Any, count: int, most_ms: float) -> None:
    assert map_page.evaluate("Object.keys(layer._tiles).length") >= 20
    assert 0 < script_ms(map_page, count) < most_ms


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


def test_the_layer_is_off_until_the_reader_turns_it_on(map_page: Any) -> None:
    asked: list[str] = []
    body = bytes(map_page.evaluate("() => [...new Uint8Array(makeDots(7))]"))

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(body=body, headers={"Access-Control-Allow-Origin": "*"})

    map_page.route("http://atlas.test/**", answer)
    map_page.evaluate(
        """() => reference.addReferenceLayer(
          L.map(document.body.appendChild(Object.assign(document.createElement("div"), { id: "other" })), {
            center: [45, 66], zoom: 6, zoomAnimation: false,
          }),
          {
            dots: "http://atlas.test/dots",
            title: "Reference",
            note: "Not curated",
            inView: "%(n)s in view",
          },
          () => new URLSearchParams("mineral=gold&stage=planned"),
        )"""
    )
    box = map_page.locator(".reference-control")
    assert asked == []
    assert not box.get_by_text("Not curated").is_visible()
    box.get_by_role("checkbox").check()
    box.get_by_text("7 in view").wait_for()
    assert box.get_by_text("Not curated").is_visible()
    assert len(asked) == 1
    assert "zoom=6" in asked[0] and "mineral=gold" in asked[0] and "stage" not in asked[0]
    box.get_by_role("checkbox").uncheck()
    assert box.inner_text().strip() == "Reference"
