"""The desk's pages for the second factor: giving it, setting it up, and looking after it."""

import logging
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext
from django_otp.plugins.otp_static.models import StaticDevice

from . import second_factor
from .models import User

logger = logging.getLogger(__name__)


class CodeForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=32)


def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code once the password was right."""
    user = _person(request)
    if user.is_verified():  # type: ignore[attr-defined]
        return HttpResponseRedirect(_onward(request))
    refusal = ""
    if request.method == "POST":
        try:
            device = second_factor.check(user, _code(request))
        except second_factor.CodeRefused as refused:
            refusal = str(refused)
            logger.warning("Second factor refused for account %s.", user.pk)
        else:
            second_factor.remember(request, device)
            _say_how_many_left(request, user, device)
            return HttpResponseRedirect(_onward(request))
    return _page(request, "verify", _("Second step"), refusal)


def set_up(request: HttpRequest) -> HttpResponse:
    """Show the secret to an authenticator app, and take its first code."""
    user = _person(request)
    if second_factor.device_of(user) and not user.is_verified():  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("admin:second_factor_verify"))
    refusal = ""
    if request.method == "POST":
        try:
            device, codes = second_factor.confirm(user, _code(request))
        except second_factor.CodeRefused as refused:
            refusal = str(refused)
        else:
            second_factor.remember(request, device)
            _log(user, user, gettext_noop("Second factor set up."))
            return _codes_page(request, codes)
    shown = {"enrolment": second_factor.enrolment(user), "required": second_factor.must_have(user)}
    return _page(request, "set_up", _("Set up the second factor"), refusal, **shown)


def look_after(request: HttpRequest) -> HttpResponse:
    """One's own second factor: since when, how many recovery codes are left; new ones; turning it off."""
    user = _person(request)
    device = second_factor.device_of(user)
    required = second_factor.must_have(user)
    if request.method == "POST" and device:
        if "codes" in request.POST:
            codes = second_factor.new_recovery_codes(user)
            _log(user, user, gettext_noop("New recovery codes made."))
            return _codes_page(request, codes)
        if required:
            raise PermissionDenied
        second_factor.reset(user)
        _log(user, user, gettext_noop("Second factor turned off."))
        messages.success(request, _("The second factor is turned off."))
        return HttpResponseRedirect(reverse("admin:second_factor"))
    left = second_factor.recovery_codes_left(user) if device else 0
    return _page(request, "second_factor", _("Second factor"), device=device, left=left, required=required)


def reset(request: HttpRequest, user: User) -> None:
    """An administrator takes away a colleague's second factor; both their histories say so."""
    second_factor.reset(user)
    _log(_person(request), user, gettext_noop("Second factor reset."))


def pages() -> list[Any]:
    """Their addresses at the desk."""
    guarded = admin.site.admin_view
    return [
        path("second-factor/", guarded(look_after), name="second_factor"),
        path("second-factor/verify/", guarded(verify), name="second_factor_verify"),
        path("second-factor/set-up/", guarded(set_up), name="second_factor_set_up"),
    ]


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the desk's own guard asked them to sign in
    return request.user


def _code(request: HttpRequest) -> str:
    """What was typed. Raises CodeRefused for what cannot be a code."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        raise second_factor.CodeRefused(_("Type the code."))
    return str(form.cleaned_data["code"])


def _onward(request: HttpRequest) -> str:
    """The page that was asked for before the code was, if it is one of this site."""
    asked = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if here else reverse("admin:index")


def _say_how_many_left(request: HttpRequest, user: User, device: Any) -> None:
    if isinstance(device, StaticDevice):
        left = second_factor.recovery_codes_left(user)
        text = ngettext("%(count)d recovery code is left.", "%(count)d recovery codes are left.", left)
        messages.warning(request, text % {"count": left})


def _log(by: User, user: User, what: str) -> None:
    """Keep it in the account's history at the desk and in the server's log."""
    LogEntry.objects.log_actions(by.pk, [user], CHANGE, _(what), single_object=True)
    logger.warning("%s Account %s, by account %s.", what, user.pk, by.pk)


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return _page(request, "recovery_codes", _("Recovery codes"), codes=codes)


def _page(request: HttpRequest, name: str, title: str, refusal: str = "", **shown: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "refusal": refusal, **shown}
    return TemplateResponse(request, f"accounts/{name}.html", context, status=400 if refusal else 200)
