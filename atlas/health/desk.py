"""The health of the record at the desk: each rule, what it tells against, and where that is mended."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from atlas.published.keeper import keeper
from sources.models import Claim, Record, Source

from .evidence import evidence_of
from .rules import BY_KEY, Item, failing
from .views import measures_of

A_PAGE = 100
#: Rules that are mended on the source, not on the claim.
OF_SOURCES = {"archived", "dead_link", "ungraded"}


def pages() -> list[Any]:
    """The addresses of these pages."""
    guarded = admin.site.admin_view
    return [
        path("health/", guarded(overview), name="health"),
        path("health/<slug:key>/", guarded(rule), name="health_rule"),
    ]


def overview(request: HttpRequest) -> HttpResponse:
    """Every rule with its share."""
    _enterers_only(request)
    measures = measures_of(keeper.newest())
    return _answer(request, "admin/health.html", {"title": _("Health of the record"), "measures": measures})


def rule(request: HttpRequest, key: str) -> HttpResponse:
    """What one rule tells against, each with a link to where it is mended; of one country, if asked."""
    _enterers_only(request)
    if key not in BY_KEY:
        raise Http404
    snapshot = keeper.newest()
    country = request.GET.get("country", "")
    items = [
        item
        for item in failing(evidence_of(snapshot), BY_KEY[key])
        if not country or any(str(c.pk) == country for c in snapshot.countries_of(item[0]))
    ]
    rows = _sources_of(items) if key in OF_SOURCES else [_row(item) for item in items]
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": BY_KEY[key].name,
        "measure": next(m for m in measures_of(snapshot) if m.rule.key == key),
        "shown": shown,
        "countries": snapshot.countries,
        "country": country,
    }
    return _answer(request, "admin/health_rule.html", context)


def _row(item: Item) -> tuple[str, str, str]:
    """(record's name, what it is about, address) of a claim, point or record to be mended."""
    record, thing = item
    if isinstance(thing, Claim):
        return record.name, f"{thing._meta.verbose_name} {thing.pk}", _page(thing)
    if isinstance(thing, Record):
        return record.name, "", _page(thing)
    numbers = ", ".join(str(claim.pk) for claim in thing.claims)
    return record.name, f"{thing.claims[0]._meta.verbose_name}: {numbers}", _page(record)


def _sources_of(items: list[Item]) -> list[tuple[str, str, str]]:
    """The same for the claims' sources, those that most claims rest on first."""
    counts: dict[Source, int] = {}
    for _record, claim in items:
        counts[claim.source] = counts.get(claim.source, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].pk))
    return [(source.name, _("%(count)d claims") % {"count": n}, _page(source)) for source, n in ordered]


def _page(thing: Any) -> str:
    model = type(thing)._meta
    return reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[thing.pk])


def _enterers_only(request: HttpRequest) -> None:
    if not request.user.has_perm("sources.add_claim"):
        raise PermissionDenied


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    full = {**admin.site.each_context(request), "content_title": context["title"], **context}
    return TemplateResponse(request, template, full)
