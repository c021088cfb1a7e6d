"""Pages for what is not there and for what went wrong."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error


@pytest.mark.django_db
def test_a_missing_page_keeps_the_frame_and_its_language(client: Client) -> None:
    answer = client.get("/ru/nowhere/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert '<html lang="ru">' in html
    assert 'href="/ru/search/"' in html
    assert 'rel="canonical"' not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("as_of", "status"),
    [("yesterday", 400), ("2999-01-01", 400), ("0", 404)],
    ids=["words", "future", "before"],
)
def test_a_moment_that_cannot_be_shown_leads_back_to_the_newest(
    client: Client, loaded: int, as_of: str, status: int
) -> None:
    answer = client.get("/en/glossary/", {"as_of": as_of})
    assert answer.status_code == status
    assert 'href="/en/glossary/">Read the newest' in answer.content.decode()


def test_the_page_for_failures_needs_no_database(rf: RequestFactory) -> None:
    answer: Any = server_error(rf.get("/en/"))
    assert answer.status_code == 500
    assert "went wrong on our side" in answer.content.decode()


@pytest.mark.django_db
def test_classifications_are_explained_with_what_is_only_indicative(client: Client) -> None:
    html = client.get("/en/glossary/").content.decode()
    for anchor in ("gkz", "crirsco", "unfc", "unrms"):
        assert f'id="{anchor}"' in html
    assert "Indicative:" in html
