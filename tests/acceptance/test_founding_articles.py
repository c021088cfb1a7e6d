"""The articles the atlas began with: each of their facts can be read on a page, its source beside it."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from django.utils.translation import override

from atlas.addresses import address
from atlas.pages.formatting import show_value
from atlas.pages.wording import role_word, stage_word
from deposits.models import Country, Deposit, Mineral, ResourceEstimate
from findings.models import Finding
from projects.models import Investment, Project
from sources.models import Claim, Record
from sources.models.claims import typed

pytestmark = pytest.mark.django_db

ASIA_PLUS = "asia-plus-2025-10-15-lithium"
NCA = "nca-2026-02-09-green-minerals"
NEWS7 = "news7-asia-rare-earths-race"
UNODC = "unodc-2026-01-secure-crm"


def words(html: str) -> str:
    """The text of HTML, as a reader sees it."""
    plain = strip_tags(html.replace("<", " <")).replace("&#x27;", "'").replace("&amp;", "&")
    return " ".join(plain.replace("\N{NO-BREAK SPACE}", " ").split())


def read(client: Client, record: Record, language: str = "en") -> str:
    with override(language):
        path = address(record)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def stated(html: str, claim: Claim) -> str:
    """The part of a page that states one claim."""
    found = re.search(rf'<(li|tr|div)[^>]*id="claim-{claim.pk}".*?</\1>', html, re.S)
    assert found, f"claim {claim.pk} is not on the page"
    return found[0]


def assert_all_can_be_read(client: Client, claims: Iterable[Claim]) -> None:
    """Every claim stands on its subject's page: its value there, its source linked beside it."""
    pages: dict[int, str] = {}
    for claim in typed(claims):
        html = pages.setdefault(claim.subject_id, "") or read(client, claim.subject)
        pages[claim.subject_id] = html
        beside = stated(html, claim)
        assert f'href="/en/sources/{claim.source_id}-' in beside, f"claim {claim.pk} without its source"
        assert words(claim.source.name) in words(beside)
        with override("en"):
            value = words(in_words(claim))
        assert value.casefold() in words(html).casefold(), f"claim {claim.pk}: {value}"


def in_words(claim: Any) -> str:
    """What a page of its subject says it states; programmes run where mines operate."""
    subject = Project.objects.filter(pk=claim.subject_id).first()
    if claim.kind == "involvement":
        return role_word(claim, subject)
    if claim.kind == "stage":
        return stage_word(claim.stage, claim.get_stage_display(), subject)
    return show_value(claim)


def country(code: str) -> Country:
    return Country.objects.get(iso2=code)


@pytest.fixture
def programme(loaded: int) -> Project:
    return Project.objects.get(name__startswith="Secure Critical Raw Materials")


@pytest.mark.parametrize(("source", "at_least"), [(ASIA_PLUS, 33), (NCA, 30), (NEWS7, 46), (UNODC, 12)])
def test_every_fact_of_a_founding_article_can_be_read_with_its_source_beside_it(
    client: Client, loaded: int, source: str, at_least: int
) -> None:
    claims = Claim.objects.filter(source__key=source)
    assert claims.count() >= at_least
    assert_all_can_be_read(client, claims)


def test_a_founding_articles_own_page_lists_all_it_states(client: Client, loaded: int) -> None:
    for claim in Claim.objects.filter(source__key=ASIA_PLUS).select_related("source"):
        assert f'href="/c/{claim.pk}"' in read(client, claim.source)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_ten_of_twelve_critical_metals_stand_beside_ten_of_seventeen(
    client: Client, loaded: int, language: str
) -> None:
    html = read(client, country("TJ"), language)
    for unit in ("of 12 critical metals", "of 17 critical minerals"):
        claim = Finding.objects.get(subject=country("TJ"), quantity=10, unit=unit)
        assert f'href="/{language}/sources/{claim.source_id}-' in stated(html, claim)


def test_tajikistan_is_second_in_antimony_by_one_source_and_third_by_another(
    client: Client, loaded: int
) -> None:
    ranks = Finding.objects.filter(
        subject=country("TJ"), topic="reserves", mineral__key="antimony", unit="rank"
    )
    html = read(client, country("TJ"))
    second = ranks.get(source__key=ASIA_PLUS)
    third = ranks.filter(quantity=3)
    assert second.quantity == 2
    assert third.exists()
    for claim in (second, *third):
        assert words(claim.statement) in words(stated(html, claim))
        assert "disagrees" in words(stated(html, claim))


@pytest.mark.parametrize(
    ("code", "amount"), [("KZ", "3.5 billion USD"), ("KG", "1.2 billion USD"), ("UZ", "2 billion USD")]
)
def test_a_countrys_investment_stands_with_its_partners_and_its_source(
    client: Client, loaded: int, code: str, amount: str
) -> None:
    claim = Investment.objects.get(subject=country(code), source__key=NEWS7)
    beside = words(stated(read(client, country(code)), claim))
    assert amount in beside
    assert claim.partners.count() == 2
    assert all(partner.name in beside for partner in claim.partners.all())
    assert words(claim.source.name) in beside


def test_the_programmes_page_shows_its_goals_partners_countries_and_duration(
    client: Client, programme: Project
) -> None:
    html = read(client, programme)
    text = words(html)
    for partner in ("United Nations Office on Drugs and Crime", "European Union"):
        assert partner in text
    for code in ("KZ", "KG", "TJ", "TM", "UZ"):
        assert country(code).name in text
    assert "3 years" in text
    goals = Finding.objects.filter(subject=programme, topic__startswith="goal")
    assert goals.exists()
    for goal in goals:
        assert f'href="/en/sources/{goal.source_id}-' in stated(html, goal)


def test_rare_earth_and_lithium_pages_carry_what_articles_say_of_them(client: Client, loaded: int) -> None:
    for key, source in (("lithium", ASIA_PLUS), ("rare-earth-elements", NEWS7)):
        mineral = Mineral.objects.get(key=key)
        claims = Claim.objects.filter(subject=mineral, source__key=source)
        assert claims.exists()
        assert_all_can_be_read(client, claims)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_kuirektykols_four_figures_stand_with_their_sources_and_what_can_be_compared(
    client: Client, loaded: int, language: str
) -> None:
    deposit = Deposit.objects.get(name="Kuirektykol")
    html = read(client, deposit, language)
    estimates = ResourceEstimate.objects.filter(subject=deposit, mineral__key="rare-earth-elements")
    assert {795_800, 800_000, 935_400, 1_000_000} <= {int(claim.quantity or 0) for claim in estimates}
    for claim in estimates:
        assert f'href="/{language}/sources/{claim.source_id}-' in stated(html, claim)
    if language == "en":
        assert "Only figures under one heading can be compared" in words(html)
        irgiz = estimates.get(quantity=800_000)
        assert "Irgiz" in words(html[: html.index(f'id="claim-{irgiz.pk}"')])
