"""What benchmarks/pages.py compares with: plain Django views of the same rows, from the ORM.

They run under the same middleware and do less than the atlas: no past moments, no charts, and no word on
which figures agree or differ.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from atlas.urls import urlpatterns as atlas_patterns
from deposits.models import Deposit, Location, Mineral, Occurrence, ResourceEstimate
from findings.models import Finding
from projects.models import Production
from sources.models import Claim

PAGE_SIZE = 50
TEMPLATES = Path(__file__).with_name("templates")


def deposits(request: HttpRequest) -> HttpResponse:
    """The list of deposits: fifty rows and the counts of its filters."""
    rows = Deposit.objects.filter(merged_into=None, withdrawn_because="").select_related("country")
    page = Paginator(rows.order_by("name"), PAGE_SIZE).get_page(request.GET.get("page"))
    shown: list[Any] = list(page)
    numbers = [deposit.pk for deposit in shown]
    in_force = Q(status=Claim.Status.PUBLISHED, subject_id__in=numbers)
    minerals: dict[int, list[Mineral]] = {}
    for occurrence in Occurrence.objects.filter(in_force).select_related("mineral"):
        held = minerals.setdefault(occurrence.subject_id, [])
        if occurrence.mineral not in held:
            held.append(occurrence.mineral)
    precisions = dict(Location.objects.filter(in_force).values_list("subject_id", "precision"))
    counted = Claim.objects.filter(in_force).values_list("subject_id").annotate(n=Count("pk"))
    counts = dict(counted)
    for deposit in shown:
        deposit.minerals_there = minerals.get(deposit.pk, [])
        deposit.precision = precisions.get(deposit.pk, "")
        deposit.claim_count = counts.get(deposit.pk, 0)
    page.object_list = shown
    of_deposits = Q(status=Claim.Status.PUBLISHED, subject__kind="deposit")
    facets = [
        ("Country", rows.values_list("country__name").annotate(n=Count("pk")).order_by("country__name")),
        ("Type", rows.values_list("type_group").annotate(n=Count("pk")).order_by("type_group")),
        ("Mineral", _counted(Occurrence.objects.filter(of_deposits), "mineral__name")),
        ("Group", _counted(Occurrence.objects.filter(of_deposits), "mineral__group")),
        ("Position", _counted(Location.objects.filter(of_deposits), "precision")),
        ("Findings on", _counted(Finding.objects.filter(of_deposits), "topic")),
    ]
    return _page(request, "deposits.html", {"page": page, "facets": facets})


def mineral(request: HttpRequest, number: int) -> HttpResponse:
    """A mineral's estimates and output in two tables, each figure beside its source."""
    claims: list[Any] = []
    for model in (ResourceEstimate, Production):
        stated = model.objects.filter(status=Claim.Status.PUBLISHED, mineral_id=number)
        claims += stated.select_related("subject", "source__publisher").order_by("-quantity")
    return _page(request, "mineral.html", {"mineral": Mineral.objects.get(pk=number), "claims": claims})


def _counted(rows: Any, name: str) -> Any:
    return rows.values_list(name).annotate(n=Count("subject", distinct=True)).order_by(name)


@cache
def _template(name: str) -> Any:
    """Compiled once, as Django's cached loader does with a project's own."""
    return engines["django"].from_string((TEMPLATES / name).read_text(encoding="utf-8"))


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return HttpResponse(_template(template).render(context, request))


urlpatterns = [
    *atlas_patterns,
    path("plain/deposits/", deposits),
    path("plain/minerals/<int:number>/", mineral),
]
