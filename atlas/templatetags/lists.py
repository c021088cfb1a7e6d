"""What rows of lists and tables share."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from atlas.moments import PARAMETER
from sources.models import Record

register = template.Library()


@register.simple_tag
def other_name(record: Record) -> tuple[str, str] | None:
    """(name, language) in the site's other language, None where it is not known or the same."""
    shown, shown_in = record.label_in(get_language() or "en")
    name, language = record.label_in("ru" if shown_in == "en" else "en")
    return (name, language) if language != shown_in and name != shown else None


@register.simple_tag(takes_context=True)
def list_url(context: Any, name: str, query: str, **more: str) -> str:
    """A list with filters in force, at the moment this page shows."""
    moment = context.get("moment")
    kept = {PARAMETER: moment.as_of} if moment and moment.as_of else {}
    return f"{_path(name, get_language())}?{'&'.join(filter(None, (query, urlencode({**more, **kept}))))}"


@lru_cache(maxsize=64)
def _path(name: str, language: str | None) -> str:
    """The list's path in the active language, which it depends on."""
    return reverse(name)
