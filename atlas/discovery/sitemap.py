"""Sitemaps (https://www.sitemaps.org/protocol.html): every record's page with its other languages.

Claims' pages are left to the records' links: they would be most of the map and little of what is searched.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from atlas.addresses import address
from atlas.downloads.package import RECORD_TABLES
from atlas.downloads.record_columns import KINDS
from atlas.downloads.tables import moment_text
from atlas.published.snapshot import Snapshot
from sources.models import Record

#: The protocol's limit.
MOST_ADDRESSES = 50_000
PAGES = (
    "home",
    "countries",
    "minerals",
    "deposits",
    "projects",
    "partners",
    "sources",
    "data",
    "about",
    "methodology",
    "glossary",
    "health",
    "privacy",
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(snapshot: Snapshot, site: str) -> str:
    """The sitemap of sitemaps: one of the site's own pages, then one for each kind of record."""
    at = moment_text(snapshot.at)
    names = ["pages"]
    for kind, name in RECORD_TABLES.items():
        names += [f"{name}-{part}" for part in range(1, _parts(snapshot, kind) + 1)]
    entries = "".join(
        f"<sitemap><loc>{escape(f'{site}/sitemap-{name}.xml')}</loc><lastmod>{at}</lastmod></sitemap>\n"
        for name in names
    )
    return f"{_HEAD}<sitemapindex {_XMLNS}>\n{entries}</sitemapindex>\n"


def pages(site: str) -> str:
    """The site's own pages."""
    addresses = []
    for name in PAGES:
        by_language = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                by_language[language] = reverse(name)
        addresses.append(by_language)
    return _urlset(addresses, site)


def records(snapshot: Snapshot, kind: str, part: int, site: str) -> str | None:
    """One part of the records of a kind; None beyond the last."""
    if not 1 <= part <= _parts(snapshot, kind):
        return None
    shown: Sequence[Record] = snapshot.of_kind(KINDS[kind])[_a_part() * (part - 1) : _a_part() * part]
    by_language: dict[str, list[str]] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            by_language[language] = [address(record) for record in shown]
    rows = zip(*by_language.values(), strict=True)
    return _urlset([dict(zip(by_language, row, strict=True)) for row in rows], site)


def _a_part() -> int:
    """Records a file: each has an address a language."""
    return MOST_ADDRESSES // len(settings.LANGUAGES)


def _parts(snapshot: Snapshot, kind: str) -> int:
    return -(-len(snapshot.of_kind(KINDS[kind])) // _a_part())


def _urlset(addresses: Sequence[dict[str, str]], site: str) -> str:
    entries = "".join(line for by_language in addresses for line in _entries(by_language, site))
    xhtml = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_HEAD}<urlset {_XMLNS} {xhtml}>\n{entries}</urlset>\n"


def _entries(by_language: dict[str, str], site: str) -> Iterator[str]:
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(site + path)}"/>'
        for language, path in by_language.items()
    )
    for path in by_language.values():
        yield f"<url><loc>{escape(site + path)}</loc>{alternates}</url>\n"
