"""Finding names: the best answer first, and nothing a reader types breaks it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from atlas.search.marking import marked
from atlas.search.names import LONGEST_QUERY, Grade, Names, Spelling, cleaned, telling_words
from sources.folding import MATCH, fold, similarity

NAMES = Names(
    [
        Spelling("Kumtor", "Kumtor", "en"),
        Spelling("Kumtor", "Кумтор", "ru"),
        Spelling("Kumtor gold mine", "Kumtor gold mine", "en"),
        Spelling("old workings at Kumtor", "old workings at Kumtor", "en"),
        Spelling("Sary-Jaz", "Sary-Jaz", "en"),
        Spelling("tin", "tin", "en"),
        Spelling("tin", "олово", "ru"),
        Spelling("Ten Hills", "Ten Hills", "en"),
        Spelling("Muruntau", "Мурунтау", "ru"),
        Spelling("dash", "«—»", ""),
    ]
)


def found(query: str) -> list[str]:
    return [match.thing for match in NAMES.find(query)]


def test_the_name_itself_comes_before_names_that_begin_with_it_and_these_before_names_that_hold_it():
    assert found("Kumtor") == ["Kumtor", "Kumtor gold mine", "old workings at Kumtor"]


def test_a_thing_is_found_once_by_the_spelling_that_answers_best():
    [first, *others] = NAMES.find("кумтор")
    assert (first.spelling.text, first.grade) == ("Кумтор", Grade.SAME_LETTERS)
    assert "Kumtor" not in [match.thing for match in others]


@pytest.mark.parametrize(
    "query", ["Muruntau", "МУРУНТАУ", "muruntov", "Murnutau", "Murun", "рудник Мурунтау"]
)
def test_any_script_a_beginning_or_a_slip_of_the_pen_finds_the_name(query):
    assert found(query)[0] == "Muruntau"


@pytest.mark.parametrize("query", ["Saryjaz", "Сары Джаз", "Jaz Sary"])
def test_words_run_together_or_in_another_order_find_the_name(query):
    assert found(query)[0] == "Sary-Jaz"


def test_the_same_letters_come_before_names_that_only_sound_alike():
    assert found("tin")[:2] == ["tin", "Ten Hills"]


def test_every_telling_word_must_be_in_the_name():
    assert found("Kumtor workings") == ["old workings at Kumtor"]
    assert found("Kumtor platinum") == []


def test_a_misspelt_word_is_found_inside_a_long_name():
    assert found("Kumtro workings") == ["old workings at Kumtor"]


@pytest.mark.parametrize("query", ["", " ", "«—»", "🙂", "\0", "%_'\"();--"])
def test_a_query_without_letters_finds_nothing(query):
    assert found(query) == []


def test_a_query_is_cut_where_no_name_is_so_long():
    assert len(cleaned("a" * 10_000)) == LONGEST_QUERY
    assert found("Kumtor" + " " * LONGEST_QUERY + "platinum") == found("Kumtor")


@given(st.text(max_size=400))
def test_no_query_ever_raises(query):
    NAMES.find(query)


@given(st.text(alphabet="kumtorsayjzxhКумторЖӣʻ'- ", max_size=40))
@settings(max_examples=200)
def test_matches_come_in_order_and_each_thing_once(query):
    matches = NAMES.find(query)
    assert [match.rank for match in matches] == sorted(match.rank for match in matches)
    assert len({match.thing for match in matches}) == len(matches)


LETTERS = st.text(alphabet="abtorsayjkum КЖумтор-", min_size=1, max_size=14)


@given(st.lists(LETTERS, min_size=1, max_size=12, unique=True), LETTERS)
def test_every_name_that_is_alike_or_begins_so_is_found_as_when_each_is_compared(texts, query):
    key = fold(cleaned(query))
    keys = {text: fold(text) for text in texts}
    expected = {
        text: similarity(key, other)
        for text, other in keys.items()
        if key and other and (similarity(key, other) >= MATCH or other.startswith(key))
    }
    answers = {match.thing: match.likeness for match in Names(Spelling(t, t) for t in texts).find(query)}
    assert expected.items() <= answers.items()
    for text in set(answers) - set(expected):  # by its words alone
        telling = telling_words(key)
        near = [max(_alike(word, own) for own in keys[text].split()) for word in telling]
        assert min(near) >= MATCH


def _alike(word: str, own: str) -> float:
    return 1.0 if own.startswith(word) else OSA.normalized_similarity(word, own)


@given(st.text(max_size=60), st.text(max_size=60))
def test_marking_keeps_the_text(text, query):
    assert "".join(piece for piece, _found in marked(text, query)) == text


def test_the_words_that_answered_are_marked():
    assert [piece for piece, hit in marked("Kumtor gold mine", "Голд Kumto") if hit] == ["Kumtor", "gold"]


def test_a_name_found_only_as_a_whole_is_marked_as_a_whole():
    assert marked("Sary-Jaz", "Saryjaz") == [("Sary-Jaz", True)]
