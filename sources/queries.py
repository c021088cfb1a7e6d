"""Reads of the record; each takes the tick whose state it is to show."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from .models import Check, Claim, Preference, Record, Tick, Version
from .models.querysets import ClaimQuerySet

M = TypeVar("M", bound=Model)


def in_force(rows: "QuerySet[M]", tick: int) -> "QuerySet[M]":
    """Of versions or preferences, those that stood at the tick, in order of number.

    The order matters: left to itself, PostgreSQL gives rows in another order once they were updated.
    """
    standing = Q(until_tick__isnull=True) | Q(until_tick__gt=tick)
    return rows.filter(standing, from_tick__lte=tick).order_by("pk")


def standing_versions(tick: int) -> "QuerySet[Version]":
    """The public card of every record as it stood at the tick, in order of the records' numbers."""
    return in_force(Version.objects.all(), tick).order_by("record_id")


def claims_about(subjects: list[int], kinds: list[type[Claim]], tick: int) -> list[Claim]:
    """The claims in force on these records, typed, in order of kind and number; one query a kind.

    Lists that a statement carries (an investment's minerals) and translations come with them.
    """
    found: list[Claim] = []
    for model in kinds:
        rows: ClaimQuerySet = model._default_manager.as_of(tick)
        found += rows.filter(subject_id__in=subjects).complete().order_by("pk")
    return found


def preferences_on(record: Record, tick: int) -> list[Preference]:
    """The editors' choices of headline in force on a record."""
    return list(in_force(Preference.objects.filter(subject_id=record.pk), tick).select_related("by"))


def checks_of(claims: list[Claim], tick: int) -> dict[int, list[Check]]:
    """Editors' checks of claims up to the tick, newest first, by the claim's number."""
    found: dict[int, list[Check]] = {}
    numbers = [claim.pk for claim in claims]
    rows = Check.objects.filter(claim_id__in=numbers, tick__lte=tick).select_related("by")
    for check in rows.order_by("-tick", "-pk"):
        found.setdefault(check.claim_id, []).append(check)
    return found


def moments(ticks: set[int]) -> dict[int, Tick]:
    """Ticks by number, with who made them."""
    return {tick.number: tick for tick in Tick.objects.filter(number__in=ticks).select_related("by")}
