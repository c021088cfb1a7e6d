"""The Russian of the interface is complete: no text of the code lacks it, and none is broken by it."""

import gettext
import re
from collections import Counter

import pytest
from babel.messages.catalog import Message

from tests.i18n.catalogue import FOLDER, forms, marked_texts, russian

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
TAG = re.compile(r"</?\w+")
#: What Russian writes in Latin letters too: codes, names of formats and standards, periods of fixtures.
SAME_IN_RUSSIAN = re.compile(
    r"^([A-Z0-9 .,:()%+&;/-]+|GeoJSON|GeoPackage|Excel|ppm|ISO 3166-1 alpha-[23]\.|2024, .* per day, …)$"
)


@pytest.fixture(scope="module")
def messages() -> dict[tuple[str, str], Message]:
    return {
        (message.context or "", message.id[0] if message.pluralizable else message.id): message
        for message in russian()
        if message.id
    }


def test_every_text_of_the_code_has_a_translation(messages: dict[tuple[str, str], Message]) -> None:
    texts = {text for text in marked_texts() if (text.context, text.singular) not in messages}
    assert not texts, f"{len(texts)} texts are not collected: run `make messages`: {sorted(texts)[:5]}"


def test_no_translation_is_left_of_a_text_that_is_gone(messages: dict[tuple[str, str], Message]) -> None:
    used = {(text.context, text.singular) for text in marked_texts()}
    assert not set(messages) - used


def test_plural_texts_are_translated_as_plurals(messages: dict[tuple[str, str], Message]) -> None:
    for text in marked_texts():
        if text.plural:
            assert len(forms(messages[text.context, text.singular])) == 3, text


def test_no_translation_is_empty_or_awaits_review(messages: dict[tuple[str, str], Message]) -> None:
    assert not [key for key, message in messages.items() if not all(forms(message)) or message.fuzzy]


def test_translations_are_in_russian(messages: dict[tuple[str, str], Message]) -> None:
    unchanged = [
        key
        for key, message in messages.items()
        if not SAME_IN_RUSSIAN.match(key[1])
        and not all(re.search("[а-яё]", form, re.IGNORECASE) for form in forms(message))
    ]
    assert not unchanged


def test_translations_keep_the_placeholders_and_the_markup(
    messages: dict[tuple[str, str], Message],
) -> None:
    for message in messages.values():
        originals = message.id if message.pluralizable else (message.id,)
        wanted = set().union(*(PLACEHOLDER.findall(original) for original in originals))
        tags = Counter(TAG.findall(originals[-1]))
        for form in forms(message):
            assert set(PLACEHOLDER.findall(form)) == wanted, form
            assert Counter(TAG.findall(form)) == tags, form


def test_translations_keep_the_spaces_at_their_ends(messages: dict[tuple[str, str], Message]) -> None:
    for message in messages.values():
        original = message.id[0] if message.pluralizable else message.id
        for form in forms(message):
            assert (form[0].isspace(), form[-1].isspace()) == (original[0].isspace(), original[-1].isspace())


def test_what_is_compiled_is_what_is_written(messages: dict[tuple[str, str], Message]) -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    written = {}
    for (context, singular), message in messages.items():
        key = f"{context}\x04{singular}" if context else singular
        if message.pluralizable:
            written |= {(key, number): form for number, form in enumerate(forms(message))}
        else:
            written[key] = message.string
    compiled.pop("", None)
    assert compiled == written, "run `make messages`"
