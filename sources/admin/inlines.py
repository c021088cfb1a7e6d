"""Drafts of claims inside the form of the record they are about."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from unfold.admin import StackedInline, TabularInline
from unfold.forms import PaginationInlineFormSet

from ..models import Claim, Name
from .opened import NothingOverwritten, RowsMayVanish
from .options import ClaimOptions
from .people import is_editor


class DraftFormSet(RowsMayVanish, PaginationInlineFormSet):
    """Drafts only; one submitted while the form lay open is refused, neither lost nor overwritten."""

    @classmethod
    def get_default_prefix(cls) -> str:
        """Each kind's fields carry its name, though all link to the record in the same way."""
        return str(cls.model.KIND)

    def get_queryset(self) -> "QuerySet[Any]":
        """When a form comes back: the claims it holds, also those that are no drafts any more."""
        if self.is_bound and not hasattr(self, "_queryset"):
            key = self.model._meta.pk.name
            held = [
                self.data.get(f"{self.add_prefix(i)}-{key}", "") for i in range(self.initial_form_count())
            ]
            claims = self.model._default_manager.filter(
                ~Q(status=Claim.Status.DRAFT) | Q(pk__in=self.queryset.values("pk")),
                subject_id=self.instance.pk,
                pk__in=[number for number in held if str(number).isdecimal()],
            )
            self._queryset = claims.select_related("source", "originator").order_by("pk")
        return super().get_queryset()

    def clean(self) -> None:
        super().clean()
        gone = [form.instance.pk for form in self.deleted_forms if form.instance.status != Claim.Status.DRAFT]
        if gone:
            raise ValidationError(
                _("Only drafts can be deleted; claim %(number)s no longer is one.") % {"number": gone[0]}
            )


class ClaimInline(ClaimOptions, StackedInline):
    """One kind of claim on a record's page: the drafts of whoever edits, all of them for editors."""

    formset = DraftFormSet
    fk_name = "subject"
    extra = 0
    tab = True
    show_change_link = True

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [(None, {"fields": [*self.statement_rows, "as_of", *self.source_rows, "note"]})]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        drafts = super().get_queryset(request).filter(status=Claim.Status.DRAFT)
        if not is_editor(request.user):
            drafts = drafts.filter(author=request.user)
        return drafts.select_related("source", "originator", *self.record_fields).order_by("pk")


class NameForm(NothingOverwritten, forms.ModelForm):
    """One spelling."""


class NameFormSet(RowsMayVanish, PaginationInlineFormSet):
    """The spellings of one record."""


class NameInline(TabularInline):
    """Every spelling of a record's name; search finds all of them."""

    model = Name
    form = NameForm
    formset = NameFormSet
    extra = 0
    tab = True
    fields = ("text", "language", "kind")

    def _may_write(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or not obj.is_public or is_editor(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and self._may_write(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_write(request, obj)
