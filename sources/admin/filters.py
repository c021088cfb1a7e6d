"""List filters of the desk."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Claim
from ..models.claims import claim_kinds


class HasDraft(SimpleListFilter):
    """Records on which somebody's work is not finished."""

    title = _("work in hand")
    parameter_name = "in_hand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("draft", _("has drafts")), ("submitted", _("has claims waiting for review"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() not in ("draft", "submitted"):
            return queryset
        return queryset.filter(Exists(Claim.objects.filter(subject=OuterRef("pk"), status=self.value())))


class KindOfClaim(SimpleListFilter):
    title = _("kind of claim")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind, capfirst(model._meta.verbose_name_plural)) for kind, model in claim_kinds().items()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(kind=self.value()) if self.value() else queryset


class KindOfSubject(SimpleListFilter):
    title = _("about a")
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        from ..recording import record_models

        kinds = {subject for model in claim_kinds().values() for subject in model.SUBJECT_KINDS}
        return [(kind, m._meta.verbose_name) for kind, m in record_models().items() if kind in kinds]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(subject__kind=self.value()) if self.value() else queryset
