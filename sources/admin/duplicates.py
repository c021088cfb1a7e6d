"""Doubles at the desk: the report, the hint while a name is typed, the merge shown before it is done."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import distinctions, duplicates, merging
from ..models import Claim, Distinction, Record
from ..recording import record_models
from .people import is_editor


def pages() -> list[Any]:
    """The addresses of these pages."""
    guarded = admin.site.admin_view
    return [
        path("like/", guarded(like), name="like"),
        path("duplicates/<slug:kind>/", guarded(report), name="duplicates"),
        path("merge/<int:number>/into/<int:into>/", guarded(merge), name="merge"),
        path("merge/<int:number>/undo/", guarded(require_POST(undo)), name="undo_merge"),
        path("two/<int:number>/and/<int:other>/", guarded(require_POST(two)), name="two_records"),
        path("two/<int:number>/undo/", guarded(require_POST(undo_two)), name="undo_two"),
    ]


def report(request: HttpRequest, kind: str) -> HttpResponse:
    """Pairs of records of a kind that may be one, the likeliest first."""
    _editors_only(request)
    if kind not in duplicates.KINDS:
        raise Http404
    pairs = duplicates.likely(kind)
    counts = _claims_on({card.pk for pair in pairs for card in (pair.first, pair.second)})
    rows = [
        {
            "likeness": pair,
            "pair": [(c, _page(kind, c.pk), counts.get(c.pk, 0)) for c in (pair.first, pair.second)],
            "merge": reverse("admin:merge", args=_fewer_claims_first(pair, counts)),
        }
        for pair in pairs
    ]
    kinds = [(name, capfirst(record_models()[name]._meta.verbose_name_plural)) for name in duplicates.KINDS]
    verdicts = distinctions.standing(kind).select_related("first", "second", "by")
    context = {
        "title": _("Likely duplicates"),
        "kind": kind,
        "kinds": kinds,
        "rows": rows,
        "verdicts": [(v, _page(kind, v.first_id), _page(kind, v.second_id)) for v in verdicts],
    }
    return _answer(request, "admin/duplicates.html", context)


def like(request: HttpRequest) -> JsonResponse:
    """Standing records that a new one may already be, for the form in which its name is being typed."""
    model = record_models().get(request.GET.get("kind", ""))
    if model is None or model.KIND not in duplicates.KINDS:
        return JsonResponse({}, status=404)
    if not admin.site.get_model_admin(model).has_add_permission(request):
        raise PermissionDenied
    country = request.GET.get("country", "")
    about: Any = int(country) if country.isascii() and country.isdigit() and len(country) < 19 else country
    found = duplicates.like(model.KIND, request.GET.get("name", "")[:500], about or None, _position(request))
    return JsonResponse(
        {
            "found": [
                {
                    "name": one.first.name,
                    "why": ", ".join(one.reasons),
                    "page": _page(model.KIND, one.first.pk),
                }
                for one in found
            ]
        }
    )


def merge(request: HttpRequest, number: int, into: int) -> HttpResponse:
    """Show field by field what merging means; then do it."""
    record, target = _pair(request, number, into)
    refusal = ""
    if request.method == "POST":
        try:
            merging.merge(record, target, request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            refusal = " ".join(error.messages)
        else:
            messages.success(request, _("Merged. The old address leads to the record that stays."))
            return HttpResponseRedirect(_page(record.kind, record.pk))
    return _compared(request, record, target, refusal)


def _compared(
    request: HttpRequest, record: Record, target: Record, refusal: str = "", reason: str = ""
) -> HttpResponse:
    """Both cards side by side, with what can be done about them."""
    number, into = record.pk, target.pk
    counts = _claims_on({number, into})
    context = {
        "title": _("Merge two records"),
        "record": (record, _page(record.kind, number), counts.get(number, 0)),
        "target": (target, _page(target.kind, into), counts.get(into, 0)),
        "fields": _side_by_side(record, target),
        "swapped": reverse("admin:merge", args=[into, number]),
        "verdicts": distinctions.between(record, target),
        "refusal": refusal,
        "reason": reason,
    }
    return _answer(request, "admin/merge.html", context, 409 if refusal else 200)


def two(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Remember that two records are two, with the reason; refused, it shows why."""
    record, target = _pair(request, number, other)
    reason = request.POST.get("reason", "")
    try:
        distinctions.set_apart(record, target, request.user, reason)  # type: ignore[arg-type]
    except ValidationError as error:
        return _compared(request, record, target, " ".join(error.messages), reason)
    messages.success(request, _("Remembered: they are two. The report no longer lists the pair."))
    return HttpResponseRedirect(reverse("admin:duplicates", args=[record.kind]))


def undo_two(request: HttpRequest, number: int) -> HttpResponse:
    """Take the verdict back that two records are two."""
    _editors_only(request)
    verdict = get_object_or_404(Distinction.objects.select_related("first"), pk=number)
    try:
        distinctions.take_back(verdict, request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back: the pair may be one again."))
    return HttpResponseRedirect(reverse("admin:duplicates", args=[verdict.first.kind]))


def _pair(request: HttpRequest, number: int, other: int) -> tuple[Record, Record]:
    """Two different records of one kind, for an editor."""
    _editors_only(request)
    record, target = _typed(number), _typed(other)
    if record.kind != target.kind or record.pk == target.pk:
        raise Http404
    return record, target


def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Let a merged record stand for itself again."""
    record = _typed(number)
    _editors_only(request)
    try:
        merging.undo_merge(record, request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The merge is undone."))
    return HttpResponseRedirect(_page(record.kind, number))


def _side_by_side(record: Record, target: Record) -> list[tuple[str, str, str, bool]]:
    """(field, of the one that goes, of the one that stays, whether they differ) of both cards."""
    rows = []
    for name in ("name", *record.PUBLIC_FIELDS, *record.PUBLIC_LINKS, "note"):
        label = str(capfirst(record._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        goes, stays = _shown(record, name), _shown(target, name)
        if goes or stays:
            rows.append((label, goes, stays, goes != stays))
    names = [", ".join(sorted({row.text for row in one.all_names})) for one in (record, target)]
    return [*rows, (_("Names"), names[0], names[1], names[0] != names[1])]


def _shown(record: Record, name: str) -> str:
    if name in record.PUBLIC_LINKS:
        return ", ".join(str(one) for one in getattr(record, name).all())
    if hasattr(record, f"get_{name}_display"):
        return str(getattr(record, f"get_{name}_display")())
    value = getattr(record, name)
    return "" if value in (None, "", []) else str(value)


def _typed(number: int) -> Record:
    kind = get_object_or_404(Record, pk=number).kind
    return record_models()[kind]._default_manager.get(pk=number)


def _claims_on(numbers: set[int]) -> dict[int, int]:
    """How many published claims are about, or stated by, each record."""
    about = Q(subject__in=numbers) | Q(source__in=numbers)
    claims = Claim.objects.filter(about, status=Claim.Status.PUBLISHED)
    counts: dict[int, int] = {}
    for column in ("subject_id", "source_id"):
        for row in claims.values(column).annotate(count=Count("pk")):
            if row[column] in numbers:
                counts[row[column]] = counts.get(row[column], 0) + row["count"]
    return counts


def _fewer_claims_first(pair: duplicates.Likeness, counts: dict[int, int]) -> list[int]:
    """The record that goes, the record that stays: the one of which more is said."""
    return sorted([pair.first.pk, pair.second.pk], key=lambda number: (counts.get(number, 0), -number))


def _position(request: HttpRequest) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(request.GET["latitude"]), float(request.GET["longitude"])
    except (KeyError, ValueError):
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _page(kind: str, number: int) -> str:
    model = record_models()[kind]._meta
    return reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[number])


def _editors_only(request: HttpRequest) -> None:
    if not is_editor(request.user):
        raise PermissionDenied


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    full = {**admin.site.each_context(request), "content_title": context["title"], **context}
    return TemplateResponse(request, template, full, status=status)
