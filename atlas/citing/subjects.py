"""The record or claim that an address ending in …/cite/, …/embed/, …/changes/ or …/feed.atom is about."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import register_converter, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from atlas import addresses
from atlas.moments import Moment, published
from atlas.pages.queries import public_claim
from atlas.pages.record_views import REDIRECT_AGE
from sources.models import Claim, Record

#: The part of the site in which each kind of record has its pages.
PARTS = {
    "country": "countries",
    "mineral": "minerals",
    "deposit": "deposits",
    "project": "projects",
    "partner": "partners",
    "source": "sources",
    "publisher": "publishers",
}


class PartConverter:
    """The first part of a record's address, as the kind of record: "deposits" ⇄ "deposit"."""

    regex = "|".join(PARTS.values())

    def to_python(self, value: str) -> str:
        return next(kind for kind, part in PARTS.items() if part == value)

    def to_url(self, value: str) -> str:
        return PARTS[value]


register_converter(PartConverter, "part")


def of_record(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view of (request, record) answer under `<part:kind>/<int:number>-<str:slug>/…`.

    The id decides: another slug and a record merged away redirect for good; a withdrawn record says why
    (410); an id the atlas did not have at that moment is not found.
    """

    @published
    @functools.wraps(view)
    def answer(request: HttpRequest, kind: str, number: int, slug: str, **more: Any) -> HttpResponse:
        snapshot = moment(request).snapshot
        asked = snapshot.record(number)
        if asked is None or asked.kind != kind:
            raise Http404(_("The atlas has no such record."))
        record = snapshot.standing(asked)
        if record.withdrawn_because:
            return render(request, "records/withdrawn.html", {"record": record}, status=410)
        if record is not asked or record.slug != slug:
            match = request.resolver_match
            where = reverse(
                match.view_name if match else "",
                kwargs={"kind": record.kind, "number": record.pk, "slug": record.slug, **more},
            )
            query = request.META.get("QUERY_STRING", "")
            moved = HttpResponsePermanentRedirect(f"{where}?{query}" if query else where)
            patch_cache_control(moved, public=True, max_age=REDIRECT_AGE)
            return moved
        return view(request, record, **more)

    return answer


def of_claim(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view of (request, claim) answer under `claims/<int:number>/…` for whatever is or was public.

    A suppressed claim leads to its own page, which is a tombstone.
    """

    @published
    @functools.wraps(view)
    def answer(request: HttpRequest, number: int, **more: Any) -> HttpResponse:
        now = moment(request)
        claim = public_claim(number, now.tick)
        if claim is None:
            raise Http404(_("The atlas has no such claim."))
        if claim.suppressed_at:
            return redirect(addresses.claim_address(claim, now.suffix))
        [attached] = now.snapshot.attach([claim])
        return view(request, attached, **more)

    return answer


def moment(request: HttpRequest) -> Moment:
    """The state of the record that the request asks for."""
    found: Moment = request.moment  # type: ignore[attr-defined]
    return found


def is_withdrawn(claim: Claim, tick: int) -> bool:
    """Whether the claim no longer stood at the tick."""
    return claim.withdrawn_tick is not None and claim.withdrawn_tick <= tick


def within(record: Record, name: str) -> str:
    """An address below a record's own, such as its `cite-record` page."""
    return reverse(name, kwargs={"kind": record.kind, "number": record.pk, "slug": record.slug})
