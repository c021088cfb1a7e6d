"""The search page and its suggestions."""

from typing import Any

import pytest

from atlas.published.keeper import keeper
from sources.merging import merge, withdraw
from sources.models import Name, Record
from sources.recording import publish_record

pytestmark = pytest.mark.django_db

ODD = [
    "a" * 10_000,
    "\0",
    "🙂🙃",
    "‮שלום عربي‬",
    "%",
    "'; DROP TABLE x; --",
    "<script>alert(1)</script>",
    "  ",
]


def page(client: Any, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_deposit_is_found_with_the_spelling_that_answered(client, loaded):
    html = page(client, "/en/search/", q="Күйректікөл")
    assert "<mark>Күйректікөл</mark>" in html
    assert "/en/deposits/" in html


def test_results_are_grouped_by_kind_with_counts_and_twenty_of_each(client, loaded):
    answer = client.get("/en/search/", {"q": "gold"})
    groups = {group.kind: group for group in answer.context["groups"]}
    assert {"mineral", "partner", "source"} <= set(groups)
    assert groups["source"].count > 20 == len(groups["source"].results)
    assert "kind=source" in answer.content.decode()


def test_more_of_a_kind_comes_page_by_page_without_losing_or_repeating_any(client, loaded):
    seen: list[int] = []
    number = 1
    while True:
        [group] = client.get("/en/search/", {"q": "gold", "kind": "source", "page": number}).context["shown"]
        seen += [result.record.pk for result in group.results]
        if not group.page.has_next():
            break
        number += 1
    assert len(seen) == len(set(seen)) == group.count


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("address", ["/en/search/", "/en/search/suggest/", "/en/near/"])
def test_no_query_breaks_a_page(client, loaded, address, query):
    asked = {"q": query, "kind": query[:9], "page": "-1"}
    assert client.get(address, asked).status_code == 200


def test_what_was_typed_comes_back_harmless(client, loaded):
    assert "<script>alert" not in page(client, "/en/search/", q="<script>alert(1)</script>")


def test_several_words_that_are_in_no_name_together_are_offered_one_by_one(client, loaded):
    html = page(client, "/en/search/", q="Kuirektykol platinum wool")
    assert 'href="?q=Kuirektykol"' in html


def test_a_town_found_by_name_leads_to_what_lies_around_it(client, loaded):
    assert "/en/near/?q=%D0%9D%D0%B0%D0%B2%D0%BE%D0%B8" in page(client, "/en/search/", q="Навои")


def test_a_page_of_results_takes_one_query_and_an_earlier_moment_few_more(
    client, loaded, django_assert_max_num_queries
):
    page(client, "/en/search/", q="gold")
    page(client, "/en/search/", q="gold", as_of=str(loaded))
    with django_assert_max_num_queries(1):
        page(client, "/en/search/", q="antimony")
    with django_assert_max_num_queries(4):
        page(client, "/en/search/", q="antimony", as_of=str(loaded))


def test_results_keep_the_moment_in_their_links(client, loaded):
    html = page(client, "/en/search/", q="gold", as_of=str(loaded))
    assert f"kind=source&amp;as_of={loaded}" in html
    assert f"?as_of={loaded}" in html


def test_a_new_spelling_is_found_from_the_tick_that_brought_it(client, loaded, editor):
    record = Record.objects.get(key="kuirektykol")
    Name.objects.create(record=record, text="Xyzzyland", language="en", kind=Name.Kind.FORMER)
    publish_record(keeper.newest().records[record.pk].__class__.objects.get(pk=record.pk), editor)
    assert "Xyzzyland" in page(client, "/en/search/", q="Xyzzyland").split("<main")[1]
    assert client.get("/en/search/", {"q": "Xyzzyland", "as_of": str(loaded)}).context["total"] == 0


def test_a_merged_records_names_lead_to_the_one_that_stands_for_it(client, loaded, administrator):
    deposits = keeper.newest().deposits
    gone = next(deposit for deposit in deposits if deposit.name == "Kumtor")
    stands = next(deposit for deposit in deposits if deposit.key == "kuirektykol")
    model = type(gone)
    merge(model.objects.get(pk=gone.pk), into=model.objects.get(pk=stands.pk), by=administrator)
    groups = client.get("/en/search/", {"q": "Kumtor"}).context["groups"]
    found = [result.record.pk for group in groups if group.kind == "deposit" for result in group.results]
    assert stands.pk in found and gone.pk not in found


def test_a_withdrawn_record_is_not_found(client, loaded, administrator):
    deposit = next(deposit for deposit in keeper.newest().deposits if deposit.name == "Kumtor")
    withdraw(type(deposit).objects.get(pk=deposit.pk), administrator, "It was a mistake.")
    groups = client.get("/en/search/", {"q": "Kumtor"}).context["groups"]
    assert deposit.pk not in [result.record.pk for group in groups for result in group.results]


def test_suggestions_are_few_best_first_and_lead_to_their_pages(client, loaded):
    answer = client.get("/en/search/suggest/", {"q": "Куйрек"}).json()
    assert 0 < len(answer["suggestions"]) <= 8
    first = answer["suggestions"][0]
    assert (first["label"], first["spelling"], first["kind"]) == ("Kuirektykol", "Куйректыколь", "deposit")
    assert client.get(first["address"]).status_code == 200


def test_suggestions_may_be_held_by_any_cache_and_set_no_cookie(client, loaded):
    answer = client.get("/en/search/suggest/", {"q": "gold"})
    assert "public" in answer["Cache-Control"]
    assert answer["ETag"] and not answer.cookies


def test_russian_readers_get_russian_labels(client, loaded):
    assert client.get("/ru/search/suggest/", {"q": "tin"}).json()["suggestions"][0]["label"] == "олово"
