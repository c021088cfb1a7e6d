from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _

from sources.admin.claims import TypedClaimAdmin
from sources.admin.inlines import ClaimInline
from sources.admin.options import ClaimOptions
from sources.admin.statements import figure, joined

from ..models import Location, Occurrence, ResourceEstimate
from .point_picker import LocationForm


class LocationOptions(ClaimOptions):
    form = LocationForm
    statement_rows = ("latitude", "longitude", ("precision", "inferred"))

    def one_line(self, claim: Any) -> str:
        position = f"{figure(claim.latitude)}, {figure(claim.longitude)}"
        return joined(position, claim.get_precision_display(), _("our inference") if claim.inferred else "")


class OccurrenceOptions(ClaimOptions):
    statement_rows = (("mineral", "role"),)
    record_fields = ("mineral",)

    def one_line(self, claim: Any) -> str:
        return joined(claim.mineral, claim.get_role_display())


class EstimateOptions(ClaimOptions):
    statement_rows = (
        ("mineral", "form"),
        ("quantity", "unit"),
        ("grade", "grade_unit"),
        ("basis", "scope"),
        ("system", "category"),
        "unfc",
    )
    record_fields = ("mineral",)

    def one_line(self, claim: Any) -> str:
        quantity = (
            f"{figure(claim.quantity)} {claim.get_unit_display()}" if claim.quantity is not None else ""
        )
        grade = f"{figure(claim.grade)} {claim.grade_unit}" if claim.grade is not None else ""
        system = "" if claim.system == claim.System.UNSPECIFIED else claim.get_system_display()
        basis = claim.get_basis_display() if claim.basis else ""
        return joined(claim.mineral, quantity, grade, claim.form, basis, claim.scope, claim.category, system)


@admin.register(Location)
class LocationAdmin(LocationOptions, TypedClaimAdmin):
    list_filter = ("status", "precision", "inferred")


@admin.register(Occurrence)
class OccurrenceAdmin(OccurrenceOptions, TypedClaimAdmin):
    list_filter = ("status", "role", "mineral")


@admin.register(ResourceEstimate)
class EstimateAdmin(EstimateOptions, TypedClaimAdmin):
    list_filter = ("status", "system", "basis", "mineral")


class LocationInline(LocationOptions, ClaimInline):
    model = Location


class OccurrenceInline(OccurrenceOptions, ClaimInline):
    model = Occurrence


class EstimateInline(EstimateOptions, ClaimInline):
    model = ResourceEstimate
