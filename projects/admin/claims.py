from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _

from deposits.models import Country, Region
from partners.admin import share, span
from sources.admin.claims import TypedClaimAdmin
from sources.admin.inlines import ClaimInline
from sources.admin.options import ClaimOptions
from sources.admin.records import attach
from sources.admin.statements import figure, joined

from ..models import Duration, Investment, Involvement, Production, StageReport


class StageOptions(ClaimOptions):
    statement_rows = ("stage",)

    def one_line(self, claim: Any) -> str:
        return joined(claim.get_stage_display(), claim.dated)


class DurationOptions(ClaimOptions):
    statement_rows = (("since", "years"),)

    def one_line(self, claim: Any) -> str:
        years = "" if claim.years is None else _("%(count)s years") % {"count": figure(claim.years)}
        return joined(claim.since, years)


class InvolvementOptions(ClaimOptions):
    statement_rows = (("partner", "role"), "share_percent", ("since", "until"))
    record_fields = ("partner",)

    def one_line(self, claim: Any) -> str:
        return joined(claim.partner, claim.get_role_display(), share(claim), span(claim))


class InvestmentOptions(ClaimOptions):
    statement_rows = (("amount", "currency"), "status_of_money", "statement", "minerals", "partners")
    list_fields = ("minerals", "partners")

    def one_line(self, claim: Any) -> str:
        money = f"{figure(claim.amount)} {claim.currency}"
        return joined(money, claim.get_status_of_money_display(), claim.statement)


class ProductionOptions(ClaimOptions):
    statement_rows = (("mineral", "form"), ("quantity", "unit"), ("period", "measure"))
    record_fields = ("mineral",)

    def one_line(self, claim: Any) -> str:
        quantity = f"{figure(claim.quantity)} {claim.get_unit_display()}"
        return joined(claim.mineral, quantity, claim.form, claim.period, claim.get_measure_display())


class StageInline(StageOptions, ClaimInline):
    model = StageReport


class DurationInline(DurationOptions, ClaimInline):
    model = Duration


class InvolvementInline(InvolvementOptions, ClaimInline):
    model = Involvement


class InvestmentInline(InvestmentOptions, ClaimInline):
    model = Investment


class ProductionInline(ProductionOptions, ClaimInline):
    model = Production


@admin.register(StageReport)
class StageAdmin(StageOptions, TypedClaimAdmin):
    list_filter = ("status", "stage")


@admin.register(Duration)
class DurationAdmin(DurationOptions, TypedClaimAdmin):
    pass


@admin.register(Involvement)
class InvolvementAdmin(InvolvementOptions, TypedClaimAdmin):
    list_filter = ("status", "role")


@admin.register(Investment)
class InvestmentAdmin(InvestmentOptions, TypedClaimAdmin):
    list_filter = ("status", "status_of_money", "currency")


@admin.register(Production)
class ProductionAdmin(ProductionOptions, TypedClaimAdmin):
    list_filter = ("status", "measure", "mineral")


attach(Country, InvestmentInline)
attach(Region, InvestmentInline)
