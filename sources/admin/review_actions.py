"""Submitting, publishing and rejecting many claims at once; all of them or none."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import review
from ..models import Claim
from .people import is_editor, may_edit
from .statements import one_line, typed_rows


class ReviewActions:
    """Actions of every list of claims; four eyes and the rest are `sources.review`'s."""

    actions = ("submit_claims", "publish_claims", "reject_claims")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)  # type: ignore[misc]
        actions.pop("delete_selected", None)
        return actions

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """For Django's `permissions=["publish"]`."""
        return is_editor(request.user)

    @admin.action(description=gettext_lazy("Submit for review"), permissions=["add"])
    def submit_claims(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        claims = list(queryset)
        if not all(may_edit(request.user, c) for c in claims if c.status == Claim.Status.DRAFT):
            self._tell(request, _("A draft is submitted by its author or by an editor."))
            return
        self._review(request, lambda: len(review.submit(claims, request.user)), _("submitted"))  # type: ignore[arg-type]

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish_claims(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        claims = list(queryset)

        def publish() -> int:
            review.publish(claims, request.user)  # type: ignore[arg-type]
            return len(claims)

        self._review(request, publish, _("published"))

    @admin.action(description=gettext_lazy("Reject"), permissions=["publish"])
    def reject_claims(self, request: HttpRequest, queryset: "QuerySet[Any]") -> TemplateResponse | None:
        """Ask for the reason first."""
        claims = list(queryset)
        if "words" in request.POST:
            words = request.POST["words"]
            if self._review(
                request,
                lambda: len(review.reject(claims, request.user, words)),  # type: ignore[arg-type]
                _("rejected"),
            ):
                return None
        context = {
            **admin.site.each_context(request),
            "opts": self.opts,  # type: ignore[attr-defined]
            "title": _("Reject"),
            "rows": [(claim, one_line(claim)) for claim in typed_rows(claims)],
            "words": request.POST.get("words", ""),
        }
        return TemplateResponse(request, "admin/reject_claims.html", context)

    def _review(self, request: HttpRequest, take: Any, done: str) -> bool:
        """Take the step and say how it went; whether it was taken."""
        try:
            count = take()
        except ValidationError as refusal:
            self._tell(request, " ".join(refusal.messages) + " " + _("Nothing was changed."))
            return False
        except PermissionDenied:
            self._tell(request, _("Your account may not take this step."))
            return False
        text = ngettext("%(count)d claim %(done)s.", "%(count)d claims %(done)s.", count)
        messages.success(request, text % {"count": count, "done": done})
        return True

    def _tell(self, request: HttpRequest, text: str) -> None:
        messages.error(request, text)
