from typing import Any

from django.contrib import admin

from deposits.models import Country, Deposit, Mineral, Region
from partners.models import Partner
from projects.models import Project
from sources.admin.claims import TypedClaimAdmin
from sources.admin.inlines import ClaimInline
from sources.admin.options import ClaimForm, ClaimOptions
from sources.admin.records import attach
from sources.admin.statements import joined
from sources.admin.typed_fields import FIELDS, CountField

from .models import Finding


class FindingForm(ClaimForm):
    """A finding's figure may count anything; its unit is what the words beside it say."""

    class Meta(ClaimForm.Meta):
        field_classes = {**FIELDS, "quantity": CountField}


class FindingOptions(ClaimOptions):
    form = FindingForm
    statement_rows = (
        "statement",
        ("topic", "direction"),
        ("quantity", "unit"),
        ("mineral", "partner"),
        "answers",
    )
    record_fields = ("mineral", "partner")

    def get_autocomplete_fields(self, request: Any) -> tuple[str, ...]:
        return (*super().get_autocomplete_fields(request), "answers")

    def one_line(self, claim: Any) -> str:
        return joined(claim.get_topic_display(), claim.statement)


class FindingInline(FindingOptions, ClaimInline):
    model = Finding


@admin.register(Finding)
class FindingAdmin(FindingOptions, TypedClaimAdmin):
    list_filter = ("status", "topic", "direction")


for subject in (Region, Country, Mineral, Deposit, Project, Partner):
    attach(subject, FindingInline)
