from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from atlas.addresses import address
from atlas.citing.items import claim_item, record_item
from atlas.citing.meta import json_ld, meta_tags
from atlas.citing.subjects import within
from atlas.citing.views import site
from atlas.pages.formatting import object_of, show_value
from sources.models import Claim, Record

register = template.Library()


@register.simple_tag(takes_context=True)
def citation_meta(context: Any, thing: Record | Claim) -> str | SafeString:
    """For a page's head: citation_* tags and JSON-LD of a record or an attached claim."""
    moment, request = context.get("moment"), context.get("request")
    if moment is None or request is None or getattr(thing, "kind", "") == "region":
        return ""
    if isinstance(thing, Claim):
        item, statement = claim_item(thing, moment, site(request)), _stated(thing)
    else:
        item, statement = record_item(thing, moment, site(request)), ""
    return format_html("{}\n{}", meta_tags(item), json_ld(item, statement))


@register.simple_tag(takes_context=True)
def below(context: Any, record: Record, name: str) -> str:
    """An address below a record's own at the moment this page shows: {% below deposit "cite-record" %}."""
    moment = context.get("moment")
    return within(record, name) + (moment.suffix if moment else "")


@register.simple_tag
def newest_page(record: Record) -> str:
    """A record's page as it is now, from a page of a past moment."""
    return address(record)


def _stated(claim: Claim) -> str:
    """A claim in one line: "Kuirektykol: resource estimate, rare earth elements: 795,800 t"."""
    thing = object_of(claim)
    what = (
        f"{claim._meta.verbose_name}, {thing.label}" if thing is not None else str(claim._meta.verbose_name)
    )
    return f"{claim.subject.label}: {what}: {show_value(claim)}"
