"""Values as readers see them: no digit lost, none invented, in the reader's language."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from atlas.pages import formatting
from sources.models.claims import claim_kinds
from sources.points import points
from tests import factories

QUANTITIES = st.decimals(min_value=0, max_value=Decimal("1e17"), places=6)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@given(QUANTITIES)
def test_a_figure_keeps_exactly_its_digits(value: Decimal) -> None:
    with translation.override("en"):
        assert Decimal(formatting.show_number(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "795,800 t"), ("ru", "795 800 t")], ids=["English", "Russian"]
)
def test_figures_are_grouped_as_the_language_does(language: str, shown: str) -> None:
    with translation.override(language):
        assert plain(formatting.show_quantity(Decimal("795800.000000"), "t")) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("3500000000.00", "3.5 billion USD"),
        ("136000000", "136 million USD"),
        ("1234567.89", "1,234,567.89 USD"),
        ("49000", "49,000 USD"),
    ],
)
def test_money_is_shortened_only_where_no_digit_is_lost(amount: str, shown: str) -> None:
    with translation.override("en"):
        assert plain(formatting.show_money(Decimal(amount), "USD")) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("1000000000.00", "1 миллиард USD"),
        ("3500000000.00", "3,5 миллиарда USD"),
        ("100000000000.00", "100 миллиардов USD"),
    ],
)
def test_money_is_in_the_readers_language(amount: str, shown: str) -> None:
    with translation.override("ru"):
        assert plain(formatting.show_money(Decimal(amount), "USD")) == shown


def test_a_range_in_one_unit_names_the_unit_once() -> None:
    low = factories.EstimateFactory.build(quantity=Decimal(795800), source=None, author=None, subject=None)
    high = factories.EstimateFactory.build(quantity=Decimal(1000000), source=None, author=None, subject=None)
    for claim in (low, high):
        claim.kind = claim.KIND
    with translation.override("en"):
        assert plain(formatting.show_values([low, high])) == "795,800–1,000,000 t"


def test_a_range_over_two_units_converts_nothing() -> None:
    low = factories.EstimateFactory.build(quantity=Decimal(16), unit="kt", source=None, author=None)
    high = factories.EstimateFactory.build(quantity=Decimal(21000), unit="t", source=None, author=None)
    for claim in (low, high):
        claim.kind = claim.KIND
    with translation.override("en"):
        assert plain(formatting.show_values([low, high])) == "16 kt – 21,000 t"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_one_source", "shown"), [(True, "3,560 t and 42,980 t"), (False, "3,560–42,980 t")]
)
def test_two_figures_of_one_source_are_no_range(is_one_source: bool, shown: str) -> None:
    first = factories.EstimateFactory(quantity=Decimal(3560), category="inferred")
    source = first.source if is_one_source else factories.SourceFactory()
    second = factories.EstimateFactory(
        subject=first.subject,
        mineral=first.mineral,
        quantity=Decimal(42980),
        category="measured+indicated",
        source=source,
    )
    [point] = points([first, second])
    with translation.override("en"):
        assert plain(formatting.show_headline(point)) == shown


def test_an_estimate_without_figure_says_so() -> None:
    claim = factories.EstimateFactory.build(
        quantity=None, unit="", category="reserves", source=None, author=None
    )
    claim.kind = claim.KIND
    assert formatting.show_value(claim) == "no figure"


def test_a_position_is_given_latitude_first() -> None:
    with translation.override("en"):
        assert plain(formatting.show_position(49.41244, -0.5)) == "49.4124° N, 0.5° W"


def test_every_kind_of_claim_has_a_form() -> None:
    assert formatting.shown_kinds() == set(claim_kinds())
