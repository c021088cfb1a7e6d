"""Sources and publishers at the desk, and the search over all records that forms complete names from."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from ..models import Claim, Publisher, Record, Source
from ..recording import record_models
from .batches import ReviewsBatches
from .by_address import ByAddress, SourceForm
from .facts import EntersFacts
from .inlines import NameInline
from .records import RecordAdmin
from .searching import by_name
from .statements import joined

#: Who can be named as having said something.
ORIGINATORS = ("partner", "country", "publisher")


@admin.register(Record)
class AnyRecordAdmin(ModelAdmin):
    """Never listed: forms ask it for the subjects and originators of claims."""

    search_fields = ("name",)
    ordering = ("name",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """Only records that the field asked for can hold."""
        kinds = _kinds_for(request)
        if kinds:
            queryset = queryset.filter(kind__in=kinds)
        return (by_name(queryset, search_term) if search_term.strip() else queryset), False

    def label_in_lists(self, record: Record) -> str:
        return joined(record, record_models()[record.kind]._meta.verbose_name)


def _kinds_for(request: HttpRequest) -> tuple[str, ...]:
    """Kinds of record that the autocompleting field takes; () for any."""
    if request.GET.get("field_name") == "originator":
        return ORIGINATORS
    try:
        model = apps.get_model(request.GET.get("app_label", ""), request.GET.get("model_name", ""))
    except (LookupError, ValueError):
        return ()
    return model.SUBJECT_KINDS if issubclass(model, Claim) else ()


@admin.register(Source)
class SourceAdmin(ByAddress, EntersFacts, ReviewsBatches, RecordAdmin):
    form = SourceForm
    autocomplete_fields = ("publisher", "copy_of")
    search_also = ("url", "author", "publisher__name")
    search_help_text = _("Title, publisher or author in any script, or part of the address")
    list_select_related = ("publisher",)
    list_display = ("name", "publisher", "published", "type", "language", "reliability", "claims_stated")
    list_filter = (
        "type",
        "reliability",
        "language",
        ("publisher", AutocompleteSelectFilter),
        "is_public",
    )
    list_filter_submit = True
    fieldsets = (
        (
            _("The publication"),
            {"fields": ("name", ("publisher", "author"), "url", ("published", "type"), "language")},
        ),
        (
            _("How far it can be trusted"),
            {"fields": (("reliability", "copy_of"), "inferred", ("accessed", "archive_url"), "note")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).annotate(
            stated=Count("stated_claims", filter=Q(stated_claims__status="published"))
        )  # fmt: skip

    def claims_shown(self, record: Any) -> "QuerySet[Claim]":
        """The claims that it states."""
        return Claim.objects.filter(source_id=record.pk)

    def label_in_lists(self, record: Source) -> str:
        return joined(record.name, record.publisher.name, record.published or _("undated"))

    @admin.display(description=_("claims"), ordering="stated")
    def claims_stated(self, source: Any) -> int:
        return int(source.stated)


@admin.register(Publisher)
class PublisherAdmin(RecordAdmin):
    inlines = (NameInline,)
    list_display = ("name", "country", "sources_listed", "is_public")
    list_filter = ("country",)
    fieldsets = ((None, {"fields": ("name", "country", "note")}),)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).annotate(published_sources=Count("sources"))

    @admin.display(description=_("sources"), ordering="published_sources")
    def sources_listed(self, publisher: Any) -> int:
        return int(publisher.published_sources)
