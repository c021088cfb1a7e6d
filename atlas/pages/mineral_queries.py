"""Reads for mineral profiles; each takes the tick whose state the page shows."""

from typing import Any

from django.db.models import Q

from deposits.models import ResourceEstimate
from findings.models import Finding
from projects.models import Investment, Production
from sources.models import Claim


def claims_naming_mineral(minerals: list[int], tick: int) -> list[Claim]:
    """Estimates, production, investments and findings in force that name a mineral, typed.

    One query a kind, and one more for its texts and for each list that it carries.
    """
    conditions: dict[type[Claim], Q] = {
        ResourceEstimate: Q(mineral_id__in=minerals),
        Production: Q(mineral_id__in=minerals),
        Investment: Q(minerals__in=minerals),
        Finding: Q(mineral_id__in=minerals),
    }
    found: list[Claim] = []
    for model, condition in conditions.items():
        rows: Any = model._default_manager.as_of(tick).filter(condition)
        if model._meta.local_many_to_many:  # one row for each of them that matches
            rows = rows.distinct()
        found += rows.complete().order_by("pk")
    return found
