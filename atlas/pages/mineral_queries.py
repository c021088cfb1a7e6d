"""Reads for mineral profiles; each takes the tick whose state the page shows."""

from django.db.models import Q

from deposits.models import ResourceEstimate
from findings.models import Finding
from projects.models import Investment, Production
from sources.models import Claim
from sources.models.querysets import ClaimQuerySet
from sources.queries import complete


def claims_naming_mineral(minerals: list[int], tick: int) -> list[Claim]:
    """Estimates, production, investments and findings in force that name a mineral, typed.

    One query a kind, and those of `sources.queries.complete`.
    """
    conditions: dict[type[Claim], Q] = {
        ResourceEstimate: Q(mineral_id__in=minerals),
        Production: Q(mineral_id__in=minerals),
        Investment: Q(minerals__in=minerals),
        Finding: Q(mineral_id__in=minerals),
    }
    return complete(_in_force(model, condition, tick) for model, condition in conditions.items())


def _in_force(model: type[Claim], condition: Q, tick: int) -> ClaimQuerySet:
    rows: ClaimQuerySet = model._default_manager.as_of(tick).filter(condition)
    # One row for each of its minerals that matches.
    return rows.distinct() if model._meta.local_many_to_many else rows
