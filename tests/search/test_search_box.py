"""The search box in a browser: suggestions by keyboard and pointer, and none needed."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

BOX = "#q"
OPTION = ".suggestions [role=option]"


@pytest.fixture
def searching(page: Page, atlas_server: str, closed_network: list[str]) -> Page:
    page.goto(f"{atlas_server}/en/search/")
    return page


def test_typing_offers_names_and_the_keyboard_opens_one(searching):
    searching.locator(BOX).press_sequentially("Куйрек")
    box = searching.locator(BOX)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    chosen = searching.locator(f"{OPTION}[aria-selected=true]")
    expect(chosen).to_contain_text("Kuirektykol")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    box.press("Enter")
    expect(searching).to_have_url(re.compile(r"/en/deposits/\d+-kuirektykol/"))


def test_escape_closes_the_list_and_keeps_what_was_typed(searching):
    box = searching.locator(BOX)
    box.press_sequentially("gold")
    expect(searching.locator(OPTION).first).to_be_visible()
    box.press("Escape")
    expect(searching.locator(".suggestions")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("gold")


def test_a_click_opens_a_suggestion(searching):
    searching.locator(BOX).press_sequentially("Kumtor")
    searching.locator(OPTION).first.click()
    expect(searching).to_have_url(re.compile(r"/en/(deposits|projects)/\d+-kumtor"))


def test_enter_without_a_choice_searches_for_what_was_typed(searching):
    searching.locator(BOX).press_sequentially("Зарафшон")
    searching.locator(BOX).press("Enter")
    expect(searching.locator("mark").first).to_be_visible()


def test_a_slow_answer_to_an_earlier_word_is_not_shown(searching):
    searching.route(
        re.compile(r"suggest/\?q=gold$"), lambda route: (searching.wait_for_timeout(600), route.continue_())
    )
    box = searching.locator(BOX)
    box.press_sequentially("gold")
    searching.wait_for_timeout(250)
    box.fill("Kumtor")
    expect(searching.locator(OPTION).first).to_contain_text("Kumtor")
    searching.wait_for_timeout(600)
    expect(searching.locator(OPTION).first).to_contain_text("Kumtor")


def test_the_form_searches_without_scripts(new_context, atlas_server):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{atlas_server}/en/search/")
    page.fill(BOX, "Күйректікөл")
    page.press(BOX, "Enter")
    expect(page.locator("mark").first).to_have_text("Күйректікөл")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "address", ["search/", "search/?q=gold", "near/?q=Навои&radius=200", "near/?q=Aksu", "near/?q=95,+65"]
)
def test_pages_are_accessible_and_fit(page, atlas_server, closed_network, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{atlas_server}/en/{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert closed_network == []


def test_an_open_list_of_suggestions_is_accessible(searching):
    searching.locator(BOX).press_sequentially("gold")
    expect(searching.locator(OPTION).first).to_be_visible()
    searching.locator(BOX).press("ArrowDown")
    found = Axe().run(searching)
    assert found.violations_count == 0, found.generate_report()
