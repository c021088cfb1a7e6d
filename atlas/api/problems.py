"""Errors as problem details (RFC 9457)."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"
#: Scripts of any site may read answers and problems alike.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, RateLimit, RateLimit-Policy",
}


class Problem(Exception):
    """What is wrong with a request: the HTTP status, and a sentence for whoever sent it."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def problem_response(
    problem: Problem, instance: str, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The answer to a request that failed; `headers` come on top of the problem's own."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "instance": instance,
    }
    body = json.dumps(document, ensure_ascii=False)
    own = {**CORS, **problem.headers, **(headers or {})}
    return HttpResponse(body, MEDIA_TYPE, problem.status, headers=own)
