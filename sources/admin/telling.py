"""The part of an admin that locks a form's rows, and tells who changed them while the form lay open."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.db import models, transaction
from django.http import HttpRequest

from ..models import Claim, Version
from .opened import NothingOverwritten, Opened, opened_now


class TellsOfOthers:
    """For the admins of what several people may have open at once."""

    def lock(self, number: int) -> None:
        """Lock the row, and those of its inlines, until the form is saved or refused."""
        rows = self.model._default_manager.select_for_update(of=("self",), no_key=True)  # type: ignore[attr-defined]
        rows.filter(pk=number).values_list("pk").first()

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        number = unquote(object_id) if object_id else ""
        if request.method != "POST" or not (number.isdecimal() and len(number) < 19):
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        with transaction.atomic():
            self.lock(int(number))
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The page carries the state of its rows, and says who changed them."""
        shown = [context["adminform"].form]
        for inline in context["inline_admin_formsets"]:
            shown += inline.formset.forms
        context["opened"] = opened_now(shown).sealed()
        told = [form for form in shown if isinstance(form, NothingOverwritten) and form.changes]
        if told:
            context["meanwhile"] = [(str(form._meta.model._meta.verbose_name), form.changes) for form in told]
            context["changed_by"] = _changed_by(context["original"], told[0].opened)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def _changed_by(row: Any, opened: Opened | None) -> list[tuple[str, Any]]:
    """(name, moment) of whoever saved the row since the page was opened, newest first, each once."""
    if opened is None:
        return []
    signed: dict[str, Any] = {}
    entries = LogEntry.objects.filter(
        content_type__app_label=row._meta.app_label,
        content_type__model=row._meta.model_name,
        object_id=str(row.pk),
        action_time__gte=opened.at,
    )
    for entry in entries.select_related("user").order_by("-action_time"):
        signed.setdefault(str(entry.user), entry.action_time)
    if isinstance(row, Claim) and row.changed_at >= opened.at:
        signed.setdefault(str(row.edited_by), row.changed_at)
    if not signed and not isinstance(row, Claim):
        for version in _versions_since(row, opened):
            signed.setdefault(str(version.by), None)
    return list(signed.items())


def _versions_since(row: Any, opened: Opened) -> "models.QuerySet[Version]":
    from ..models import Tick

    ticks = Tick.objects.filter(at__gte=opened.at).values("number")
    return Version.objects.filter(record_id=row.pk, from_tick__in=ticks).select_related("by")
