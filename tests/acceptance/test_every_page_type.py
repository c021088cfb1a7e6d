"""What every public page promises, whatever its type: in both languages, now and as of a moment."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.acceptance.page_types import NAMED, pages

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "ru")
LIST_QUERIES = 12
RECORD_QUERIES = 30
#: What a page of the past may link without the moment: anchors, other sites, the desk, feeds of the future,
#: and what changed since that moment.
TIMELESS = re.compile(r"^(#|mailto:|https?://|/static/|/admin/)|\.atom$|/changes/\?from=1$")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Read(HTMLParser):
    """The parts of a page that these tests look at."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.headings: Counter[str] = Counter()
        self.hrefs: list[str] = []
        self.named_nothing: list[str] = []
        self.inline: list[str] = []
        self.title = ""
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids[str(values["id"])] += 1
        if tag == "a" and values.get("href"):
            self.hrefs.append(str(values["href"]))
        if "style" in values or any(name.startswith("on") for name in values):
            self.inline.append(f"<{tag} {attrs}>")
        if tag == "style":
            self.inline.append("<style>")
        if re.fullmatch("h[1-6]", tag):
            self.headings[tag] += 1
        for _tag, _values, text in self._open:
            text.append(values.get("alt") or values.get("aria-label") or "")
        if tag not in VOID:
            self._open.append((tag, values, []))

    def handle_data(self, data: str) -> None:
        for _tag, _values, text in self._open:
            text.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, values, text = self._open.pop()
            said = "".join(text).strip()
            if opened in ("a", "button") and not (said or values.get("aria-label") or values.get("title")):
                self.named_nothing.append(f"<{opened} {values}>")
            runs = opened == "script" and values.get("type", "module") in ("module", "text/javascript")
            if runs and said:
                self.inline.append(said[:80])
            if opened == "title" and not any(name == "svg" for name, _v, _t in self._open):
                self.title = said
            if opened == tag:
                return


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def answers(client: Client, loaded: int, language: str) -> dict[str, Any]:
    """Every page type's answer, by its address."""
    return {path: client.get(path) for path in pages(language).all}


def test_every_page_is_whole_marked_up_and_kept_by_caches(
    client: Client, answers: dict[str, Any], language: str
) -> None:
    wrong: list[str] = []
    for path, answer in answers.items():
        html = answer.content.decode()
        read = Read(html)
        found = {
            "status": answer.status_code == 200,
            "language": f'<html lang="{language}"' in html,
            "title": bool(read.title),
            "one h1": read.headings["h1"] == 1,
            "ids": not [name for name, count in read.ids.items() if count > 1],
            "links and buttons say something": not read.named_nothing,
            "no inline script or style": not read.inline,
            "no cookie": not answer.cookies,
            "caches": "public" in answer.headers.get("Cache-Control", "") and "ETag" in answer.headers,
        }
        wrong += [f"{path}: {name} {read.named_nothing[:2]}" for name, right in found.items() if not right]
    assert not wrong, "\n".join(wrong)


def test_every_page_answers_304_to_who_has_it(client: Client, answers: dict[str, Any]) -> None:
    for path, answer in answers.items():
        again = client.get(path, headers={"if-none-match": answer.headers["ETag"]})
        assert (path, again.status_code, again.content) == (path, 304, b"")


def test_every_page_can_be_read_as_of_a_moment_and_links_lead_to_that_moment(
    client: Client, loaded: int, language: str
) -> None:
    wrong: list[str] = []
    for path in pages(language).all:
        past = f"{path}{'&' if '?' in path else '?'}as_of=1"
        answer = client.get(past)
        if answer.status_code != 200:
            wrong.append(f"{path}: {answer.status_code}")
            continue
        html = answer.content.decode()
        body = html[html.index("<main") :] if "<main" in html else html
        lost = [href for href in Read(body).hrefs if not TIMELESS.search(href) and "as_of=1" not in href]
        wrong += [f"{path} → {href}" for href in sorted(set(lost))[:3]]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("as_of", "status"), [("nonsense", 400), ("2999-01-01", 400), ("1990-01-01", 404)])
def test_a_moment_that_cannot_be_shown_is_refused_on_every_page(
    client: Client, loaded: int, as_of: str, status: int
) -> None:
    for path in pages("en").all:
        answer = client.get(f"{path}{'&' if '?' in path else '?'}as_of={as_of}")
        assert (path, answer.status_code) == (path, status)


def test_pages_ask_few_queries(
    client: Client, loaded: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asked = pages("en")
    client.get("/en/health-of-the-record/")  # what goes by the clock alone is then in memory
    for most, paths in ((LIST_QUERIES, asked.plain), (RECORD_QUERIES, [*asked.records, *asked.claims])):
        for path in paths:
            if path.endswith("/changes/"):
                continue  # reads the history of a record; its own tests hold it
            with django_assert_max_num_queries(most, info=path):
                client.get(path)


# Hostile input


LONG = "я" * 5_000
HOSTILE = (
    "",
    "0",
    "-1",
    "1e9",
    "9" * 40,
    "NaN",
    "null",
    "\x00",
    "'\"><script>",
    "../..",
    LONG,
    "٣",
    "%",
    "1,2",
)
#: Those tried on each parameter alone; the others on all at once.
WORST = ("-1", "\x00")
PARAMETERS = (
    "as_of",
    "q",
    "page",
    "sort",
    "country",
    "mineral",
    "group",
    "kind",
    "stage",
    "type",
    "precision",
    "topic",
    "bbox",
    "view",
    "lat",
    "lon",
    "place",
    "at",
    "km",
    "since",
    "from",
    "to",
    "point",
    "fixed",
    "format",
    "publisher",
    "reliability",
    "language",
)
LISTENING = (
    "",
    "map/data/",
    "deposits/",
    "projects/",
    "partners/",
    "sources/",
    "search/",
    "search/suggest/",
    "near/",
    "corrections/",
    "feeds/search.atom",
    "feeds/map.atom",
    "map/embed/",
    "embed/map/",
)


@pytest.mark.slow
@pytest.mark.parametrize("path", LISTENING)
def test_no_parameter_makes_a_page_fail(client: Client, loaded: int, path: str) -> None:
    queries = [dict.fromkeys(PARAMETERS[1:], value) for value in HOSTILE]
    queries += [{name: value} for name in PARAMETERS for value in HOSTILE[:1] + WORST]
    for query in queries:
        answer = client.get(f"/en/{path}", query)
        assert answer.status_code < 500, (path, query)
        assert b"'\"><script>" not in answer.content, (path, query)


@pytest.mark.parametrize("part", ["", "cite/", "changes/", "embed/", "feed.atom", "cite.bib"])
@pytest.mark.parametrize("number", ["0", "999999999", "9" * 30])
def test_records_that_cannot_be_are_missing(client: Client, loaded: int, part: str, number: str) -> None:
    for kind in NAMED:
        folder = {"country": "countries"}.get(kind, f"{kind}s")
        assert client.get(f"/en/{folder}/{number}-x/{part}").status_code == 404
    if part in ("", "cite/"):
        assert client.get(f"/en/claims/{number}/{part}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/d/{}",
        "/c/{}",
        "/en/embed/deposit/{}/",
        "/en/embed/nothing/{}/",
        "/en/preview/deposit/{}.png",
        "/en/map/reference/{}/",
        "/en/map/reference/site/{}/",
        "/en/suggest/{}/",
        "/en/data/records/{}.csv",
        "/en/embed/point/{}/estimate/1/",
        "/oembed?url={}",
        "/oembed?url=http://testserver/en/deposits/{}/",
    ],
)
def test_numbers_out_of_range_are_answered(client: Client, loaded: int, path: str) -> None:
    for number in ("0", "999999999", "9" * 30):
        answer = client.get(path.format(number))
        assert 300 <= answer.status_code < 500, (path, number[:12], answer.status_code)
