"""One list of claims of every kind: what waits for review, my drafts, everything."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.views import ChangeList

from ..models import Claim, Record
from ..models.claims import claim_kinds
from .batches import batch_address
from .filters import KindOfClaim, KindOfSubject
from .hints import Relation, counted, neighbours
from .review_actions import ReviewActions
from .searching import by_name
from .statements import one_line, typed_rows
from .suppressions import visible

TITLES = {
    Claim.Status.DRAFT: gettext_lazy("Drafts"),
    Claim.Status.SUBMITTED: gettext_lazy("Waiting for review"),
    Claim.Status.REJECTED: gettext_lazy("Rejected claims"),
}


class ClaimList(ChangeList):
    """A page of claims with what each says and how it stands beside the published ones."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.title = TITLES.get(request.GET.get("status__exact", ""), _("Claims"))  # type: ignore[call-overload]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        claims: list[Any] = list(self.result_list)  # type: ignore[has-type]
        rows = typed_rows(claims)
        waiting = [row for row in rows if row.status in (Claim.Status.DRAFT, Claim.Status.SUBMITTED)]
        beside = neighbours(waiting)
        for claim, row in zip(claims, rows, strict=True):
            claim.typed = row
            claim.beside = counted(beside[row.pk]) if row.pk in beside else None
        self.result_list = claims


@admin.register(Claim)
class ClaimAdmin(ReviewActions, ModelAdmin):
    """Lists only: a claim is entered and changed in the admin of its kind."""

    list_display = (
        "statement",
        "kind_named",
        "about",
        "from_source",
        "standing",
        "signed",
        "status",
        "entered",
    )
    list_display_links = None
    show_add_link = False
    list_filter = (
        "status",
        KindOfClaim,
        KindOfSubject,
        ("source", AutocompleteSelectFilter),
        ("author", AutocompleteSelectFilter),
    )
    list_filter_submit = True
    list_per_page = 50
    list_fullwidth = True
    show_full_result_count = False
    search_fields = ("excerpt",)
    search_help_text = gettext_lazy("The number of a claim, a record's or a source's name in any script")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        claims = super().get_queryset(request).select_related("author", "subject", "source__publisher")
        return visible(claims, request)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return ClaimList

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        named = by_name(Record.objects.all(), term).values("pk")
        found = Q(subject__in=named) | Q(source__in=named) | Q(excerpt__icontains=term)
        if term.isdecimal() and len(term) < 19:
            found |= Q(pk=term)
        return queryset.filter(found), False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:index"))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the page of its kind."""
        claim = self.get_object(request, object_id)
        if claim is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        model = claim_kinds()[claim.kind]._meta
        return HttpResponseRedirect(
            reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[claim.pk])
        )

    def label_in_lists(self, claim: Any) -> str:
        """What autocompletion calls a claim."""
        return f"{claim.pk}: {claim.subject.label}, {one_line(typed_rows([claim])[0])}"

    # Columns

    @admin.display(description=gettext_lazy("statement"), ordering="pk")
    def statement(self, claim: Any) -> SafeString:
        model = claim.typed._meta
        address = reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[claim.pk])
        return format_html('<a class="desk-line" href="{}">{}</a>', address, one_line(claim.typed))

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_named(self, claim: Any) -> str:
        return str(claim.typed._meta.verbose_name)

    @admin.display(description=gettext_lazy("about"), ordering="subject__name")
    def about(self, claim: Any) -> str:
        return str(claim.typed.subject.label)

    @admin.display(description=gettext_lazy("source"), ordering="source__name")
    def from_source(self, claim: Any) -> SafeString:
        source = claim.typed.source
        line = format_html(
            '<span class="desk-source" title="{}">{}</span> <span class="desk-quiet">{}</span>',
            source.name, source.publisher.name, source.published or _("undated"),
        )  # fmt: skip
        if claim.status != Claim.Status.SUBMITTED:
            return line
        return format_html('<a class="desk-link" href="{}">{}</a>', batch_address(source.pk), line)

    @admin.display(description=gettext_lazy("beside the published"))
    def standing(self, claim: Any) -> str | SafeString:
        if claim.beside is None:
            return ""
        if not claim.beside:
            return format_html('<span class="desk-quiet">{}</span>', _("first on its point"))
        return format_html_join(
            " ",
            '<span class="desk-badge desk-{}">{} × {}</span>',
            ((kind.name.lower(), count, Relation(kind).label) for kind, count in claim.beside),
        )

    @admin.display(description=gettext_lazy("author"), ordering="author")
    def signed(self, claim: Any) -> str:
        return str(claim.author)

    @admin.display(description=gettext_lazy("entered"), ordering="created_at")
    def entered(self, claim: Any) -> Any:
        return claim.created_at.date()
