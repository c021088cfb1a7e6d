"""Golden references of sources that stand for the awkward cases, after each style's own rules."""

from typing import Any

import pytest
from django.utils import translation

from atlas.citing.items import source_item
from atlas.citing.styles import STYLES
from sources.models import Publisher, Source

WRITE = {style.key: style.text for style in STYLES}


def source(**fields: Any) -> Source:
    given = {
        "pk": 7,
        "name": "Uranium in Kazakhstan",
        "publisher": Publisher(name="Eurasianet"),
        "url": "https://example.org/uranium",
        "language": "en",
        "type": "news",
        "published": "2025-04-02",
        "accessed": "2026-11-21",
        "inferred": [],
    }
    return Source(**{**given, **fields})


def text(style: str, **fields: Any) -> str:
    with translation.override("en"):
        return WRITE[style](source_item(source(**fields)))


def test_apa_puts_the_author_first() -> None:
    assert text("apa", author="Clare Nuttall") == (
        "Nuttall, C. (2025, April 2). Uranium in Kazakhstan. Eurasianet. https://example.org/uranium"
    )


def test_apa_puts_the_title_first_when_nobody_signed() -> None:
    assert text("apa", published="2025-04") == (
        "Uranium in Kazakhstan. (2025, April). Eurasianet. https://example.org/uranium"
    )


def test_apa_says_no_date_and_when_it_was_read() -> None:
    assert text("apa", published="") == (
        "Uranium in Kazakhstan. (n.d.). Eurasianet. "
        "Retrieved November 21, 2026, from https://example.org/uranium"
    )


def test_apa_names_an_organisation_once() -> None:
    assert text(
        "apa", type="report", publisher=Publisher(name="U.S. Geological Survey"), published="2019"
    ) == ("U.S. Geological Survey. (2019). Uranium in Kazakhstan. https://example.org/uranium")


def test_chicago_inverts_the_first_author_alone() -> None:
    assert text("chicago", author="Olzhas Auyezov and Eric Onstad") == (
        "Auyezov, Olzhas, and Eric Onstad. 2025. “Uranium in Kazakhstan.” Eurasianet, April 2, 2025. "
        "https://example.org/uranium"
    )


def test_chicago_puts_the_house_in_the_place_of_a_missing_author() -> None:
    assert text("chicago", published="") == (
        "Eurasianet. n.d. “Uranium in Kazakhstan.” Accessed November 21, 2026. https://example.org/uranium"
    )


def test_chicago_says_the_month_with_its_year_where_no_day_is_known() -> None:
    assert "“Uranium in Kazakhstan.” April 2025. " in text("chicago", published="2025-04")
    assert "Eurasianet. [2025?]. " in text("chicago", published="2025-04", inferred=["published"])
    assert " [April 2025?]. " in text("chicago", published="2025-04", inferred=["published"])


def test_chicago_makes_double_marks_within_its_own_single() -> None:
    assert "“Whose ‘critical’ metals, whose ‘benefit’?” " in text(
        "chicago", name='Whose “critical” metals, whose "benefit"?'
    )


@pytest.mark.parametrize("kind", ["report", "academic", "database"])
def test_apa_dates_reports_articles_and_data_sets_by_the_year(kind: str) -> None:
    assert "(2025)" in text("apa", type=kind)


def test_chicago_ends_a_question_once() -> None:
    assert "“Whose uranium?” " in text("chicago", name="Whose uranium?")


def test_gost_names_the_day_in_russian_and_when_it_was_read() -> None:
    assert text(
        "gost", author="Тамара Вааль", name="Уран Казахстана", published="2025-07-18", language="ru"
    ) == (
        "Вааль Т. Уран Казахстана [Электронный ресурс] // Eurasianet : [сайт]. 2025. 18 июля. "
        "URL: https://example.org/uranium (дата обращения: 21.11.2026)."
    )


def test_gost_puts_organisations_and_authors_cut_short_after_the_slash() -> None:
    assert "Kazakhstan [Электронный ресурс] / D. Berger [и др.] // " in text(
        "gost", author="D. Berger and others"
    )
    assert "Kazakhstan [Электронный ресурс] / European Commission // " in text(
        "gost", author="European Commission"
    )


def test_gost_says_that_there_is_no_date() -> None:
    assert " [Б. г.]. " in text("gost", published="")


@pytest.mark.parametrize(
    ("style", "shown"),
    [("apa", "(ca. 2025)"), ("chicago", "[2025?]"), ("gost", " [2025]. "), ("plain", "2025 (date inferred)")],
)
def test_every_style_marks_a_date_that_is_our_inference(style: str, shown: str) -> None:
    assert shown in text(style, published="2025", inferred=["published"])


@pytest.mark.parametrize("style", list(WRITE))
def test_every_style_brackets_a_title_that_is_our_inference(style: str) -> None:
    assert "[Uranium in Kazakhstan]. " in text(style, inferred=["title"]).replace(
        "] [Электронный ресурс] //", "]. "
    )


@pytest.mark.parametrize("style", list(WRITE))
def test_no_style_brackets_a_description_twice(style: str) -> None:
    assert "[[" not in text(style, name="[Uranium]", inferred=["title"])


@pytest.mark.parametrize("style", list(WRITE))
def test_no_style_changes_the_letters_of_a_cyrillic_title(style: str) -> None:
    title = "Критическое сырьё Казахстана: оценка запасов и қорлар"
    assert title in text(style, name=title, language="ru")


@pytest.mark.parametrize("style", list(WRITE))
def test_markup_in_a_title_is_text(style: str) -> None:
    write = next(style_.write for style_ in STYLES if style_.key == style)
    assert "&lt;b&gt;5 &amp; 6&lt;/b&gt;" in write(source_item(source(name="<b>5 & 6</b>")))
