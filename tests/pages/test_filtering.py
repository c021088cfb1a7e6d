"""The filter that every list shares: alternatives within a facet, all facets together, live counts."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from atlas.pages.filtering import Facet, filtered
from atlas.pages.sorting import Column, headings, sorted_by


@dataclass(frozen=True)
class Thing:
    country: str
    minerals: tuple[str, ...]


COUNTRIES = ("KZ", "KG", "TJ")
MINERALS = ("tin", "gold", "lead")
FACETS = [
    Facet("country", "Country", lambda thing: [thing.country], {value: value for value in COUNTRIES}),
    Facet("mineral", "Mineral", lambda thing: thing.minerals, {value: value for value in MINERALS}),
]
THINGS = [Thing("KZ", ("tin", "gold")), Thing("KZ", ("lead",)), Thing("KG", ("gold",)), Thing("TJ", ())]

things = st.lists(
    st.builds(Thing, st.sampled_from(COUNTRIES), st.lists(st.sampled_from(MINERALS), unique=True).map(tuple))
)
chosen = st.dictionaries(
    st.sampled_from(["country", "mineral"]), st.lists(st.sampled_from([*COUNTRIES, *MINERALS, "?"]))
)


def query(asked: dict[str, list[str]]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, values in asked.items():
        found.setlist(name, values)
    return found


def count(found: Any, facet: str, value: str) -> int:
    choice = next(choice for choice in found.choices if choice.facet.name == facet)
    return choice.counts[value]


def test_values_of_one_facet_are_alternatives() -> None:
    found = filtered(THINGS, FACETS, QueryDict("country=KZ&country=TJ"))
    assert found.records == [THINGS[0], THINGS[1], THINGS[3]]


def test_all_facets_must_hold() -> None:
    assert filtered(THINGS, FACETS, QueryDict("country=KZ&mineral=gold")).records == [THINGS[0]]


def test_a_count_leaves_out_its_own_facets_choice() -> None:
    found = filtered(THINGS, FACETS, QueryDict("country=KZ&mineral=gold"))
    assert (count(found, "country", "KZ"), count(found, "country", "KG")) == (1, 1)
    assert (count(found, "mineral", "gold"), count(found, "mineral", "lead")) == (1, 1)


def test_an_unknown_value_matches_nothing_and_is_named() -> None:
    found = filtered(THINGS, FACETS, QueryDict("country=XX"))
    assert (found.records, found.unknown) == ([], [("Country", "XX")])


def test_a_chosen_option_stays_on_offer_when_it_would_hold_nothing() -> None:
    found = filtered(THINGS, FACETS, QueryDict("country=TJ&mineral=tin"))
    options = {option.value: option for option in found.choices[1].options}
    assert options["tin"].chosen and options["tin"].count == 0
    assert "gold" not in options


def test_a_facet_with_too_many_values_offers_the_most_frequent_and_says_how_many_it_leaves_out() -> None:
    facet = Facet("mineral", "Mineral", lambda thing: thing.minerals, dict.fromkeys(MINERALS, ""), most=1)
    choice = filtered(THINGS, [facet], QueryDict()).choices[0]
    assert [option.value for option in choice.options] == ["gold"]
    assert choice.left_out == 2


@given(things, chosen)
def test_each_count_is_what_choosing_that_option_alone_would_show(
    records: list[Thing], asked: dict[str, list[str]]
) -> None:
    found = filtered(records, FACETS, query(asked))
    for facet in FACETS:
        for value in facet.labels:
            instead = filtered(records, FACETS, query({**asked, facet.name: [value]}))
            assert count(found, facet.name, value) == len(instead.records)


def test_what_is_not_known_sorts_last_in_both_directions() -> None:
    columns = [Column("date", "Date", lambda date: date)]
    assert sorted_by(["2020", "", "2024"], columns, "date") == ["2020", "2024", ""]
    assert sorted_by(["2020", "", "2024"], columns, "-date") == ["2024", "2020", ""]


def test_a_click_on_the_column_in_force_turns_the_list_around() -> None:
    columns = [Column("name", "Name", str), Column("claims", "Claims", int, greatest_first=True)]
    name, claims = headings(columns, "name")
    assert (name.direction, name.next_sort) == ("ascending", "-name")
    assert (claims.direction, claims.next_sort) == ("", "-claims")
