"""Narrow windows and large letters: no page type scrolls sideways, in either language."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.acceptance.test_axe import PAGES

#: A phone, and a desk's window at 400 % (WCAG 2.2, 1.4.10).
WIDTHS = (390, 320)
HEIGHT = 800
#: What is wider than the window and does not scroll in a part of its own.
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const scrolls = (element) => element && (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX)
    || scrolls(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter((element) =>
    element.getBoundingClientRect().right > edge + 1 && !scrolls(element.parentElement));
  const named = wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120));
  return [`${document.documentElement.scrollWidth} px`, ...named];
}"""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_page_scrolls_sideways(new_context: Any, atlas_server: str, language: str) -> None:
    page: Page = new_context(locale=language).new_page()
    wrong = []
    for path in PAGES:
        page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        page.goto(atlas_server + path.replace("/en/", f"/{language}/").replace("/ru/", f"/{language}/"))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            wrong += [f"{path} at {width}: {found}" for found in page.evaluate(TOO_WIDE)]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.set_viewport_size({"width": 1280, "height": HEIGHT})
        wrong += [f"{path} in large letters: {found}" for found in page.evaluate(TOO_WIDE)]
    assert not wrong, "\n".join(wrong)
