from typing import Any

import pytest
from django.core.management import call_command

from sources import links
from sources.fetching import FetchRefused, Page
from sources.models import LinkCheck, Source
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


def answering(monkeypatch: pytest.MonkeyPatch, answers: dict[str, Page | FetchRefused]) -> list[str]:
    """Let addresses answer so; the addresses asked for."""
    asked: list[str] = []

    def fetch(address: str) -> Page:
        asked.append(address)
        answer = answers[address]
        if isinstance(answer, FetchRefused):
            raise answer
        return answer

    monkeypatch.setattr(links, "fetch", fetch)
    return asked


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Page("https://a.example/1", 200, "text/html", b"1"), "alive"),
        (Page("https://www.a.example/1/", 200, "text/html", b"1"), "alive"),
        (Page("https://a.example/new/1", 200, "text/html", b"1"), "moved"),
        (Page("https://a.example/1", 404, "text/html", b""), "dead"),
        (Page("https://a.example/1", 410, "text/html", b""), "dead"),
        (Page("https://a.example/1", 503, "text/html", b""), "unreachable"),
        (FetchRefused("no answer"), "unreachable"),
    ],
)
def test_a_link_is_alive_moved_dead_or_out_of_reach(
    monkeypatch: pytest.MonkeyPatch, answer: Page | FetchRefused, outcome: str
) -> None:
    answering(monkeypatch, {"https://a.example/1": answer})
    assert links.check_link(SourceFactory(url="https://a.example/1")).outcome == outcome


def test_a_run_goes_on_where_it_was_stopped(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    pages = {
        f"https://{name}.example/": Page(f"https://{name}.example/", 200, "text/html", b"") for name in "abc"
    }
    for address in pages:
        SourceFactory(url=address)
    first = answering(monkeypatch, pages)
    call_command("check_links", limit=2, pause=0)
    second = answering(monkeypatch, pages)
    call_command("check_links", pause=0)
    assert len(first) == 2
    assert sorted(first + second) == sorted(pages)
    assert LinkCheck.objects.count() == Source.objects.count()


def test_one_host_is_not_asked_twice_within_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = ["https://a.example/1", "https://a.example/2", "https://b.example/1"]
    for address in addresses:
        SourceFactory(url=address)
    answering(monkeypatch, {a: Page(a, 200, "text/html", b"") for a in addresses})
    slept: list[float] = []
    monkeypatch.setattr(links.time, "sleep", slept.append)
    links.check_links(links.due(30), 5.0, lambda check: None)
    assert len(slept) == 1
    assert 4 < slept[0] <= 5


def test_the_newest_archived_copy_is_found(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    copy = "http://web.archive.org/web/20240517/https://a.example/1"
    body = f'{{"archived_snapshots": {{"closest": {{"available": true, "url": "{copy}"}}}}}}'.encode()
    address = f"{settings.ARCHIVE_AVAILABILITY}?url=https%3A%2F%2Fa.example%2F1"
    answering(monkeypatch, {address: Page(address, 200, "application/json", body)})
    assert links.find_archived("https://a.example/1") == copy


@pytest.mark.parametrize("body", [b"{}", b'{"archived_snapshots": {}}', b"<html>", b"[]"])
def test_no_archived_copy_is_no_error(monkeypatch: pytest.MonkeyPatch, settings: Any, body: bytes) -> None:
    address = f"{settings.ARCHIVE_AVAILABILITY}?url=https%3A%2F%2Fa.example%2F1"
    answering(monkeypatch, {address: Page(address, 200, "application/json", body)})
    assert links.find_archived("https://a.example/1") == ""
