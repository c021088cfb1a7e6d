"""Accessibility of every page type in a real browser, wide and on a phone: axe finds nothing."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
#: One address of each template, by short links and numbers, which last.
PAGES = (
    "/en/",
    "/ru/countries/",
    "/k/3",
    "/ru/minerals/",
    "/m/103",
    "/en/deposits/",
    "/ru/projects/?country=TJ",
    "/en/partners/",
    "/ru/sources/",
    "/d/3001",
    "/p/4224",
    "/p/4001",
    "/o/2172",
    "/s/5596",
    "/h/1110",
    "/en/claims/6/",
    "/en/claims/6/cite/",
    "/ru/search/?q=Kuirektykol",
    "/en/near/?q=Ayni",
    "/en/corrections/",
    "/ru/health-of-the-record/",
    "/en/health-of-the-record/disputed/",
    "/en/feeds/",
    "/ru/suggest/",
    "/en/glossary/",
    "/ru/about/",
    "/en/methodology/",
    "/ru/privacy/",
    "/en/map/embed/",
    "/en/embed/map/",
    "/en/embed/deposit/3001/",
    "/en/nowhere/",
    "/en/deposits/?as_of=1",
    "/en/deposits/?as_of=nonsense",
)
#: How many of them are looked at in dark colours as well: those of which most others are made.
DARK = 12


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, a line each (https://dequeuniversity.com/rules/axe/)."""
    return [
        f"{found['id']}: {node['target']} {node['html'][:120]}"
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"][:3]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_type(
    page: Page, atlas_server: str, closed_network: list[str], scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    wrong = []
    for path in PAGES if scheme == "light" else PAGES[:DARK]:
        page.set_viewport_size(WIDE)
        page.goto(atlas_server + path)
        for size in (WIDE, PHONE) if scheme == "light" else (WIDE,):
            page.set_viewport_size(size)
            wrong += [f"{path} at {size['width']}: {found}" for found in violations(page)]
    assert not wrong, "\n".join(wrong)
    assert closed_network == []
