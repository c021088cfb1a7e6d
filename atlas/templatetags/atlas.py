from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from atlas import addresses
from sources.dates import show_partial_date
from sources.models import Claim, Record
from sources.models.claims import claim_kinds

register = template.Library()


def suffix(context: Any) -> str:
    """The query string that keeps the page's moment in its links."""
    moment = context.get("moment")
    return moment.suffix if moment else ""


#: A heavy page writes a thousand links, most of them several times, and so do others after it. Kept are pure
#: functions of what stands in them; `typed`, as a safe string and a plain one of the same text are equal.
written_once = lru_cache(maxsize=16_384, typed=True)


@written_once
def link(address: str, name: str, language: str) -> SafeString:
    """A name as a link, marked with a language unless that is ""."""
    if not language:
        return format_html('<a href="{}">{}</a>', address, name)
    return format_html('<a href="{}" lang="{}">{}</a>', address, language, name)


@register.simple_tag(takes_context=True)
def address(context: Any, thing: Record | Claim) -> str:
    """The page of a record or a claim, at the moment this page shows."""
    if isinstance(thing, Claim):
        return addresses.claim_address(thing, suffix(context))
    return addresses.address(thing, suffix(context))


@register.simple_tag(takes_context=True)
def record_link(context: Any, record: Record | None) -> str | SafeString:
    """A record's name as a link to its page, marked with its language where that is not the page's."""
    return link_to(record, suffix(context), get_language() or "en") if record else ""


def link_to(record: Record, moment: str, own: str) -> SafeString:
    """The same for one of hundreds: `own` is the active language, and the moment a query string."""
    name, language = record.label_in(own)
    return link(addresses.address(record, moment, own), name, "" if language == own else language)


@register.filter
def partial_date(date: str) -> str:
    """A partial date in the reader's language, as exactly as it is known: "April 2025"."""
    return show_partial_date(date, get_language() or "en")


@register.filter
def claim_kind(kind: str) -> str:
    """What readers call a kind of claim: "resource estimate" for "estimate"."""
    model = claim_kinds().get(kind)
    return str(model._meta.verbose_name) if model else kind
