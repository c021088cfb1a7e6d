from django.contrib import admin

from deposits.admin.claims import LocationInline, OccurrenceInline
from deposits.admin.records import HasMineral
from sources.admin.filters import HasDraft
from sources.admin.inlines import NameInline
from sources.admin.records import CountedRecordAdmin
from sources.admin.statements import joined

from ..models import Project
from .claims import DurationInline, InvestmentInline, InvolvementInline, ProductionInline, StageInline


@admin.register(Project)
class ProjectAdmin(CountedRecordAdmin):
    inlines = (
        NameInline,
        StageInline,
        InvolvementInline,
        InvestmentInline,
        ProductionInline,
        LocationInline,
        OccurrenceInline,
        DurationInline,
    )
    autocomplete_fields = ("deposits", "countries")
    list_select_related = ("country",)
    list_display = ("name", "type", "country", "claims_standing", "claims_in_hand", "is_public")
    list_filter = ("country", "type", HasMineral, HasDraft, "is_public")
    fieldsets = ((None, {"fields": ("name", ("type", "country"), "countries", "deposits", "note")}),)

    def label_in_lists(self, record: Project) -> str:
        return joined(record, record.get_type_display(), record.country)
