"""Masses, grades and oxides."""

import re
from decimal import Decimal

import pytest

from deposits.units import OXIDE_FACTORS, comparable_units, element_mass, grade_in_percent, in_tonnes

# IUPAC standard atomic weights, abridged; four or more significant digits.
ATOMIC_WEIGHTS = {
    "H": "1.008", "Li": "6.94", "Be": "9.0122", "B": "10.81", "C": "12.011", "O": "15.999",
    "Na": "22.990", "Al": "26.982", "Si": "28.085", "P": "30.974", "S": "32.06", "Cl": "35.45",
    "K": "39.098", "Sc": "44.956", "Ti": "47.867", "V": "50.942", "Cr": "51.996", "Mn": "54.938",
    "Fe": "55.845", "Rb": "85.468", "Y": "88.906", "Zr": "91.224", "Nb": "92.906", "Mo": "95.95",
    "Sn": "118.71", "Sb": "121.76", "Cs": "132.91", "La": "138.91", "Ce": "140.12", "Pr": "140.91",
    "Nd": "144.24", "Sm": "150.36", "Eu": "151.96", "Gd": "157.25", "Tb": "158.93", "Dy": "162.50",
    "Ho": "164.93", "Er": "167.26", "Tm": "168.93", "Yb": "173.05", "Lu": "174.97", "Hf": "178.49",
    "Ta": "180.95", "W": "183.84", "Th": "232.04", "U": "238.03",
}  # fmt: skip


def share_of(element, formula):
    parts = {
        name: Decimal(ATOMIC_WEIGHTS[name]) * int(count or 1)
        for name, count in re.findall(r"([A-Z][a-z]?)([0-9]*)", formula)
    }
    return parts[element] / sum(parts.values())


@pytest.mark.parametrize(
    ("quantity", "unit", "tonnes"),
    [
        ("795800", "t", "795800"),
        ("25.59", "Mt", "25590000"),
        ("4476.8", "kt", "4476800"),
        ("250", "kg", "0.25"),
        ("1", "oz", "0.0000311034768"),
        ("1", "koz", "0.0311034768"),
        ("1", "Moz", "31.1034768"),
        ("1", "lb", "0.00045359237"),
        ("1", "Mlb", "453.59237"),
    ],
)
def test_a_mass_scales_to_tonnes_exactly(quantity, unit, tonnes):
    assert in_tonnes(Decimal(quantity), unit) == Decimal(tonnes)


def test_a_volume_is_no_mass():
    assert in_tonnes(Decimal(1000), "m3") is None


def test_masses_compare_with_masses_and_volumes_with_volumes():
    assert comparable_units("koz", "t")
    assert comparable_units("m3", "m3")
    assert not comparable_units("m3", "t")
    assert not comparable_units("rank", "%")


def test_grades_by_mass_come_in_per_cent():
    assert grade_in_percent(Decimal("0.1"), "%") == Decimal("0.1")
    assert grade_in_percent(Decimal(1711), "ppm") == Decimal("0.1711")
    assert grade_in_percent(Decimal(10_000), "g/t") == 1


def test_a_grade_by_volume_of_brine_is_no_grade_by_mass():
    assert grade_in_percent(Decimal(200), "mg/l") is None


def test_ore_times_grade_gives_the_published_content():
    ore, grade = in_tonnes(Decimal("25.59"), "Mt"), grade_in_percent(Decimal(1711), "ppm")
    content = ore * grade / 100
    assert round(content, -2) == 43_800
    assert round(content / in_tonnes(Decimal(1), "Mlb"), 1) == Decimal("96.5")


@pytest.mark.parametrize(("formula", "element", "factor"), [(f, *pair) for f, pair in OXIDE_FACTORS.items()])
def test_an_oxide_factor_is_the_elements_share_by_atomic_weights(formula, element, factor):
    assert abs(factor - share_of(element, formula)) <= Decimal("0.0001")


def test_the_element_in_an_oxide_is_named_with_its_mass():
    assert element_mass("WO3", Decimal(1000)) == ("W", Decimal("793"))


@pytest.mark.parametrize("total", ["TREO", "REO"])
def test_total_rare_earth_oxides_are_not_converted(total):
    with pytest.raises(ValueError, match="depends on the mix"):
        element_mass(total, Decimal(1000))


def test_an_unknown_oxide_is_not_converted():
    with pytest.raises(ValueError, match="no factor is known for 'XO2'"):
        element_mass("XO2", Decimal(1))
