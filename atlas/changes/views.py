"""Two pages: what was corrected in the whole record, and what changed on one record between two moments."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from atlas import addresses
from atlas.citing.subjects import moment, of_record
from atlas.moments import Moment, published
from atlas.published.builds import TooManyMoments
from atlas.published.keeper import keeper
from sources import clock
from sources.models import Record

from .history import Change, corrections, history
from .scopes import EVERYTHING, about

#: Corrections on one page.
A_PAGE = 50
#: Changes shown between two moments of one record.
MOST_CHANGES = 500


@published
def corrections_page(request: HttpRequest) -> HttpResponse:
    """Every claim that was superseded or retracted: what it said, since when, why not, what replaced it."""
    page = _page(request)
    found = corrections(moment(request).snapshot, EVERYTHING, after=0, limit=A_PAGE * page + 1)
    context = {
        "changes": found[A_PAGE * (page - 1) : A_PAGE * page],
        "page": page,
        "has_more": len(found) > A_PAGE * page,
    }
    return render(request, "changes/corrections.html", context)


@of_record
def record_changes(request: HttpRequest, record: Record) -> HttpResponse:
    """What changed on a record after one moment (`from`) and up to another (`to`, default the page's own)."""
    asked_from, asked_to = request.GET.get("from", "").strip(), request.GET.get("to", "").strip()
    context: dict[str, Any] = {"record": record, "from": asked_from, "to": asked_to}
    try:
        first = clock.resolve(asked_from) if asked_from else 0
        last = _until(asked_to, moment(request))
    except clock.UnknownMoment as error:
        return render(request, "changes/record.html", {**context, "problem": str(error)}, status=400)
    except TooManyMoments:
        response = render(request, "moment_busy.html", status=503)
        response["Retry-After"] = "5"
        return response
    changes: list[Change] = []
    if first < last.tick:
        changes = history(last.snapshot, about(last.snapshot, record), first, MOST_CHANGES)
    context |= {
        "changes": changes,
        "first": first,
        "last": last,
        "is_backwards": first > last.tick,
        "is_cut": len(changes) == MOST_CHANGES,
        "address": addresses.address(record),
    }
    return render(request, "changes/record.html", context)


def _until(asked: str, shown: Moment) -> Moment:
    if not asked:
        return shown
    return Moment(keeper.at(clock.resolve(asked)), asked)


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 5 else 1
