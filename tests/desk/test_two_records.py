"""The verdict that two records are two: remembered with who, when and why, shown, and taken back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from sources import distinctions
from sources.duplicates import likely
from sources.models import Distinction
from sources.review import TransitionRefused
from tests.desk.forms import signed_in
from tests.factories import CountryFactory, DepositFactory, PartnerFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> list[Any]:
    country = CountryFactory()
    return [DepositFactory(name=name, country=country) for name in ("Kuirektykol", "Куйректыколь")]


def apart(pair: list[Any], reason: str = "One lies in Karaganda, one in Ulytau.") -> Any:
    client = signed_in(person("an-editor", "editor"))
    return client.post(reverse("admin:two_records", args=[pair[1].pk, pair[0].pk]), {"reason": reason})


def test_a_pair_judged_to_be_two_leaves_the_report(pair: list[Any]) -> None:
    assert len(likely("deposit")) == 1
    assert apart(pair).status_code == 302
    assert likely("deposit") == []
    verdict = Distinction.objects.get()
    assert (verdict.first_id, verdict.second_id, verdict.by.username) == (pair[0].pk, pair[1].pk, "an-editor")
    assert verdict.at is not None


def test_the_verdict_is_shown_with_who_when_and_why(pair: list[Any]) -> None:
    apart(pair)
    client = signed_in(person("another-editor", "editor"))
    for page in (
        reverse("admin:duplicates", args=["deposit"]),
        reverse("admin:merge", args=[pair[0].pk, pair[1].pk]),
    ):
        shown = client.get(page).content.decode()
        assert "One lies in Karaganda" in shown and "an-editor" in shown


def test_the_verdict_can_be_taken_back_and_stays_readable(pair: list[Any]) -> None:
    apart(pair)
    client = signed_in(person("another-editor", "editor"))
    client.post(reverse("admin:undo_two", args=[Distinction.objects.get().pk]))
    assert len(likely("deposit")) == 1
    compared = client.get(reverse("admin:merge", args=[pair[0].pk, pair[1].pk])).content.decode()
    assert "Taken back by another-editor" in compared
    with pytest.raises(TransitionRefused):
        distinctions.take_back(Distinction.objects.get(), person("an-editor"))


def test_a_verdict_owes_a_reason(pair: list[Any]) -> None:
    response = apart(pair, " ")
    assert response.status_code == 409
    assert "needs a reason" in response.content.decode()
    assert not Distinction.objects.exists()


def test_two_editors_do_not_judge_twice(pair: list[Any]) -> None:
    apart(pair)
    assert apart(pair).status_code == 409
    assert Distinction.objects.count() == 1


def test_the_database_keeps_one_standing_verdict_a_pair_and_its_order(pair: list[Any]) -> None:
    editor = person("an-editor", "editor")
    first, second = pair
    Distinction.objects.create(first=first, second=second, reason="so", by=editor)
    for wrong in ({"first": first, "second": second}, {"first": second, "second": first}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Distinction.objects.create(**wrong, reason="so", by=editor)


def test_only_two_records_of_one_kind_are_told_apart(pair: list[Any]) -> None:
    client = signed_in(person("an-editor", "editor"))
    for other in (pair[0].pk, PartnerFactory().pk, 999999):
        address = reverse("admin:two_records", args=[pair[0].pk, other])
        assert client.post(address, {"reason": "so"}).status_code == 404


def test_judging_is_editors_work(pair: list[Any]) -> None:
    contributor = person("contributor", "contributor")
    address = reverse("admin:two_records", args=[pair[0].pk, pair[1].pk])
    assert signed_in(contributor).post(address, {"reason": "so"}).status_code == 403
    with pytest.raises(PermissionDenied):
        distinctions.set_apart(*pair, contributor, "so")
    verdict = distinctions.set_apart(*pair, person("an-editor", "editor"), "so")
    assert signed_in(contributor).post(reverse("admin:undo_two", args=[verdict.pk])).status_code == 403
