"""Records that may be one: found by spelling, place and date; merged by an editor who saw what it means."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deposits.models import Deposit
from sources.duplicates import Card, compare, like, likely
from sources.models import Name, Record
from tests.desk.forms import address, signed_in
from tests.factories import (
    CountryFactory,
    DepositFactory,
    EstimateFactory,
    LocationFactory,
    PartnerFactory,
    SourceFactory,
    person,
    published,
)

pytestmark = pytest.mark.django_db


def pairs(kind: str) -> list[set[int]]:
    return [{one.first.pk, one.second.pk} for one in likely(kind)]


def deposits(*names: str) -> list[Any]:
    country = CountryFactory()
    return [DepositFactory(name=name, country=country) for name in names]


@pytest.fixture
def two_public() -> list[Any]:
    """Two public deposits of one name, the second with two claims."""
    first, second = deposits("Kuirektykol", "Куйректыколь")
    for deposit in (first, second, second):
        published(EstimateFactory(subject=deposit))
    return [first, second]


# Finding them


def test_two_spellings_in_two_scripts_are_found() -> None:
    first, second, _other = deposits("Kuirektykol", "Куйректыколь", "Syrymbet")
    assert pairs("deposit") == [{first.pk, second.pk}]


def test_an_alias_is_a_name_too() -> None:
    first, second = deposits("Zeravshan", "Zarafshon")
    assert pairs("deposit") == []
    Name.objects.create(record=first, text="Zarafshon", language="uz", kind="spelling")
    assert pairs("deposit") == [{first.pk, second.pk}]


def test_abbreviations_make_nobody_the_same() -> None:
    agency, union = PartnerFactory(name="International Energy Agency"), PartnerFactory(name="European Union")
    Name.objects.create(record=agency, text="IEA", language="en", kind="spelling")
    Name.objects.create(record=union, text="EU", language="en", kind="spelling")
    assert pairs("partner") == []


def test_words_that_many_names_share_tell_none_apart() -> None:
    towns = ["Almalyk", "Navoi", "Bukhara", "Osh", "Kentau", "Ridder", "Zhezkazgan", "Khorog"]
    deposits(*(f"{town} mining and metallurgical plant" for town in towns))
    assert pairs("deposit") == []


def test_namesakes_in_two_countries_are_less_likely_than_in_one() -> None:
    here = compare(Card(1, "A", frozenset({("tak", "tak")}), 1), Card(2, "A", frozenset({("tak", "tak")}), 1))
    apart = compare(
        Card(1, "A", frozenset({("tak", "tak")}), 1), Card(2, "A", frozenset({("tak", "tak")}), 2)
    )
    assert apart.score < here.score
    assert "different countries" in apart.reasons


def test_places_near_each_other_raise_the_score_and_distant_ones_lower_it() -> None:
    def card(number: int, latitude: float) -> Card:
        key = "aktas" if number == 1 else "aktac"
        return Card(number, "Aktas", frozenset({(key, key)}), 1, (latitude, 70.0))

    near, far = compare(card(1, 45.0), card(2, 45.01)), compare(card(1, 45.0), card(2, 49.0))
    assert near.score > far.score
    assert "1 km apart" in near.reasons


def test_positions_come_from_published_claims() -> None:
    first, second = deposits("Sayak", "Sayak")
    for deposit in (first, second):
        published(LocationFactory(subject=deposit))
    assert "0 km apart" in likely("deposit")[0].reasons


def test_two_sources_at_one_address_are_one() -> None:
    first = SourceFactory(name="One", url="https://news.example/1?utm_source=x")
    second = SourceFactory(name="Entirely other", url="http://www.news.example/1/")
    assert pairs("source") == [{first.pk, second.pk}]


def test_a_merged_record_is_no_double_any_more(two_public: list[Any]) -> None:
    first, second = two_public
    assert pairs("deposit")
    Record.objects.filter(pk=first.pk).update(merged_into=second.pk)
    assert pairs("deposit") == []


def test_a_name_being_typed_finds_what_it_may_already_be() -> None:
    first, _other = deposits("Kuirektykol", "Syrymbet")
    assert [one.first.pk for one in like("deposit", "Күйректікөл")] == [first.pk]
    assert like("deposit", "  ") == []


# At the desk


def test_the_form_is_told_in_json_with_reasons() -> None:
    first, _other = deposits("Kuirektykol", "Syrymbet")
    client = signed_in(person("contributor", "contributor"))
    query = {"kind": "deposit", "name": "Куйректыколь", "country": str(first.country_id)}
    [found] = client.get(reverse("admin:like"), query).json()["found"]
    assert found["name"] == "Kuirektykol"
    assert "the same country" in found["why"]
    assert found["page"] == address(first)


def test_the_add_form_loads_the_hint_and_the_change_form_does_not() -> None:
    client = signed_in(person("contributor", "contributor"))
    assert "likely-records.js" in client.get(address(Deposit, "add")).content.decode()
    assert "likely-records.js" not in client.get(address(DepositFactory())).content.decode()


def test_the_report_leads_to_the_merge_that_keeps_the_better_known(two_public: list[Any]) -> None:
    first, second = two_public
    page = signed_in(person("an-editor", "editor")).get(reverse("admin:duplicates", args=["deposit"]))
    assert reverse("admin:merge", args=[first.pk, second.pk]) in page.content.decode()
    assert "the same name in some spelling" in page.content.decode()


def test_a_merge_is_shown_field_by_field_before_it_is_done(two_public: list[Any]) -> None:
    first, second = two_public
    response = signed_in(person("an-editor", "editor")).get(
        reverse("admin:merge", args=[first.pk, second.pk])
    )
    differing = {label for label, _goes, _stays, differs in response.context["fields"] if differs}
    assert "Name" in differing and "Country" not in differing
    assert (response.context["record"][2], response.context["target"][2]) == (1, 2)
    first.refresh_from_db()
    assert first.merged_into_id is None


def test_a_merge_is_done_and_undone_at_the_desk(two_public: list[Any]) -> None:
    first, second = two_public
    client = signed_in(person("an-editor", "editor"))
    client.post(reverse("admin:merge", args=[first.pk, second.pk]))
    first.refresh_from_db()
    assert first.merged_into_id == second.pk
    assert "Undo the merge" in client.get(address(first)).content.decode()
    client.post(reverse("admin:undo_merge", args=[first.pk]))
    first.refresh_from_db()
    assert first.merged_into_id is None


def test_a_merge_that_is_not_possible_is_refused_in_words(two_public: list[Any]) -> None:
    draft = DepositFactory(name="Not public")
    client = signed_in(person("an-editor", "editor"))
    response = client.post(reverse("admin:merge", args=[draft.pk, two_public[0].pk]))
    assert response.status_code == 409
    assert "not public" in response.content.decode()


@pytest.mark.parametrize("into", ["itself", "another kind", "nothing"])
def test_only_two_records_of_one_kind_have_a_merge(two_public: list[Any], into: str) -> None:
    number = {"itself": two_public[0].pk, "another kind": PartnerFactory().pk, "nothing": 999999}[into]
    client = signed_in(person("an-editor", "editor"))
    assert client.get(reverse("admin:merge", args=[two_public[0].pk, number])).status_code == 404


def test_merging_is_editors_work(two_public: list[Any]) -> None:
    numbers = [deposit.pk for deposit in two_public]
    pages = [reverse("admin:duplicates", args=["deposit"]), reverse("admin:merge", args=numbers)]
    contributor = signed_in(person("contributor", "contributor"))
    for page in pages:
        assert Client().get(page).status_code == 302
        assert contributor.get(page).status_code == 403
        for who in ("editor", "administrator"):
            assert signed_in(person(f"an-{who}", who)).get(page).status_code == 200
    assert contributor.post(pages[1]).status_code == 403
    assert contributor.post(reverse("admin:undo_merge", args=[numbers[0]])).status_code == 403
    assert not Record.objects.filter(merged_into__isnull=False).exists()


def test_hints_are_for_people_who_add_records() -> None:
    query = {"kind": "deposit", "name": "Sayak"}
    assert Client().get(reverse("admin:like"), query).status_code == 302
    assert signed_in(person("reader")).get(reverse("admin:like"), query).status_code == 302
    contributor = signed_in(person("contributor", "contributor"))
    assert contributor.get(reverse("admin:like"), query).status_code == 200
    assert contributor.get(reverse("admin:like"), {"kind": "mineral", "name": "tin"}).status_code == 404
