"""Preview pictures of records, points and the filtered map: drawn when first asked for, kept by the clock."""

import hashlib
from collections.abc import Callable

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from atlas.citing.subjects import moment
from atlas.embeds.questions import question
from atlas.moments import published
from sources import clock
from sources.models import Record

from . import cards
from .cards import Card
from .drawing import png

#: How long a picture that nobody asks for is kept, in seconds.
KEPT = 86_400


@published
def of_record(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The picture of a record."""
    record = _record(request, number)
    if record.kind != kind:
        raise Http404
    return _picture(request, lambda: cards.of_record(moment(request).snapshot, record))


@published
def of_point(request: HttpRequest, number: int, point: str) -> HttpResponse:
    """The picture of a point: what is asked, and its answers."""
    record = _record(request, number)

    def card() -> Card:
        found = question(moment(request).snapshot, record, point)
        if found is None:
            raise Http404
        return cards.of_question(moment(request).snapshot, found)

    return _picture(request, card)


@published
def of_map(request: HttpRequest) -> HttpResponse:
    """The picture of the map under the filters of its address."""
    return _picture(request, lambda: cards.of_map(moment(request).snapshot, request.GET))


def _record(request: HttpRequest, number: int) -> Record:
    found = moment(request).snapshot.record(number)
    if found is None or found.kind == "region" or found.withdrawn_because:
        raise Http404
    return moment(request).snapshot.standing(found)


def _picture(request: HttpRequest, card: Callable[[], Card]) -> HttpResponse:
    """The picture at this address, which the tick, the language and the query decide.

    A suppression moves the clock, so the newest tick is part of the key even where an older one is shown.
    """
    key = f"preview {clock.newest()} {moment(request).tick} {get_language()} {request.get_full_path()}"
    drawn = cache.get_or_set("preview:" + hashlib.sha256(key.encode()).hexdigest(), lambda: png(card()), KEPT)
    return HttpResponse(drawn, content_type="image/png")
