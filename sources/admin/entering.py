"""Entering claims one after another from one source: its panel beside the form, what the last one had."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.forms.widgets import Media, Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst

from ..answering import take_up
from ..models import Claim, Source, Suggestion
from ..models.claims import claim_kinds
from ..recording import record_models
from .people import is_editor

#: Query parameters: the source in hand, and the reader's suggestion that a claim is made of.
FACTS, SUGGESTION = "facts", "suggestion"
#: What the next claim from the same source begins with.
REMEMBERED = ("subject_id", "as_of", "originator_id", "originator_name", "locator")


def carried(request: HttpRequest) -> dict[str, Any]:
    """The suggestion in hand, to go along on links."""
    return _carrying(suggestion_in_hand(request))


def suggestion_in_hand(request: HttpRequest) -> Suggestion | None:
    """The waiting suggestion of which an editor is making a claim."""
    number = request.GET.get(SUGGESTION, "")
    if not is_editor(request.user) or not _is_number(number):
        return None
    waiting = Suggestion.objects.filter(status=Suggestion.Status.WAITING, pk=number)
    return waiting.select_related("subject").first()


def _carrying(suggestion: Suggestion | None) -> dict[str, Any]:
    return {SUGGESTION: suggestion.pk} if suggestion else {}


def kinds_offered(
    request: HttpRequest, source: Source, suggestion: Suggestion | None = None
) -> list[tuple[str, str]]:
    """(name, address of the filled-in form) of each kind of claim this person may enter from the source."""
    last = Claim.objects.filter(source_id=source.pk, author=request.user.pk).order_by("-pk").first()
    offered = []
    for model in claim_kinds().values():
        if not admin.site.get_model_admin(model).has_add_permission(request):
            continue
        values: dict[str, Any] = {FACTS: source.pk, "source": source.pk, **_carrying(suggestion)}
        about = suggestion.subject if suggestion and suggestion.subject else last and last.subject
        for name in REMEMBERED if last else ():
            values[name.removesuffix("_id")] = getattr(last, name) or ""
        values["subject"] = about.pk if about and about.kind in model.SUBJECT_KINDS else ""
        filled = urlencode({name: value for name, value in values.items() if value})
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        offered.append((str(capfirst(model._meta.verbose_name)), f"{address}?{filled}"))
    return offered


class EntersFromSource:
    """Part of each kind's admin: what its form shows and where it leads while a source is in hand."""

    @property
    def media(self) -> Media:
        return super().media + Media(js=[Script("admin/enter-facts.js", type="module")])  # type: ignore[misc, list-item]

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        source = _source_in_hand(request)
        shown: dict[str, Any] = {"suggestion": suggestion_in_hand(request)}
        if source:
            shown |= {
                "in_hand": source,
                "kinds": kinds_offered(request, source, suggestion_in_hand(request)),
                "new_subjects": self._new_subjects(request),
            }
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **shown})  # type: ignore[misc]

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        """A claim entered because of a reader's suggestion settles that."""
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        suggestion = suggestion_in_hand(request)
        if change or suggestion is None:
            return
        try:
            take_up(suggestion, request.user, claim=obj)  # type: ignore[arg-type]
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))

    def response_add(self, request: HttpRequest, obj: Claim, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().response_add(request, obj, *args, **kwargs)  # type: ignore[misc]
        return self._onward(request, obj, response)

    def response_change(self, request: HttpRequest, obj: Claim) -> HttpResponse:
        response: HttpResponse = super().response_change(request, obj)  # type: ignore[misc]
        return self._onward(request, obj, response)

    def _onward(self, request: HttpRequest, claim: Claim, response: HttpResponse) -> HttpResponse:
        """Back to the source's facts, or on to the next of this kind with what this one had."""
        source = _source_in_hand(request)
        if source is None or IS_POPUP_VAR in request.POST:
            return response
        if "_addanother" in request.POST:
            wanted = str(capfirst(claim._meta.verbose_name))
            return HttpResponseRedirect(dict(kinds_offered(request, source))[wanted])
        if "_continue" in request.POST:
            name = f"admin:{claim._meta.app_label}_{claim._meta.model_name}_change"
            return HttpResponseRedirect(f"{reverse(name, args=[claim.pk])}?{FACTS}={source.pk}")
        return HttpResponseRedirect(reverse("admin:sources_source_facts", args=[source.pk]))

    def _new_subjects(self, request: HttpRequest) -> list[tuple[str, str]]:
        """(kind of record, address of its form) of the subjects that can be made in place."""
        made = []
        for kind in self.model.SUBJECT_KINDS:  # type: ignore[attr-defined]
            model = record_models()[kind]
            if admin.site.get_model_admin(model).has_add_permission(request):
                address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
                made.append((str(model._meta.verbose_name), f"{address}?{IS_POPUP_VAR}=1"))
        return made


def _source_in_hand(request: HttpRequest) -> Source | None:
    number = request.GET.get(FACTS, "")
    found = Source.objects.filter(pk=number) if _is_number(number) else Source.objects.none()
    return found.select_related("publisher").first()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
