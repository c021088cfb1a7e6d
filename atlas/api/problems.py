"""Errors as problem details (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """What is wrong with a request: the HTTP status, and a sentence for whoever sent it."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def problem_response(problem: Problem, instance: str) -> HttpResponse:
    """The answer to a request that failed."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "instance": instance,
    }
    body = json.dumps(document, ensure_ascii=False)
    return HttpResponse(body, MEDIA_TYPE, problem.status, headers=problem.headers)
