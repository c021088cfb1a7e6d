"""Figures that are the same but for rounding."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.rounding import cluster, rounding_unit, same_share, same_when_rounded, significant_digits

FIGURES = st.decimals(min_value=0, max_value=10**15, places=3)
NEAR_FIGURES = st.builds(
    lambda base, places: Decimal(round(base, -places)), st.integers(260_000, 270_000), st.integers(0, 4)
)


@pytest.mark.parametrize(
    ("value", "digits", "unit"),
    [
        ("265000", 3, "1000"),
        ("264616", 6, "1"),
        ("49.9", 3, "0.1"),
        ("49.900", 3, "0.1"),
        ("50", 1, "10"),
        ("50.0", 1, "10"),
        ("1000000", 1, "1000000"),
        ("0.05", 1, "0.01"),
        ("0", 1, "1"),
    ],
)
def test_a_figure_states_its_digits_and_their_place(value, digits, unit):
    assert significant_digits(Decimal(value)) == digits
    assert rounding_unit(Decimal(value)) == Decimal(unit)


def test_the_figures_for_konchoch_antimony_agree_pairwise():
    konchoch = [Decimal(264616), Decimal(264600), Decimal(265000)]
    assert all(same_when_rounded(a, b) for a, b in combinations(konchoch, 2))
    assert cluster(konchoch) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("49.9", "50", True),
        ("2000", "2000.00", True),
        ("264500", "265000", True),
        ("264100", "265000", False),
        ("264616", "264617", False),
        ("935400", "1000000", False),
        ("795800", "1000000", False),
        ("795800", "800000", True),
        ("0", "0.4", False),
        ("0", "0", True),
    ],
)
def test_two_figures_are_the_same_or_not(a, b, same):
    assert same_when_rounded(Decimal(a), Decimal(b)) is same


def test_a_round_figure_does_not_swallow_what_is_far_from_it():
    assert not same_when_rounded(Decimal(1040000), Decimal(1100000))
    assert not same_when_rounded(Decimal(14), Decimal(10))


@given(FIGURES, FIGURES)
def test_sameness_is_mutual(a, b):
    assert same_when_rounded(a, b) == same_when_rounded(b, a)


@given(FIGURES)
def test_a_figure_is_the_same_as_itself_padded_with_zeros(value):
    assert same_when_rounded(value, value.quantize(Decimal("0.000001")))


@given(FIGURES)
def test_a_figure_is_a_whole_number_of_its_rounding_units(value):
    assert value % rounding_unit(value) == 0


def test_a_coarse_figure_joins_the_finest_group_it_agrees_with():
    figures = [Decimal(265000), Decimal(265300), Decimal(264616)]
    assert cluster(figures) == [[2, 0], [1]]


def test_no_figures_make_no_groups():
    assert cluster([]) == []


@given(st.lists(NEAR_FIGURES, max_size=8))
def test_every_figure_is_in_one_group_and_agrees_with_all_of_it(values):
    groups = cluster(values)
    assert sorted(index for group in groups for index in group) == list(range(len(values)))
    for group in groups:
        assert all(same_when_rounded(values[a], values[b]) for a, b in combinations(group, 2))


@given(
    st.lists(NEAR_FIGURES, max_size=8).flatmap(
        lambda values: st.tuples(st.just(values), st.permutations(values))
    )
)
def test_the_order_of_the_figures_does_not_change_the_groups(given_and_shuffled):
    original, shuffled = (
        [[values[i] for i in group] for group in cluster(values)] for values in given_and_shuffled
    )
    assert original == shuffled


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("69.74", "70.0000", True),
        ("66.67", "67", True),
        ("66.67", "66.6", False),
        ("51", "50", False),
        ("49.979", "49.67", False),
        ("100", "99.6", True),
        ("0", "0.4", True),
    ],
)
def test_shares_are_the_same_to_the_coarser_ones_decimals_and_never_coarser_than_one(a, b, same):
    assert same_share(Decimal(a), Decimal(b)) is same
    assert same_share(Decimal(b), Decimal(a)) is same
