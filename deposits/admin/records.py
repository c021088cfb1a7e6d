from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from sources.admin.filters import HasDraft
from sources.admin.inlines import NameInline
from sources.admin.people import is_editor
from sources.admin.records import CountedRecordAdmin
from sources.admin.statements import joined

from ..models import Country, Deposit, Mineral, Occurrence, Region
from .claims import EstimateInline, LocationInline, OccurrenceInline


class HasMineral(admin.SimpleListFilter):
    """Deposits and projects of which a claim in force names the mineral."""

    title = _("mineral")
    parameter_name = "mineral"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Mineral.objects.order_by("name").values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        mineral = self.value() or ""
        if not mineral.isdecimal():
            return queryset
        named = Occurrence.objects.filter(
            subject=OuterRef("pk"), mineral_id=mineral, status=Occurrence.Status.PUBLISHED
        )
        return queryset.filter(Exists(named))


@admin.register(Deposit)
class DepositAdmin(CountedRecordAdmin):
    inlines = (NameInline, LocationInline, OccurrenceInline, EstimateInline)
    list_select_related = ("country",)
    list_display = (
        "name",
        "country",
        "region",
        "type_group",
        "claims_standing",
        "claims_in_hand",
        "is_public",
    )
    list_filter = ("country", "type_group", HasMineral, HasDraft, "is_public")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "country",
                    ("region", "region_ru"),
                    ("deposit_type", "deposit_type_ru"),
                    "type_group",
                    "note",
                )
            },
        ),
    )

    def label_in_lists(self, record: Deposit) -> str:
        return joined(record, record.country)


class ReferenceAdmin(CountedRecordAdmin):
    """Records that hardly change: nobody adds a country, and nobody deletes one."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ("name", "claims_standing", "claims_in_hand")
    fieldsets = ((None, {"fields": ("name", "note")}),)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def view_on_site(self, record: Any) -> str | None:
        """The region is read where its countries are."""
        try:
            return reverse("countries")
        except NoReverseMatch:  # the record can be edited without the public site
            return None


@admin.register(Country)
class CountryAdmin(ReferenceAdmin):
    list_display = ("name", "iso2", "claims_standing", "claims_in_hand")
    list_filter = (HasDraft,)
    fieldsets = ((None, {"fields": ("name", ("iso2", "iso3"), "note")}),)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Mineral)
class MineralAdmin(CountedRecordAdmin):
    list_display = ("name", "symbol", "group", "eu_critical_2023", "eu_strategic_2023", "us_critical_2025")
    list_filter = ("group", "eu_critical_2023", "eu_strategic_2023", "us_critical_2025", HasDraft)
    fieldsets = (
        (None, {"fields": (("name", "symbol"), "group", ("uses", "uses_ru"), "note")}),
        (
            _("Lists of critical minerals"),
            {"fields": (("eu_critical_2023", "eu_strategic_2023"), ("us_critical_2022", "us_critical_2025"))},
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A mineral that is not public yet is an editor's work too."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.is_public or is_editor(request.user))
