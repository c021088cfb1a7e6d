"""Addresses of records and claims: the id decides, the slug is for readers, the moment goes along."""

from django.http import Http404
from django.urls import reverse

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


def address(record: Record, suffix: str = "") -> str:
    """The record's page in the active language; `suffix` is the moment's query string."""
    if record.kind == "region":
        return reverse("countries") + suffix
    return reverse(record.kind, args=[record.pk, record.slug]) + suffix


def claim_address(claim: Claim, suffix: str = "") -> str:
    """The claim's own page in the active language."""
    return reverse("claim", args=[claim.pk]) + suffix


def permalink(record: Record) -> str:
    """The record's short link, the same in every language."""
    if record.kind not in SHORT:
        raise Http404
    return f"/{SHORT[record.kind]}/{record.pk}"
