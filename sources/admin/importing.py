"""Importing a table of claims at the desk: the file, the plan line by line, then that very plan as drafts."""

import hashlib
from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..importing import Line, Outcome, apply, check_columns, plan, planning
from ..models import Claim
from ..models.claims import claim_kinds
from ..tables import MAX_BYTES, Row, Table, TableRefused, read_table
from .site import queue_address
from .statements import named, one_line
from .streaming import streamed
from .templates_to_fill import TEMPLATES

#: Where the table waits between plan and confirmation.
SESSION_KEY = "import"


def pages() -> list[Any]:
    """The addresses of these pages."""
    guarded = admin.site.admin_view
    return [
        path("import/", guarded(choose), name="import"),
        path("import/template/<slug:kind>.<slug:ending>", guarded(template), name="import_template"),
        path("import/plan/", guarded(confirm), name="import_plan"),
    ]


def choose(request: HttpRequest) -> HttpResponse:
    """Take a kind and a file, and go on to its plan; or say why the file cannot be read."""
    kinds = _kinds_for(request)
    kind, refusal = request.POST.get("kind", ""), ""
    if request.method == "POST":
        if kind not in kinds:
            raise PermissionDenied
        try:
            table = read_table(*uploaded(request))
            check_columns(kinds[kind], table)
        except ValueError as error:
            refusal = str(error)
        else:
            rows = [[row.number, *row.cells] for row in table.rows]
            request.session[SESSION_KEY] = {"kind": kind, "columns": table.columns, "rows": rows}
            return HttpResponseRedirect(reverse("admin:import_plan"))
    context = {
        "title": _("Import a table of claims"),
        "kinds": [(name, capfirst(model._meta.verbose_name_plural)) for name, model in kinds.items()],
        "kind": kind,
        "refusal": refusal,
    }
    return _answer(request, "admin/import.html", context, 422 if refusal else 200)


def uploaded(request: HttpRequest) -> tuple[str, bytes]:
    """The name and content of the uploaded file. Raises TableRefused."""
    file = request.FILES.get("file")
    if file is None or not file.name:
        raise TableRefused(_("Choose a file."))
    if file.size is None or file.size > MAX_BYTES:
        raise TableRefused(_("The file is larger than 5 MB."))
    return file.name, file.read()


def template(request: HttpRequest, kind: str, ending: str) -> HttpResponse:
    """An empty table of the kind to fill in: comma-separated, in UTF-8, or an Excel workbook."""
    model = _kinds_for(request).get(kind)
    if model is None or ending not in TEMPLATES:
        raise Http404
    content, media_type = TEMPLATES[ending](model)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{kind}.{ending}"'
    return response


def confirm(request: HttpRequest) -> HttpResponseBase:
    """Show the plan; then apply that very plan, or show the new one if the record has changed since."""
    kept: dict[str, Any] = request.session.get(SESSION_KEY) or {}
    model = _kinds_for(request).get(kept.get("kind", ""))
    if model is None:
        return HttpResponseRedirect(reverse("admin:import"))
    rows = tuple(Row(number, tuple(cells)) for number, *cells in kept["rows"])
    table = Table(tuple(kept["columns"]), rows)
    page = {**admin.site.each_context(request), "title": _("The plan"), "content_title": _("The plan")}

    def show(lines: list[Line]) -> str:
        return render_to_string("admin/_import_plan.html", _shown(kept["kind"], table, lines), request)

    if request.method != "POST":
        return streamed(request, page, planning(model, table), len(rows), show)
    lines = plan(model, table)
    left_out = {int(number) for number in request.POST.getlist("leave_out") if number.isdecimal()}
    if _digest(lines) != request.POST.get("plan"):
        why = _("The record has changed since: look at the plan again.")
        return _again(request, kept["kind"], table, lines, left_out, why)
    unreadable = {line.row.number for line in lines if line.outcome == Outcome.ERROR}
    try:
        made = apply(lines, left_out | unreadable, request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        return _again(request, kept["kind"], table, lines, left_out, " ".join(error.messages))
    del request.session[SESSION_KEY]
    text = ngettext("%(count)d draft entered.", "%(count)d drafts entered.", len(made))
    messages.success(request, text % {"count": len(made)})
    return HttpResponseRedirect(queue_address(status__exact="draft", author__id__exact=request.user.pk))


def _again(
    request: HttpRequest, kind: str, table: Table, lines: list[Line], left_out: set[int], why: str
) -> HttpResponse:
    """The plan, and why it was not applied as it was confirmed."""
    context = {**_shown(kind, table, lines), "title": _("The plan"), "refusal": why, "left_out": left_out}
    return _answer(request, "admin/import_plan.html", context, 409)


def _shown(kind: str, table: Table, lines: list[Line]) -> dict[str, Any]:
    """What the plan's page shows, line by line."""
    counts = Counter(line.outcome for line in lines)
    named([line.claim for line in lines if line.applies and line.claim is not None])
    return {
        "columns": table.columns,
        "kind": capfirst(claim_kinds()[kind]._meta.verbose_name_plural),
        "rows": [(line, one_line(line.claim) if line.applies else "") for line in lines],
        "counts": [(outcome, counts[outcome]) for outcome in Outcome if counts[outcome]],
        "applying": sum(line.applies for line in lines),
        "plan": _digest(lines),
    }


def _digest(lines: list[Line]) -> str:
    """What tells one plan from another: each line's number, cells and outcome."""
    told = [(line.row.number, line.row.cells, line.outcome.value, line.problems) for line in lines]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _kinds_for(request: HttpRequest) -> dict[str, type[Claim]]:
    """The kinds of claim that this person may enter; PermissionDenied if none."""
    kinds = {
        kind: model
        for kind, model in claim_kinds().items()
        if admin.site.get_model_admin(model).has_add_permission(request)
    }
    if not kinds:
        raise PermissionDenied
    return kinds


def _answer(request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    full = {**admin.site.each_context(request), "content_title": context["title"], **context}
    return TemplateResponse(request, page, full, status=status)
