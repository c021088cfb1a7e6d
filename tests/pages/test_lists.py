"""The lists of deposits, projects, partners and sources on the project's own record."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from deposits.models import Deposit
from sources import recording
from sources.models import Source

pytestmark = pytest.mark.django_db

LISTS = ("deposits", "projects", "partners", "sources")
MOST_QUERIES = 12


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def names(html: str) -> list[str]:
    """The name in each row, in order, without the one in the other language."""
    cells = re.findall(r'<th scope="row"[^>]*>(<a.*?</a>)', html, re.S)
    return [" ".join(strip_tags(cell).split()) for cell in cells]


def found(html: str) -> int:
    """How many records the list says match."""
    match = re.search(r'class="list-count"[^>]*><strong>([\d,]+)', html)
    assert match
    return int(match[1].replace(",", ""))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_few_queries(client: Client, loaded: int, name: str) -> None:
    page(client, f"/en/{name}/")
    with CaptureQueriesContext(connection) as queries:
        page(client, f"/en/{name}/?page=2&q=a")
    assert len(queries) <= MOST_QUERIES


@pytest.mark.parametrize(("name", "total"), [("deposits", 394), ("partners", 384), ("sources", 1177)])
def test_a_list_counts_the_whole_record(client: Client, loaded: int, name: str, total: int) -> None:
    html = page(client, f"/en/{name}/")
    assert found(html) == total
    assert len(names(html)) == 50


@pytest.mark.parametrize(
    "query",
    [
        "country=KZ&mineral=tungsten",
        "group=rare+earth+elements",
        "deposit_type=porphyry",
        "precision=exact",
        "estimate=yes",
        "topic=water",
    ],
)
def test_a_filter_narrows_the_deposits(client: Client, loaded: int, query: str) -> None:
    assert 0 < found(page(client, f"/en/deposits/?{query}")) < 394


def test_the_count_beside_an_option_is_what_the_list_then_holds(client: Client, loaded: int) -> None:
    html = page(client, "/en/deposits/?country=KZ")
    match = re.search(r'value="tungsten".*?class="option-count">(\d+)<', html, re.S)
    assert match
    assert found(page(client, "/en/deposits/?country=KZ&mineral=tungsten")) == int(match[1])


def test_stages_last_reported_long_ago_are_a_value_of_their_own(client: Client, loaded: int) -> None:
    stale, operating = (
        page(client, f"/en/projects/?stage={stage}&q=adrasman") for stage in ("stale", "operating")
    )
    assert "Adrasman mining and processing plant" in names(stale)
    assert "Adrasman mining and processing plant" not in names(operating)


def test_sources_without_a_grade_are_found_as_not_graded(client: Client, loaded: int) -> None:
    graded = sum(found(page(client, f"/en/sources/?grade={grade}")) for grade in "DF")
    assert found(page(client, "/en/sources/?grade=none")) == 1177 - graded


def test_a_name_is_found_in_any_spelling_the_likest_first(client: Client, loaded: int) -> None:
    for spelling in ("Куйректыколь", "Kuirektykol", "kuyrektykol", "Күйректікөл"):
        assert names(page(client, f"/en/deposits/?q={spelling}"))[0] == "Kuirektykol"


def test_a_source_is_found_by_its_publisher(client: Client, loaded: int) -> None:
    house = Source.objects.filter(publisher__name="Asia-Plus").count()
    assert found(page(client, "/en/sources/?q=asia-plus")) >= house > 0


def test_a_list_sorts_by_a_column_and_says_so(client: Client, loaded: int) -> None:
    html = page(client, "/en/partners/?sort=-projects")
    counts = [int(cell) for cell in re.findall(r'data-label="Projects">(\d+)<', html)]
    assert counts == sorted(counts, reverse=True)
    assert re.search(r'aria-sort="descending"><a[^>]*>Projects', html)


def test_undated_sources_come_last_whichever_way_dates_are_sorted(client: Client, loaded: int) -> None:
    for sort in ("published", "-published"):
        first, last = (page(client, f"/en/sources/?sort={sort}&page={number}") for number in (1, 24))
        assert "undated" not in first.split("<tbody>")[1]
        assert "undated" in last.split("<tbody>")[1]


def test_sorting_and_filters_stay_in_the_address_of_the_next_page(client: Client, loaded: int) -> None:
    html = page(client, "/en/deposits/?country=KZ&sort=-claims")
    assert 'href="?country=KZ&amp;sort=-claims&amp;page=2"' in html


@pytest.mark.parametrize("name", LISTS)
def test_nothing_in_the_address_breaks_a_list(client: Client, loaded: int, name: str) -> None:
    for query in (
        "country=XX",
        "country=%00",
        "mineral=%27%3B+drop+table",
        "sort=nothing&page=-5",
        "page=abc",
        "page=99999999999999999999",
        "q=%F0%9F%92%8E",
        "q=" + "a" * 5000,
        "q=%00%E2%80%AE",
        "unheard=of",
    ):
        page(client, f"/en/{name}/?{query}")


def test_an_unknown_value_is_named_and_matches_nothing(client: Client, loaded: int) -> None:
    html = page(client, "/en/deposits/?country=XX")
    assert found(html) == 0
    assert "asks for “XX” under Country" in html


def test_a_list_in_russian_names_records_in_russian(client: Client, loaded: int) -> None:
    html = page(client, "/ru/deposits/?q=Kuirektykol")
    assert names(html)[0] == "Куйректыколь"
    assert ">Казахстан</a>" in html


def test_a_list_shows_what_it_held_at_an_earlier_moment(client: Client, loaded: int, editor: Any) -> None:
    deposit = Deposit.objects.get(key="kuirektykol")
    deposit.name = "Kuirektykol renamed"
    deposit.save()
    recording.publish_record(deposit, by=editor)
    assert names(page(client, "/en/deposits/?q=Kuirektykol")) == ["Kuirektykol renamed"]
    then = page(client, f"/en/deposits/?q=Kuirektykol&as_of={loaded}")
    assert names(then) == ["Kuirektykol"]
    assert f'kuirektykol/?as_of={loaded}"' in then
    assert f'<input type="hidden" name="as_of" value="{loaded}">' in then
