"""Adding a source by pasting its address: offered from its page, never entered twice, with a dated copy."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from sources import cataloguing
from sources.admin import by_address
from sources.fetching import FetchRefused, Page
from sources.models import Name, Publisher, Source
from tests.desk.forms import filled, signed_in
from tests.factories import PublisherFactory, SourceFactory, person

pytestmark = pytest.mark.django_db

ARTICLE = "https://news.example/2025/04/kuirektykol?utm_source=feed"
HTML = """<html lang="en"><head><title>Kuirektykol: a deposit found</title>
<meta property="og:title" content="Kuirektykol: a deposit found">
<meta property="og:site_name" content="Example News">
<meta name="author" content="Anna Writer">
<meta property="article:published_time" content="2025-04-02T10:00:00Z"></head>
<body><article><h1>Kuirektykol: a deposit found</h1><p>It was reported.</p></article></body></html>"""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What addresses answer with; anything else cannot be reached."""
    answers: dict[str, Any] = {ARTICLE: Page(ARTICLE, 200, "text/html", HTML.encode())}

    def fetch(address: str) -> Page:
        if address not in answers:
            raise FetchRefused("The address could not be reached.")
        return answers[address]

    monkeypatch.setattr(cataloguing, "fetch", fetch)
    return answers


def look_up(address: str, who: str = "contributor", **more: str) -> Any:
    client = signed_in(person(who, who))
    return client.post(reverse("admin:sources_source_by_address"), {"address": address, **more})


def offered(response: Any) -> dict[str, str]:
    """The values with which the source's form was opened."""
    assert response.status_code == 302
    return {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}


def saved(client: Client, **typed: Any) -> Any:
    """The answer to the sources' form, sent by hand."""
    page = reverse("admin:sources_source_add")
    given = {"name": "A", "url": "https://news.example/1", "type": "news", "language": "en"}
    return client.post(page, {**filled(client.get(page)), **given, **typed}, follow=True)


def test_what_the_page_says_fills_the_form(web: dict[str, Any]) -> None:
    values = offered(look_up(ARTICLE))
    assert values["name"] == "Kuirektykol: a deposit found"
    assert values["author"] == "Anna Writer"
    assert values["published"] == "2025-04-02"
    assert values["language"] == "en"
    assert values["new_publisher"] == "Example News"


def test_the_filled_form_is_saved_with_its_new_publisher(web: dict[str, Any]) -> None:
    client = signed_in(person("contributor", "contributor"))
    address = client.post(reverse("admin:sources_source_by_address"), {"address": ARTICLE})["Location"]
    form = {**filled(client.get(address)), "type": "news", "archive": ""}
    response = client.post(address, {**form, "_save": "1"})
    source = Source.objects.get()
    assert response["Location"] == reverse("admin:sources_source_facts", args=[source.pk])
    assert (source.name, source.publisher.name) == ("Kuirektykol: a deposit found", "Example News")
    assert source.url == ARTICLE
    assert source.accessed


def test_the_same_address_is_shown_and_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    known = SourceFactory(name="Known article", url="http://www.news.example/2025/04/kuirektykol/")
    monkeypatch.setattr(cataloguing, "fetch", lambda address: pytest.fail("fetched"))
    page = look_up(ARTICLE).content.decode()
    assert "The atlas has it already" in page
    assert reverse("admin:sources_source_facts", args=[known.pk]) in page


def test_the_same_doi_is_the_same_source(monkeypatch: pytest.MonkeyPatch) -> None:
    SourceFactory(name="Known paper", url="https://doi.org/10.1000/ABC.1")
    monkeypatch.setattr(cataloguing, "fetch", lambda address: pytest.fail("fetched"))
    assert "Known paper" in look_up("https://journal.example/doi/10.1000/abc.1").content.decode()


def test_an_address_that_redirects_to_a_known_source_is_that_source(web: dict[str, Any]) -> None:
    SourceFactory(name="Known article", url=ARTICLE)
    web["https://short.example/x"] = Page(ARTICLE, 200, "text/html", HTML.encode())
    assert "Known article" in look_up("https://short.example/x").content.decode()


def test_the_same_title_elsewhere_is_offered_as_the_original(web: dict[str, Any]) -> None:
    original = SourceFactory(name="Kuirektykol: A Deposit  Found", url="https://agency.example/1")
    response = look_up(ARTICLE)
    copies = [address for source, address in response.context["as_copies"] if source == original]
    assert parse_qs(urlsplit(copies[0]).query)["copy_of"] == [str(original.pk)]
    assert response.context["as_new"]


def test_a_publisher_is_known_by_its_other_sources_host(web: dict[str, Any]) -> None:
    known = SourceFactory(url="https://www.news.example/other").publisher
    assert offered(look_up(ARTICLE))["publisher"] == str(known.pk)


def test_a_publisher_is_known_by_another_spelling(web: dict[str, Any]) -> None:
    known = PublisherFactory(name="The Example")
    Name.objects.create(record=known, text="Example  NEWS", language="en", kind="spelling")
    assert offered(look_up(ARTICLE))["publisher"] == str(known.pk)


def test_a_page_that_cannot_be_read_is_entered_by_hand(web: dict[str, Any]) -> None:
    values = offered(look_up("https://gone.example/1"))
    assert values["url"] == "https://gone.example/1"
    assert "name" not in values and "accessed" not in values


@pytest.mark.parametrize("typed", ["file:///etc/passwd", "just words", "http://user:secret@news.example/"])
def test_what_is_no_web_address_is_refused_in_words_and_given_back(typed: str) -> None:
    response = look_up(typed)
    assert response.status_code == 200
    assert response.context["form"].errors["address"]
    assert response.context["form"]["address"].value() == typed


def test_the_form_itself_refuses_an_address_that_is_entered() -> None:
    known = SourceFactory(url="https://news.example/1")
    client = signed_in(person("contributor", "contributor"))
    response = saved(client, publisher=known.publisher.pk, url="http://news.example/1/")
    assert "entered already" in response.content.decode()
    assert Source.objects.count() == 1


def test_a_source_without_a_publisher_is_refused() -> None:
    response = saved(signed_in(person("contributor", "contributor")))
    assert "Choose the publisher" in response.content.decode()
    assert not Source.objects.exists() and not Publisher.objects.exists()


def test_a_dated_copy_is_asked_for_and_kept(
    web: dict[str, Any], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    copy = "https://web.archive.org/web/20250402/https://news.example/1"
    monkeypatch.setattr(cataloguing, "find_archived", lambda address: "")
    monkeypatch.setattr(cataloguing, "ask_to_archive", lambda address: copy)
    checked: list[Source] = []
    monkeypatch.setattr(by_address, "check_link", checked.append)
    client = signed_in(person("contributor", "contributor"))
    with django_capture_on_commit_callbacks(execute=True):
        saved(client, new_publisher="House", archive="on")
    assert Source.objects.get().archive_url == copy
    assert [source.name for source in checked] == ["A"]


def test_an_archive_that_is_down_loses_no_source(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(address: str) -> str:
        raise FetchRefused("The address could not be reached.")

    monkeypatch.setattr(cataloguing, "find_archived", down)
    monkeypatch.setattr(by_address, "check_link", lambda source: None)
    monkeypatch.setattr(by_address.transaction, "on_commit", lambda work: work())
    client = signed_in(person("contributor", "contributor"))
    assert "No archived copy yet" in saved(client, new_publisher="House", archive="on").content.decode()
    assert Source.objects.get().archive_url == ""


def test_only_people_who_add_sources_open_the_page() -> None:
    page = reverse("admin:sources_source_by_address")
    assert signed_in(person("reader")).get(page).status_code == 302
    assert Client().get(page).status_code == 302
    for who in ("contributor", "editor", "administrator"):
        assert signed_in(person(who, who)).get(page).status_code == 200
