"""Figures of a point on one scale: which of them stand on it, where, and how pages draw them."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from atlas.pages.scales import scale
from deposits.models import Deposit, ResourceEstimate


def estimate(number: int, quantity: Any, unit: str = "t", basis: str = "contained-metal") -> ResourceEstimate:
    quantity = Decimal(quantity) if quantity is not None else None
    return ResourceEstimate(pk=number, kind="estimate", quantity=quantity, unit=unit, basis=basis)


def test_a_scale_begins_at_zero_and_ends_at_the_largest_figure() -> None:
    claims = [estimate(1, 200), estimate(2, 250), estimate(3, 1000)]

    found = scale(claims[:2], claims)

    assert found is not None
    assert found.places == {1: 20, 2: 25, 3: 100}
    assert (found.smallest.pk, found.largest.pk) == (1, 3)
    assert found.comparable == {1, 2}
    assert found.band == (20, 25)


def test_figures_in_other_units_of_mass_stand_where_their_tonnes_do() -> None:
    claims = [estimate(1, 500), estimate(2, 1, "kt")]

    found = scale(claims, claims)

    assert found is not None
    assert found.places == {1: 50, 2: 100}


@pytest.mark.parametrize(
    "other",
    [
        estimate(2, 9_000_000, basis="ore"),
        estimate(2, 40, unit="m3"),
        estimate(2, None),
    ],
)
def test_a_figure_of_another_measure_has_no_place(other: ResourceEstimate) -> None:
    claims = [estimate(1, 500), estimate(3, 600), other]

    found = scale(claims[:1], claims)

    assert found is not None
    assert set(found.places) == {1, 3}


@pytest.mark.parametrize(
    "claims", [[estimate(1, 500)], [estimate(1, 500), estimate(2, 500)], [estimate(1, None)]]
)
def test_nothing_is_drawn_where_no_two_figures_differ(claims: list[ResourceEstimate]) -> None:
    assert scale(claims, claims) is None


@pytest.mark.django_db
def test_kuirektykols_seven_figures_are_drawn_and_only_comparable_ones_are_filled(
    client: Client, loaded: int
) -> None:
    deposit = Deposit.objects.get(key="kuirektykol")
    html = client.get(f"/en/deposits/{deposit.pk}-{deposit.slug}/").content.decode()
    drawn = dict(re.findall(r'id="claim-(\d+)">.{0,200}?<svg class="figure-mark([^"]*)"', html, re.S))
    estimates = {str(claim.pk): claim for claim in ResourceEstimate.objects.filter(subject=deposit)}

    assert set(drawn) == set(estimates)
    assert [estimates[number].category for number, style in drawn.items() if style] == ["industrial reserves"]
    assert html.count('<circle class="figure-dot" cx="79.58%"') == 1
    assert "7 statements, 6 independent sources: from 795,800\N{NO-BREAK SPACE}t to 1,000,000" in html
