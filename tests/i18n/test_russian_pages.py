"""Russian pages of the project's own record: no interface text is left in English, the rest is marked."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from lxml import html as lxml_html

from sources.models import Publisher
from tests.i18n.catalogue import marked_texts

pytestmark = pytest.mark.django_db

KUIREKTYKOL = "/ru/deposits/3001-kuirektykol/"
PAGES = [
    "/ru/",
    "/ru/?as_of=1",
    "/ru/countries/",
    "/ru/countries/3-tajikistan/",
    "/ru/minerals/",
    "/ru/minerals/149-antimony/",
    "/ru/deposits/",
    "/ru/deposits/?q=zzzz&mineral=none-such",
    KUIREKTYKOL,
    f"{KUIREKTYKOL}?as_of=1",
    f"{KUIREKTYKOL}cite/",
    f"{KUIREKTYKOL}changes/",
    f"{KUIREKTYKOL}embed/",
    "/ru/projects/",
    "/ru/projects/?type=programme",
    "/ru/projects/4003-boguty-tungsten-mine-and-concentrator/",
    "/ru/partners/",
    "/ru/sources/",
    "/ru/claims/10/",
    "/ru/search/?q=antimony",
    "/ru/search/?q=zzzz",
    "/ru/near/?q=Ayni",
    "/ru/health-of-the-record/",
    "/ru/about/",
    "/ru/methodology/",
    "/ru/privacy/",
    "/ru/glossary/",
    "/ru/suggest/",
    "/ru/corrections/",
    "/ru/feeds/",
    "/ru/data/",
    "/ru/embed/deposit/3001/",
    "/ru/embed/map/",
    "/ru/nowhere/",
    "/ru/glossary/?as_of=2999-01-01",
]
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "content")


def texts(html: str) -> Iterator[tuple[str, str]]:
    """(language, text) of everything that a page says, attributes included."""
    page = lxml_html.fromstring(html)
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "code", "pre"):
            continue
        language = next((e.get("lang") for e in (element, *element.iterancestors()) if e.get("lang")), "")
        yield language, element.text or ""
        yield from ((language, element.get(name)) for name in ATTRIBUTES if element.get(name))
        parent = element.getparent()
        if parent is not None and element.tail:
            around = (parent, *parent.iterancestors())
            yield next((e.get("lang") for e in around if e.get("lang")), ""), element.tail


@pytest.fixture(scope="module")
def english() -> re.Pattern[str]:
    """The interface's English of two words or more, as pages would show it untranslated."""
    phrases = {
        phrase
        for text in marked_texts()
        for phrase in re.split(r"%\(\w+\)[sd]|%[sd]|<[^>]*>", f"{text.singular}\n{text.plural}")
    }
    sentences = {phrase.strip(" .,:;…?()\n") for phrase in phrases}
    long_enough = [re.escape(s) for s in sentences if re.search(r"[a-z]{2,} [a-z]{2,}", s)]
    return re.compile(rf"\b(?:{'|'.join(sorted(long_enough, key=len, reverse=True))})\b")


@pytest.mark.parametrize("path", PAGES)
def test_a_russian_page_says_nothing_of_its_own_in_english(
    client: Client, loaded: int, english: re.Pattern[str], path: str
) -> None:
    html = client.get(path).content.decode()
    own = " \n ".join(" ".join(text.split()) for language, text in texts(html) if language == "ru")
    # Titles and words of sources are quoted as they are, periods as fixtures have them.
    quoted = re.sub(r"«[^»]*»|Публикация: .*|2024, .* per day", "", own)
    assert english.findall(quoted) == []


def test_figures_dates_and_positions_are_written_in_russian(client: Client, loaded: int) -> None:
    shown = re.sub(
        r"[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", client.get(KUIREKTYKOL).content.decode()
    )
    for words in (
        "1 000 000 т",
        "0,1 %",
        "2 апреля 2025 г.",
        "50,04° с. ш., 76,46° в. д.",
        "четыре зоны, 64,2 км²",
    ):
        assert words in shown


def test_sums_of_money_take_the_right_plural(client: Client, loaded: int) -> None:
    shown = client.get("/ru/countries/1-kazakhstan/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "3,5 миллиарда USD" in shown
    assert "1 миллиард USD" in shown
    assert "1 миллиарда USD" not in shown


def test_kyrgyzstan_is_called_as_it_calls_itself(client: Client, loaded: int) -> None:
    html = client.get("/ru/countries/").content.decode()
    assert "Кыргызстан" in html
    assert "Киргизия" not in html


def test_a_note_without_a_translation_is_marked_as_english(client: Client, loaded: int) -> None:
    html = client.get(KUIREKTYKOL).content.decode()
    marked = [text for language, text in texts(html) if language == "en"]
    assert any("Geology Committee chairman" in text for text in marked)


def test_a_publishers_own_name_is_marked_as_english(client: Client, loaded: int) -> None:
    publisher = Publisher.objects.get(name="The Astana Times")
    html = client.get(f"/ru/publishers/{publisher.pk}-{publisher.slug}/").content.decode()
    assert ("en", "The Astana Times") in [(language, text.strip()) for language, text in texts(html)]
