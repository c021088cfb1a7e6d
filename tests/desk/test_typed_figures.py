"""What people type as quantities, grades and amounts, in six languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.typed_figures import Figure, echo, read_amount, read_grade, read_number, read_quantity

UNITS = ["", "t", "kt", "Mt", "kg", "oz", "koz", "Moz", "lb", "Mlb", "m3"]
FIGURES = st.decimals(min_value=0, max_value=10**12, places=3, allow_nan=False)


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("18,5 млн т", "18.5", "Mt"),
        ("18.5 Mt", "18.5", "Mt"),
        ("18,5 млн. тонн", "18.5", "Mt"),
        ("795,8 мың тонна", "795.8", "kt"),
        ("795,8 миң тонна", "795.8", "kt"),
        ("12 ҳазор тонна", "12", "kt"),
        ("12 ming tonna", "12", "kt"),
        ("3,4 тыс. т", "3.4", "kt"),
        ("1 200 000", "1200000", ""),
        ("1\u00a0200\u202f000 т", "1200000", "t"),
        ("1,200,000 tonnes", "1200000", "t"),
        ("1.2 bn", "1200000000", ""),
        ("1.2 bn t", "1200000000", "t"),
        ("nearly 1.5 million ounces".removeprefix("nearly "), "1.5", "Moz"),
        ("250 тыс. унций", "250", "koz"),
        ("3 млн фунтов", "3", "Mlb"),
        ("120 кг", "120", "kg"),
        ("15 м³", "15", "m3"),
        ("1.234.567,5 т", "1234567.5", "t"),
        ("0,125", "0.125", ""),
    ],
)
def test_a_quantity_is_read_as_its_language_writes_it(typed: str, number: str, unit: str) -> None:
    assert read_quantity(typed) == Figure(Decimal(number), unit)


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("2,3 г/т", "2.3", "g/t"),
        ("0.5 %", "0.5", "%"),
        ("0,5 процента", "0.5", "%"),
        ("1,2 пайыз", "1.2", "%"),
        ("180 ppm", "180", "ppm"),
        ("92 мг/л", "92", "mg/l"),
        ("0.7", "0.7", ""),
    ],
)
def test_a_grade_is_read_with_its_unit(typed: str, number: str, unit: str) -> None:
    assert read_grade(typed) == Figure(Decimal(number), unit)


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("$1.2 bn", "1200000000", "USD"),
        ("$12m", "12000000", "USD"),
        ("1,2 млрд долларов США", "1200000000", "USD"),
        ("500 млн тенге", "500000000", "KZT"),
        ("500 млн теңге", "500000000", "KZT"),
        ("€50 млн", "50000000", "EUR"),
        ("300 млрд сумов", "300000000000", "UZS"),
        ("12 млн сомони", "12000000", "TJS"),
        ("7 000 000 CHF", "7000000", "CHF"),
        ("1100000", "1100000", ""),
    ],
)
def test_an_amount_is_read_in_whole_units_of_its_currency(typed: str, number: str, unit: str) -> None:
    assert read_amount(typed) == Figure(Decimal(number), unit)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1,200 t", "1200 or 1.200"),
        ("5-7 Mt", "range"),
        ("-3 t", "negative"),
        ("very much", "no figure"),
        ("12 bushels", "no unit"),
        ("1,20,000 t", "groups"),
    ],
)
def test_what_can_mean_two_things_or_nothing_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_quantity(typed)


def test_a_unit_that_is_no_grade_is_refused_for_a_grade() -> None:
    with pytest.raises(ValueError, match="no unit of grade"):
        read_grade("5 t")


def test_a_som_without_its_country_is_refused() -> None:
    with pytest.raises(ValueError, match="no currency"):
        read_amount("5 млн сом")


def test_what_was_understood_is_written_out() -> None:
    assert echo(read_quantity("18,5 млн т")) == "18.5 Mt (18,500,000 t)"


@given(FIGURES, st.sampled_from(UNITS))
def test_a_figure_written_plainly_is_read_back(number: Decimal, unit: str) -> None:
    assert read_quantity(f"{number:f} {unit}") == Figure(number, unit)


@given(st.integers(0, 10**15), st.sampled_from([" ", "\u00a0", "'", "\u202f"]))
def test_grouping_with_any_space_changes_nothing(number: int, mark: str) -> None:
    assert read_number(f"{number:,}".replace(",", mark)) == number


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    for read in (read_quantity, read_grade, read_amount, read_number):
        try:
            read(text)
        except ValueError as refusal:
            assert str(refusal)
