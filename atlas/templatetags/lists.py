"""What rows of lists and tables share."""

from django import template
from django.utils.translation import get_language

from sources.models import Record

register = template.Library()


@register.simple_tag
def other_name(record: Record) -> tuple[str, str] | None:
    """(name, language) in the site's other language, None where it is not known or the same."""
    shown, shown_in = record.label_in(get_language() or "en")
    name, language = record.label_in("ru" if shown_in == "en" else "en")
    return (name, language) if language != shown_in and name != shown else None
