import re
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from atlas import addresses
from atlas.citing.subjects import is_withdrawn, within
from atlas.citing.views import site
from atlas.embeds.questions import NEVER_ASKED
from atlas.moments import PARAMETER, Moment
from atlas.previews.drawing import SIZE
from sources.models import Claim, Record

register = template.Library()

#: Both are escaped already; a title's own quotation marks are not.
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')


@register.inclusion_tag("embeds/_head.html", takes_context=True)
def sharing(context: Any) -> dict[str, Any]:
    """For every page's head: what link previews, CMSs and feed readers look for.

    The page's `claim` or `record` is what it is about; the map is about what its address filters; any other
    page has the picture of the whole map, and nothing to embed.
    """
    request, moment = context.get("request"), context.get("moment")
    thing = context.get("claim") or context.get("record")
    name = request.resolver_match.url_name if request is not None and request.resolver_match else ""
    about = thing.subject if isinstance(thing, Claim) else thing
    if moment is None or request is None:
        return {}
    page = request.build_absolute_uri()
    if (thing is None and name != "home") or getattr(about, "kind", "") == "region":
        picture = site(request) + reverse("preview-map") + moment.suffix
        return {"image": picture, "width": SIZE[0], "height": SIZE[1], "page": page}
    oembed = site(request) + reverse("oembed")
    return {
        "image": site(request) + _picture(request, thing, moment),
        "width": SIZE[0],
        "height": SIZE[1],
        "page": page,
        "oembed": {form: f"{oembed}?{urlencode({'url': page, 'format': form})}" for form in ("json", "xml")},
        "feed": _feed(request, thing),
    }


class _Titled(template.Node):
    """Of a class of its own, because blocks inside a simple block tag lose what they extend."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        content = self.nodelist.render(context).strip()
        shared = []
        for name, pattern in (("title", _TITLE), ("description", _DESCRIPTION)):
            if match := pattern.search(content):
                text = " ".join(match[1].split()).replace('"', "&quot;")
                shared.append(f'<meta property="og:{name}" content="{text}">')
        return mark_safe("\n".join([content, *shared]))


@register.tag
def titled(parser: Any, token: Any) -> _Titled:
    """A page's title and description, which it surrounds, and the same for link previews (https://ogp.me)."""
    nodelist = parser.parse(("endtitled",))
    parser.delete_first_token()
    return _Titled(nodelist)


@register.inclusion_tag("embeds/_links.html", takes_context=True)
def share_links(context: Any) -> dict[str, Any]:
    """For a page's body: to cite, embed and follow it, to see what changed, and links that last."""
    moment, thing = context["moment"], context.get("claim") or context.get("record")
    short = f"/c/{thing.pk}" if isinstance(thing, Claim) else addresses.permalink(thing)
    links: dict[str, Any] = {
        "moment": moment,
        "short": short + moment.suffix,
        "fixed": f"{short}?{PARAMETER}={moment.tick}",
        "site": site(context["request"]),
    }
    if isinstance(thing, Claim):
        cite = reverse("cite-claim", kwargs={"number": thing.pk})
        # The region has no page of its own, and so no embed.
        if thing.subject.kind != "region":
            asked = {} if thing.kind in NEVER_ASKED else {"point": thing.point}
            asked |= {PARAMETER: moment.as_of} if moment.is_past else {}
            links["embed"] = within(thing.subject, "embed-dialogue") + (
                "?" + urlencode(asked) if asked else ""
            )
        return {**links, "cite": cite + moment.suffix}
    return {
        **links,
        "cite": within(thing, "cite-record") + moment.suffix,
        "embed": within(thing, "embed-dialogue") + moment.suffix,
        "changes": within(thing, "record-changes"),
        "feed": within(thing, "record-feed"),
        "since": moment.tick if moment.is_past else "",
    }


@register.inclusion_tag("embeds/_map_links.html", takes_context=True)
def map_links(context: Any) -> dict[str, Any]:
    """For the map: to embed and follow it as it is filtered, and links that last."""
    request, moment = context["request"], context["moment"]
    query = request.META.get("QUERY_STRING", "")
    home = reverse("home")
    asked = f"?{query}" if query else ""
    return {
        "moment": moment,
        "embed": reverse("embed-map-dialogue") + asked,
        "feed": reverse("feed-map") + asked,
        "here": home + asked,
        "fixed": f"{home}{asked}{'&' if query else '?'}{PARAMETER}={moment.tick}",
    }


@register.simple_tag(takes_context=True)
def changes_since(context: Any) -> str:
    """What changed on the record that a page of the past is about; "" for other pages."""
    moment, thing = context.get("moment"), context.get("claim") or context.get("record")
    record = thing.subject if isinstance(thing, Claim) else thing
    if moment is None or not isinstance(record, Record) or record.kind == "region":
        return ""
    return f"{within(record, 'record-changes')}?from={moment.tick}"


def _picture(request: HttpRequest, thing: Record | Claim | None, moment: Moment) -> str:
    """The preview of what the page is about: of a claim its point's, once withdrawn its record's."""
    if isinstance(thing, Claim):
        if not is_withdrawn(thing, moment.tick):
            name = {"number": thing.subject_id, "point": thing.point}
            return reverse("preview-point", kwargs=name) + moment.suffix
        thing = thing.subject
    if thing is not None:
        return reverse("preview-record", kwargs={"kind": thing.kind, "number": thing.pk}) + moment.suffix
    query = request.META.get("QUERY_STRING", "")
    return reverse("preview-map") + (f"?{query}" if query else "")


def _feed(request: HttpRequest, thing: Record | Claim | None) -> str:
    """The feed of what the page is about; claims have none of their own."""
    if isinstance(thing, Record):
        return within(thing, "record-feed")
    query = request.META.get("QUERY_STRING", "")
    return reverse("feed-map") + (f"?{query}" if query else "") if thing is None else ""
