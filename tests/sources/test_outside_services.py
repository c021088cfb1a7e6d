"""Catalogues and the archive, asked over HTTP: a local server stands for each of them."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sources import links
from sources.bibliography import address_of, describe_number
from sources.cataloguing import keep_copy, look_up
from sources.models import LinkCheck
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db

PAPER = {
    "message": {
        "title": ["Tin deposits of \n Central Asia"],
        "author": [{"given": "Anna", "family": "Writer"}, {"name": "Geological Survey"}],
        "publisher": "Ore House",
        "issued": {"date-parts": [[2020, 5]]},
        "language": "en",
    }
}
BOOK = {
    "ISBN:9789211596175": {
        "title": "Minerals",
        "subtitle": "an atlas",
        "authors": [{"name": "B. Author"}],
        "publishers": [{"name": "United Nations"}],
        "publish_date": "May 2009",
    }
}
COPY = "/web/20250402000000/https://news.example/1"


class Handler(BaseHTTPRequestHandler):
    """All outside services in one; what it was asked for."""

    asked: list[str]
    archived = True

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        own = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        if self.path == "/works/10.1000/abc.1":
            self._json(PAPER)
        elif self.path.startswith("/books?") and "9789211596175" in self.path:
            self._json(BOOK)
        elif self.path.startswith("/works/10.1000/odd"):
            self._json({"message": {"title": [], "issued": {"date-parts": [[None]]}}})
        elif self.path.startswith("/books?"):
            self._json({})
        elif self.path.startswith("/available?") and self.archived:
            self._json({"archived_snapshots": {"closest": {"available": True, "url": own + COPY}}})
        elif self.path.startswith("/available?"):
            self._json({"archived_snapshots": {}})
        elif self.path.startswith("/save/"):
            self.send_response(302)
            self.send_header("Location", COPY)
            self.end_headers()
        elif self.path.startswith(("/web/", "/article")):
            self._json("there")
        else:
            self.send_error(404)

    def _json(self, told: Any) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def outside(settings: Any) -> Iterator[str]:
    """The server's address; every outside service leads there."""
    Handler.asked, Handler.archived = [], True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    own = f"http://127.0.0.1:{server.server_port}"
    settings.FETCH_LOOPBACK_PORTS = {server.server_port}
    settings.DOI_CATALOGUE = f"{own}/works/"
    settings.ISBN_CATALOGUE = f"{own}/books?bibkeys="
    settings.ARCHIVE_AVAILABILITY = f"{own}/available"
    settings.ARCHIVE_SAVE = f"{own}/save/"
    yield own
    server.shutdown()
    server.server_close()


# DOIs and ISBNs


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("10.1000/ABC.1", "https://doi.org/10.1000/abc.1"),
        (" doi:10.1000/abc.1 ", "https://doi.org/10.1000/abc.1"),
        ("ISBN 978-92-1-159617-5", "https://openlibrary.org/isbn/9789211596175"),
        ("0-306-40615-2", "https://openlibrary.org/isbn/9780306406157"),
        ("https://news.example/10.1000/abc.1", "https://news.example/10.1000/abc.1"),
        ("just words", "just words"),
    ],
)
def test_a_bare_number_stands_for_an_address(typed: str, address: str) -> None:
    assert address_of(typed) == address


@pytest.mark.parametrize("typed", ["10.1000/ABC.1", "doi: 10.1000/abc.1", "https://doi.org/10.1000/abc.1"])
def test_a_doi_is_described_by_its_catalogue(outside: str, typed: str) -> None:
    told = look_up(typed).description
    assert (told.title, told.author) == ("Tin deposits of Central Asia", "Anna Writer, Geological Survey")
    assert (told.publisher, told.published, told.language) == ("Ore House", "2020-05", "en")


def test_an_isbn_is_described_by_its_catalogue(outside: str) -> None:
    offer = look_up("ISBN 978-92-1-159617-5")
    told = offer.description
    assert offer.address == "https://openlibrary.org/isbn/9789211596175"
    assert (told.title, told.author) == ("Minerals: an atlas", "B. Author")
    assert (told.publisher, told.published) == ("United Nations", "2009-05")


def test_an_isbn_in_a_sources_note_is_that_source(outside: str) -> None:
    known = SourceFactory(note="ISBN 92-1-159617-5 is wrong, 978-92-1-159617-5 is right")
    assert look_up("9789211596175").existing == [known]
    assert Handler.asked == []


@pytest.mark.parametrize("number", ["10.1000/unknown", "10.1000/odd", "ISBN 0-306-40615-2"])
def test_what_no_catalogue_knows_is_not_made_up(outside: str, number: str) -> None:
    assert describe_number(number) is None


def test_an_ordinary_address_asks_no_catalogue(outside: str) -> None:
    assert describe_number("https://news.example/9780306406157") is None
    assert Handler.asked == []


# The archive


def test_a_copy_that_the_archive_has_is_kept(outside: str) -> None:
    source = SourceFactory(url="https://news.example/1?a=b&c=d")
    assert keep_copy(source) == outside + COPY
    source.refresh_from_db()
    assert source.archive_url == outside + COPY
    assert Handler.asked == ["/available?url=https%3A%2F%2Fnews.example%2F1%3Fa%3Db%26c%3Dd"]


def test_a_copy_that_it_lacks_is_asked_for(outside: str) -> None:
    Handler.archived = False
    source = SourceFactory(url="https://news.example/1")
    assert keep_copy(source) == outside + COPY
    assert "/save/https://news.example/1" in Handler.asked


def test_a_check_keeps_the_hash_of_what_was_there(outside: str) -> None:
    found = links.check_link(SourceFactory(url=f"{outside}/article"))
    assert (found.outcome, found.status) == (LinkCheck.Outcome.ALIVE, 200)
    assert found.digest == hashlib.sha256(b'"there"').hexdigest()
