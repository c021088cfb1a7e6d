"""Addresses of records and claims: the id decides, the slug is for readers, the moment goes along."""

from functools import lru_cache

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from sources.models import Claim, Record

#: Short, language-neutral links: /d/42 leads to the deposit's page in the reader's language.
SHORT = {
    "deposit": "d",
    "project": "p",
    "partner": "o",
    "country": "k",
    "mineral": "m",
    "source": "s",
    "publisher": "h",
}


def address(record: Record, suffix: str = "", active: str | None = None) -> str:
    """The record's page in the active language; `suffix` is the moment's query string.

    Who asks for hundreds and knows the active language may say it.
    """
    if record.kind == "region":
        return reverse("countries") + suffix
    return _path(record.kind, record.pk, record.slug, active or get_language()) + suffix


@lru_cache(maxsize=16_384)
def _path(kind: str, pk: int, slug: str, language: str | None) -> str:
    """Pages link hundreds of records, and resolving an address costs more than anything else about a link."""
    return reverse(kind, args=[pk, slug])


def claim_address(claim: Claim, suffix: str = "") -> str:
    """The claim's own page in the active language."""
    return reverse("claim", args=[claim.pk]) + suffix


def permalink(record: Record) -> str:
    """The record's short link, the same in every language."""
    if record.kind not in SHORT:
        raise Http404
    return f"/{SHORT[record.kind]}/{record.pk}"
