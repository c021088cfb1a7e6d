"""A request resolves one tick first; every query of it, and every link on its page, uses that."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

from sources import clock

from .kept_pages import kept
from .published.builds import TooManyMoments
from .published.keeper import keeper
from .published.snapshot import Snapshot

PARAMETER = "as_of"
#: Readers' browsers and CDNs may hold a page this long before they ask again, in seconds.
MAX_AGE = 1


@dataclass(frozen=True)
class Moment:
    """The state of the record that a page shows."""

    snapshot: Snapshot
    #: What the address asked for, "" for the newest state.
    as_of: str = ""
    #: Whether anything public changed after the state shown.
    changed_since: bool = False

    @property
    def tick(self) -> int:
        return self.snapshot.tick

    @property
    def is_past(self) -> bool:
        """Whether the address asks for a moment of the past, even if nothing changed since."""
        return bool(self.as_of)

    @property
    def suffix(self) -> str:
        """The query string that keeps the moment in the page's links."""
        return "?" + urlencode({PARAMETER: self.as_of}) if self.as_of else ""


def moment_of(request: HttpRequest) -> Moment:
    """The moment that the request asks for. Raises clock.UnknownMoment and TooManyMoments."""
    asked = request.GET.get(PARAMETER, "").strip()
    # Asked for in any case: a newer state may have changed the past, by a suppression.
    newest = keeper.newest()
    if not asked:
        return Moment(newest)
    tick = clock.resolve(asked)
    return Moment(keeper.at(tick), asked, changed_since=tick != newest.tick)


def published(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a public view its moment (`request.moment`), and its answer an ETag that any cache can hold.

    The ETag is of clock, release and language: what is published shows everywhere as soon as caches ask.
    """

    @functools.wraps(view)
    def with_moment(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            moment = moment_of(request)
        except clock.UnknownMoment as error:
            status = 404 if error.before_the_beginning else 400
            context = {"message": str(error), "first": clock.first_tick()}
            return render(request, "moment_unknown.html", context, status=status)
        except TooManyMoments:
            response = render(request, "moment_busy.html", status=503)
            response["Retry-After"] = "5"
            return response
        request.moment = moment  # type: ignore[attr-defined]
        etag = f'W/"{clock.newest() if moment.is_past else moment.tick}-{settings.RELEASE}-{get_language()}"'
        unchanged = None if settings.DEBUG else get_conditional_response(request, etag=etag)
        if isinstance(unchanged, HttpResponse):
            response = unchanged
        elif settings.DEBUG or moment.is_past:
            response = view(request, *args, **kwargs)
        else:
            response = kept(request, etag, lambda: view(request, *args, **kwargs))
        if response.status_code in (200, 304):
            response.headers.setdefault("ETag", etag)
            patch_cache_control(response, public=True, max_age=MAX_AGE, must_revalidate=True)
        return response

    return with_moment


def context(request: HttpRequest) -> dict[str, Any]:
    """For templates: the moment of the page, where it has one."""
    return {"moment": getattr(request, "moment", None)}
