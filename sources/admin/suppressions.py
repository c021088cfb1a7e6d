"""Requests to suppress claims, for administrators; each is decided on its claim's page."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from ..models import SuppressionRequest
from ..suppression import PERMISSION


@admin.register(SuppressionRequest)
class SuppressionRequestAdmin(ModelAdmin):
    """A list, kept for good: nobody rewrites or deletes what was asked and decided."""

    list_display = (
        "claim_number",
        "because",
        "outcome",
        "asked_by",
        "asked_at",
        "decided_by",
        "decided_at",
        "answer",
    )
    list_filter = ("outcome",)
    list_filter_sheet = False
    list_select_related = ("claim", "asked_by", "decided_by")
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("claim"), ordering="claim")
    def claim_number(self, request: SuppressionRequest) -> int:
        return request.claim_id

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the claim, where it is decided."""
        asked = self.get_object(request, object_id) if self.has_view_permission(request) else None
        if asked is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:sources_claim_change", args=[asked.claim_id]))


def visible(claims: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Any]":
    """Claims as this person may see them: suppressed ones only by those who may suppress."""
    return claims if request.user.has_perm(PERMISSION) else claims.filter(suppressed_at__isnull=True)
