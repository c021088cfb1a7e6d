"""OGC API – Features Part 1: Core (OGC 17-069r4): landing page, conformance, collections, items."""

import json
import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from atlas.downloads.explaining import LICENCE, TITLE
from atlas.downloads.geojson import MEDIA_TYPE as GEOJSON
from atlas.downloads.tables import moment_text
from atlas.map.boxes import Box
from atlas.moments import PARAMETER, Moment
from atlas.published.snapshot import Snapshot
from atlas.search.names import cleaned
from sources import clock

from . import features
from .answering import api, json_response, only, site, whole_number
from .feature_page import Features
from .ogc_contract import CRS84, OPENAPI_30, openapi
from .problems import Problem

CONFORMANCE = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "geojson", "html", "oas30")
]
USUAL_LIMIT, MOST_LIMIT = 100, 10_000
#: Parameters of items besides the facets.
ITEM_PARAMETERS = ("bbox", "datetime", PARAMETER, "limit", "offset", "f")


@api
def landing(request: HttpRequest) -> HttpResponse:
    """What this is and where to go on."""
    only(request, ["f"])
    root = _at(request, "ogc-landing")
    document = {
        "title": TITLE,
        "description": "Deposits and projects of critical raw materials in Central Asia, with their sources.",
        "license": LICENCE,
        "links": [
            *_self_links(request, "this document"),
            _link(f"{root}api", "service-desc", OPENAPI_30, "The API's definition, OpenAPI 3.0"),
            _link(f"{root}api?f=html", "service-doc", "text/html", "The API's documentation"),
            _link(f"{root}conformance", "conformance", "application/json", "What the API conforms to"),
            _link(f"{root}collections", "data", "application/json", "The collections"),
        ],
    }
    return _answer(request, document, TITLE)


@api
def conformance(request: HttpRequest) -> HttpResponse:
    """The classes of requirements that are met."""
    only(request, ["f"])
    links = _self_links(request, "this document")
    return _answer(request, {"conformsTo": CONFORMANCE, "links": links}, _("What the API conforms to"))


@api
def definition(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.0 document; as HTML, its operations as a list."""
    only(request, ["f"])
    document = openapi(_at(request, "ogc-landing").rstrip("/"), filters_of(_moment(request).snapshot))
    if _wants_html(request):
        return render(
            request, "api/operations.html", {"document": document, "title": document["info"]["title"]}
        )
    return json_response(document, OPENAPI_30)


@api
def collections(request: HttpRequest) -> HttpResponse:
    """All collections."""
    only(request, ["f", PARAMETER])
    found = features.collections(_moment(request).snapshot)
    document = {
        "links": _self_links(request, "this document"),
        "collections": [_collection(request, name, features) for name, features in found.items()],
    }
    return _answer(request, document, _("Collections"))


@api
def collection(request: HttpRequest, name: str) -> HttpResponse:
    """One collection: extent, links, reference system."""
    only(request, ["f", PARAMETER])
    document = _collection(request, name, _features(request, name))
    document["links"] += _self_links(request, "this document")
    return _answer(request, document, document["title"])


@api
def items(request: HttpRequest, name: str) -> HttpResponse:
    """A page of features; links to other pages name the moment, and stay right while the record changes."""
    moment, found = _moment(request), _features(request, name)
    only(request, [*ITEM_PARAMETERS, *(["q"] if found.searched_by_name else []), *found.facets])
    limit = whole_number(request, "limit", USUAL_LIMIT, 1, MOST_LIMIT)
    offset = whole_number(request, "offset", 0, 0, 2**31)
    filters = {facet: list(filter(None, request.GET.getlist(facet))) for facet in found.facets}
    query = cleaned(request.GET.get("q", ""))
    filters = {facet: values for facet, values in filters.items() if values}
    page = found.page(filters, query, _box(request), limit, offset, site(request))
    links = _self_links(request, "this page", GEOJSON)
    for rel, start in (("next", offset + limit), ("prev", max(offset - limit, 0))):
        if (rel == "next" and start < page.matched) or (rel == "prev" and offset):
            links.append(_link(_page_address(request, start, limit), rel, GEOJSON, f"{rel} page"))
    about = {
        "numberMatched": page.matched,
        "numberReturned": page.returned,
        "timeStamp": moment_text(timezone.now()),
        "as_of_tick": moment.tick,
        "license": found.licence[0],
        "links": links,
    }
    if _wants_html(request):
        return _items_page(request, found, about, page.features)
    head = json_response({"type": "FeatureCollection", **about}).content
    body = head[:-1] + b',"features":[' + page.features + b"]}"
    response = HttpResponse(body, GEOJSON)
    response["Content-Crs"] = f"<{CRS84}>"
    return response


@api
def item(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One feature."""
    only(request, ["f", "datetime", PARAMETER])
    found = _features(request, name)
    feature = found.one(number, site(request))
    if feature is None:
        raise Problem(404, f"There is no feature {number} in {name} at that moment.")
    links = [
        *_self_links(request, "this feature", GEOJSON),
        _link(f"{_at(request, 'ogc-landing')}collections/{name}", "collection", "application/json", name),
    ]
    if _wants_html(request):
        return _items_page(request, found, {"links": links, "numberMatched": 1}, feature)
    body = feature[:-1] + b',"links":' + json_response(links).content + b"}"
    return HttpResponse(body, GEOJSON)


def filters_of(snapshot: Snapshot) -> dict[str, list[str]]:
    """The property filters of each collection, searching by name first where it can be."""
    return {
        name: [*(["q"] if found.searched_by_name else []), *found.facets]
        for name, found in features.collections(snapshot).items()
    }


# Parts of documents


def _collection(request: HttpRequest, name: str, found: Features) -> dict[str, Any]:
    root = _at(request, "ogc-landing")
    kept = f"?{PARAMETER}={_moment(request).as_of}" if _moment(request).is_past else ""
    first = clock.first_tick()
    extent: dict[str, Any] = {"temporal": {"interval": [[moment_text(first.at) if first else None, None]]}}
    if found.extent:
        extent["spatial"] = {"bbox": [found.extent], "crs": CRS84}
    items_at = f"{root}collections/{name}/items"
    return {
        "id": name,
        "title": found.title,
        "description": found.description,
        "extent": extent,
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            _link(f"{items_at}{kept}", "items", GEOJSON, f"{found.title} as GeoJSON"),
            _link(f"{items_at}?f=html", "items", "text/html", f"{found.title} as a page"),
            _link(found.licence[0], "license", "text/html", found.licence[1]),
        ],
    }


def _self_links(
    request: HttpRequest, title: str, media_type: str = "application/json"
) -> list[dict[str, str]]:
    """The same document in the format asked for, and in the other one."""
    html = _wants_html(request)
    links = []
    for kind, answered in (("json", media_type), ("html", "text/html")):
        query = request.GET.copy()
        query["f"] = kind
        rel = "self" if (kind == "html") == html else "alternate"
        address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        links.append(_link(address, rel, answered, f"{title} as {kind.upper()}"))
    return links


def _page_address(request: HttpRequest, offset: int, limit: int) -> str:
    query = request.GET.copy()
    query.pop("datetime", None)
    query["offset"], query["limit"] = str(offset), str(limit)
    query[PARAMETER] = str(_moment(request).tick)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _link(href: str, rel: str, media_type: str, title: str) -> dict[str, str]:
    return {"href": href, "rel": rel, "type": media_type, "title": title}


def _answer(request: HttpRequest, document: dict[str, Any], title: str) -> HttpResponse:
    if _wants_html(request):
        return render(request, "api/document.html", {"document": document, "title": title})
    return json_response(document)


def _items_page(
    request: HttpRequest, found: Features, about: dict[str, Any], features: bytes
) -> HttpResponse:
    read = json.loads(b"[" + features + b"]")
    context = {"title": found.title, "about": about, "rows": [_row(feature) for feature in read]}
    return render(request, "api/items.html", context)


def _row(feature: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a feature, whichever collection it is of."""
    properties, geometry = feature["properties"], feature["geometry"]
    return {
        "number": feature["id"],
        "name": properties.get("name") or feature["id"],
        "address": properties.get("address") or properties.get("url", ""),
        "country": properties.get("countries") or properties.get("country") or "",
        "minerals": properties.get("minerals") or properties.get("commodities") or "",
        "position": ", ".join(map(str, geometry["coordinates"])) if geometry else "",
    }


# What the request asks


def _moment(request: HttpRequest) -> Moment:
    found: Moment = request.moment  # type: ignore[attr-defined]
    return found


def _features(request: HttpRequest, name: str) -> Features:
    """The collection at the moment asked for. Raises Problem."""
    found = features.collection(_moment(request).snapshot, name)
    if found is None:
        raise Problem(404, f"There is no collection {name} at that moment.")
    return found


def _wants_html(request: HttpRequest) -> bool:
    """By `f`, else by Accept: HTML only where it is preferred to JSON. Raises Problem."""
    asked = request.GET.get("f")
    if asked in ("json", "html"):
        return asked == "html"
    if asked is not None:
        raise Problem(400, "f is json or html.")
    preferred = request.get_preferred_type(["application/json", GEOJSON, "text/html"])
    return preferred == "text/html"


def _box(request: HttpRequest) -> Box | None:
    """The box that `bbox` names: four numbers, or six, whose heights count for nothing. Raises Problem."""
    text = request.GET.get("bbox")
    if text is None:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
        if len(numbers) == 6:
            numbers = [*numbers[:2], *numbers[3:5]]
        west, south, east, north = numbers
        if not all(map(math.isfinite, numbers)) or max(abs(south), abs(north)) > 90:
            raise ValueError
        return Box(west, south, east, north)
    except ValueError as error:
        raise Problem(400, "bbox is west,south,east,north in degrees.") from error


def _at(request: HttpRequest, name: str) -> str:
    return request.build_absolute_uri(reverse(name))
