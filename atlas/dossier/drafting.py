"""A dossier at the desk: what each of its rows would become, and entering chosen ones as drafts for review.

Loading (`writing.carry_out`) publishes whole files that an operator answers for; here a person proposes rows.
"""

from collections import defaultdict
from collections.abc import Collection, Generator, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from sources import duplicates
from sources.models import Claim
from sources.models.claims import claim_kinds
from sources.recording import record_models
from sources.review import TransitionRefused

from .checking import check
from .planning import Plan, known_claims, known_records, plan
from .rows import ClaimRow, Dossier, RecordRow, Ref
from .writing import insert_claims, insert_records, write_texts


class Outcome(models.TextChoices):
    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("replaces a claim")
    SAME = "same", gettext_lazy("there already")
    DUPLICATE = "duplicate", gettext_lazy("may be there already")
    CARD = "card", gettext_lazy("differs from the record's card")
    KEPT = "kept", gettext_lazy("in an editor's hands")
    ERROR = "error", gettext_lazy("cannot be read")


APPLIED = (Outcome.NEW, Outcome.CHANGED, Outcome.DUPLICATE)


@dataclass
class Entry:
    """What becomes of one row of the files."""

    number: int
    row: RecordRow | ClaimRow
    outcome: Outcome
    #: (place, what is wrong or to be looked at).
    remarks: list[tuple[str, str]] = field(default_factory=list)
    #: Numbers of standing records or claims it may be, replaces or differs from.
    standing: list[int] = field(default_factory=list)

    @property
    def applies(self) -> bool:
        return self.outcome in APPLIED

    @property
    def is_record(self) -> bool:
        return isinstance(self.row, RecordRow)

    def named(self) -> set[Ref]:
        """The records that the row names, itself not among them."""
        refs = {ref for ref in self.row.refs.values() if ref}
        lists = self.row.links if isinstance(self.row, RecordRow) else self.row.many
        refs |= {ref for many in lists.values() for ref in many}
        if isinstance(self.row, ClaimRow):
            refs |= {self.row.subject, self.row.source}
        return refs


@dataclass
class Proposal:
    """The plan of the files' rows, in the order in which they are shown."""

    entries: list[Entry]
    plan: Plan
    #: What is wrong with no row in particular.
    problems: list[str] = field(default_factory=list)


def proposing(dossier: Dossier, by: User) -> Generator[int, None, Proposal]:
    """Plan the dossier row by row; yields how many rows are done, of as many as `rows_of` counts."""
    check(dossier)
    yield 0
    changes = plan(dossier)
    ids = known_records()
    entries = [Entry(n, row, Outcome.SAME) for n, row in enumerate(rows_of(dossier), 1)]
    _set_outcomes(entries, changes)
    unplaced = _remark_problems(entries, dossier)
    _refuse_what_may_not_be_added(entries, by)
    _refuse_replies_to_the_unpublished(entries)
    yield from _find_likely_records(entries, ids)
    _find_claims_on_the_same_point(entries, ids)
    _refuse_what_needs_the_unreadable(entries)
    yield len(entries)
    return Proposal(entries, changes, unplaced)


def rows_of(dossier: Dossier) -> list[RecordRow | ClaimRow]:
    """Records first: claims name them."""
    return [*dossier.records.values(), *dossier.claims.values()]


def enter(proposal: Proposal, left_out: Collection[int], by: User) -> list[Claim]:
    """Enter the rows that apply, but for those left out, as drafts: all of them or none.

    New records come with them and are public once a claim on them is. Raises TransitionRefused if a row
    names a record that is left out.
    """
    if not by.is_active or not by.has_perm("sources.add_claim"):
        raise PermissionDenied("sources.add_claim")
    wanted = [entry for entry in proposal.entries if entry.applies and entry.number not in left_out]
    if any(entry.number in dependents(proposal.entries, left_out) for entry in wanted):
        raise TransitionRefused(_("Rows that need one that is left out must be left out too."))
    records = [entry.row for entry in wanted if isinstance(entry.row, RecordRow)]
    rows = [entry.row for entry in wanted if isinstance(entry.row, ClaimRow)]
    keys = {row.key for row in rows}
    superseded = {row.key: number for row, number in proposal.plan.changed_claims if row.key in keys}
    with transaction.atomic():
        ids = known_records()
        insert_records(records, ids, lambda step, count: None, public=False)
        claims = insert_claims(rows, superseded, ids, {}, by, lambda step, count: None)
        write_texts(zip(rows, (claim.pk for claim in claims), strict=True))
    return claims


def dependents(entries: Iterable[Entry], left_out: Collection[int]) -> set[int]:
    """Rows that name a new record which is left out, or one that itself names such a record."""
    entries = list(entries)
    absent = [entry for entry in entries if entry.applies and entry.number in left_out]
    gone = {entry.row.ref for entry in absent if isinstance(entry.row, RecordRow)}
    found: set[int] = set()
    others = [entry for entry in entries if entry.applies and entry.number not in left_out]
    while True:
        more = [entry for entry in others if entry.number not in found and entry.named() & gone]
        if not more:
            return found
        found |= {entry.number for entry in more}
        gone |= {entry.row.ref for entry in more if isinstance(entry.row, RecordRow)}


def _set_outcomes(entries: list[Entry], changes: Plan) -> None:
    new = {id(row) for row in (*changes.new_records, *changes.new_claims)}
    changed = {id(row): number for row, number in changes.changed_claims}
    cards = {id(row): record.pk for row, record in changes.changed_records}
    kept = set(changes.kept_by_editors)
    for entry in entries:
        row = entry.row
        name = f"{row.kind} {row.key}" if isinstance(row, RecordRow) else f"claim {row.key}"
        if id(row) in new:
            entry.outcome = Outcome.NEW
        elif id(row) in changed:
            entry.outcome, entry.standing = Outcome.CHANGED, [changed[id(row)]]
        elif id(row) in cards:
            entry.outcome, entry.standing = Outcome.CARD, [cards[id(row)]]
        elif name in kept:
            entry.outcome = Outcome.KEPT


def _remark_problems(entries: list[Entry], dossier: Dossier) -> list[str]:
    """Put each problem beside its row; returns those that belong to none."""
    by_place: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_place[entry.row.place.file, entry.row.place.row].append(entry)
    unplaced = []
    for problem in dossier.problems:
        found = by_place.get((problem.place.file, problem.place.row), [])
        if not found and problem.stops:
            unplaced.append(str(problem))
        shown = f"{problem.place.field} {problem.value!r}".strip() if problem.value is not None else ""
        for entry in found:
            entry.remarks.append((shown or problem.place.field, problem.message))
            if problem.stops:
                entry.outcome = Outcome.ERROR
    return unplaced


def _refuse_what_may_not_be_added(entries: list[Entry], by: User) -> None:
    """Contributors add no minerals or countries: a row with a new one cannot be entered by them."""
    kinds: dict[str, type[models.Model]] = {**record_models(), **claim_kinds()}
    may = {
        kind: by.has_perm(f"{m._meta.app_label}.{get_permission_codename('add', m._meta)}")
        for kind, m in kinds.items()
    }
    for entry in entries:
        if entry.applies and not may[entry.row.kind]:
            entry.outcome = Outcome.ERROR
            entry.remarks.append(("", _("Your account may not add this kind.")))


def _refuse_replies_to_the_unpublished(entries: list[Entry]) -> None:
    """Only a published claim can be replied to: the answered one comes first."""
    replies = [entry for entry in entries if isinstance(entry.row, ClaimRow) and entry.row.answers]
    standing = known_claims() if replies else {}
    for entry in replies:
        if entry.applies and isinstance(entry.row, ClaimRow) and entry.row.answers not in standing:
            entry.outcome = Outcome.ERROR
            entry.remarks.append((entry.row.answers, _("Only a published claim can be replied to.")))


def _find_likely_records(entries: list[Entry], ids: dict[Ref, int]) -> Generator[int, None, None]:
    """Mark new records that standing ones may already be."""
    standing = {kind: duplicates.Standing(kind) for kind in duplicates.KINDS}
    for done, entry in enumerate(entries):
        if done % 50 == 0:
            yield done
        row = entry.row
        if not isinstance(row, RecordRow) or entry.outcome != Outcome.NEW or row.kind not in standing:
            continue
        country: Any = row.values.get("country") or ids.get(row.refs.get("country") or ("", ""))
        names = [row.name, *(text for text, _language, _kind in row.names)]
        address = row.values.get("url", "")
        for likeness in standing[row.kind].like(names, country, address=address, at_least=duplicates.LIKELY):
            entry.outcome = Outcome.DUPLICATE
            entry.standing.append(likeness.first.pk)
            entry.remarks.append((likeness.first.name, ", ".join(likeness.reasons)))


def _find_claims_on_the_same_point(entries: list[Entry], ids: dict[Ref, int]) -> None:
    """Mark new claims where the same source already says something on the same point."""
    kinds = claim_kinds()
    alive = Claim.objects.exclude(status__in=("rejected", "superseded", "retracted"))
    places: dict[tuple[int, int, str], int] = {
        (subject, source, point): number
        for subject, source, point, number in alive.values_list("subject_id", "source_id", "point", "pk")
    }
    for entry in entries:
        row = entry.row
        if not isinstance(row, ClaimRow) or entry.outcome != Outcome.NEW:
            continue
        refs = {f"{name}_id": ids.get(ref, 0) if ref else None for name, ref in row.refs.items()}
        point = kinds[row.kind](**row.values, **refs).point_name()
        found = places.get((ids.get(row.subject, 0), ids.get(row.source, 0), point))
        if found:
            entry.outcome, entry.standing = Outcome.DUPLICATE, [found]


def _refuse_what_needs_the_unreadable(entries: list[Entry]) -> None:
    """A row that names a new record whose own row cannot be read cannot be entered either."""
    numbers = {
        entry.row.ref: entry.number
        for entry in entries
        if isinstance(entry.row, RecordRow) and entry.outcome == Outcome.ERROR
    }
    while True:
        waiting = [(e, e.named() & set(numbers)) for e in entries if e.applies]
        hit = [(entry, refs) for entry, refs in waiting if refs]
        if not hit:
            return
        for entry, refs in hit:
            entry.outcome = Outcome.ERROR
            needed = ", ".join(str(numbers[ref]) for ref in sorted(refs))
            entry.remarks.append(("", _("It needs row %(row)s, which cannot be read.") % {"row": needed}))
            if isinstance(entry.row, RecordRow):
                numbers[entry.row.ref] = entry.number
