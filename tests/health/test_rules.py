"""Each rule of the record's health on a record made for it: one thing that counts, one that does not."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from atlas.health.evidence import collect
from atlas.health.rules import BY_KEY, RULES, failing, measure
from atlas.published.keeper import keeper
from deposits.models import Deposit
from sources import links, review
from sources.fetching import Page
from sources.models import ClaimText, LinkCheck, Source
from tests.desk.forms import address, signed_in
from tests.factories import (
    CountryFactory,
    DepositFactory,
    EstimateFactory,
    FindingFactory,
    LocationFactory,
    MineralFactory,
    OccurrenceFactory,
    SourceFactory,
    person,
    published,
)

pytestmark = pytest.mark.django_db


def told(key: str) -> tuple[int, int]:
    """(for how many a rule holds, of how many)."""
    share = measure(collect(keeper.newest()), BY_KEY[key]).overall
    return share.holding, share.total


def test_checked() -> None:
    published(EstimateFactory())
    review.check(published(EstimateFactory()), person("an-editor", "editor"))
    assert told("checked") == (1, 2)


def test_independent() -> None:
    first = published(EstimateFactory())
    published(EstimateFactory(subject=first.subject, mineral=first.mineral))
    published(EstimateFactory())
    assert told("independent") == (1, 2)


def test_reprints_are_no_second_voice() -> None:
    first = published(EstimateFactory())
    copy = SourceFactory(copy_of=first.source)
    published(EstimateFactory(subject=first.subject, mineral=first.mineral, source=copy))
    assert told("independent") == (0, 1)


def test_archived() -> None:
    published(EstimateFactory())
    published(EstimateFactory(source=SourceFactory(archive_url="https://web.archive.example/web/1/x")))
    assert told("archived") == (1, 2)


def test_dead_link(monkeypatch: pytest.MonkeyPatch) -> None:
    published(EstimateFactory(source=SourceFactory(url="https://a.example/gone")))
    published(EstimateFactory(source=SourceFactory(url="https://a.example/there")))
    status = {"https://a.example/gone": 404, "https://a.example/there": 200}
    monkeypatch.setattr(links, "fetch", lambda url: Page(url, status[url], "text/html", b""))
    links.check_links(Source.objects.order_by("pk"), 0, lambda check: None)
    assert told("dead_link") == (1, 2)


def test_disputed() -> None:
    first = published(EstimateFactory(quantity=100))
    published(EstimateFactory(subject=first.subject, mineral=first.mineral, quantity=900))
    agreed = published(EstimateFactory(quantity=100))
    published(EstimateFactory(subject=agreed.subject, mineral=agreed.mineral, quantity=100))
    assert told("disputed") == (1, 2)
    review.prefer(first, person("an-editor", "editor"), "It is the ministry's own.")
    assert told("disputed") == (0, 2)


def test_ungraded() -> None:
    published(EstimateFactory(source=SourceFactory(reliability="B")))
    published(EstimateFactory(source=SourceFactory(reliability="")))
    assert told("ungraded") == (1, 2)


def test_undated() -> None:
    undated = SourceFactory(published="")
    published(EstimateFactory(source=undated, as_of=""))
    published(EstimateFactory(source=undated, as_of="2025"))
    assert told("undated") == (1, 2)


def test_old() -> None:
    this_year = timezone.now().year
    published(EstimateFactory(as_of=str(this_year - 4)))
    published(EstimateFactory(as_of=str(this_year)))
    assert told("old") == (1, 2)


def test_imprecise() -> None:
    published(LocationFactory(precision="district"))
    published(LocationFactory(precision="exact"))
    assert told("imprecise") == (1, 2)


def test_untranslated() -> None:
    first, second = published(FindingFactory()), published(FindingFactory())
    ClaimText.objects.create(claim_id=second.pk, field="statement", language="ru", text="Вода.")
    assert told("untranslated") == (1, 2)
    [(_record, claim)] = failing(collect(keeper.newest()), BY_KEY["untranslated"])
    assert claim.pk == first.pk


def test_no_russian() -> None:
    named = DepositFactory()
    named.names.create(text="Сырымбет", language="ru", kind="name")
    for subject in (named, DepositFactory()):
        published(OccurrenceFactory(subject=subject))
    assert told("no_russian") == (1, 2)


def test_every_rule_has_such_a_test() -> None:
    assert {f"test_{rule.key}" for rule in RULES} <= set(globals())


def test_shares_are_counted_by_country_mineral_and_kind() -> None:
    country, tin = CountryFactory(), MineralFactory(name="Tin")
    deposit = DepositFactory(country=country)
    published(OccurrenceFactory(subject=deposit, mineral=tin))
    review.check(published(EstimateFactory(subject=deposit, mineral=tin)), person("an-editor", "editor"))
    found = measure(collect(keeper.newest()), BY_KEY["checked"])
    [(in_country, of_country)] = found.by_country.items()
    [(in_mineral, of_mineral)] = found.by_mineral.items()
    assert (in_country.pk, of_country.holding, of_country.total) == (country.pk, 1, 2)
    assert (in_mineral.pk, of_mineral.holding, of_mineral.total) == (tin.pk, 1, 2)
    assert {kind: share.holding for kind, share in found.by_kind.items()} == {"occurrence": 0, "estimate": 1}


# Links that die


def test_pages_offer_the_archived_copy_of_what_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = "https://web.archive.example/web/1/x"
    claim = published(EstimateFactory(source=SourceFactory(url="https://a.example/1", archive_url=copy)))
    before = claim.published_tick
    assert copy not in client.get(f"/en/claims/{claim.pk}/").content.decode()
    monkeypatch.setattr(links, "fetch", lambda url: Page(url, 410, "text/html", b""))
    links.check_links(Source.objects.all(), 0, lambda check: None)
    page = client.get(f"/en/claims/{claim.pk}/").content.decode()
    assert copy in page and "no longer there" in page
    source = client.get(f"/en/sources/{claim.source_id}/", follow=True).content.decode()
    assert "Read the archived copy instead." in source
    LinkCheck.objects.update(at=timezone.now() + dt.timedelta(seconds=1))
    assert copy not in client.get(f"/en/claims/{claim.pk}/?as_of={before}").content.decode()


def test_a_server_out_of_reach_brings_no_dead_link_back_to_life() -> None:
    source = SourceFactory()
    for outcome in ("dead", "unreachable"):
        LinkCheck.objects.create(source=source, outcome=outcome)
    assert set(links.gone_since(timezone.now())) == {source.pk}
    LinkCheck.objects.create(source=source, outcome="moved")
    assert links.gone_since(timezone.now()) == {}


# At the desk


def test_the_desk_leads_to_where_each_thing_is_mended() -> None:
    claim = published(EstimateFactory(source=SourceFactory(published=""), as_of=""))
    client = signed_in(person("contributor", "contributor"))
    pages = {rule.key: client.get(reverse("admin:health_rule", args=[rule.key])) for rule in RULES}
    assert {page.status_code for page in pages.values()} == {200}
    assert address(claim) in pages["undated"].content.decode()
    assert address(claim.source) in pages["ungraded"].content.decode()
    overview = client.get(reverse("admin:health")).content.decode()
    assert all(reverse("admin:health_rule", args=[rule.key]) in overview for rule in RULES)


def test_the_desks_list_can_be_narrowed_to_a_country() -> None:
    claims: list[Any] = [published(EstimateFactory(subject=DepositFactory())) for _turn in range(2)]
    client = signed_in(person("contributor", "contributor"))
    country = Deposit.objects.get(pk=claims[0].subject_id).country_id
    page = client.get(reverse("admin:health_rule", args=["checked"]), {"country": country}).content.decode()
    assert address(claims[0]) in page and address(claims[1]) not in page


def test_strangers_have_no_list_of_faults() -> None:
    assert Client().get(reverse("admin:health")).status_code == 302
    assert signed_in(person("reader")).get(reverse("admin:health")).status_code == 302
    client = signed_in(person("contributor", "contributor"))
    assert client.get(reverse("admin:health_rule", args=["no-such-rule"])).status_code == 404
