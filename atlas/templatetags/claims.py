"""Claims in templates: links to sources, short links, values in the reader's language."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import addresses
from atlas.map.symbols import hue_of
from atlas.pages import formatting, wording
from atlas.pages.scales import Scale
from atlas.published.snapshot import Place
from sources.models import Claim, Source

from .atlas import link, suffix, written_once

register = template.Library()

register.filter("value_of", formatting.show_value)
register.filter("country_name", formatting.show_country)
register.filter("language_name", formatting.show_language)
register.filter("seat", wording.seat)
register.filter("distance", formatting.show_distance)
register.filter("precision_words", wording.precision_words)
register.filter("hue", hue_of)


@register.filter
def position(place: Place) -> str:
    """Where a record lies, in decimal degrees."""
    return formatting.show_position(place.latitude, place.longitude)


@register.filter
def number(value: Any) -> str:
    """A figure with the digits it has, grouped as the page's language does."""
    return formatting.show_number(Decimal(value))


@register.filter
def unlocalised(value: float) -> str:
    """A number for programs to read: a point before the decimals, in every language."""
    return repr(value)


@register.filter
def headline(point: Any) -> str:
    """What is shown first on a point."""
    return formatting.show_headline(point)


@register.simple_tag(takes_context=True)
def source_link(context: Any, source: Source) -> SafeString:
    """A source's title as a link to its page, marked with the title's language.

    A title in square brackets is our English rendering of one that could not be seen.
    """
    return link_to_source(source, suffix(context), get_language() or "en")


def link_to_source(source: Source, moment: str, own: str) -> SafeString:
    """The same for one of hundreds: `own` is the active language, and the moment a query string."""
    name, language = source.label_in(own)
    if name == source.name:
        language = "en" if name.startswith("[") else source.language
    return link(addresses.address(source, moment, own), name, "" if language == own else language)


@register.simple_tag
def publication_link(source: Source) -> SafeString:
    """The publication itself, on the publisher's site."""
    return _outside(source.url, source.name, get_language() or "en")


@written_once
def _outside(url: str, title: str, language: str) -> SafeString:
    """In the active language, which is named because what is kept depends on it."""
    label = _("Publication: %(title)s") % {"title": title}
    return format_html(
        '<a href="{}" rel="external nofollow" aria-label="{}">{} ↗</a>', url, label, _("publication")
    )


@register.simple_tag(takes_context=True)
def claim_links(context: Any, claim: Claim) -> SafeString:
    """Links to the claim on its page and to the claim's own page."""
    label = _("Link to claim %(number)s on this page") % {"number": claim.pk}
    return format_html(
        '<a class="claim-link" href="#claim-{0}" aria-label="{1}">#</a>'
        ' <a class="claim-link" href="/c/{0}{2}">c/{0}</a>',
        str(claim.pk),
        label,
        suffix(context),
    )


@register.simple_tag(takes_context=True)
def short_claim(context: Any, claim: Claim) -> str:
    """The claim's short link, the same in every language, at the moment this page shows."""
    return f"/c/{claim.pk}{suffix(context)}"


@register.inclusion_tag("claims/_mark.html")
def mark(scale: Scale | None, claim: Claim) -> dict[str, Any]:
    """A claim's figure on its point's scale, as lengths for SVG; nothing where it has no place on it."""
    if scale is None or claim.pk not in scale.places:
        return {}
    low, high = scale.band
    return {
        "at": _per_cent(scale.places[claim.pk]),
        "is_comparable": claim.pk in scale.comparable,
        "band_from": _per_cent(low),
        "band_width": _per_cent(high - low) if high > low else "",
    }


def _per_cent(length: float) -> str:
    return f"{length:.2f}%"
