"""What catalogues say of a DOI or an ISBN: one seam, so that tests ask a server of their own.

DOIs: Crossref's REST API (https://api.crossref.org/swagger-ui/). ISBNs: Open Library's books API
(https://openlibrary.org/dev/docs/api/books).
"""

import json
from typing import Any
from urllib.parse import quote

from django.conf import settings

from .dates import parse_partial_date
from .fetching import FetchRefused, fetch
from .identity import find_doi, find_isbn
from .publication_page import Description
from .typed_dates import read_date


def address_of(text: str) -> str:
    """The address that a bare DOI or ISBN stands for; the text itself if it is neither."""
    typed = text.strip()
    if "://" in typed:
        return typed
    if doi := find_doi(typed):
        return f"{settings.DOI_ADDRESS}{quote(doi, safe='/:;()._-')}"
    if isbn := find_isbn(typed):
        return f"{settings.ISBN_ADDRESS}{isbn}"
    return typed


def describe_number(text: str) -> Description | None:
    """What a catalogue says of the DOI or ISBN in an address or text; None without one it knows."""
    doi = find_doi(text)
    isbn = "" if doi else _isbn_of(text)
    if not doi and not isbn:
        return None
    try:
        return _of_doi(doi) if doi else _of_isbn(isbn)
    except (FetchRefused, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def _isbn_of(text: str) -> str:
    """Only what is given as an ISBN: other addresses hold numbers of ten digits too."""
    return find_isbn(text) if "://" not in text or text.startswith(settings.ISBN_ADDRESS) else ""


def _of_doi(doi: str) -> Description:
    told = _json(f"{settings.DOI_CATALOGUE}{quote(doi, safe='/')}")["message"]
    authors = [
        " ".join(filter(None, (one.get("given"), one.get("family")))) or one.get("name", "")
        for one in told.get("author", [])
    ]
    year, *rest = told["issued"]["date-parts"][0]
    return Description(
        title=_line(told["title"][0]),
        author=", ".join(filter(None, authors))[:300],
        publisher=_line(told.get("publisher", ""), 200),
        published=parse_partial_date("-".join([f"{year:04}", *(f"{part:02}" for part in rest)])),
        language=_line(told.get("language") or "", 10)[:2],
        doi=doi,
    )


def _of_isbn(isbn: str) -> Description:
    told = _json(f"{settings.ISBN_CATALOGUE}ISBN:{isbn}")[f"ISBN:{isbn}"]
    try:
        published = read_date(told.get("publish_date", ""))
    except ValueError:
        published = ""
    return Description(
        title=_line(": ".join(filter(None, (told["title"], told.get("subtitle"))))),
        author=", ".join(one["name"] for one in told.get("authors", []))[:300],
        publisher=_line(next((one["name"] for one in told.get("publishers", [])), ""), 200),
        published=published,
    )


def _json(address: str) -> Any:
    page = fetch(address)
    if page.status != 200:
        raise FetchRefused(str(page.status))
    return json.loads(page.content)


def _line(text: str, limit: int = 500) -> str:
    return " ".join(text.split())[:limit]
