"""Search over all names, suggestions while a reader types, and what lies near a place."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from atlas.addresses import address
from atlas.moments import Moment, published
from atlas.published.builds import TooManyMoments
from atlas.published.distances import Neighbour

from . import gazetteer
from .asking import Asked
from .names import LONGEST_QUERY, MOST_WORDS, cleaned
from .near import LEAST_KM, MOST_KM, around
from .positions import OutOfRange, read_position
from .records import KINDS, description
from .reference import MOST, found_sites, has_reference_sites
from .results import Result, address_of, groups_of, suggestions


@published
def search(request: HttpRequest) -> HttpResponse:
    """Records by any of their names, grouped by kind; ?kind= shows one kind, ?page= more of it.

    With ?reference=1 the uncurated reference sites of such names come below.
    """
    moment: Moment = request.moment  # type: ignore[attr-defined]
    asked = request.GET.get("q", "")
    query = cleaned(asked)
    chosen = request.GET.get("kind", "")
    groups = groups_of(moment, query, request.GET.get("page", "") if chosen in KINDS else "1")
    reference = _reference(moment, query, bool(request.GET.get("reference")))
    shown = [group for group in groups if group.kind == chosen] if chosen in KINDS else groups
    context = {
        "query": query,
        "is_cut": len(asked) > LONGEST_QUERY,
        "groups": groups,
        "shown": shown,
        "chosen": chosen if chosen in KINDS else "",
        "total": sum(group.count for group in groups),
        "all_address": address_of("", moment, q=query),
        **reference,
        "settlements": gazetteer.named(query).named[:5],
        "near_address": address_of(reverse("near"), moment, q=query),
        "is_position": _is_position(query),
        "words": [(word, address_of("", moment, q=word)) for word in query.split()[:MOST_WORDS]]
        if not groups and " " in query
        else [],
    }
    return render(request, "search/search.html", context)


def _reference(moment: Moment, query: str, is_asked: bool) -> dict[str, Any]:
    """Where to look among the reference sites; if that is asked for, the sites found."""
    if not query or not has_reference_sites(moment.snapshot):
        return {}
    if not is_asked:
        return {"reference_address": address_of("", moment, q=query, reference=1)}
    try:
        return {"reference_sites": found_sites(moment.snapshot, query), "most_reference_sites": MOST}
    except TooManyMoments:
        return {"reference_address": address_of("", moment, q=query, reference=1), "is_busy": True}


def _is_position(query: str) -> bool:
    try:
        return read_position(query) is not None
    except OutOfRange:
        return False


@published
def suggest(request: HttpRequest) -> JsonResponse:
    """A few records for what has been typed so far, as JSON: {"status", "suggestions": [{…}]}."""
    moment: Moment = request.moment  # type: ignore[attr-defined]
    found = suggestions(moment, cleaned(request.GET.get("q", "")))
    status = ngettext("%(n)d suggestion", "%(n)d suggestions", len(found)) % {"n": len(found)}
    return JsonResponse(
        {"status": status, "suggestions": [_suggestion(moment, result) for result in found]},
        json_dumps_params={"ensure_ascii": False},
    )


def _suggestion(moment: Moment, result: Result) -> dict[str, str]:
    return {
        "label": "".join(text for text, _found in result.label),
        "language": result.label_language,
        "spelling": "".join(text for text, _found in result.spelling),
        "kind": str(result.record._meta.verbose_name),
        "description": result.description,
        "address": address(result.record, moment.suffix),
    }


@published
def near(request: HttpRequest) -> HttpResponse:
    """What lies around a settlement (?q=, any script) or a position (?q=40.1, 65.4 or ?lat=&lon=)."""
    moment: Moment = request.moment  # type: ignore[attr-defined]
    asked = Asked.of(request.GET)
    surroundings = around(moment.snapshot, asked.centre.position, asked.radius_km) if asked.centre else None
    context = {
        "asked": asked,
        "country": asked.country(moment),
        "choices": asked.choices(moment),
        "surroundings": surroundings,
        "placed": _described(moment, surroundings.placed if surroundings else []),
        "somewhere": _described(moment, surroundings.somewhere if surroundings else []),
        "map_address": _map_address(moment, asked),
        "search_address": address_of(reverse("search"), moment, q=asked.query),
        "least": LEAST_KM,
        "most": MOST_KM,
    }
    return render(request, "search/near.html", context)


def _described(moment: Moment, neighbours: list[Neighbour]) -> list[tuple[Neighbour, str]]:
    return [(neighbour, description(moment.snapshot, neighbour.record)) for neighbour in neighbours]


def _map_address(moment: Moment, asked: Asked) -> str:
    """The map with the whole radius in view, at the zoom at which it is about 430 pixels across."""
    if not asked.centre:
        return ""
    zoom = 9 if asked.radius_km <= 50 else 8 if asked.radius_km <= 100 else 7
    position = asked.centre.position
    view = f"{zoom}/{position.latitude:.4f}/{position.longitude:.4f}"
    return address_of(reverse("home"), moment, view=view)
