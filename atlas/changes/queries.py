"""Reads of what changed between two ticks: after the first, up to and with the second; newest first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from sources.models import Check, Claim, Preference, Version
from sources.models.claims import ONCE_PUBLIC, claim_kinds

from .scopes import Scope


@dataclass(frozen=True)
class Window:
    """The ticks after one and up to another."""

    after: int
    until: int


def withdrawn(scope: Scope, window: Window, limit: int) -> QuerySet[Claim]:
    """Claims that were superseded or retracted; suppressed ones are nowhere."""
    rows = Claim.objects.filter(scope.claims, suppressed_at__isnull=True)
    rows = rows.filter(withdrawn_tick__gt=window.after, withdrawn_tick__lte=window.until)
    return rows.order_by("-withdrawn_tick", "-pk")[:limit]


def stated(scope: Scope, window: Window, limit: int) -> QuerySet[Claim]:
    """Claims that were published and replaced no other."""
    return _published(scope, window).order_by("-published_tick", "-pk")[:limit]


def stated_by_tick(scope: Scope, window: Window, limit: int) -> dict[int, int]:
    """How many claims that replaced no other were published at each of the newest ticks."""
    rows = _published(scope, window).values("published_tick").annotate(n=Count("pk"))
    newest = rows.order_by("-published_tick").values_list("published_tick", "n")[:limit]
    return {tick: n for tick, n in newest if tick is not None}


def _published(scope: Scope, window: Window) -> QuerySet[Claim]:
    rows = Claim.objects.filter(scope.claims, status__in=ONCE_PUBLIC, suppressed_at__isnull=True)
    return rows.filter(
        published_tick__gt=window.after, published_tick__lte=window.until, supersedes__isnull=True
    )


def successors(claims: list[Claim], tick: int) -> dict[int, int]:
    """The claim that took each one's place by then: {number: successor's number}."""
    rows = Claim.objects.filter(supersedes_id__in=[claim.pk for claim in claims], status__in=ONCE_PUBLIC)
    rows = rows.filter(published_tick__lte=tick, suppressed_at__isnull=True)
    return dict(rows.values_list("supersedes_id", "pk"))


def choices(scope: Scope, window: Window, limit: int) -> list[Preference]:
    """Editors' choices of headline that began, of claims that are not suppressed."""
    return list(_choices(scope).filter(**_between("from_tick", window)).order_by("-from_tick", "-pk")[:limit])


def choices_ended(scope: Scope, window: Window, limit: int) -> list[Preference]:
    """Editors' choices of headline that ended."""
    return list(
        _choices(scope).filter(**_between("until_tick", window)).order_by("-until_tick", "-pk")[:limit]
    )


def checks(scope: Scope, window: Window, limit: int) -> list[Check]:
    """Editors' comparisons of claims with their sources."""
    numbers = Claim.objects.filter(scope.claims, suppressed_at__isnull=True).values("pk")
    rows = Check.objects.filter(claim_id__in=numbers, **_between("tick", window))
    return list(rows.order_by("-tick", "-pk")[:limit])


def cards(scope: Scope, window: Window, limit: int) -> list[tuple[Version, Version]]:
    """(before, after) of every record whose public card changed."""
    rows = Version.objects.filter(**_between("until_tick", window))
    if scope.records is not None:
        rows = rows.filter(record_id__in=scope.records)
    before = list(rows.select_related("record").order_by("-until_tick", "-pk")[:limit])
    numbers = {version.record_id for version in before}
    after = Version.objects.filter(record_id__in=numbers, from_tick__in={v.until_tick for v in before})
    following = {(version.record_id, version.from_tick): version for version in after}
    pairs = ((version, following.get((version.record_id, version.until_tick))) for version in before)  # type: ignore[arg-type]
    return [(old, new) for old, new in pairs if new is not None]


def in_full(numbers: set[int], kinds: dict[int, str]) -> dict[int, Any]:
    """Claims of these numbers as their own kinds say them, with translations and lists, by number."""
    found: dict[int, Any] = {}
    for kind, model in claim_kinds().items():
        wanted = [number for number in numbers if kinds.get(number) == kind]
        if wanted:
            rows = model._default_manager.filter(pk__in=wanted).complete()
            found |= {claim.pk: claim for claim in rows}
    return found


def kinds_of(numbers: set[int]) -> dict[int, str]:
    """The kinds of claims by their numbers."""
    return dict(Claim.objects.filter(pk__in=numbers).values_list("pk", "kind"))


def _choices(scope: Scope) -> QuerySet[Preference]:
    rows = Preference.objects.filter(claim__suppressed_at__isnull=True)
    return rows if scope.records is None else rows.filter(subject_id__in=scope.records)


def _between(name: str, window: Window) -> dict[str, int]:
    return {f"{name}__gt": window.after, f"{name}__lte": window.until}
