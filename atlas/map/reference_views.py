"""The reference layer's addresses: dots for the map, sites as GeoJSON, and a page a site."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from atlas.moments import Moment, published
from atlas.published.builds import TooManyMoments
from deposits.queries import reference_sites

from . import asking, encoded, reference_picture
from .boxes import Box
from .reference import FACETS, ReferenceLayer, edition_of, layers

#: Most sites in one answer.
MOST_SITES = 1000
#: Seconds after which one may ask again while too many editions are asked for.
BUSY = 5
#: A year, in seconds.
FOR_GOOD = 31_536_000


def _when_not_busy(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 503 where too many editions are asked for at once."""

    @functools.wraps(view)
    def answer(request: HttpRequest, edition: int) -> HttpResponse:
        try:
            return view(request, edition)
        except TooManyMoments:
            message = _("Too many editions are asked for just now. Try again in a few seconds.")
            headers = {"Retry-After": str(BUSY), "Cache-Control": "no-store"}
            return JsonResponse({"error": message}, status=503, headers=headers)

    return answer


@_when_not_busy
def dots(request: HttpRequest, edition: int) -> HttpResponse:
    """The sites in `bbox` at `zoom` under the map's filters of country and mineral, as arrays."""
    try:
        window = asking.window_of(request.GET, reference_picture.FINER)
    except asking.Unreadable as error:
        return JsonResponse({"error": str(error)}, status=400)
    if window is None:
        return JsonResponse({"error": _("bbox is missing.")}, status=400)
    body = reference_picture.picture(_layer(edition), window, asking.filters_of(request.GET, FACETS))
    return _for_good(HttpResponse(body, content_type=reference_picture.MEDIA_TYPE))


@_when_not_busy
def sites(request: HttpRequest, edition: int) -> HttpResponse:
    """The first sites in `bbox` (everywhere without it) as GeoJSON, in a stable order; `limit` up to 1000."""
    try:
        box = Box(*map(float, request.GET["bbox"].split(","))) if "bbox" in request.GET else None
        limit = min(max(int(request.GET.get("limit", "100")), 1), MOST_SITES)
    except (ValueError, TypeError):
        message = _("bbox must be west,south,east,north in degrees, limit a whole number.")
        return JsonResponse({"error": message}, status=400)
    layer = _layer(edition)
    rows = layer.index.first_in_box(box, limit, asking.filters_of(request.GET, FACETS))
    body = layer.collection(rows)
    return _for_good(HttpResponse(body, content_type=encoded.MEDIA_TYPE))


@published
def site(request: HttpRequest, number: int) -> HttpResponse:
    """What the register says of one site, as published."""
    edition = edition_of(_moment(request).snapshot)
    if not edition:
        raise Http404
    found = get_object_or_404(reference_sites(edition), dep_id=number)
    return render(request, "map/reference_site.html", {"site": found})


def _moment(request: HttpRequest) -> Moment:
    return request.moment  # type: ignore[attr-defined]


def _layer(edition: int) -> ReferenceLayer:
    layer = layers.get(edition)
    if layer is None:
        raise Http404
    return layer


def _for_good(response: HttpResponse) -> HttpResponse:
    """The answer for an address that names its edition: any cache may hold it for as long as it likes."""
    patch_cache_control(response, public=True, max_age=FOR_GOOD, immutable=True)
    return response


def client_config(moment: Moment) -> dict[str, Any] | None:
    """What the map's script is told of the layer; None where no edition is published."""
    edition = edition_of(moment.snapshot)
    if not edition:
        return None
    return {
        "dots": reverse("reference-dots", args=[edition]),
        "sites": reverse("reference-sites", args=[edition]),
        "site": reverse("reference-site", args=[0]),
        "asOf": moment.as_of,
        "title": _("Reference sites (U.S. Geological Survey)"),
        "note": _("As published by the Survey’s MRDS, not checked by the atlas and in none of its figures."),
        "inView": _("%(n)s reference sites in view"),
        "list": _("List the sites in view"),
        "more": _("The first %(n)s are listed: zoom in for the others."),
        "unnamed": _("site without a name"),
        "failed": _("The reference sites could not be loaded."),
    }
