"""What other sites frame: a record, one point, the map; and the script that fits an iframe to its content."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseGone, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from atlas.citing.subjects import moment
from atlas.map import asking
from atlas.map.client import as_attribute, map_page
from atlas.map.listing import listing
from atlas.map.record_facets import NAMES
from atlas.map.record_map import record_map
from atlas.map.symbols import legend
from atlas.moments import PARAMETER, published
from atlas.pages.record_views import REDIRECT_AGE
from sources.models import Record

from . import questions, said
from .facts import summary
from .framing import framed
from .notices import since

#: How long browsers keep the script that host pages load, in seconds.
SCRIPT_AGE = 86_400


@framed
@published
def record(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """A record in a few lines, with its sources; what its own page shows first."""
    found = _standing(request, number)
    if found.kind != kind or found.pk != number:
        moved = reverse("embed-record", kwargs={"kind": found.kind, "number": found.pk})
        return _moved(request, moved)
    if found.withdrawn_because:
        return _gone(request, found)
    now = moment(request)
    shown = summary(now.snapshot, found)
    notice = since(now, lambda snapshot: said.of_record(snapshot, number), shown.claims)
    return render(request, "embeds/record.html", {"record": found, "summary": shown, "notice": notice})


@framed
@published
def point(request: HttpRequest, number: int, point: str) -> HttpResponse:
    """One point of a record: what is asked, and every answer with its source."""
    found = _standing(request, number)
    if found.pk != number:
        return _moved(request, reverse("embed-point", kwargs={"number": found.pk, "point": point}))
    if found.withdrawn_because:
        return _gone(request, found)
    now = moment(request)
    question = questions.question(now.snapshot, found, point)
    if question is None:
        raise Http404(_("No source in the atlas speaks on this."))
    claims = [claim.pk for claim in question.evidence.point.claims]
    notice = since(now, lambda snapshot: said.of_question(snapshot, number, point), claims)
    return render(request, "embeds/point.html", {"record": found, "question": question, "notice": notice})


@framed
@published
def map_embed(request: HttpRequest) -> HttpResponse:
    """The map under the filters and with the view of its own address; without JavaScript its list."""
    now = moment(request)
    atlas_map = record_map(now.snapshot)
    filters = asking.filters_of(request.GET, NAMES)
    beside = listing(request.GET, atlas_map, None, filters)
    bounds = atlas_map.bounds(filters)
    if bounds is not None:
        west, south, east, north = (round(float(side), 4) for side in bounds)
        bounds = south, west, north, east
    newest = request.GET.copy()
    newest.pop(PARAMETER, None)
    config = map_page(list(bounds) if bounds else None, now.as_of) | {"outsideLayers": []}
    context = {
        **beside,
        "config": as_attribute(config),
        "legend": legend(),
        "own_query": request.META.get("QUERY_STRING", ""),
        "newest_query": newest.urlencode(safe="/,"),
        "notice": since(
            now, lambda snapshot: said.of_map(snapshot, filters), said.places_on(now.snapshot, filters)
        ),
    }
    return render(request, "embeds/map.html", context)


def script(request: HttpRequest) -> HttpResponse:
    """The script that pages which embed load; its address never changes."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=SCRIPT_AGE)
    return response


@cache
def _script() -> str:
    path = finders.find("js/embed/host.js")
    if path is None:
        raise FileNotFoundError("js/embed/host.js")
    return Path(path).read_text(encoding="utf-8")


def _standing(request: HttpRequest, number: int) -> Record:
    snapshot = moment(request).snapshot
    found = snapshot.record(number)
    if found is None or found.kind == "region":
        raise Http404(_("The atlas has no such record."))
    return snapshot.standing(found)


def _moved(request: HttpRequest, address: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    patch_cache_control(response, public=True, max_age=REDIRECT_AGE)
    return response


def _gone(request: HttpRequest, record: Record) -> HttpResponse:
    return render(request, "embeds/gone.html", {"record": record}, status=HttpResponseGone.status_code)
