from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from .second_factor import device_of, must_have

VERIFY, SET_UP = "second_factor_verify", "second_factor_set_up"
#: Pages of the desk that open without the second factor: the way in, and the way out.
OPEN = {"login", "logout", "jsi18n"}


def step_owed(user: Any) -> str:
    """The page that this person owes before the desk opens: VERIFY, SET_UP, or "" for none."""
    if user.is_verified():
        return ""
    if device_of(user):
        return VERIFY
    return SET_UP if must_have(user) else ""


class SecondFactorMiddleware:
    """Until the second factor is given, a signed-in person sees the page that asks for it, and no other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or "admin" not in match.namespaces or match.url_name in OPEN:
            return None
        if not request.user.is_authenticated:
            return None
        owed = step_owed(request.user)
        if not owed or match.url_name == owed:
            return None
        onward = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        return HttpResponseRedirect(f"{reverse(f'admin:{owed}')}?{onward}".rstrip("?"))
