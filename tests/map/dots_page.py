"""A page with a map and an empty dot layer, for the tests and for benchmarks/browser.py."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Found, not imported: django-leaflet asks for Django's settings.
LEAFLET = Path(str(find_spec("leaflet").origin)).parent / "static" / "leaflet"  # type: ignore[union-attr]
SITE = "http://atlas.test"
HTML = """<!doctype html><html lang="en"><title>dots</title>
<style>body{margin:0} #map,#other{width:1280px;height:800px}</style><div id="map"></div>"""
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


def open_dots_page(page: Any, repository: Path) -> None:
    """Open a map of that window at zoom 5 with the layer, the module's exports on `window.reference`."""

    def serve(route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(body=HTML, content_type="text/html")
        else:
            route.fulfill(path=repository / path.lstrip("/"), content_type="text/javascript")

    page.set_viewport_size(SCREEN)
    page.route(f"{SITE}/**", serve)
    page.goto(f"{SITE}/")
    page.add_style_tag(path=LEAFLET / "leaflet.css")
    page.add_script_tag(path=LEAFLET / "leaflet.js")
    page.add_script_tag(
        content='import * as all from "/static/js/map/reference-layer.js"; window.reference = all;',
        type="module",
    )
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
