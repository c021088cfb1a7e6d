"""The JSON API, version 1: lists of records, one record, its claims, its points, one claim."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from atlas.downloads.claim_columns import TABLE_NAMES, ClaimRow
from atlas.downloads.explaining import LICENCE, TITLE
from atlas.downloads.gathering import kinds_of
from atlas.downloads.package import RECORD_TABLES
from atlas.downloads.record_columns import KINDS
from atlas.downloads.selecting import LISTINGS, Selection, of_list, of_record
from atlas.downloads.tables import moment_text
from atlas.moments import PARAMETER, Moment
from atlas.pages.queries import preferences_on, public_claim
from atlas.published.snapshot import Snapshot
from sources.models import Record
from sources.points import points
from sources.queries import claims_about

from .answering import api, json_response, only, site, whole_number
from .problems import Problem
from .v1_contract import MEDIA_TYPE as OPENAPI_31
from .v1_contract import openapi
from .v1_documents import claim_document, claim_documents, point_documents, record_documents

USUAL_LIMIT, MOST_LIMIT = 100, 1_000
_MOMENT = (PARAMETER, "datetime")
_KIND_OF = {name: kind for kind, name in RECORD_TABLES.items()}


@api
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, of what moment, and where to go on."""
    only(request, _MOMENT)
    lists = {name: _whole(request, reverse("v1-list", args=[name])) for name in _KIND_OF}
    return _answer(
        request,
        {
            "title": TITLE,
            "license": LICENCE,
            "lists": lists,
            "openapi": _whole(request, reverse("v1-openapi")),
            "features": _whole(request, reverse("ogc-landing")),
        },
    )


@api
def definition(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    only(request, ())
    server = _whole(request, reverse("v1-landing")).rstrip("/")
    return json_response(openapi(server, facet_names(_snapshot(request))), OPENAPI_31)


@api
def records(request: HttpRequest, name: str) -> HttpResponse:
    """A page of the records of one kind, filtered and ordered as the site's own list."""
    snapshot = _snapshot(request)
    facets = facet_names(snapshot).get(name, [])
    searching = ["q", "sort"] if name in LISTINGS else []
    only(request, [*_MOMENT, "limit", "offset", *searching, *facets])
    limit = whole_number(request, "limit", USUAL_LIMIT, 1, MOST_LIMIT)
    offset = whole_number(request, "offset", 0, 0, 2**31)
    if name in LISTINGS:
        found = of_list(snapshot, name, request.GET)
    else:
        kind = _KIND_OF[name]
        found = Selection(name, snapshot, snapshot.of_kind(KINDS[kind]), frozenset([kind]))
    page = Selection(name, snapshot, found.records[offset : offset + limit], found.kinds)
    total = len(found.records)
    document: dict[str, Any] = {"total": total, "records": record_documents(page, site(request))}
    if offset + limit < total:
        document["next"] = _page_address(request, offset + limit, limit)
    return _answer(request, document)


@api
def record(request: HttpRequest, number: int) -> HttpResponse:
    """One record."""
    only(request, _MOMENT)
    found = _record(request, number)
    [document] = record_documents(of_record(_snapshot(request), found), site(request))
    return _answer(request, {"record": document})


@api
def claims(request: HttpRequest, number: int) -> HttpResponse:
    """The claims in force about a record, or that it states if it is a source."""
    only(request, [*_MOMENT, "kind"])
    snapshot, found = _snapshot(request), _record(request, number)
    asked = request.GET.getlist("kind")
    unknown = [kind for kind in asked if kind not in TABLE_NAMES]
    if unknown:
        raise Problem(400, f"kind is one of {', '.join(TABLE_NAMES)}.")
    kinds = [kind for kind in kinds_of(of_record(snapshot, found)) if not asked or kind in asked]
    return _answer(request, {"claims": claim_documents(snapshot, found, kinds, site(request))})


@api
def record_points(request: HttpRequest, number: int) -> HttpResponse:
    """What the sources agree and differ on about a record."""
    only(request, _MOMENT)
    return _answer(request, {"points": point_documents(_snapshot(request), _record(request, number))})


@api
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """One claim that is or once was public, with its place in its own history."""
    only(request, _MOMENT)
    snapshot = _snapshot(request)
    found = public_claim(number, snapshot.tick)
    if found is None:
        raise Problem(404, f"There is no claim {number} at that moment.")
    if found.suppressed_at:
        raise Problem(410, f"Claim {number} is suppressed for legal reasons.")
    [attached] = snapshot.attach([found])
    withdrawn = found.withdrawn_tick is not None and found.withdrawn_tick <= snapshot.tick
    headline, disagrees = (False, False) if withdrawn else _standing(snapshot, attached)
    document = claim_document(ClaimRow(snapshot, attached, headline, disagrees, site(request)))
    document["in_force"] = not withdrawn
    document["withdrawn_tick"] = found.withdrawn_tick if withdrawn else None
    document["withdrawn_because"] = found.withdrawn_because if withdrawn else None
    document["supersedes"] = found.supersedes_id
    return _answer(request, {"claim": document})


def facet_names(snapshot: Snapshot) -> dict[str, list[str]]:
    """The property filters of each list that has some."""
    return {name: [facet.name for facet in of.facets(snapshot)] for name, of in LISTINGS.items()}


def _standing(snapshot: Snapshot, claim: Any) -> tuple[bool, bool]:
    """Whether a claim heads its point, and whether comparable claims there differ."""
    ids = snapshot.own_ids(snapshot.standing(claim.subject))
    about = snapshot.attach(claims_about(ids, [type(claim)], snapshot.tick))
    chosen = [one for found in preferences_on(ids, snapshot.tick).values() for one in found]
    for point in points(about, chosen):
        if claim.pk in {one.pk for one in point.claims}:
            return claim.pk in {one.pk for one in point.headline}, point.disagrees
    return False, False


def _record(request: HttpRequest, number: int) -> Record:
    """The record that stands for this number. Raises Problem."""
    snapshot = _snapshot(request)
    found = snapshot.record(number)
    if found is None or found.kind not in KINDS:
        raise Problem(404, f"There is no record {number} at that moment.")
    standing = snapshot.standing(found)
    if standing.withdrawn_because:
        raise Problem(410, f"Record {number} was withdrawn: {standing.withdrawn_because}")
    return standing


def _answer(request: HttpRequest, document: dict[str, Any]) -> HttpResponse:
    snapshot = _snapshot(request)
    about = {"as_of_tick": snapshot.tick, "as_of": moment_text(snapshot.at)}
    return json_response({**about, **document})


def _snapshot(request: HttpRequest) -> Snapshot:
    moment: Moment = request.moment  # type: ignore[attr-defined]
    return moment.snapshot


def _page_address(request: HttpRequest, offset: int, limit: int) -> str:
    """Another page of the same moment."""
    query = request.GET.copy()
    query.pop("datetime", None)
    query["offset"], query["limit"] = str(offset), str(limit)
    query[PARAMETER] = str(_snapshot(request).tick)
    return _whole(request, f"{request.path}?{query.urlencode()}")


def _whole(request: HttpRequest, address: str) -> str:
    return request.build_absolute_uri(address)
