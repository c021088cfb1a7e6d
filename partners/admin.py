from typing import Any

from django.contrib import admin

from sources.admin.claims import TypedClaimAdmin
from sources.admin.filters import HasDraft
from sources.admin.inlines import ClaimInline, NameInline
from sources.admin.options import ClaimOptions
from sources.admin.records import CountedRecordAdmin
from sources.admin.statements import figure, joined

from .models import Ownership, Partner


def span(claim: Any) -> str:
    """Since when and until when, as far as the source says."""
    return f"{claim.since}–{claim.until}" if claim.since or claim.until else ""


def share(claim: Any) -> str:
    """The stated share, in per cent."""
    return "" if claim.share_percent is None else f"{figure(claim.share_percent)} %"


class OwnershipOptions(ClaimOptions):
    statement_rows = (("owner", "share_percent"), ("since", "until"))
    record_fields = ("owner",)

    def one_line(self, claim: Any) -> str:
        return joined(claim.owner, share(claim), span(claim))


class OwnershipInline(OwnershipOptions, ClaimInline):
    model = Ownership


@admin.register(Ownership)
class OwnershipAdmin(OwnershipOptions, TypedClaimAdmin):
    pass


@admin.register(Partner)
class PartnerAdmin(CountedRecordAdmin):
    inlines = (NameInline, OwnershipInline)
    autocomplete_fields = ("source",)
    list_display = ("name", "type", "country", "claims_standing", "claims_in_hand", "is_public")
    list_filter = ("type", "country", HasDraft, "is_public")
    fieldsets = ((None, {"fields": ("name", ("type", "country"), "website", "source", "note")}),)

    def label_in_lists(self, record: Partner) -> str:
        return joined(record, record.get_type_display(), record.country)
