"""The desk's forms take what people type, keep the source's unit, and say back what they understood."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deposits.models import ResourceEstimate
from findings.models import Finding
from projects.models import Investment, Production
from tests.desk.forms import address, signed_in
from tests.factories import DepositFactory, MineralFactory, ProjectFactory, SourceFactory, person

pytestmark = pytest.mark.django_db


def added(model: type[Any], **typed: Any) -> Any:
    """The answer to a form of the kind, sent by a contributor."""
    return signed_in(person("contributor", "contributor")).post(address(model, "add"), typed)


def estimate(**typed: Any) -> Any:
    source, mineral = SourceFactory(), MineralFactory()
    return added(
        ResourceEstimate,
        subject=DepositFactory().pk,
        source=source.pk,
        mineral=mineral.pk,
        system="unspecified",
        **typed,
    )


def test_a_quantity_in_words_fills_figure_and_unit() -> None:
    assert estimate(quantity="18,5 млн т", grade="2,3 г/т", as_of="2025 жылғы сәуір").status_code == 302
    claim = ResourceEstimate.objects.get()
    assert (str(claim.quantity), claim.unit) == ("18.500000", "Mt")
    assert (str(claim.grade), claim.grade_unit, claim.as_of) == ("2.300000", "g/t", "2025-04")


def test_a_unit_that_was_chosen_is_never_overruled() -> None:
    response = estimate(quantity="18,5 млн т", unit="t")
    assert "The figure says Mt, the field beside it t." in response.content.decode()
    assert not ResourceEstimate.objects.exists()


def test_millions_of_a_chosen_unit_are_multiplied() -> None:
    estimate(quantity="18,5 млн", unit="t")
    assert ResourceEstimate.objects.get().quantity == 18_500_000


def test_what_is_ambiguous_comes_back_as_it_was_typed() -> None:
    response = estimate(quantity="1,200", unit="t", as_of="2/4/2025")
    page = response.content.decode()
    assert 'value="1,200"' in page and 'value="2/4/2025"' in page
    assert "can be 1200 or 1.200" in page and "can be two dates" in page


def test_production_takes_its_required_unit_from_the_figure() -> None:
    added(
        Production,
        subject=ProjectFactory().pk,
        source=SourceFactory().pk,
        mineral=MineralFactory().pk,
        quantity="12 мың тонна",
        period="первое полугодие 2025",
        measure="actual",
    )
    made = Production.objects.get()
    assert (made.quantity, made.unit, made.period) == (12, "kt", "2025-H1")


def test_an_amount_names_its_currency() -> None:
    added(
        Investment,
        subject=ProjectFactory().pk,
        source=SourceFactory().pk,
        amount="1,2 млрд долларов",
        status_of_money="announced",
    )
    money = Investment.objects.get()
    assert (money.amount, money.currency) == (1_200_000_000, "USD")


def test_a_findings_figure_counts_what_its_words_say() -> None:
    added(
        Finding,
        subject=DepositFactory().pk,
        source=SourceFactory().pk,
        topic="water",
        direction="neutral",
        statement="The source counts twelve wells.",
        quantity="12 wells",
    )
    finding = Finding.objects.get()
    assert (finding.quantity, finding.unit) == (12, "wells")


@pytest.mark.parametrize(
    ("reads", "text", "answer"),
    [
        ("quantity", "18,5 млн т", {"understood": "18.5 Mt (18,500,000 t)"}),
        ("date", "2 апреля 2025", {"understood": "2 April 2025"}),
        ("period", "в год", {"understood": "per year"}),
        ("amount", "", {"understood": ""}),
    ],
)
def test_the_desk_says_what_it_understood(reads: str, text: str, answer: dict[str, str]) -> None:
    client = signed_in(person("contributor", "contributor"))
    assert client.get(reverse("admin:read_typed"), {"as": reads, "text": text}).json() == answer


def test_a_refusal_is_said_in_words_at_once() -> None:
    client = signed_in(person("contributor", "contributor"))
    answer = client.get(reverse("admin:read_typed"), {"as": "quantity", "text": "5-7 Mt"}).json()
    assert "range" in answer["refused"]


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert Client().get(reverse("admin:read_typed"), {"as": "date", "text": "2025"}).status_code == 302
