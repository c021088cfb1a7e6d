"""What somebody reads who tried too many passwords: the same whether or not the account exists."""

import math
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_MANY = 429


def refused(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """The page in place of the sign-in form, with a `Retry-After` in seconds (RFC 9110, 10.2.3)."""
    pause = settings.AXES_COOLOFF_TIME.total_seconds()
    context = {**admin.site.each_context(request), "minutes": math.ceil(pause / 60)}
    answer = render(request, "accounts/too_many_attempts.html", context, status=TOO_MANY)
    answer["Retry-After"] = str(int(pause))
    answer["Cache-Control"] = "no-store"
    return answer
