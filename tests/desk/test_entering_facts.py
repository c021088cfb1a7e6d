"""Entering an article's facts: many claims from one source, what the last one had, one submit."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from deposits.models import Deposit, Occurrence
from sources.models import Claim
from tests.desk.forms import address, filled, signed_in
from tests.factories import (
    CountryFactory,
    DepositFactory,
    EstimateFactory,
    MineralFactory,
    OccurrenceFactory,
    PartnerFactory,
    SourceFactory,
    StageFactory,
    person,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contributor() -> Any:
    return person("contributor", "contributor")


def page_of(source: Any) -> str:
    return reverse("admin:sources_source_facts", args=[source.pk])


def next_form(client: Client, source: Any, kind: str) -> dict[str, list[str]]:
    """What the next form of the kind would begin with."""
    kinds = dict(client.get(page_of(source)).context["kinds"])
    return parse_qs(urlsplit(kinds[kind]).query)


def test_the_page_lists_my_drafts_and_what_was_entered_before(contributor: Any) -> None:
    source = SourceFactory()
    mine = EstimateFactory(source=source, author=contributor)
    standing = published(OccurrenceFactory(source=source))
    EstimateFactory(source=source)
    context = signed_in(contributor).get(page_of(source)).context
    assert [claim.pk for claim, _line, _address in context["drafts"]] == [mine.pk]
    assert [claim.pk for claim, _line, _address in context["others"]] == [standing.pk]


def test_the_next_claim_begins_with_what_the_last_one_had(contributor: Any) -> None:
    ministry = PartnerFactory()
    last = EstimateFactory(author=contributor, as_of="2025-04", locator="p. 3", originator=ministry)
    begun = next_form(signed_in(contributor), last.source, "Occurrence")
    assert begun["source"] == [str(last.source_id)]
    assert begun["subject"] == [str(last.subject_id)]
    assert begun["as_of"] == ["2025-04"]
    assert begun["locator"] == ["p. 3"]
    assert begun["originator"] == [str(ministry.pk)]


def test_a_subject_that_the_kind_cannot_be_about_is_not_remembered(contributor: Any) -> None:
    last = StageFactory(author=contributor)
    client = signed_in(contributor)
    assert "subject" not in next_form(client, last.source, "Resource estimate")
    assert next_form(client, last.source, "Location")["subject"] == [str(last.subject_id)]


def test_the_form_opens_filled_in_with_its_source_beside_it(contributor: Any) -> None:
    last = EstimateFactory(author=contributor, as_of="2025-04")
    client = signed_in(contributor)
    response = client.get(dict(client.get(page_of(last.source)).context["kinds"])["Occurrence"])
    assert filled(response)["subject"] == str(last.subject_id)
    page = response.content.decode()
    assert "The source in hand" in page and last.source.url in page
    assert reverse("admin:deposits_deposit_add") + "?_popup=1" in page


@pytest.mark.parametrize(
    ("button", "onward"), [("_save", "facts"), ("_addanother", "add"), ("_continue", "change")]
)
def test_each_button_keeps_the_source_in_hand(contributor: Any, button: str, onward: str) -> None:
    source, deposit, mineral = SourceFactory(), DepositFactory(), MineralFactory()
    form = {"subject": deposit.pk, "source": source.pk, "mineral": mineral.pk, "role": "main"}
    response = signed_in(contributor).post(
        f"{address(Occurrence, 'add')}?facts={source.pk}", {**form, button: "1"}
    )
    claim = Occurrence.objects.get()
    to = urlsplit(response["Location"])
    wanted = {"facts": page_of(source), "add": address(Occurrence, "add"), "change": address(claim)}
    assert to.path == wanted[onward]
    assert claim.status == "draft"
    assert onward == "facts" or parse_qs(to.query)["facts"] == [str(source.pk)]


def test_a_record_is_created_in_place(contributor: Any) -> None:
    country = CountryFactory()
    client = signed_in(contributor)
    blank = filled(client.get(address(Deposit, "add") + "?_popup=1"))
    response = client.post(
        address(Deposit, "add") + "?_popup=1",
        {**blank, "name": "Shavazsay", "country": country.pk, "_popup": "1"},
    )
    assert str(Deposit.objects.get().pk) in response.context_data["popup_response_data"]


def test_one_submit_hands_in_the_whole_batch(contributor: Any) -> None:
    source = SourceFactory()
    mine = [
        EstimateFactory(source=source, author=contributor),
        StageFactory(source=source, author=contributor),
    ]
    others = EstimateFactory(source=source)
    elsewhere = EstimateFactory(author=contributor)
    signed_in(contributor).post(page_of(source))
    status = dict(Claim.objects.values_list("pk", "status"))
    assert {status[claim.pk] for claim in mine} == {"submitted"}
    assert {status[others.pk], status[elsewhere.pk]} == {"draft"}


def test_nothing_to_submit_is_said_in_words(contributor: Any) -> None:
    response = signed_in(contributor).post(page_of(SourceFactory()), follow=True)
    assert "There is no such claim." in response.content.decode()


def test_the_source_in_hand_must_be_one(contributor: Any) -> None:
    client = signed_in(contributor)
    assert client.get(f"{address(Occurrence, 'add')}?facts=99999").status_code == 200
    assert client.get(f"{address(Occurrence, 'add')}?facts=x").status_code == 200
    assert client.get(reverse("admin:sources_source_facts", args=[99999])).status_code == 404


def test_only_people_who_enter_claims_open_the_page() -> None:
    page = page_of(SourceFactory())
    assert Client().get(page).status_code == 302
    assert signed_in(person("reader")).get(page).status_code == 302
    for who in ("contributor", "editor", "administrator"):
        assert signed_in(person(who, who)).get(page).status_code == 200
