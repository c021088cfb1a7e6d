from typing import Any

from django import template
from django.utils.safestring import SafeString

from atlas.discovery import things
from atlas.discovery.json_ld import data_block
from atlas.downloads.views import site
from atlas.pages.formatting import show_value
from sources.models import Claim, Record

register = template.Library()


@register.simple_tag(takes_context=True)
def json_ld(context: Any, thing: Record | Claim) -> str | SafeString:
    """For a page's head: a record or an attached claim in the words of schema.org."""
    request, moment = context.get("request"), context.get("moment")
    if request is None or moment is None:
        return ""
    if isinstance(thing, Claim):
        return data_block(things.claim(thing, show_value(thing), site(request)))
    document = things.thing(moment.snapshot, thing, site(request))
    return data_block(document) if document else ""
