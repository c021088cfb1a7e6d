"""What a publication's own page says of it: title, author, publisher, date, language."""

import re
from dataclasses import dataclass

import trafilatura
from django.conf import settings
from django.utils.translation import gettext as _

from .dates import parse_partial_date
from .fetching import FetchRefused, Page
from .identity import find_doi, find_isbn, normal_address
from .models import Source

LANGUAGE = re.compile(rb"<html[^>]*\blang=[\"']?([A-Za-z]{2,3})", re.I)


@dataclass(frozen=True)
class Description:
    """What could be read on the page; "" where it does not say."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    doi: str = ""


def describe(page: Page) -> Description:
    """Read a fetched page's metadata (trafilatura); FetchRefused if it is no page to read."""
    if page.status >= 400:
        raise FetchRefused(_("The address answers with error %(status)s.") % {"status": page.status})
    if "html" not in page.content_type:
        return Description(doi=find_doi(page.address))
    found = trafilatura.extract_metadata(page.content, default_url=page.address)
    language = LANGUAGE.search(page.content[:4096])
    return Description(
        title=_line(found.title if found else "", 500),
        author=_line(found.author if found else "", 300),
        publisher=_line((found.sitename or found.hostname) if found else "", 200),
        published=_date(found.date if found else ""),
        language=language.group(1).decode().lower() if language else "",
        doi=find_doi(page.address),
    )


def same_publication(address: str, title: str = "") -> list[Source]:
    """Sources that already stand for this address or carry this very title."""
    wanted, doi = normal_address(address), find_doi(address)
    isbn = find_isbn(address) if address.startswith(settings.ISBN_ADDRESS) else ""
    words = " ".join(title.casefold().split())
    found = []
    for source in Source.objects.select_related("publisher"):
        same_address = normal_address(source.url) == wanted or (doi and find_doi(source.url) == doi)
        same_address = same_address or (isbn and find_isbn(f"{source.url} {source.note}") == isbn)
        if same_address or (words and " ".join(source.name.casefold().split()) == words):
            found.append(source)
    return found


def _line(text: str | None, limit: int) -> str:
    return " ".join((text or "").split())[:limit]


def _date(text: str | None) -> str:
    try:
        return parse_partial_date((text or "")[:10])
    except ValueError:
        return ""
