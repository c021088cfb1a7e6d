"""Reads for record and claim pages; each takes the tick whose state the page shows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from findings.models import Finding
from partners.models import Ownership
from projects.models import Investment, Involvement
from sources.models import Batch, Check, Claim, Preference
from sources.models.claims import ONCE_PUBLIC, claim_kinds
from sources.models.querysets import ClaimQuerySet
from sources.queries import complete, in_force

#: Larger numbers are no row's id, and SQLite refuses to look for them.
LARGEST_ID = 2**63 - 1
#: How many steps of a claim's history, in either direction, its page follows.
LONGEST_HISTORY = 20


def preferences_on(subjects: Iterable[int], tick: int) -> dict[int, list[Preference]]:
    """The editors' choices of headline in force, by the subject's id; one query."""
    found: dict[int, list[Preference]] = {}
    chosen = in_force(Preference.objects.filter(subject_id__in=list(subjects)), tick)
    for preference in chosen.select_related("by"):
        found.setdefault(preference.subject_id, []).append(preference)
    return found


def claims_naming(partners: list[int], tick: int) -> dict[str, list[Claim]]:
    """Claims on other records that name a partner, by kind: as owner, participant, investor, or in words."""
    conditions: dict[type[Claim], Q] = {
        Involvement: Q(partner_id__in=partners),
        Ownership: Q(owner_id__in=partners),
        Finding: Q(partner_id__in=partners) & ~Q(subject_id__in=partners),
        Investment: Q(partners__in=partners),
    }
    found: dict[str, list[Claim]] = {model.KIND: [] for model in conditions}
    for claim in complete(_in_force(model, condition, tick) for model, condition in conditions.items()):
        found[claim.kind].append(claim)
    return found


def stated_by(sources: list[int], tick: int) -> list[tuple[int, int, str]]:
    """(number, subject's id, kind) of every claim in force that these sources state; one query."""
    rows = Claim.objects.as_of(tick).filter(source_id__in=sources).order_by("pk")
    return list(rows.values_list("pk", "subject_id", "kind"))


def claims_numbered(numbers: Iterable[tuple[int, str]], tick: int) -> list[Claim]:
    """The claims of these (number, kind), typed and complete, in force at the tick."""
    by_kind: dict[str, list[int]] = {}
    for number, kind in numbers:
        by_kind.setdefault(kind, []).append(number)
    kinds = claim_kinds()
    return complete(_in_force(kinds[kind], Q(pk__in=own), tick) for kind, own in by_kind.items())


def batches(claims: Iterable[Claim]) -> dict[int, Batch]:
    """The loads that brought these claims, by number, with who ran them."""
    numbers = {claim.batch_id for claim in claims if claim.batch_id}
    return {batch.pk: batch for batch in Batch.objects.filter(pk__in=numbers).select_related("loaded_by")}


def public_claim(number: int, tick: int) -> Claim | None:
    """A claim, typed, that is or once was public at the tick, withdrawn and suppressed ones included."""
    if number > LARGEST_ID:
        return None
    row = Claim.objects.filter(pk=number, status__in=ONCE_PUBLIC, published_tick__lte=tick).first()
    if row is None or row.suppressed_at:
        return row
    model = claim_kinds()[row.kind]
    return _in_full(model).filter(pk=number).first()


def history(claim: Claim, tick: int) -> list[Claim]:
    """The claims before and after this one, oldest first, itself among them."""
    public = Claim.objects.filter(status__in=ONCE_PUBLIC, published_tick__lte=tick)
    before: list[Claim] = []
    while (first := (before or [claim])[0]).supersedes_id and len(before) < LONGEST_HISTORY:
        earlier = public.filter(pk=first.supersedes_id).first()
        if earlier is None:
            break
        before.insert(0, earlier)
    line = [*before, claim]
    while len(line) < len(before) + LONGEST_HISTORY:
        later = public.filter(supersedes_id=line[-1].pk).order_by("pk").first()
        if later is None:
            break
        line.append(later)
    return line


def replies_to(claim: Claim, tick: int) -> list[Claim]:
    """What partners published in reply to a claim, in force at the tick, oldest first."""
    return complete([_in_force(Finding, Q(answers_id=claim.pk), tick)])


def checks_on(claim: Claim, tick: int) -> list[Check]:
    """Editors' checks of one claim up to the tick, newest first."""
    return list(
        Check.objects.filter(claim=claim.pk, tick__lte=tick).select_related("by").order_by("-tick", "-pk")
    )


def _in_force(model: type[Claim], condition: Q, tick: int) -> ClaimQuerySet:
    rows: ClaimQuerySet = model._default_manager.as_of(tick).filter(condition)
    return rows.distinct()


def _in_full(model: type[Claim]) -> QuerySet[Any]:
    people = ("author", "submitted_by", "published_by", "withdrawn_by", "batch__loaded_by")
    rows: ClaimQuerySet = model._default_manager.select_related(*people)
    return rows.complete()
