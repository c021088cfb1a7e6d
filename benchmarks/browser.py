"""What a browser spends on drawing the reference layer's dots, beside Leaflet's circle markers on a canvas.

Run from the repository's root: python -m benchmarks.browser [COUNT ...]. It drives the machine's Chromium
over a 1280 by 800 view, in turns, and prints medians of the page's thread's own time and their ratio.
"""

import argparse
import shutil
import statistics
from collections.abc import Callable
from typing import Any

from playwright.sync_api import sync_playwright

from tests.map.dots_page import open_dots_page

from . import installing

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ROUNDS = 7
#: A map for the markers, new each time: taking many off one takes Leaflet longer than drawing them.
PREPARE = """
() => {
  document.getElementById("peer")?.remove();
  const box = Object.assign(document.createElement("div"), { id: "peer" });
  box.style.cssText = "width: 1280px; height: 800px";
  document.body.append(box);
  window.canvas = L.canvas();
  const view = { center: map.getCenter(), zoom: 5, zoomAnimation: false, fadeAnimation: false };
  window.peer = L.map(box, { ...view, renderer: canvas });
}
"""
#: The same dots as markers: made, added, and drawn by the map's canvas.
MARKERS = """
(count) => {
  const dots = new Uint16Array(window.answer, 32, 3 * count);
  for (let dot = 0; dot < count; dot++) {
    const place = peer.containerPointToLatLng([1280 * dots[dot] / 65535, 800 * dots[count + dot] / 65535]);
    L.circleMarker(place, { radius: 3, weight: 1 }).addTo(peer);
  }
  canvas._redraw();
}
"""


def main() -> None:
    """Run the benchmark for each number of dots asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 10_000, 100_000], metavar="COUNT")
    counts = parser.parse_args().counts
    executable = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        print(f"Chromium {browser.version}, medians of {ROUNDS} interleaved rounds, ms of the page's thread")
        page = browser.new_page()
        open_dots_page(page, installing.ROOT)
        for count in counts:
            report(page, count)
        browser.close()


def report(page: Any, count: int) -> None:
    """Print what both take for so many dots."""
    taken: dict[str, list[float]] = {"the atlas's layer": [], "Leaflet's circle markers": []}
    for _ in range(ROUNDS):
        page.evaluate("(count) => { window.answer = makeDots(count); }", count)
        ours = spent(page, lambda: page.evaluate("() => layer.show(reference.readDots(answer))"))
        taken["the atlas's layer"].append(ours)
        page.evaluate(PREPARE)
        theirs = spent(page, lambda: page.evaluate(MARKERS, count))
        taken["Leaflet's circle markers"].append(theirs)
    medians = {title: statistics.median(times) for title, times in taken.items()}
    ours, theirs = medians.values()
    shown = ", ".join(f"{title} {median:.1f}" for title, median in medians.items())
    print(f"{count:>9,} dots: {shown}: {theirs / ours:.1f} times")


def spent(page: Any, work: Callable[[], object]) -> float:
    """Milliseconds of the page's thread's own time, so that what else the machine does counts for nothing."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def ticks() -> float:
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(metric["value"]) for metric in metrics if metric["name"] == "ThreadTime")

    before = ticks()
    work()
    after = ticks()
    devtools.detach()
    return after - before


if __name__ == "__main__":
    main()
