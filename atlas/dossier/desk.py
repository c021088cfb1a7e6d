"""Importing dossier files at the desk: the files, the plan row by row, then that very plan as drafts."""

import hashlib
from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.admin.importing import uploaded
from sources.admin.site import queue_address
from sources.admin.streaming import streamed
from sources.models.claims import claim_kinds
from sources.recording import record_models
from sources.tables import TableRefused

from .drafting import Entry, Outcome, Proposal, dependents, enter, proposing, rows_of
from .reading import read_contents
from .rows import Dossier, RecordRow, Ref

#: Where the file waits between plan and confirmation.
SESSION_KEY = "import_dossier"
MOST_ROWS = 10_000
#: Problems shown of a file that cannot be read at all.
PROBLEMS_SHOWN = 40


def pages() -> list[Any]:
    """The addresses of these pages."""
    guarded = admin.site.admin_view
    return [
        path("import/dossier/", guarded(choose), name="import_dossier"),
        path("import/dossier/plan/", guarded(confirm), name="import_dossier_plan"),
    ]


def choose(request: HttpRequest) -> HttpResponse:
    """Take a file, and go on to its plan; or say why it cannot be read."""
    _enterers_only(request)
    problems: list[str] = []
    if request.method == "POST":
        try:
            name, content = uploaded(request)
            dossier = read_contents([(name, content)])
            problems = _file_problems(dossier)
        except TableRefused as error:
            problems = [str(error)]
        if not problems:
            request.session[SESSION_KEY] = {"name": name, "text": content.decode()}
            return HttpResponseRedirect(reverse("admin:import_dossier_plan"))
    context = {"title": _("Import a dossier file"), "problems": problems}
    return _answer(request, "admin/import_dossier.html", context, 422 if problems else 200)


def confirm(request: HttpRequest) -> HttpResponseBase:
    """Show the plan; then apply that very plan, or show the new one if the record has changed since."""
    _enterers_only(request)
    kept: dict[str, str] = request.session.get(SESSION_KEY) or {}
    if not kept:
        return HttpResponseRedirect(reverse("admin:import_dossier"))
    dossier = read_contents([(kept["name"], kept["text"].encode())])
    steps = proposing(dossier, request.user)  # type: ignore[arg-type]
    if request.method != "POST":
        page = {**admin.site.each_context(request), "title": _("The plan"), "content_title": _("The plan")}
        total = len(rows_of(dossier))
        return streamed(
            request,
            page,
            steps,
            total,
            lambda proposal: render_to_string(
                "admin/_import_dossier_plan.html", _shown(kept["name"], dossier, proposal), request
            ),
        )
    while True:
        try:
            next(steps)
        except StopIteration as end:
            proposal: Proposal = end.value
            break
    return _confirmed(request, kept["name"], dossier, proposal)


def _confirmed(request: HttpRequest, name: str, dossier: Dossier, proposal: Proposal) -> HttpResponse:
    left_out = {int(number) for number in request.POST.getlist("leave_out") if number.isdecimal()}
    shown = {**_shown(name, dossier, proposal), "left_out": left_out}
    if shown["plan"] != request.POST.get("plan"):
        return _again(request, shown, _("The record has changed since: look at the plan again."))
    needing = dependents(proposal.entries, left_out)
    if needing:
        numbers = ", ".join(map(str, sorted(needing)))
        why = _("Rows %(rows)s need one that you left out. They are ticked now: confirm again.")
        return _again(request, {**shown, "left_out": left_out | needing}, why % {"rows": numbers})
    try:
        made = enter(proposal, left_out, request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        return _again(request, shown, " ".join(error.messages))
    del request.session[SESSION_KEY]
    text = ngettext("%(count)d draft entered.", "%(count)d drafts entered.", len(made))
    messages.success(request, text % {"count": len(made)})
    return HttpResponseRedirect(queue_address(status__exact="draft", author__id__exact=request.user.pk))


def _again(request: HttpRequest, shown: dict[str, Any], why: str) -> HttpResponse:
    """The plan, and why it was not applied as it was confirmed."""
    return _answer(
        request, "admin/import_dossier_plan.html", {**shown, "title": _("The plan"), "refusal": why}, 409
    )


def _file_problems(dossier: Dossier) -> list[str]:
    """What keeps a file from being planned at all."""
    rows = len(rows_of(dossier))
    if rows > MOST_ROWS:
        return [_("The file has more than 10,000 rows: split it.")]
    if rows:
        return []
    return [str(problem) for problem in dossier.errors[:PROBLEMS_SHOWN]] or [_("The file is empty.")]


def _shown(name: str, dossier: Dossier, proposal: Proposal) -> dict[str, Any]:
    """What the plan's page shows, row by row."""
    kinds: dict[str, Any] = {**record_models(), **claim_kinds()}
    names = {row.ref: row.name for row in dossier.records.values()}
    counts = Counter(entry.outcome for entry in proposal.entries)
    told = [(e.number, e.row.key, e.outcome.value, e.remarks, e.standing) for e in proposal.entries]
    digest = hashlib.sha256(repr((sorted(dossier.digests.items()), told)).encode()).hexdigest()
    return {
        "file": name,
        "problems": proposal.problems,
        "rows": [
            (
                entry,
                capfirst(kinds[entry.row.kind]._meta.verbose_name),
                *_words(entry, names, kinds),
                _links(entry),
            )
            for entry in proposal.entries
        ],
        "counts": [(outcome, counts[outcome]) for outcome in Outcome if counts[outcome]],
        "applying": sum(entry.applies for entry in proposal.entries),
        "plan": digest,
    }


def _words(entry: Entry, names: dict[Ref, str], kinds: dict[str, Any]) -> tuple[str, str]:
    """(the record it is about, what it states) of a row."""
    row, model = entry.row, kinds[entry.row.kind]

    def called(ref: Ref) -> str:
        return names.get(ref, ref[1])

    lists = row.links if isinstance(row, RecordRow) else row.many
    stated = [
        *((name, str(value)) for name, value in row.values.items() if value not in ("", [], False, None)),
        *((name, called(ref)) for name, ref in row.refs.items() if ref),
        *((name, ", ".join(called(ref) for ref in refs)) for name, refs in lists.items() if refs),
    ]
    if not isinstance(row, RecordRow):
        stated.append(("source", called(row.source)))
    text = "; ".join(f"{model._meta.get_field(name).verbose_name}: {value}" for name, value in stated)
    return (row.name if isinstance(row, RecordRow) else called(row.subject)), text


def _links(entry: Entry) -> list[tuple[int, str]]:
    """(number, page) of the standing records or claims beside a row."""
    kinds: dict[str, Any] = record_models() if entry.is_record else claim_kinds()
    model = kinds[entry.row.kind]._meta
    page = f"admin:{model.app_label}_{model.model_name}_change"
    return [(number, reverse(page, args=[number])) for number in entry.standing]


def _enterers_only(request: HttpRequest) -> None:
    if not request.user.has_perm("sources.add_claim"):
        raise PermissionDenied


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    full = {**admin.site.each_context(request), "content_title": context["title"], **context}
    return TemplateResponse(request, template, full, status=status)
