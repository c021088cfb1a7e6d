"""Whatever is refused says why: problem details (RFC 9457) under /api/, a page everywhere else."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .api.problems import MEDIA_TYPE, Problem, problem_response

logger = logging.getLogger(__name__)

API = "/api/"
#: Headers of the refusal that its explanation keeps.
_KEPT = ("Allow", "Retry-After")


class ExplainRefusals:
    """Middleware that explains what Django, or the server before any view, refuses without a word."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What no column has room for was sent by somebody: that is theirs to mend, and ours to log."""
        if not isinstance(exception, OverflowError | DataError):
            return None
        logger.warning("Refused as unreadable: %s", request.path, exc_info=exception)
        return _page(400, {})

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < 400:
            return response
        kept = {name: response[name] for name in _KEPT if name in response}
        if request.path_info.startswith(API):
            if response.get("Content-Type") == MEDIA_TYPE:
                return response
            problem = Problem(response.status_code, _detail(response.status_code))
            return problem_response(problem, request.get_full_path(), kept)
        if isinstance(response, HttpResponse) and not response.content:
            return _page(response.status_code, kept)
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: an address, a host or a form that cannot be read."""
    return _page(400, {})


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return _page(403, {})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from this site's own page, or whose page is too old."""
    return _page(403, {})


def _page(status: int, headers: dict[str, str]) -> HttpResponse:
    """By itself, without the site's frame: what is wrong may be the very host that links would name."""
    text = render_to_string("refused.html", {"status": status, "message": _detail(status)})
    return HttpResponse(text, status=status, headers=headers)


def _detail(status: int) -> str:
    """What a reader can do about it."""
    known = {
        400: _("The address or what was sent with it cannot be read."),
        403: _("This is not allowed. If you sent a form, load its page again and send it once more."),
        404: _("The atlas has nothing at this address."),
        405: _("This address can be read, and nothing else."),
        500: _("Something went wrong on our side. It has been logged; please try again in a minute."),
    }
    return known.get(status, HTTPStatus(status).phrase)
