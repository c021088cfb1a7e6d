"""Translations of claims' texts: never part of the claim, so they can be added and mended at any time."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSelectWidget

from ..clock import tick
from ..models import Claim, ClaimText
from .opened import NothingOverwritten
from .people import is_editor
from .references import ChecksReferences
from .telling import TellsOfOthers

FIELDS = [("statement", _("statement")), ("note", _("note"))]


class TextForm(NothingOverwritten, forms.ModelForm):
    field = forms.ChoiceField(label=_("Which text"), choices=FIELDS, widget=UnfoldAdminSelectWidget)


@admin.register(ClaimText)
class ClaimTextAdmin(TellsOfOthers, ChecksReferences, ModelAdmin):
    """A claim's statement or note in another language."""

    form = TextForm
    change_form_template = "admin/text_form.html"
    fields = ("claim", "field", "language", "text", "status")
    raw_id_fields = ("claim",)
    list_display = ("text", "language", "status", "claim")
    list_filter = ("language", "status")
    search_fields = ("text",)
    show_full_result_count = False
    list_select_related = ("claim",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("claim",) if obj else ()

    def _may_write(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or obj.claim.published_tick is None or is_editor(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Contributors translate what is not public yet."""
        form = super().get_form(request, obj, change, **kwargs)
        if "claim" in form.base_fields and not is_editor(request.user):
            form.base_fields["claim"].queryset = Claim.objects.filter(published_tick__isnull=True)
        return form

    def save_model(self, request: HttpRequest, obj: ClaimText, form: Any, change: bool) -> None:
        """What readers see of a published claim has changed: the clock moves."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if obj.claim.published_tick is not None:
                tick(request.user, gettext_noop("translation changed"))  # type: ignore[arg-type]
