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


def _suffix(context: Any) -> str:
    moment = context.get("moment")
    return moment.suffix if moment else ""


@register.simple_tag(takes_context=True)
def address(context: Any, thing: Record | Claim) -> str:
    """The page of a record or a claim, at the moment this page shows."""
    if isinstance(thing, Claim):
        return addresses.claim_address(thing, _suffix(context))
    return addresses.address(thing, _suffix(context))


@register.simple_tag(takes_context=True)
def record_link(context: Any, record: Record | None) -> str | SafeString:
    """A record's name as a link to its page, marked with its language where that is not the page's."""
    if record is None:
        return ""
    name, language = record.label_in(get_language() or "en")
    marked = format_html(' lang="{}"', language) if language != get_language() else ""
    return format_html('<a href="{}"{}>{}</a>', addresses.address(record, _suffix(context)), marked, name)


@register.filter
def partial_date(date: str) -> str:
    """A partial date in the reader's language, as exactly as it is known: "April 2025"."""
    return show_partial_date(date, get_language() or "en")


@register.filter
def claim_kind(kind: str) -> str:
    """What readers call a kind of claim: "resource estimate" for "estimate"."""
    model = claim_kinds().get(kind)
    return str(model._meta.verbose_name) if model else kind
