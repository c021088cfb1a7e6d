"""Record pages on the project's own record: what they show, hide nothing of, and how they answer."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from deposits.models import Deposit, ResourceEstimate
from partners.models import Partner
from projects.models import Involvement, Project
from sources import merging, review
from sources.models import Claim, Record, Source
from tests import factories

pytestmark = pytest.mark.django_db

FULLEST_PAGE = 30


def address(record: Record, language: str = "en") -> str:
    return f"/{language}/{record.kind}s/{record.pk}-{record.slug}/"


def page(client: Client, record: Record, language: str = "en", query: str = "") -> str:
    answer = client.get(address(record, language) + query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(strip_tags(html).replace("\N{NO-BREAK SPACE}", " ").split())


def claim_on(html: str, claim: Any) -> str:
    """The words of one claim on a page, its source among them."""
    found = re.search(rf'<li[^>]*id="claim-{claim.pk}".*?</li>', html, re.S)
    assert found, f"claim {claim.pk} is not on the page"
    return words(found[0])


@pytest.fixture
def kuirektykol(loaded: int) -> Deposit:
    return Deposit.objects.get(key="kuirektykol")


@pytest.fixture
def programme(loaded: int) -> Project:
    return Project.objects.get(names__text="SECURE CRM")


# What sources say


def test_kuirektykol_shows_all_its_figures_each_with_its_source(client: Client, kuirektykol: Deposit) -> None:
    html = page(client, kuirektykol)
    for claim in ResourceEstimate.objects.filter(subject=kuirektykol):
        shown = claim_on(html, claim)
        assert f"{claim.quantity:,.0f} t" in shown
        assert claim.source.publisher.name in shown
    for figure in ("795,800 t", "800,000 t", "935,400 t", "1,000,000 t"):
        assert figure in words(html)


def test_kuirektykol_says_which_figures_are_comparable(client: Client, kuirektykol: Deposit) -> None:
    text = words(page(client, kuirektykol))
    assert "Only figures under one heading can be compared with each other" in text
    assert "system not stated · Irgiz area part of the deposit" in text
    assert "prognostic resources · system not stated · whole deposit different quantity" in text


def test_a_headline_says_basis_system_category_and_date(client: Client, kuirektykol: Deposit) -> None:
    text = words(page(client, kuirektykol))
    headline = "1,000,000 t contained metal · reserves · system not stated · whole deposit"
    assert f"{headline} · “industrial reserves” in the source · undated" in text


def test_a_claim_says_that_its_source_is_undated_and_not_graded(client: Client, kuirektykol: Deposit) -> None:
    claim = ResourceEstimate.objects.get(subject=kuirektykol, category="industrial reserves")
    assert "undated · not graded · not yet checked" in claim_on(page(client, kuirektykol), claim)


def test_every_fact_has_an_anchor_and_a_short_link(client: Client, kuirektykol: Deposit) -> None:
    html = page(client, kuirektykol)
    for number in Claim.objects.filter(subject=kuirektykol).values_list("pk", flat=True):
        assert html.count(f'id="claim-{number}"') == 1
        assert f'href="/c/{number}"' in html


def test_a_position_worked_out_from_a_settlement_is_our_inference(
    client: Client, kuirektykol: Deposit
) -> None:
    text = words(page(client, kuirektykol))
    assert "Known to: the district only (within 60 km) our inference" in text


def test_sources_that_differ_are_shown_as_a_range_and_none_is_chosen(client: Client, loaded: int) -> None:
    text = words(page(client, Project.objects.get(name="TALCO Gold (Konchoch)")))
    assert "16 kt – 21,000 t planned · a year" in text
    assert "sources differ" in text


def test_classification_systems_are_explained_where_they_are_used(client: Client, loaded: int) -> None:
    estimate = ResourceEstimate.objects.filter(system="GKZ").first()
    assert estimate
    html = page(client, Deposit.objects.get(pk=estimate.subject_id))
    assert "GKZ: the state commissions&#x27; system" in html
    assert "Indicative:" in html


def test_a_stage_over_five_years_old_is_marked_so(client: Client, loaded: int) -> None:
    project = Project.objects.get(name="Zafarabad uranium ore department")
    html = page(client, project)
    assert '<span class="is-muted">operating, last reported 1968</span>' in html
    assert "over five years ago" in html


def test_since_when_is_said_even_if_it_is_not_stated(client: Client, kuirektykol: Deposit) -> None:
    involvement = Involvement.objects.filter(subject__in=kuirektykol.projects.all(), since="").first()
    assert "since when is not stated; reported" in claim_on(page(client, kuirektykol), involvement)


def test_a_record_without_findings_does_not_look_safe(client: Client, loaded: int) -> None:
    deposit = Deposit.objects.exclude(claims__kind="finding").first()
    assert deposit
    text = words(page(client, deposit))
    assert "That does not mean that all is well: it means that nothing has been reported." in text


def test_loaded_facts_say_so_until_an_editor_checks_them(
    client: Client, kuirektykol: Deposit, editor: Any
) -> None:
    assert "Not yet checked by a named editor." in words(page(client, kuirektykol))
    claim = ResourceEstimate.objects.filter(subject=kuirektykol).first()
    assert claim
    review.check(claim, by=editor, note="page 3")
    html = page(client, kuirektykol)
    assert "checked by editor on" in claim_on(html, claim)
    assert "1 of them has been checked by a named editor." in words(html)


def test_a_preferred_value_is_shown_first_with_who_chose_it_and_why(
    client: Client, kuirektykol: Deposit, editor: Any
) -> None:
    claim = ResourceEstimate.objects.get(subject=kuirektykol, category="prognostic")
    review.prefer(claim, by=editor, reason="The state balance says so.")
    html = page(client, kuirektykol)
    headline = re.search(r'<p class="headline">([^<]*)', html)
    assert headline and headline[1].strip() == "935,400\N{NO-BREAK SPACE}t"
    assert "Shown first because editor chose it on" in words(html)
    assert "The state balance says so." in words(html)
    assert "1,000,000 t" in words(html)


# Programmes


def test_a_programme_uses_words_of_its_own(client: Client, programme: Project) -> None:
    text = words(page(client, programme))
    assert "running, last reported 28 January 2026" in text
    assert "implementing body" in text
    assert "Covered countries" in text
    assert "operating" not in text


def test_a_programme_opens_with_goals_partners_money_and_duration(client: Client, programme: Project) -> None:
    html = page(client, programme)
    headings = re.findall(r'<h2 id="([a-z]+)"', html)
    assert headings[:4] == ["goals", "partners", "money", "duration"]
    assert "from 28 January 2026, 3 years" in words(html)
    assert "3 million EUR" in words(html)


# Partners, sources, publishers


def test_a_partner_shows_projects_owners_and_holdings(client: Client, loaded: int) -> None:
    partner = Partner.objects.get(name="Tibet Huayu Mining")
    text = words(page(client, partner))
    assert "TALCO Gold (Konchoch) owner, 50 %" in text
    assert "China" in text
    assert "TALCO Gold: 50 %" in text


def test_a_source_lists_every_claim_it_states(client: Client, kuirektykol: Deposit) -> None:
    claim = ResourceEstimate.objects.get(subject=kuirektykol, category="prognostic")
    html = page(client, claim.source)
    stated = Claim.objects.filter(source=claim.source).values_list("pk", flat=True)
    assert all(f'id="claim-{number}"' in html for number in stated)
    assert "935,400 t" in words(html)


def test_a_source_with_hundreds_of_claims_comes_in_parts(client: Client, loaded: int) -> None:
    source = Record.objects.get(pk=Claim.objects.filter(source__name__startswith="GeoNames")[0].source_id)
    total = Claim.objects.filter(source=source.pk).count()
    numbers: set[str] = set()
    for part in range(1, total // 100 + 2):
        numbers |= set(re.findall(r'id="claim-(\d+)"', page(client, source, query=f"?page={part}")))
    assert len(numbers) == total > 100


def test_what_is_inferred_about_a_source_is_marked(client: Client, loaded: int) -> None:
    source = next(source for source in Source.objects.all() if "title" in source.inferred)
    assert "The title could not be seen on the publication itself." in words(page(client, source))


def test_a_publisher_lists_its_sources(client: Client, kuirektykol: Deposit) -> None:
    source = ResourceEstimate.objects.filter(subject=kuirektykol)[0].source
    assert source.name in words(page(client, source.publisher))


# Addresses


@pytest.mark.parametrize("wrong", ["{pk}", "{pk}-some-other-name", "{pk}-Kuirektykol"])
def test_the_number_decides_and_any_other_slug_redirects(
    client: Client, kuirektykol: Deposit, wrong: str
) -> None:
    answer = client.get("/en/deposits/" + wrong.format(pk=kuirektykol.pk) + "/?as_of=1")
    assert answer.status_code == 301
    assert answer["Location"] == address(kuirektykol) + "?as_of=1"


@pytest.mark.parametrize("path", ["deposits/99999-nowhere", "projects/3001-kuirektykol", "claims/99999999"])
def test_what_does_not_exist_is_404(client: Client, loaded: int, path: str) -> None:
    assert client.get(f"/en/{path}/").status_code == 404


def test_a_merged_record_redirects_to_the_one_that_stands_for_it(
    client: Client, kuirektykol: Deposit, administrator: Any
) -> None:
    other = Deposit.objects.exclude(pk=kuirektykol.pk).first()
    assert other
    merging.merge(other, into=kuirektykol, by=administrator)
    answer = client.get(address(other))
    assert (answer.status_code, answer["Location"]) == (301, address(kuirektykol))
    assert client.get(address(other) + "?as_of=1").status_code == 200


def test_a_withdrawn_record_is_gone_with_a_note_and_can_be_read_as_of_before(
    client: Client, kuirektykol: Deposit, administrator: Any
) -> None:
    merging.withdraw(kuirektykol, by=administrator, because="It was never there.")
    answer = client.get(address(kuirektykol))
    assert answer.status_code == 410
    assert "It was never there." in answer.content.decode()
    assert client.get(address(kuirektykol) + "?as_of=1").status_code == 200


@pytest.mark.parametrize(("accepted", "language"), [("ru,en;q=0.5", "ru"), ("fr", "en"), ("", "en")])
def test_short_links_lead_to_the_readers_language(
    client: Client, kuirektykol: Deposit, accepted: str, language: str
) -> None:
    answer = client.get(f"/d/{kuirektykol.pk}", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer["Location"]) == (302, address(kuirektykol, language))
    assert "Accept-Language" in answer["Vary"]


def test_short_links_keep_the_moment(client: Client, kuirektykol: Deposit) -> None:
    assert client.get(f"/d/{kuirektykol.pk}?as_of=1")["Location"].endswith("/?as_of=1")
    assert client.get("/c/10?as_of=1")["Location"] == "/en/claims/10/?as_of=1"


# The frame


def test_the_past_is_announced_as_what_the_atlas_said(
    client: Client, kuirektykol: Deposit, editor: Any
) -> None:
    assert "You read what this atlas said" not in page(client, kuirektykol)
    past = words(page(client, kuirektykol, query="?as_of=1"))
    assert "not the state of the mines and projects then" in past
    assert "Nothing in the atlas has changed since." in past
    factories.published(factories.FindingFactory(subject=kuirektykol))
    assert "Something in the atlas has changed since." in words(page(client, kuirektykol, query="?as_of=1"))


def test_links_of_a_past_page_lead_to_the_past(client: Client, kuirektykol: Deposit) -> None:
    html = page(client, kuirektykol, query="?as_of=1")
    away = [
        link
        for link in re.findall(r"<main.*?</main>", html, re.S)[0].split('href="')[1:]
        if link.startswith(("/en/", "/c/", "/d/")) and not re.search("(as_of|from)=1", link.split('"')[0])
    ]
    assert away == []


def test_the_language_switch_leads_to_the_same_page(client: Client, kuirektykol: Deposit) -> None:
    html = page(client, kuirektykol, query="?as_of=1")
    assert f'href="{address(kuirektykol, "ru")}?as_of=1"' in html
    assert f'hreflang="ru" href="http://testserver{address(kuirektykol, "ru")}"' in html
    assert f'rel="canonical" href="http://testserver{address(kuirektykol)}"' in html


def test_names_are_marked_with_their_language(client: Client, kuirektykol: Deposit) -> None:
    assert '<span lang="kk">Күйректікөл</span>' in page(client, kuirektykol)
    assert '<h1 lang="en">' not in page(client, kuirektykol, "ru")


def test_public_pages_set_no_cookie_and_need_no_script(client: Client, kuirektykol: Deposit) -> None:
    answer = client.get(address(kuirektykol))
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    html = answer.content.decode()
    assert " style=" not in html and "<script>" not in html and " onclick=" not in html


def test_robots_are_kept_out_of_the_desk(client: Client, loaded: int) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "Kutessay II",
        "TALCO Gold (Konchoch)",
        "North Katpar and Upper Kairakty tungsten",
        "GeoNames geographical database",
    ],
)
def test_the_fullest_record_pages_take_few_queries(
    client: Client, loaded: int, django_assert_max_num_queries: Any, name: str
) -> None:
    record = Record.objects.get(name=name)
    page(client, record)
    with django_assert_max_num_queries(FULLEST_PAGE):
        page(client, record)


def test_the_busiest_partner_takes_few_queries(
    client: Client, loaded: int, django_assert_max_num_queries: Any
) -> None:
    counts = {p.pk: Involvement.objects.filter(partner=p).count() for p in Partner.objects.all()}
    partner = Partner.objects.get(pk=max(counts, key=lambda number: counts[number]))
    page(client, partner)
    with django_assert_max_num_queries(FULLEST_PAGE):
        page(client, partner)
