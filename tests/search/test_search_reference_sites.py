"""The uncurated reference sites are searched by name only when asked for, and below the atlas's records."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.map.reference import layers
from atlas.published.builds import Builds
from atlas.search import reference
from atlas.search.names import folded, telling_words
from atlas.search.reference import ReferenceNames
from tests.importing.mrds_table import site
from tests.map.test_reference_layer import publish

SITES = [
    site(1, site_name="Muruntau Gold Mine", commod1="Gold", country="Uzbekistan"),
    site(2, site_name="Old Muruntau"),
    site(3, site_name="Muruntau"),
    site(4, site_name="Murun"),
    site(5, site_name="<b>Kalmakyr</b>"),
    site(6, site_name=""),
]


@pytest.fixture
def edition(db, tmp_path, editor, monkeypatch) -> int:
    """The tick that published SITES."""
    monkeypatch.setattr(reference, "_names", Builds(1, 2))
    layers.forget()
    return publish(tmp_path, editor, *SITES)


def search(client, **query):
    return client.get("/en/search/", query)


def numbers(answer) -> list[int]:
    return [found.site.dep_id for found in answer.context["reference_sites"]]


def test_reference_sites_are_searched_only_when_asked_for(edition, client) -> None:
    html = search(client, q="Muruntau").content.decode()
    assert "Look among the reference sites too" in html
    assert "Muruntau Gold" not in html


def test_the_same_name_comes_first_then_those_that_begin_with_it_then_the_others(edition, client) -> None:
    answer = search(client, q="Muruntau", reference="1")
    assert numbers(answer) == [3, 1, 2]
    html = answer.content.decode()
    assert "Reference sites, not curated" in html
    assert "/en/map/reference/site/3/" in html
    assert "Uzbekistan · Gold" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Мурунтау", [3, 1, 2]),
        ("gold murun", [1]),
        ("murun mine", [1, 2, 3, 4]),
        ("GOLD", [1]),
        ("untau", []),
        ("!?", []),
        ("\0", []),
    ],
)
def test_names_are_found_by_beginnings_of_words_in_any_script(edition, client, query, found) -> None:
    answer = search(client, q=query, reference="1")
    assert answer.status_code == 200
    assert numbers(answer) == found if "reference_sites" in answer.context else not found


def test_a_name_is_shown_as_text(edition, client) -> None:
    html = search(client, q="Kalmakyr", reference="1").content.decode()
    assert "<b>" not in html
    assert "Kalmakyr" in html


def test_the_names_are_those_of_the_moment(edition, client, tmp_path, editor) -> None:
    publish(tmp_path, editor, SITES[3])
    assert numbers(search(client, q="Muruntau", reference="1")) == []
    earlier = search(client, q="Muruntau", reference="1", as_of=str(edition))
    assert numbers(earlier) == [3, 1, 2]
    assert f"site/3/?as_of={edition}" in earlier.content.decode()


def test_too_many_editions_at_once_are_asked_for_again_later(edition, client, monkeypatch) -> None:
    monkeypatch.setattr(reference, "_names", Builds(1, most_awaited=0))
    html = search(client, q="Muruntau", reference="1").content.decode()
    assert "Try again in a few seconds" in html


@pytest.mark.django_db
def test_without_reference_sites_nothing_is_offered(client) -> None:
    html = search(client, q="Muruntau", reference="1").content.decode()
    assert "eference sites" not in html


def test_suggestions_are_of_the_record_alone(edition, client) -> None:
    assert client.get("/en/search/suggest/", {"q": "Muruntau"}).json()["suggestions"] == []


words = st.lists(st.sampled_from(["gold", "golden", "old", "mine", "Кумтор", "kum", "--", ""]), max_size=3)


@settings(deadline=None)
@given(
    st.lists(words.map(" ".join), max_size=12), st.sampled_from(["gold", "mine gold", "kumtor", "ol", "x"])
)
def test_names_are_found_as_by_a_look_at_each(names: list[str], query: str) -> None:
    key = folded(query)

    def grade(name: str) -> int | None:
        own = folded(name)
        if own == key:
            return 0
        if own.startswith(key):
            return 1
        has_all = all(any(each.startswith(word) for each in own.split()) for word in telling_words(key))
        return 2 if has_all else None

    graded = [(grade(name), number) for number, name in enumerate(names)]
    expected = [number for grade_, number in sorted(pair for pair in graded if pair[0] is not None)]
    assert ReferenceNames(list(enumerate(names))).find(query) == expected


def test_no_more_sites_are_found_than_are_shown() -> None:
    names = ReferenceNames((number, f"Gold {number}") for number in range(1000))
    assert names.find("gold") == list(range(reference.MOST))
