"""Who answers for the site, in their own words: written by administrators, readable as of any tick."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from sources import clock, page_texts
from sources.models import PageText
from tests.desk.forms import signed_in
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Any:
    return person("an-administrator", "administrator")


@pytest.mark.parametrize("page", ["about", "methodology", "privacy"])
def test_what_an_administrator_writes_is_on_the_page(client: Client, administrator: Any, page: str) -> None:
    desk = signed_in(administrator)
    text = "We are a newsroom.\n\nWrite to https://news.example/ <b>now</b>."
    desk.post(reverse("admin:page_text", args=[page, "en"]), {"text": text})
    shown = client.get(f"/en/{page}/").content.decode()
    assert "<p>We are a newsroom.</p>" in shown
    assert '<a href="https://news.example/" rel="nofollow">' in shown
    assert "&lt;b&gt;now&lt;/b&gt;" in shown


def test_the_licence_has_words_of_its_own_on_the_about_page(client: Client, administrator: Any) -> None:
    page_texts.write("licence", "en", "Our photographs are not included.", administrator)
    assert "Our photographs are not included." in client.get("/en/about/").content.decode()


def test_a_language_without_a_text_shows_the_english_one_marked(client: Client, administrator: Any) -> None:
    page_texts.write("about", "en", "We are a newsroom.", administrator)
    assert '<div class="own-text" lang="en"><p>We are' in client.get("/ru/about/").content.decode()
    page_texts.write("about", "ru", "Мы редакция.", administrator)
    shown = client.get("/ru/about/").content.decode()
    assert "Мы редакция." in shown and "We are a newsroom." not in shown


def test_what_stood_before_stays_readable(client: Client, administrator: Any) -> None:
    first = page_texts.write("about", "en", "We are two.", administrator)
    page_texts.write("about", "en", "We are three.", administrator)
    assert "We are three." in client.get("/en/about/").content.decode()
    assert "We are two." in client.get(f"/en/about/?as_of={first}").content.decode()
    history = signed_in(administrator).get(reverse("admin:page_text", args=["about", "en"]))
    assert "We are two." in history.content.decode()


def test_the_same_text_again_changes_nothing(administrator: Any) -> None:
    page_texts.write("about", "en", "We are two.", administrator)
    before = clock.newest()
    assert page_texts.write("about", "en", "We are two.\r\n", administrator) == 0
    assert clock.newest() == before


def test_a_blank_text_takes_it_off_the_page(client: Client, administrator: Any) -> None:
    page_texts.write("about", "en", "We are two.", administrator)
    page_texts.write("about", "en", "", administrator)
    assert "We are two." not in client.get("/en/about/").content.decode()


def test_the_settings_name_who_answers(client: Client, settings: Any) -> None:
    settings.PUBLISHER = {
        "name": "Steppe Review",
        "address": "",
        "contact": "desk@steppe.example",
        "editors": "A. Editor",
        "funding": "readers",
    }
    shown = client.get("/en/about/").content.decode()
    for words in ("Steppe Review", "mailto:desk@steppe.example", "A. Editor", "readers"):
        assert words in shown


@pytest.mark.parametrize("text", ["x" * 20_001, "a\0b"])
def test_a_text_that_cannot_be_kept_is_refused_and_given_back(administrator: Any, text: str) -> None:
    response = signed_in(administrator).post(reverse("admin:page_text", args=["about", "en"]), {"text": text})
    assert response.status_code == 422
    assert not PageText.objects.exists()


@pytest.mark.parametrize("where", [["colours", "en"], ["about", "xx"]])
def test_there_are_no_other_pages(administrator: Any, where: list[str]) -> None:
    assert signed_in(administrator).get(reverse("admin:page_text", args=where)).status_code == 404


def test_only_administrators_write_there() -> None:
    addresses = [reverse("admin:page_texts"), reverse("admin:page_text", args=["about", "en"])]
    for address in addresses:
        assert Client().get(address).status_code == 302
        for who in ("contributor", "editor"):
            assert signed_in(person(f"a-{who}", who)).get(address).status_code == 403
    with pytest.raises(PermissionDenied):
        page_texts.write("about", "en", "We are two.", person("an-editor", "editor"))
