"""Profiles of countries and minerals on the project's own record."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from deposits.models import Country, Mineral, ResourceEstimate
from findings.models import Finding
from projects.models import Investment
from sources.models import Claim, Record

pytestmark = pytest.mark.django_db

MOST_QUERIES = 30
FOUNDING = (
    "asia-plus-2025-10-15-lithium",
    "nca-2026-02-09-green-minerals",
    "news7-asia-rare-earths-race",
    "unodc-2026-01-secure-crm",
)
FOLDERS = {"country": "countries", "mineral": "minerals"}


def page(client: Client, record: Record) -> str:
    answer = client.get(f"/en/{FOLDERS[record.kind]}/{record.pk}-{record.slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(strip_tags(html).replace("\N{NO-BREAK SPACE}", " ").split())


def claim_on(html: str, claim: Claim) -> str:
    """The words of one claim on a page, its source among them."""
    found = re.search(rf'<(li|tr|div)[^>]*id="claim-{claim.pk}".*?</\1>', html, re.S)
    assert found, f"claim {claim.pk} is not on the page"
    return words(found[0])


def country(code: str) -> Country:
    return Country.objects.get(iso2=code)


# Countries


@pytest.mark.parametrize("source", FOUNDING)
def test_every_fact_of_the_founding_articles_on_a_country_stands_on_its_page_with_its_source(
    client: Client, loaded: int, source: str
) -> None:
    pages = {record.pk: page(client, record) for record in Country.objects.all()}
    stated = Claim.objects.filter(source__key=source, subject__in=pages)
    assert stated.exists()
    for claim in stated:
        assert words(claim.source.name) in claim_on(pages[claim.subject_id], claim)


@pytest.mark.parametrize("source", FOUNDING[1:])
def test_every_fact_of_the_founding_articles_on_the_region_stands_with_the_countries(
    client: Client, loaded: int, source: str
) -> None:
    html = client.get("/en/countries/").content.decode()
    for claim in Finding.objects.filter(source__key=source, subject__kind="region"):
        assert claim.statement in claim_on(html, claim).replace("&#x27;", "'")


def test_tajikistan_shows_ten_of_twelve_beside_ten_of_seventeen(client: Client, loaded: int) -> None:
    html = page(client, country("TJ"))
    for unit in ("of 12 critical metals", "of 17 critical minerals"):
        claim = Finding.objects.get(subject=country("TJ"), quantity=10, unit=unit)
        assert claim.statement in claim_on(html, claim)


def test_second_and_third_in_antimony_are_shown_as_a_difference_and_never_against_tonnes(
    client: Client, loaded: int
) -> None:
    html = page(client, country("TJ"))
    differing = html[html.index('id="differences"') : html.index('id="work"')]
    assert re.search(r"Antimony: reserves\s+[12]–3 rank", words(differing))
    ranks = Finding.objects.filter(
        subject=country("TJ"), topic="reserves", mineral__key="antimony", unit="rank"
    )
    assert {2, 3} <= {int(claim.quantity or 0) for claim in ranks}
    for claim in ranks:
        assert claim_on(html, claim)


@pytest.mark.parametrize(
    ("code", "sum_shown"), [("KZ", "3.5 billion USD"), ("KG", "1.2 billion USD"), ("UZ", "2 billion USD")]
)
def test_investments_of_the_founding_article_stand_with_their_partners(
    client: Client, loaded: int, code: str, sum_shown: str
) -> None:
    html = page(client, country(code))
    claim = Investment.objects.get(subject=country(code), source__key="news7-asia-rare-earths-race")
    shown = claim_on(html, claim)
    assert sum_shown in shown
    assert all(partner.name in shown for partner in claim.partners.all())
    assert claim.partners.exists()


def test_sums_of_a_country_are_not_set_against_each_other(client: Client, loaded: int) -> None:
    html = page(client, country("UZ"))
    for claim in Investment.objects.filter(subject=country("UZ")):
        assert "disagrees" not in claim_on(html, claim)


def test_who_mines_what_leaves_out_programmes_and_what_is_over(client: Client, loaded: int) -> None:
    html = page(client, country("TJ"))
    work = html[html.index('id="work"') : html.index('id="findings"')]
    assert "TALCO Gold (Konchoch)" in work
    assert "Secure Critical Raw Materials" not in work


def test_stage_counts_lead_to_the_list_that_holds_as_many(client: Client, loaded: int) -> None:
    html = page(client, country("KZ"))
    link, count = re.findall(
        r'href="(/en/projects/\?country=KZ&amp;stage=operating)">Operating</a> <span class="number">(\d+)',
        html,
    )[0]
    listed = words(client.get(link.replace("&amp;", "&")).content.decode())
    assert f" {count} projects of " in listed


# Minerals


def test_every_estimate_of_a_mineral_stands_on_its_page_and_none_is_a_sum(
    client: Client, loaded: int
) -> None:
    tungsten = Mineral.objects.get(key="tungsten")
    html = page(client, tungsten)
    estimates = ResourceEstimate.objects.as_of(loaded).filter(mineral=tungsten)
    assert estimates.count() > 50
    for claim in estimates:
        shown = claim_on(html, claim)
        assert claim.subject.name in shown
        assert (
            claim.quantity is None or f"{claim.quantity.normalize():,f} {claim.get_unit_display()}" in shown
        )
    assert "These figures are never added up" in html
    assert not re.search(
        r"\btotal\b", words(html[html.index('id="estimates"') : html.index('id="production"')])
    )


def test_a_table_of_estimates_holds_one_basis_and_one_system(client: Client, loaded: int) -> None:
    html = page(client, Mineral.objects.get(key="antimony"))
    section = html[html.index('id="estimates"') : html.index('id="production"')]
    for table in section.split("<h3 ")[1:]:
        numbers = re.findall(r'id="claim-(\d+)"', table)
        kinds = ResourceEstimate.objects.filter(pk__in=numbers).values_list("basis", "system").distinct()
        assert len(kinds) == 1


def test_konchochs_rounded_figures_are_shown_as_the_same_figure(client: Client, loaded: int) -> None:
    html = page(client, Mineral.objects.get(key="antimony"))
    claim = ResourceEstimate.objects.get(subject__key="konchoch", mineral__key="antimony", quantity=264_616)
    assert "same figure" in claim_on(html, claim)


def test_a_mineral_names_the_lists_that_it_is_on_with_their_acts(client: Client, loaded: int) -> None:
    html = page(client, Mineral.objects.get(key="uranium"))
    lists = words(html[html.index('id="lists"') : html.index('id="partners"')])
    assert re.search(r"critical raw materials \(2023\) ?No ?Annex II of Regulation \(EU\) 2024/1252", lists)
    assert re.search(r"critical minerals \(2025\) ?Yes ?U.S. Department of the Interior", lists)


def test_uses_are_in_the_readers_language(client: Client, loaded: int) -> None:
    lithium = Mineral.objects.get(key="lithium")
    answer = client.get(f"/ru/minerals/{lithium.pk}-{lithium.slug}/").content.decode()
    assert lithium.uses_ru[1:] in answer


def test_a_mineral_without_deposits_does_not_say_there_are_none(client: Client, loaded: int) -> None:
    shown = words(page(client, Mineral.objects.get(key="promethium")))
    assert "No deposit or project of it is recorded in the region. That says nothing" in shown


def test_the_minerals_stand_in_their_groups(client: Client, loaded: int) -> None:
    html = client.get("/en/minerals/").content.decode()
    battery = html[html.index('<h2 id="battery-metals"') : html.index('<h2 id="rare-earth-elements"')]
    assert "lithium" in battery and "cerium" not in battery
    assert len(re.findall(r'<th scope="row">', html)) == Mineral.objects.count()


# Both


@pytest.mark.parametrize(
    "address",
    [
        "/en/countries/",
        "/en/minerals/",
        "/en/countries/1-kazakhstan/",
        "/en/minerals/106-rare-earth-elements/",
    ],
)
def test_a_profile_takes_few_queries(client: Client, loaded: int, address: str) -> None:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= MOST_QUERIES


@pytest.mark.parametrize("address", ["/en/countries/1-wrong/", "/en/countries/1/"])
def test_another_slug_leads_to_the_countrys_address(client: Client, loaded: int, address: str) -> None:
    answer = client.get(address + "?as_of=1")
    assert (answer.status_code, answer["Location"]) == (301, "/en/countries/1-kazakhstan/?as_of=1")


@pytest.mark.parametrize(
    "address", ["/en/countries/999999/", "/en/minerals/1-kazakhstan/", "/en/countries/101/"]
)
def test_a_number_of_another_kind_is_no_such_page(client: Client, loaded: int, address: str) -> None:
    assert client.get(address).status_code == 404


def test_links_of_a_profile_of_the_past_keep_its_moment(client: Client, loaded: int) -> None:
    html = client.get(f"/en/countries/1-kazakhstan/?as_of={loaded}").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    inside = re.findall(r'href="(/en/[^"]*)"', main)
    assert inside
    assert all(f"as_of={loaded}" in link or f"from={loaded}" in link for link in inside)


@pytest.mark.parametrize("address", ["/en/countries/", "/en/minerals/", "/en/deposits/", "/en/sources/"])
def test_an_empty_atlas_answers_with_empty_pages(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 200
