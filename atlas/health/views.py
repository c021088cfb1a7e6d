from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from atlas.moments import published
from atlas.published.derived import kept_with_snapshot, made_later
from atlas.published.snapshot import Snapshot
from deposits.models import Country

from .evidence import collect
from .rules import BY_KEY, RULES, Measure, measure

MINERALS_SHOWN = 15
FAILING_SHOWN = 200


@made_later
@kept_with_snapshot
def measures_of(snapshot: Snapshot) -> list[Measure]:
    """A tick's measures, which read every claim there is."""
    evidence = collect(snapshot)
    return [measure(evidence, rule) for rule in RULES]


@published
def health(request: HttpRequest) -> HttpResponse:
    """How good the record's evidence is: every rule over all, by country, by kind and by mineral."""
    snapshot: Snapshot = request.moment.snapshot  # type: ignore[attr-defined]
    measures = measures_of(snapshot)
    countries: list[Country] = snapshot.countries
    busiest = sorted(measures[0].by_mineral, key=lambda mineral: -measures[0].by_mineral[mineral].total)
    context = {
        "measures": measures,
        "by_country": [
            (m, [(country, m.by_country.get(country)) for country in countries]) for m in measures
        ],
        "countries": countries,
        "minerals": [
            (mineral, [m.by_mineral.get(mineral) for m in measures]) for mineral in busiest[:MINERALS_SHOWN]
        ],
        "kinds": [(kind, [m.by_kind.get(kind) for m in measures]) for kind in measures[0].by_kind],
    }
    return render(request, "health/health.html", context)


@published
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule, and the claims, points or records that tell against it."""
    if key not in BY_KEY:
        raise Http404
    measures = measures_of(request.moment.snapshot)  # type: ignore[attr-defined]
    found = next(m for m in measures if m.rule.key == key)
    failing = list(found.failing.items())
    context = {"measure": found, "records": failing[:FAILING_SHOWN], "total": len(failing)}
    return render(request, "health/rule.html", context)
