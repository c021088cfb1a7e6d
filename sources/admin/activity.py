"""A page for each account: everything it did, by kind of act, with links to what it did it to."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from accounts.models import User

from ..activity import ACTS, acts_of, counts
from ..models import Batch, Check, Claim, Preference, Suggestion, SuppressionRequest, Version
from ..suppression import PERMISSION
from .claims import claim_address
from .statements import one_line, typed_rows

PER_PAGE = 50
#: (what it was done to, its page at the desk or "", what was said)
Line = tuple[str, str, str]


def pages() -> list[Any]:
    view = admin.site.admin_view(activity)
    return [
        path("activity/", view, name="own_activity"),
        path("activity/<int:number>/", view, name="activity"),
    ]


def activity(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """What the account did: one's own for everybody, others' for administrators."""
    number = number or request.user.pk
    if number != request.user.pk and not request.user.has_perm("accounts.view_user"):
        raise PermissionDenied
    user = get_object_or_404(User, pk=number)
    kind = request.GET.get("act", "")
    if kind and kind not in ACTS:
        raise Http404
    numbers = counts(user)
    rows = Paginator(acts_of(user, kind), PER_PAGE)
    rows.count = numbers[kind] if kind else sum(numbers.values())
    page = rows.get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("What %(name)s did") % {"name": user},
        "account": user,
        "page": page,
        "kind": kind,
        "kinds": [(name, act.label, numbers[name]) for name, act in ACTS.items() if numbers[name]],
        "total": sum(numbers.values()),
        "rows": list(_lines(request, list(page.object_list))),
    }
    return TemplateResponse(request, "admin/activity.html", context)


def _lines(request: HttpRequest, acts: list[tuple[str, Any, int]]) -> Iterable[tuple[Any, Any, Line]]:
    """(kind of act, moment or None, line) of each."""
    found = {of: _LINES[of](numbers) for of, numbers in _by_what(acts).items()}
    hidden = _hidden(request, found)
    for name, at, number in acts:
        act = ACTS[name]
        claim, line = found[act.of].get(number, (None, ("", "", "")))
        if claim in hidden:
            line = (_("Claim %(number)s, suppressed for legal reasons") % {"number": claim}, "", "")
        yield act.label, at if act.dated else None, line


def _by_what(acts: list[tuple[str, Any, int]]) -> dict[str, set[int]]:
    numbers: dict[str, set[int]] = {}
    for name, _at, number in acts:
        numbers.setdefault(ACTS[name].of, set()).add(number)
    return numbers


#: For each row's number: the claim that it is about, if any, and its line.
Found = dict[int, tuple[int | None, Line]]


def _hidden(request: HttpRequest, found: dict[str, Found]) -> set[int]:
    """The suppressed claims among them, which only administrators read."""
    if request.user.has_perm(PERMISSION):
        return set()
    numbers = {claim for rows in found.values() for claim, _line in rows.values() if claim}
    suppressed = Claim.objects.filter(pk__in=numbers, suppressed_at__isnull=False)
    return set(suppressed.values_list("pk", flat=True))


def _claims(numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(line, page) of claims by number."""
    typed = typed_rows(Claim.objects.filter(pk__in=numbers))
    return {claim.pk: (f"{claim.subject.label}: {one_line(claim)}", claim_address(claim)) for claim in typed}


def _of_claims(numbers: set[int]) -> Found:
    return {pk: (pk, (line, page, "")) for pk, (line, page) in _claims(numbers).items()}


def _about_claims(model: Any, words: str) -> Any:
    """Lines of rows that name a claim and say something of it."""

    def lines(numbers: set[int]) -> Found:
        rows = list(model._default_manager.filter(pk__in=numbers))
        claims = _claims({row.claim_id for row in rows})
        return {row.pk: (row.claim_id, (*claims[row.claim_id], str(getattr(row, words)))) for row in rows}

    return lines


def _of_versions(numbers: set[int]) -> Found:
    from ..recording import record_models

    found: Found = {}
    for version in Version.objects.filter(pk__in=numbers).select_related("record"):
        opts = record_models()[version.record.kind]._meta
        page = reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[version.record_id])
        found[version.pk] = (None, (str(version.document["name"]), page, str(opts.verbose_name)))
    return found


def _of_suggestions(numbers: set[int]) -> Found:
    return {
        row.pk: (
            None,
            (row.sentence[:140], reverse("admin:sources_suggestion_change", args=[row.pk]), row.answer),
        )
        for row in Suggestion.objects.filter(pk__in=numbers)
    }


def _of_batches(numbers: set[int]) -> Found:
    return {row.pk: (None, (row.name, "", "")) for row in Batch.objects.filter(pk__in=numbers)}


def _of_log(numbers: set[int]) -> Found:
    entries = LogEntry.objects.filter(pk__in=numbers).select_related("content_type")
    found: Found = {}
    for entry in entries:
        model = entry.content_type.model_class() if entry.content_type else None
        claim = int(entry.object_id) if model and issubclass(model, Claim) and entry.object_id else None
        page = "" if entry.is_deletion() else entry.get_admin_url() or ""
        found[entry.pk] = (claim, (entry.object_repr, page, entry.get_change_message()))
    return found


_LINES: dict[str, Any] = {
    "claim": _of_claims,
    "check": _about_claims(Check, "note"),
    "preference": _about_claims(Preference, "reason"),
    "suppression": _about_claims(SuppressionRequest, "outcome"),
    "version": _of_versions,
    "suggestion": _of_suggestions,
    "batch": _of_batches,
    "log": _of_log,
}
