"""Whole pages kept in memory: the same page again without composing it, never a page that has changed."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from atlas import settings as own
from atlas.published.keeper import keeper
from sources.recording import publish_record

pytestmark = pytest.mark.django_db

PAGE = "/en/deposits/3001-kuirektykol/"
#: A page that is kept asks the database only for the clock.
CLOCK = 1


@pytest.fixture(autouse=True)
def as_in_production(loaded: int, settings: Any) -> None:
    settings.CACHES = own.CACHES
    caches["pages"].clear()


def test_a_page_asked_for_again_is_the_same_and_asks_only_for_the_clock(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(PAGE)
    with django_assert_num_queries(CLOCK):
        again = client.get(PAGE)
    assert again.content == first.content
    assert again.headers == first.headers


def test_what_is_published_shows_at_once(client: Client, administrator: Any) -> None:
    assert "Kuirektykol" in client.get(PAGE).content.decode()
    deposit = next(record for record in keeper.newest().deposits if record.pk == 3001)
    deposit = type(deposit).objects.get(pk=deposit.pk)
    deposit.name = "Kuirektykol renamed"
    deposit.save()
    publish_record(deposit, administrator, "a new name")
    assert "Kuirektykol renamed" in client.get(PAGE, follow=True).content.decode()


def test_each_address_and_each_language_is_a_page_of_its_own(client: Client) -> None:
    english = client.get("/en/deposits/").content
    assert client.get("/ru/deposits/").content != english
    assert client.get("/en/deposits/?page=2").content != english
    assert client.get("/en/deposits/").content == english


def test_an_embed_may_still_be_framed_when_it_comes_from_memory(client: Client) -> None:
    for _time in range(2):
        answer = client.get("/en/embed/deposit/3001/")
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers


@pytest.mark.parametrize("path", ["/en/deposits/999999-nothing/", PAGE + "?as_of=1"], ids=["missing", "past"])
def test_missing_pages_and_the_past_are_not_kept(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    client.get(path)
    client.get(path)
    assert not caches["pages"]._cache  # type: ignore[attr-defined]
