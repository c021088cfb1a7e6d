"""oEmbed 1.0 (https://oembed.com/): a page's address in, what to embed out, as JSON or XML."""

from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_path, override
from django.views.decorators.http import require_safe

from atlas.addresses import SHORT
from atlas.citing.items import atlas_name
from atlas.citing.views import site
from atlas.moments import PARAMETER, Moment
from atlas.pages.queries import public_claim
from atlas.published.builds import TooManyMoments
from atlas.published.keeper import keeper
from sources import clock
from sources.models import Record

from . import questions, targets
from .code import WIDTH, Embed

#: How long the answer may be kept, in seconds.
CACHE_AGE = 3600


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """What to embed for `url`, a page of this atlas: within `maxwidth` and `maxheight`, `format` json or xml.

    404 for an address that is not a page of the atlas or shows nothing to embed, 501 for another format.
    """
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return JsonResponse({"error": "oEmbed answers in json and xml."}, status=501)
    try:
        parts = urlsplit(request.GET.get("url", ""))
    except ValueError as error:
        raise Http404 from error
    if parts.netloc not in ("", request.get_host()) or not parts.path:
        raise Http404
    with override(get_language_from_path(parts.path) or settings.LANGUAGE_CODE):
        embed = _target(parts.path, QueryDict(parts.query))
        answer = _answer(request, embed)
    response = (
        _xml(answer) if form == "xml" else JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    )
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=CACHE_AGE)
    return response


def _target(path: str, query: QueryDict) -> Embed:
    """What the page at a path shows, to embed. Raises Http404."""
    try:
        found = resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    as_of = query.get(PARAMETER, "")
    moment = _moment(as_of)
    number = found.kwargs.get("number", 0)
    match found.url_name:
        case "home" | "embed-map":
            return targets.of_map(query, as_of)
        case "claim" | "short-claim":
            return _of_claim(number, moment, as_of)
        case "embed-point":
            return _of_point(_record(number, moment), found.kwargs["point"], moment, as_of)
        case _ if found.url_name in (*SHORT, *(f"{kind}-by-number" for kind in SHORT), "embed-record"):
            return targets.of_record(_record(number, moment), as_of)
        case _ if found.kwargs.get("letter"):
            return targets.of_record(_record(number, moment), as_of)
    raise Http404


def _moment(as_of: str) -> Moment:
    try:
        return Moment(keeper.at(clock.resolve(as_of)) if as_of else keeper.newest(), as_of)
    except (clock.UnknownMoment, TooManyMoments) as error:
        raise Http404 from error


def _record(number: int, moment: Moment) -> Record:
    found = moment.snapshot.record(number)
    if found is None or found.kind == "region" or moment.snapshot.standing(found).withdrawn_because:
        raise Http404
    return moment.snapshot.standing(found)


def _of_claim(number: int, moment: Moment, as_of: str) -> Embed:
    """The point that a claim speaks on."""
    claim = public_claim(number, moment.tick)
    if claim is None or claim.suppressed_at:
        raise Http404
    return _of_point(_record(claim.subject_id, moment), claim.point, moment, as_of)


def _of_point(record: Record, name: str, moment: Moment, as_of: str) -> Embed:
    question = questions.question(moment.snapshot, record, name)
    if question is None:
        raise Http404
    return targets.of_question(question, as_of)


def _answer(request: HttpRequest, embed: Embed) -> dict[str, Any]:
    """The answer of type rich, its sizes within what the asker allows."""
    width = _within(request.GET.get("maxwidth", ""), WIDTH)
    height = _within(request.GET.get("maxheight", ""), embed.height)
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": atlas_name(),
        "provider_url": site(request) + reverse("home"),
        "title": embed.title,
        "html": str(embed.iframe(site(request), str(width), height)),
        "width": width,
        "height": height,
        "cache_age": CACHE_AGE,
    }


def _within(most: str, own: int) -> int:
    """Our own size, or the most that the asker allows; what is no size, and nothing at all, allows any."""
    return min(own, int(most[:5]) or own) if most.isascii() and most.isdigit() else own


def _xml(answer: dict[str, Any]) -> HttpResponse:
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = str(value)
    text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8")
