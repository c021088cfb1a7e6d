"""Reads of the record; each takes the tick whose state it is to show."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from .models import Check, Claim, ClaimText, Preference, Record, Tick, Version
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
    """The claims in force on these records, typed and complete, in order of kind and number.

    One query a kind, and those of `complete`.
    """
    return complete(model._default_manager.as_of(tick).filter(subject_id__in=subjects) for model in kinds)


def complete(kinds: Iterable[ClaimQuerySet]) -> list[Claim]:
    """Claims of several kinds, each in order of number, with all that their statements carry.

    One query a kind, one for each list that a kind carries (an investment's minerals), and one for all
    translations.
    """
    found: list[Claim] = []
    for rows in kinds:
        found += rows.with_lists().order_by("pk")
    texts: dict[int, list[ClaimText]] = {claim.pk: [] for claim in found}
    if texts:
        for text in ClaimText.objects.filter(claim_id__in=list(texts)):
            texts[text.claim_id].append(text)
    for claim in found:
        claim.translations = texts[claim.pk]
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
