"""The frame that every public page shares: navigation, languages, addresses that keep the moment."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from atlas.moments import PARAMETER
from atlas.pages.formatting import show_day, show_minute

register = template.Library()

register.filter("day", show_day)
register.filter("minute", show_minute)

#: Address names of the main navigation, with what readers see.
PLACES = (
    ("home", _("Map")),
    ("countries", _("Countries")),
    ("minerals", _("Minerals")),
    ("deposits", _("Deposits")),
    ("projects", _("Projects")),
    ("partners", _("Partners")),
    ("sources", _("Sources")),
)
#: Address names at the foot of every page.
FOOT = (
    ("about", _("About and licence")),
    ("methodology", _("How it works")),
    ("glossary", _("Words and systems")),
    ("health", _("Health of the record")),
    ("data", _("Open data")),
    ("suggest", _("Suggest a fact")),
    ("privacy", _("Privacy")),
)
#: Part of the site that a single record's page belongs to, by the page's address name.
PART_OF = {
    "country": "countries",
    "mineral": "minerals",
    "deposit": "deposits",
    "project": "projects",
    "partner": "partners",
    "source": "sources",
    "publisher": "sources",
}


@dataclass(frozen=True)
class Link:
    """One entry of a menu; `current` is the value of aria-current, "" elsewhere."""

    label: Any
    href: str
    current: str = ""


@dataclass(frozen=True)
class LanguageLink:
    """This page in a language, by its own name."""

    code: str
    name: str
    href: str
    current: bool


@register.simple_tag(takes_context=True)
def site_url(context: Any, name: str) -> str:
    """A page of the site by its address name, at the moment this page shows; "" while there is none."""
    moment = context.get("moment")
    try:
        return reverse(name) + (moment.suffix if moment else "")
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def navigation(context: Any) -> list[Link]:
    """The main navigation, with the part this page is in marked."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else ""
    links = []
    for name, label in PLACES:
        current = "page" if name == here else "true" if PART_OF.get(here) == name else ""
        href = site_url(context, name)
        if href:
            links.append(Link(label, href, current))
    return links


@register.simple_tag(takes_context=True)
def footer(context: Any) -> list[Link]:
    """The links at the foot, of the pages that there are."""
    return [Link(label, href) for name, label in FOOT if (href := site_url(context, name))]


@register.simple_tag(takes_context=True)
def languages(context: Any) -> list[LanguageLink]:
    """This page in each of the site's languages, query string included."""
    request = context.get("request")
    address = request.get_full_path() if request else "/"
    return [
        LanguageLink(
            code=code,
            name=get_language_info(code)["name_local"].capitalize(),
            href=translate_url(address, code),
            current=code == get_language(),
        )
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def page_alternates(context: Any) -> str | SafeString:
    """The canonical address of the page (its newest state) and its other languages, for search engines."""
    request: HttpRequest | None = context.get("request")
    if request is None or request.resolver_match is None:
        return ""
    own = format_html('<link rel="canonical" href="{}">', request.build_absolute_uri(request.path))
    others = [(code, translate_url(request.path, code)) for code, _name in settings.LANGUAGES]
    # For readers of any other language (https://developers.google.com/search/docs/specialty/international).
    others.append(("x-default", translate_url(request.path, settings.LANGUAGE_CODE)))
    return own + format_html_join(
        "",
        '\n<link rel="alternate" hreflang="{}" href="{}">',
        [(code, request.build_absolute_uri(path)) for code, path in others],
    )


@register.simple_tag(takes_context=True)
def newest_address(context: Any) -> str:
    """This page's address without its moment."""
    request = context["request"]
    query: QueryDict = request.GET.copy()
    query.pop(PARAMETER, None)
    return request.path + (f"?{query.urlencode()}" if query else "")


@register.simple_tag(takes_context=True)
def same_page_with(context: Any, name: str, value: Any) -> str:
    """This page's address with one of its parameters set; the others, the moment among them, stay."""
    request = context["request"]
    query: QueryDict = request.GET.copy()
    query[name] = str(value)
    return f"{request.path}?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def search_suggest(context: Any) -> str | SafeString:
    """The attribute that lets the search box offer names while the reader types, where that is built."""
    address = site_url(context, "search-suggest")
    return format_html(' data-suggest-url="{}"', address) if address else ""
