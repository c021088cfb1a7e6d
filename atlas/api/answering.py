"""What every answer of the API has: a moment, an ETag, CORS, limits; problems instead of error pages."""

import functools
import json
import math
from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

from atlas.moments import MAX_AGE, PARAMETER, Moment, moment_of
from atlas.published.builds import TooManyMoments
from atlas.published.keeper import keeper
from atlas.suggesting.guards import sender
from sources import clock

from .limits import Standing, limit
from .problems import CORS, Problem, problem_response

METHODS = ("GET", "HEAD", "OPTIONS")


def api(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view of (request, …) answer at the moment asked for; it may raise Problem."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        standing = limit.take(sender(request).address)
        try:
            response = _answer(view, request, standing, *args, **kwargs)
        except Problem as problem:
            response = problem_response(problem, request.get_full_path())
        for name, value in {**CORS, **limit.headers(standing)}.items():
            response[name] = value
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _answer(
    view: Callable[..., HttpResponse], request: HttpRequest, standing: Standing, *args: Any, **kwargs: Any
) -> HttpResponse:
    if standing.refused:
        wait = str(math.ceil(standing.retry_in))
        raise Problem(429, "You ask faster than the atlas answers; wait a moment.", Retry_After=wait)
    if request.method not in METHODS:
        raise Problem(405, "The API is read-only.", Allow=", ".join(METHODS))
    if request.method == "OPTIONS":
        return _preflight()
    moment = _moment(request)
    request.moment = moment  # type: ignore[attr-defined]
    tick = clock.newest() if moment.is_past else moment.tick
    etag = f'W/"{tick}-{settings.RELEASE}-{get_language()}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged if isinstance(unchanged, HttpResponse) else view(request, *args, **kwargs)
    if response.status_code in (200, 304):
        response.headers.setdefault("ETag", etag)
        patch_cache_control(response, public=True, max_age=MAX_AGE, must_revalidate=True)
    return response


def _preflight() -> HttpResponse:
    allowed = ", ".join(METHODS)
    return HttpResponse(
        status=204,
        headers={
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "Accept, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def _moment(request: HttpRequest) -> Moment:
    """The moment that `as_of` or `datetime` names. Raises Problem."""
    try:
        if "datetime" in request.GET and PARAMETER in request.GET:
            raise Problem(400, "Ask for a moment by datetime or by as_of, not by both.")
        if "datetime" in request.GET:
            return moment_at(request.GET["datetime"])
        return moment_of(request)
    except clock.UnknownMoment as error:
        raise Problem(404 if error.before_the_beginning else 400, str(error)) from error
    except TooManyMoments as error:
        raise Problem(503, "Too many past moments are asked for at once.", Retry_After="5") from error


def moment_at(text: str) -> Moment:
    """The state of the record that OGC's `datetime` names: at an instant, or at the end of an interval.

    Raises clock.UnknownMoment, TooManyMoments, Problem.
    """
    start, slash, end = text.upper().partition("/")
    last = end if slash else start
    if slash and last in ("", ".."):
        last = ""
        _check_instant(start)
    elif slash and start not in ("", ".."):
        _check_instant(start)
    if not last:
        return Moment(keeper.newest())
    _check_instant(last)
    if slash and last[:10] > f"{timezone.now():%Y-%m-%d}":
        return Moment(keeper.newest())
    tick = clock.resolve(last)
    return Moment(keeper.at(tick), last, changed_since=tick != clock.newest())


def _check_instant(text: str) -> None:
    """Dates and times alone: a bare number is a tick, which only `as_of` names."""
    if not text[:1].isdigit() or text[4:5] != "-":
        raise Problem(400, "datetime is a date, a moment such as 2026-11-21T12:00:00Z, or start/end.")


@api
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever else is asked for below /api/."""
    raise Problem(404, "The API has nothing at this address; begin at /api/.")


def only(request: HttpRequest, known: Collection[str]) -> None:
    """Refuse parameters that mean nothing here: a misspelt filter must not pass for none. Raises Problem."""
    unknown = [name for name in request.GET if name not in known]
    if unknown:
        raise Problem(400, f"Unknown parameter {unknown[0][:80]!r}; known are {', '.join(sorted(known))}.")


def whole_number(request: HttpRequest, name: str, usual: int, least: int, most: int) -> int:
    """A parameter that is a whole number; more than the most is the most. Raises Problem."""
    text = request.GET.get(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 19) or int(text) < least:
        raise Problem(400, f"{name} is a whole number from {least} on.")
    return min(int(text), most)


def site(request: HttpRequest) -> str:
    """Scheme and host that links name: those of the request."""
    return request.build_absolute_uri("/").rstrip("/")


def json_response(document: Any, media_type: str = "application/json") -> HttpResponse:
    """A document as JSON in UTF-8."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body.encode(), media_type)
