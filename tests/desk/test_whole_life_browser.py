"""The whole life of three claims in real browsers: entered, published, checked, replaced, withdrawn, kept."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.loaded_database import PASSWORD
from tests.outside_web import OutsideWeb

pytestmark = pytest.mark.slow

SECONDS_UNTIL_PUBLIC = 2
KUIREKTYKOL = 3001
TITLE = "What lies in Mount Probe"
ARTICLE = f"""<html lang="en"><head><title>{TITLE}</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="Steppe Courier">
<meta name="author" content="Anna Writer">
<meta property="article:published_time" content="2026-04-02T10:00:00Z"></head>
<body><article><h1>{TITLE}</h1>
<p>Kuirektykol holds 777.7 thousand tonnes, geologists said.</p></article></body></html>"""


class Reader:
    """Somebody without an account, who reads the public pages."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def opens(self, address: str) -> Locator:
        """Open a public page that must be there; its main part."""
        answer = self.page.goto(self.site + address)
        assert answer is not None and answer.ok, address
        return self.page.locator("main")

    def sees_within_two_seconds(self, address: str, words: str, since: float) -> None:
        """What is asked for two seconds after `since` (time.monotonic) has the words, on any machine."""
        while True:
            asked = time.monotonic()
            if words in " ".join(self.opens(address).inner_text().split()):
                return
            assert asked - since < SECONDS_UNTIL_PUBLIC, f"{address} does not show {words!r}"


@pytest.fixture
def contributor_at_desk(page: Page, desk_server: str, closed_network: list[str]) -> Page:
    return signed_in(page, desk_server, "contributor")


@pytest.fixture
def editor_at_desk(new_context: Any, desk_server: str) -> Page:
    return signed_in(new_context().new_page(), desk_server, "editor")


@pytest.fixture
def reader(new_context: Any, desk_server: str) -> Reader:
    return Reader(new_context().new_page(), desk_server)


def test_the_whole_life_of_three_claims(
    contributor_at_desk: Page,
    editor_at_desk: Page,
    reader: Reader,
    outside_web: OutsideWeb,
    closed_network: list[str],
) -> None:
    contributor, editor = contributor_at_desk, editor_at_desk

    article = outside_web.show("/2026/04/mount-probe", ARTICLE)
    pastes_the_source(contributor, article)
    enters_a_new_deposit_with_a_place_from_the_map(contributor)
    enters_what_occurs_there(contributor)
    enters_an_estimate_of_another_deposit(contributor)
    submits_all(contributor, 3)
    location, occurrence, estimate = claims_entered(contributor)
    cannot_publish(contributor, estimate)

    published = publishes_the_batch(editor, 3)
    deposit = deposit_of(reader, location, published)
    reader.sees_within_two_seconds(f"/d/{deposit}", "Mount Probe", published)
    reader.sees_within_two_seconds(f"/d/{KUIREKTYKOL}", "777.7 kt", published)
    the_map_shows(reader, deposit)
    then = tick_of(reader, estimate)

    checks(editor, estimate, outside_web)
    assert "Checked by editor" in reader.opens(f"/c/{estimate}").inner_text()
    successor = supersedes(contributor, estimate)
    publishes(editor, successor)
    retracts(editor, occurrence)

    the_corrections_log_tells(reader)
    the_past_still_says_what_it_said(reader, deposit, occurrence, then)
    the_pages_of_claims_tell(reader, occurrence, estimate, successor)
    old_addresses_still_work(reader, deposit)
    assert closed_network == []


# The contributor


def pastes_the_source(page: Page, article: str) -> None:
    """An address, and the form comes filled in; saving it asks the archive for a dated copy."""
    presses(page, page.get_by_role("link", name="Add a source by its address"))
    page.locator("#id_address").fill(article)
    presses(page, page.get_by_role("button", name="Look it up"))
    expect(page.locator("#id_name")).to_have_value(TITLE)
    expect(page.locator("#id_author")).to_have_value("Anna Writer")
    expect(page.locator("#id_published")).to_have_value("2026-04-02")
    expect(page.locator("#id_new_publisher")).to_have_value("Steppe Courier")
    page.locator("#id_type").select_option("news")
    saves(page)
    expect(page.get_by_text("Archived copy: ")).to_be_visible()
    expect(page.get_by_role("heading", name="Enter a fact: what does it state?")).to_be_visible()


def enters_a_new_deposit_with_a_place_from_the_map(page: Page) -> None:
    presses(page, page.get_by_role("link", name="Location", exact=True))
    with page.expect_popup() as opened:
        page.locator("[data-adds-subject]", has_text="deposit").click()
    window = opened.value
    window.wait_for_load_state()
    window.locator("#id_name").fill("Mount Probe")
    window.locator("#id_country").select_option(label="Kazakhstan")
    with window.expect_event("close"):
        window.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#id_subject option:checked")).to_have_text("Mount Probe")
    picker = page.locator(".point-picker")
    expect(picker.locator(".leaflet-pane").first).to_be_attached()
    picker.click(position={"x": 200, "y": 120})
    expect(page.locator("#id_latitude")).not_to_have_value("")
    page.locator("#id_precision").select_option("site")
    saves(page)


def enters_what_occurs_there(page: Page) -> None:
    """The next claim begins with the record of the last."""
    presses(page, page.get_by_role("link", name="Occurrence", exact=True))
    expect(page.locator("#id_subject option:checked")).to_have_text("Mount Probe")
    chooses(page, "mineral", "tungsten")
    page.locator("#id_role").select_option("main")
    saves(page)


def enters_an_estimate_of_another_deposit(page: Page) -> None:
    """A record found by a spelling of its name, a figure as a Kazakh source writes it."""
    presses(page, page.get_by_role("link", name="Resource estimate", exact=True))
    chooses(page, "subject", "Куйректыколь", "Kuirektykol")
    chooses(page, "mineral", "rare earth")
    page.locator("#id_quantity").fill("777,7 мың тонна")
    page.locator("#id_as_of").fill("2026 жылғы сәуір")
    page.locator("#id_excerpt").fill("holds 777.7 thousand tonnes")
    expect(page.locator("#id_quantity-understood")).to_contain_text("777.7 kt")
    saves(page)


def submits_all(page: Page, count: int) -> None:
    presses(page, page.get_by_role("button", name=f"Submit all {count} drafts for review"))
    expect(page.get_by_text(f"{count} claims submitted.")).to_be_visible()


def claims_entered(page: Page) -> list[str]:
    """The numbers of the claims from the source in hand, in the order in which they were entered."""
    links = page.locator(".desk-table td:first-child a").all()
    return [re.findall(r"/(\d+)/change/", str(link.get_attribute("href")))[0] for link in links]


def cannot_publish(page: Page, claim: str) -> None:
    """Neither is it offered, nor does the desk do it when asked anyway."""
    opens_claim(page, claim)
    expect(page.get_by_text("another editor publishes it")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    take_back = page.locator("form.desk-step", has=page.get_by_role("button", name="Take back"))
    take_back.evaluate("form => { form.action = form.action.replace('take-back', 'publish') }")
    with page.expect_navigation() as answer:
        take_back.get_by_role("button").click()
    assert answer.value.status == 403
    expect(page.get_by_text("Your account may not take this step.")).to_be_visible()


def supersedes(page: Page, claim: str) -> str:
    """Enter what replaces the claim, and submit that; its number."""
    opens_claim(page, claim)
    presses(page, page.get_by_role("link", name="Supersede"))
    expect(page.locator("#id_quantity")).to_have_value("777.7")
    page.locator("#id_quantity").fill("888.8")
    page.locator("#id_note").fill("The paper corrected its figure.")
    presses(page, page.get_by_role("button", name="Save and continue editing"))
    presses(page, page.get_by_role("button", name="Submit for review"))
    expect(page.get_by_text("Submitted; an editor will decide.")).to_be_visible()
    return re.findall(r"/(\d+)/change/", page.url)[0]


# The editor


def publishes_the_batch(page: Page, count: int) -> float:
    """All that waits from the source, in one step; when it was done (time.monotonic)."""
    presses(page, page.get_by_role("link", name="Waiting for review"))
    page.goto(f"{page.url}&q={TITLE}")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("publish_claims")
    presses(page, page.get_by_role("button", name="Run"))
    expect(page.get_by_text(f"{count} claims published.")).to_be_visible()
    return time.monotonic()


def publishes(page: Page, claim: str) -> None:
    opens_claim(page, claim)
    presses(page, page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("Published.", exact=True)).to_be_visible()


def checks(page: Page, claim: str, web: OutsideWeb) -> None:
    """Open the archived copy beside the claim, compare, say so."""
    opens_claim(page, claim)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Archived copy").first.click()
    expect(opened.value.get_by_text("777.7 thousand tonnes")).to_be_visible()
    assert opened.value.url.startswith(f"{web.site}/web/")
    opened.value.close()
    takes_step(page, "Checked against the source", "Read in the archived copy.")
    expect(page.get_by_text("Your check stands on the public page.")).to_be_visible()


def retracts(page: Page, claim: str) -> None:
    opens_claim(page, claim)
    takes_step(page, "Retract", "The paper withdrew it.")
    expect(page.get_by_text("Retracted; it stays reachable.")).to_be_visible()


# The reader


def deposit_of(reader: Reader, claim: str, since: float) -> str:
    """The number of the record that a claim is about, from the claim's public page."""
    reader.sees_within_two_seconds(f"/c/{claim}", "Mount Probe", since)
    link = reader.page.locator("main .eyebrow a", has_text="Mount Probe").get_attribute("href")
    return re.findall(r"/deposits/(\d+)-", str(link))[0]


def the_map_shows(reader: Reader, deposit: str) -> None:
    """In the map's list, and as a mark."""
    reader.opens("/en/?country=KZ&mineral=tungsten&kind=deposit")
    expect(reader.page.locator(f".map-list [data-record='{deposit}']")).to_be_visible()
    expect(reader.page.locator(".map-canvas button.leaflet-marker-icon").first).to_be_visible()


def tick_of(reader: Reader, claim: str) -> int:
    """The tick at which it was published, as its page says."""
    return int(re.findall(r"tick (\d+)", reader.opens(f"/c/{claim}").inner_text())[0])


def the_corrections_log_tells(reader: Reader) -> None:
    log = reader.opens("/en/corrections/")
    replaced = log.locator(".change", has_text="The paper corrected its figure.")
    expect(replaced).to_contain_text("777.7 kt")
    expect(replaced).to_contain_text("888.8 kt")
    retracted = log.locator(".change", has_text="The paper withdrew it.")
    expect(retracted).to_contain_text("Mount Probe")
    expect(retracted).to_contain_text("Nothing took its place.")


def the_past_still_says_what_it_said(reader: Reader, deposit: str, retracted: str, then: int) -> None:
    now = reader.opens(f"/d/{KUIREKTYKOL}")
    expect(now).to_contain_text("888.8 kt")
    expect(now).not_to_contain_text("777.7 kt")
    past = reader.opens(f"/d/{KUIREKTYKOL}?as_of={then}")
    expect(past).to_contain_text("777.7 kt")
    expect(past).not_to_contain_text("888.8 kt")
    expect(reader.opens(f"/d/{deposit}").locator(f"#claim-{retracted}")).to_have_count(0)
    expect(reader.opens(f"/d/{deposit}?as_of={then}").locator(f"#claim-{retracted}")).to_have_count(1)
    assert reader.page.request.get(f"{reader.site}/d/{deposit}?as_of={then - 1}").status == 404


def the_pages_of_claims_tell(reader: Reader, occurrence: str, estimate: str, successor: str) -> None:
    old = reader.opens(f"/c/{estimate}")
    expect(old).to_contain_text("Superseded on")
    expect(old).to_contain_text("The paper corrected its figure.")
    expect(old).to_contain_text("Read in the archived copy.")
    old.get_by_role("link", name=f"See claim {successor}").click()
    expect(reader.page.locator("h1")).to_contain_text("888.8 kt")
    gone = reader.opens(f"/c/{occurrence}")
    expect(gone).to_contain_text("Retracted on")
    expect(gone).to_contain_text("The paper withdrew it.")


def old_addresses_still_work(reader: Reader, deposit: str) -> None:
    """A record's number decides, whatever name stood in the address that somebody kept."""
    reader.opens(f"/en/deposits/{deposit}-another-name/")
    expect(reader.page).to_have_url(f"{reader.site}/en/deposits/{deposit}-mount-probe/")
    expect(reader.page.locator("h1")).to_contain_text("Mount Probe")


# Hands


def signed_in(page: Page, site: str, username: str) -> Page:
    page.goto(f"{site}/admin/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    presses(page, page.get_by_role("button", name="Log in"))
    expect(page.get_by_role("heading", name="Enter a fact", exact=True)).to_be_visible()
    return page


def presses(page: Page, what: Locator) -> None:
    """Press what leads to another page, and wait until that has loaded."""
    with page.expect_navigation():
        what.click()


def saves(page: Page) -> None:
    presses(page, page.get_by_role("button", name="Save", exact=True))


def chooses(page: Page, field: str, typed: str, called: str = "") -> None:
    """Choose a record in a field that looks records up while one types."""
    page.locator(f".field-{field} .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(typed)
    page.locator(".select2-results__option", has_text=called or typed).first.click()
    expect(page.locator(f"#id_{field} option:checked")).to_contain_text(called or typed)


def opens_claim(page: Page, number: str) -> None:
    """Find a claim by its number, as the search of all claims does."""
    page.goto(re.sub(r"/admin/.*", f"/admin/sources/claim/{number}/change/", page.url))
    expect(page.get_by_role("heading", name=f"Claim {number}")).to_be_visible()


def takes_step(page: Page, name: str, words: str) -> None:
    """Open a step that takes words, write them, take it."""
    step = page.locator("details.desk-step", has_text=name)
    step.locator("summary").click()
    step.locator("textarea").fill(words)
    presses(page, step.get_by_role("button", name=name))
