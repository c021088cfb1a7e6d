"""The glossary of field terms: one table at the desk and in the documentation, read by the fields."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sources.admin.field_terms import FIELD_TERMS, Term
from sources.typed_dates import read_date
from sources.typed_figures import read_quantity
from tests.desk.forms import signed_in
from tests.factories import person

TERMS: list[Term] = [term for group in FIELD_TERMS for term in group.terms]
MONTHS = next(group.terms for group in FIELD_TERMS if any(t[0] == "January" for t in group.terms))[-12:]


def test_the_documentation_has_the_same_table(repository: Path) -> None:
    text = (repository / "docs" / "field-terms.md").read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    wanted = [f"| {english} | {russian} | {kazakh} |" for english, russian, kazakh in TERMS]
    assert [line for line in written if line != "| English | Русский | Қазақша |"] == wanted


def test_no_term_is_there_twice() -> None:
    assert len({english for english, _russian, _kazakh in TERMS}) == len(TERMS)


@pytest.mark.parametrize(("number", "month"), enumerate(MONTHS, start=1))
def test_the_months_are_read_in_each_language(number: int, month: Term) -> None:
    assert [read_date(f"{name} 2025") for name in month] == [f"2025-{number:02}"] * 3


@pytest.mark.parametrize("word", ["thousand", "million", "billion"])
def test_multiples_are_read_in_each_language(word: str) -> None:
    [term] = [term for term in TERMS if term[0] == word]
    read = {
        read_quantity(f"5 {multiple} {unit}") for multiple, unit in zip(term, ("t", "т", "т"), strict=True)
    }
    assert len(read) == 1


@pytest.mark.django_db
def test_the_page_shows_every_term_marked_with_its_language() -> None:
    page = signed_in(person("contributor", "contributor")).get(reverse("admin:field_terms")).content.decode()
    for _english, russian, kazakh in TERMS:
        assert f'<td lang="ru">{russian}</td><td lang="kk">{kazakh}</td>' in page
    assert Client().get(reverse("admin:field_terms")).status_code == 302
