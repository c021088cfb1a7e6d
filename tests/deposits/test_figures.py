"""Masses in different units, set side by side."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deposits.figures import same_mass, tonnes
from deposits.units import TONNES

QUANTITIES = st.decimals(min_value="0.001", max_value="10000000", places=3)
UNITS = st.sampled_from(sorted(TONNES))


@pytest.mark.parametrize(
    ("quantity", "unit", "other", "other_unit", "same"),
    [
        ("1011", "koz", "1.01", "Moz", True),  # Tulkubash
        ("1000", "kt", "1", "Mt", True),
        ("264616", "t", "265", "kt", True),
        ("1.01", "Moz", "31.45", "t", True),
        ("1.01", "Moz", "31.7", "t", False),
        ("1000", "kg", "1", "t", True),
        ("5", "m3", "5", "m3", True),
        ("5", "m3", "5", "t", False),
    ],
)
def test_two_masses_are_the_same_or_not(quantity, unit, other, other_unit, same):
    assert same_mass(Decimal(quantity), unit, Decimal(other), other_unit) is same
    assert same_mass(Decimal(other), other_unit, Decimal(quantity), unit) is same


@given(QUANTITIES, UNITS, QUANTITIES, UNITS)
def test_sameness_of_masses_is_mutual(quantity, unit, other, other_unit):
    assert same_mass(quantity, unit, other, other_unit) == same_mass(other, other_unit, quantity, unit)


@given(QUANTITIES, UNITS)
def test_a_mass_is_the_same_as_itself(quantity, unit):
    assert same_mass(quantity, unit, quantity, unit)


def test_ounces_in_tonnes_have_the_digits_of_their_source():
    assert tonnes(Decimal("1.2"), "Moz") == Decimal(37)


def test_a_volume_is_no_mass():
    assert tonnes(Decimal(5), "m3") is None
