"""Records at the desk: the card, its names, drafts of claims on it, and what stands already."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet, TextField, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from .. import review
from ..models import Claim, Name, Record
from ..recording import publish_record
from .claims import claim_address
from .inlines import ClaimInline, NameInline
from .opened import RecordForm
from .options import NothingGuessed
from .past import ShowsThePast
from .people import is_editor, sign
from .references import ChecksReferences, is_number
from .searching import by_name
from .statements import joined, one_line, typed_rows
from .suppressions import visible
from .telling import TellsOfOthers


class RecordAdmin(ShowsThePast, TellsOfOthers, ChecksReferences, NothingGuessed, ModelAdmin):
    """A kind of record; each app derives the admins of its own kinds."""

    form = RecordForm
    change_form_template = "admin/record_form.html"
    inlines: Any = (NameInline,)
    search_fields = ("name",)
    search_help_text = gettext_lazy("A name in any script or transliteration")
    #: Columns, besides names, in which a search looks.
    search_also: tuple[str, ...] = ()
    list_per_page = 50
    list_filter_sheet = False
    warn_unsaved_form = True
    ordering = ("name",)
    formfield_overrides = {
        URLField: {"assume_scheme": "https"},
        TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 3})},
    }

    # Lists and autocompletion

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).select_related(*(self.list_select_related or ()))

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        found = by_name(queryset, search_term, self.search_also) if search_term.strip() else queryset
        return found, False

    def label_in_lists(self, record: Any) -> str:
        """What autocompletion calls a record."""
        return joined(record)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    # Who may do what

    def _may_write(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the card itself may be changed: a public one by editors only."""
        return obj is None or not obj.is_public or is_editor(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if self._may_write(request, obj):
            return super().get_readonly_fields(request, obj)
        return flatten_fieldsets(self.get_fieldsets(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what never was public goes away, and only if no claim names it."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_public)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A record goes with its common row and its names, which have no permission of their own."""
        rows, counts, needed, protected = super().get_deleted_objects(objs, request)
        return (
            rows,
            counts,
            needed - {str(Record._meta.verbose_name), str(Name._meta.verbose_name)},
            protected,
        )

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """A record made in passing, in a popup, is its card and its names."""
        if IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST:
            return [inline for inline in self.inlines if not issubclass(inline, ClaimInline)]
        return self.inlines

    def view_on_site(self, record: Record) -> str | None:
        """The record's public page, where it has one."""
        if not record.is_public:
            return None
        try:
            return reverse(record.kind, args=[record.pk, record.slug])
        except NoReverseMatch:  # the record can be edited without the public site
            return None

    # Saving

    def lock(self, number: int) -> None:
        """The record's row first, then the drafts on it: whoever else writes them waits for this form."""
        Record.objects.select_for_update(no_key=True).filter(pk=number).values_list("pk").first()
        drafts = Claim.objects.select_for_update(no_key=True).filter(
            subject_id=number, status=Claim.Status.DRAFT
        )
        list(drafts.order_by("pk").values_list("pk"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if self._may_write(request, obj if change else None):
            super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if not issubclass(formset.model, Claim):
            super().save_formset(request, form, formset, change)
            return
        for claim in formset.save(commit=False):
            sign(claim, request.user)
            claim.save()
        for claim in formset.deleted_objects:
            claim.delete()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A public record's change is a new version of its card, at a new tick."""
        super().save_related(request, form, formsets, change)
        record = form.instance
        if record.is_public and is_editor(request.user):
            card = self.model._default_manager.get(pk=record.pk)
            version = publish_record(card, request.user)  # type: ignore[arg-type]
            if version:
                self.message_user(
                    request, _("Public since tick %(tick)s.") % {"tick": version.from_tick}, messages.INFO
                )

    # The page

    def claims_shown(self, record: Any) -> "QuerySet[Claim]":
        """The claims that the page lists below the form."""
        return Claim.objects.filter(subject_id=record.pk)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        shown: dict[str, Any] = {}
        if object_id is not None and request.method == "GET" and is_number(unquote(object_id)):
            shown = self._claims(request, int(unquote(object_id)))
        return super().changeform_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def _claims(self, request: HttpRequest, number: int) -> dict[str, Any]:
        """The record's claims by kind, as rows (claim, line, address), and how many drafts are one's own."""
        record = Record(pk=number)
        claims = visible(self.claims_shown(record), request).exclude(
            author=request.user.pk, status=Claim.Status.DRAFT
        )
        kinds: dict[str, list[tuple[Claim, str, str]]] = {}
        for claim in typed_rows(claims.order_by("kind", "status", "pk")):
            rows = kinds.setdefault(str(claim._meta.verbose_name_plural), [])
            rows.append((claim, one_line(claim), claim_address(claim)))
        mine = Claim.objects.filter(subject_id=number, author=request.user.pk, status=Claim.Status.DRAFT)
        return {"claims_by_kind": kinds, "my_drafts": mine.count()}

    # Submitting what was entered here

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_submit_drafts"
        view = self.admin_site.admin_view(require_POST(self.submit_drafts))
        return [path("<int:number>/submit-drafts/", view, name=name), *super().get_urls()]

    def submit_drafts(self, request: HttpRequest, number: int) -> HttpResponse:
        """Submit every draft of one's own on this record."""
        record = get_object_or_404(self.model, pk=number)
        drafts = Claim.objects.filter(subject_id=number, author=request.user.pk, status=Claim.Status.DRAFT)
        try:
            count = len(review.submit(drafts, request.user))  # type: ignore[arg-type]
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        else:
            text = ngettext("%(count)d claim submitted.", "%(count)d claims submitted.", count)
            self.message_user(request, text % {"count": count}, messages.SUCCESS)
            self.log_change(request, record, text % {"count": count})
        page = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(page, args=[number]))


def attach(model: type[Record], *inlines: type[ClaimInline]) -> None:
    """Put an upper app's claims into the form of a lower app's records."""
    desk: Any = admin.site.get_model_admin(model)
    desk.inlines = (*desk.inlines, *inlines)


def with_counts(records: "QuerySet[Any]") -> "QuerySet[Any]":
    """Records with how many claims stand on each, and how many are drafts or wait."""
    in_hand = Q(claims__status__in=["draft", "submitted"])
    return records.annotate(
        standing=Count("claims", filter=Q(claims__status="published")),
        in_hand=Count("claims", filter=in_hand),
    )


class CountedRecordAdmin(RecordAdmin):
    """A kind of record that claims are about: its list says how many."""

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return with_counts(super().get_queryset(request))

    @admin.display(description=gettext_lazy("claims"), ordering="standing")
    def claims_standing(self, record: Any) -> int:
        return int(record.standing)

    @admin.display(description=gettext_lazy("in hand"), ordering="in_hand")
    def claims_in_hand(self, record: Any) -> int | str:
        return record.in_hand or ""
