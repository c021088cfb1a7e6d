import pytest

from sources.fetching import FetchRefused, Page
from sources.publication_page import describe

ARTICLE = """<!doctype html><html lang="ru"><head>
<title>Кадамжай: сурьма — 24.kg</title>
<meta property="og:title" content="Кадамжай: сурьма">
<meta property="og:site_name" content="24.kg">
<meta name="author" content="Айбек Осмонов">
<meta property="article:published_time" content="2024-05-17T09:00:00+06:00">
</head><body><article><p>Запасы сурьмы.</p></article></body></html>""".encode()


def test_a_page_tells_title_author_publisher_date_and_language() -> None:
    found = describe(Page("https://24.kg/ekonomika/1/", 200, "text/html", ARTICLE))
    assert (found.title, found.author, found.publisher) == ("Кадамжай: сурьма", "Айбек Осмонов", "24.kg")
    assert (found.published, found.language) == ("2024-05-17", "ru")


def test_a_page_that_says_nothing_leaves_everything_blank_but_its_host() -> None:
    found = describe(Page("https://example.kz/a", 200, "text/html", b"<p>1</p>"))
    assert (found.title, found.author, found.published, found.language) == ("", "", "", "")


def test_a_file_is_no_page_but_its_address_may_hold_a_doi() -> None:
    found = describe(Page("https://doi.org/10.3133/ofr99556", 200, "application/pdf", b"%PDF"))
    assert (found.title, found.doi) == ("", "10.3133/ofr99556")


def test_an_address_that_answers_with_an_error_describes_nothing() -> None:
    with pytest.raises(FetchRefused, match="404"):
        describe(Page("https://example.kz/a", 404, "text/html", b""))
