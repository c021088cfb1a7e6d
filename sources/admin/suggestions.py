"""What readers sent, at the desk: make a claim of it in one step, or answer."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin

from ..answering import decline, take_up
from ..cataloguing import standing_for
from ..models import Claim, Suggestion
from .claims import SUPERSEDES, claim_address
from .entering import SUGGESTION, kinds_offered
from .people import is_editor
from .statements import one_line, typed_rows

#: The list's query for what nobody has dealt with.
WAITING = "?status__exact=waiting&held__exact=0"


@admin.register(Suggestion)
class SuggestionAdmin(ModelAdmin):
    """Editors' work; nobody adds, rewrites or deletes what a reader wrote."""

    list_display = ("sentence_begins", "kind", "subject", "status", "sent_at", "promised", "handled_by")
    list_filter = ("status", "kind", "held")
    actions = ("decline_as_spam",)
    ordering = (models.Case(models.When(kind="complaint", status="waiting", then=0), default=1), "-sent_at")
    list_filter_sheet = False
    list_select_related = ("subject", "handled_by")
    search_fields = ("sentence", "address", "subject__name")
    list_per_page = 50

    # Who may do what

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # The list

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).select_related("subject", "claim", "made_claim", "handled_by")

    @admin.display(description=gettext_lazy("what the sender says"))
    def sentence_begins(self, suggestion: Suggestion) -> str:
        words = suggestion.sentence
        return words if len(words) <= 140 else words[:139] + "…"

    @admin.display(description=gettext_lazy("answer promised by"))
    def promised(self, suggestion: Suggestion) -> str:
        """The day promised to who complained, and whether it has passed."""
        day = suggestion.answer_by
        if day is None:
            return ""
        shown = date_format(day)
        return _("%(day)s: overdue") % {"day": shown} if suggestion.is_overdue else shown

    @admin.action(description=gettext_lazy("Decline as spam"))
    def decline_as_spam(self, request: HttpRequest, chosen: "QuerySet[Suggestion]") -> None:
        """Settle what a flood brought, all of what was chosen or none."""
        waiting = chosen.filter(status=Suggestion.Status.WAITING)
        with transaction.atomic():
            for suggestion in waiting:
                decline(suggestion, request.user, _("It was taken for spam."))  # type: ignore[arg-type]
                self.log_change(request, suggestion, _("Declined as spam."))
        text = ngettext("%(count)d suggestion declined.", "%(count)d suggestions declined.", len(waiting))
        messages.success(request, text % {"count": len(waiting)})

    # The page

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The suggestion, what can be made of it, and the answer to its sender."""
        if not is_editor(request.user):
            raise PermissionDenied
        suggestion = self.get_object(request, object_id)
        if suggestion is None:
            raise Http404
        words, refusal = request.POST.get("words", ""), ""
        if request.method == "POST":
            try:
                self._settle(request, suggestion, words)
            except ValidationError as error:
                refusal = " ".join(error.messages)
            else:
                return HttpResponseRedirect(reverse("admin:sources_suggestion_changelist") + WAITING)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("A reader's suggestion"),
            "suggestion": suggestion,
            "words": words,
            "refusal": refusal,
            "about": _line(suggestion.claim),
            "made": _line(suggestion.made_claim),
            "public_page": _public_page(suggestion),
            **self._ways(request, suggestion),
        }
        status = 409 if refusal else 200
        return TemplateResponse(request, "admin/suggestion.html", context, status=status)

    def _settle(self, request: HttpRequest, suggestion: Suggestion, words: str) -> None:
        """Take it up or decline it, as the button says. Raises ValidationError."""
        if "decline" in request.POST:
            decline(suggestion, request.user, words)  # type: ignore[arg-type]
            done = _("Declined; the sender can read why.")
        else:
            take_up(suggestion, request.user, words)  # type: ignore[arg-type]
            done = _("Taken up; the sender can read your answer.")
        self.log_change(request, suggestion, done)
        messages.success(request, done)

    def _ways(self, request: HttpRequest, suggestion: Suggestion) -> dict[str, Any]:
        """The links by which a claim is made of it."""
        if suggestion.status != Suggestion.Status.WAITING:
            return {}
        sources = standing_for(suggestion.address) if suggestion.address else []
        ways: dict[str, Any] = {"sources": sources}
        if sources:
            ways["kinds"] = kinds_offered(request, sources[0], suggestion)
        elif suggestion.address:
            query = urlencode({"address": suggestion.address, SUGGESTION: suggestion.pk})
            ways["add_source"] = f"{reverse('admin:sources_source_by_address')}?{query}"
        claim = suggestion.claim
        if claim and claim.status == Claim.Status.PUBLISHED:
            model = typed_rows([claim])[0]._meta
            query = urlencode({SUPERSEDES: claim.pk, SUGGESTION: suggestion.pk})
            ways["replace"] = f"{reverse(f'admin:{model.app_label}_{model.model_name}_add')}?{query}"
        return ways


def _line(claim: Claim | None) -> tuple[str, str] | None:
    """(what it states, its page) of a claim."""
    if claim is None:
        return None
    typed = typed_rows([claim])[0]
    return one_line(typed), claim_address(typed)


def _public_page(suggestion: Suggestion) -> str:
    """Where its sender sees what became of it; "" without the public site."""
    try:
        return reverse("suggestion", args=[suggestion.token])
    except NoReverseMatch:  # the record can be edited without the public site
        return ""
