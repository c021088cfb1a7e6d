"""The part of the records' admin that shows a card's history, and brings an earlier card back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..models import Record, Version
from ..versions import editions, restore
from .people import is_editor


class ShowsThePast:
    """History: every public card with what it changed, above the log of what was saved at the desk."""

    object_history_template = "admin/record_history.html"

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        number = unquote(object_id)
        record = Record.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
        shown = {"editions": editions(record) if record else [], "may_restore": is_editor(request.user)}
        return super().history_view(request, object_id, {**shown, **(extra_context or {})})  # type: ignore[misc]

    def get_urls(self) -> list[Any]:
        opts = self.opts  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(require_POST(self.restore_view))  # type: ignore[attr-defined]
        name = f"{opts.app_label}_{opts.model_name}_restore"
        return [path("<int:number>/restore/<int:tick>/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def restore_view(self, request: HttpRequest, number: int, tick: int) -> HttpResponse:
        """Make the card of that tick the record's card again."""
        record = get_object_or_404(self.model, pk=number)  # type: ignore[attr-defined]
        if not self.has_change_permission(request, record) or not is_editor(request.user):  # type: ignore[attr-defined]
            raise PermissionDenied
        version = get_object_or_404(Version, record_id=number, from_tick=tick)
        standing = request.POST.get("standing", "")
        try:
            seen = int(standing) if standing.isdecimal() and len(standing) < 19 else 0
            written = restore(version, request.user, seen)  # type: ignore[arg-type]
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            done = _("The card of tick %(old)s is restored; public since tick %(new)s.")
            text = done % {"old": tick, "new": written.from_tick}
            self.log_change(request, record, text)  # type: ignore[attr-defined]
            messages.success(request, text)
        opts = self.opts  # type: ignore[attr-defined]
        return HttpResponseRedirect(
            reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[number])
        )
