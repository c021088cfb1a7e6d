"""What a page says of each point: the value first, who agrees, and every other claim labelled for what it is.

`gather` reads the claims of a page's records once; its result answers for each record and kind of claim.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from atlas.published.snapshot import Snapshot
from findings.models import Finding
from sources.models import Batch, Check, Claim, Preference, Record, Tick
from sources.points import Comparison, Point, points, voice
from sources.queries import checks_of, claims_about, moments

from . import queries
from .formatting import (
    independent_sources,
    show_headline,
    show_value,
    show_values,
)
from .scales import Scale, scale
from .statements import Statement
from .wording import difference

#: Kinds whose every report is shown beside the newest one, none of them a rival value.
_TOLD_IN_TIME = ("stage",)


@dataclass(frozen=True)
class Group:
    """Claims of a point that are comparable with each other."""

    comparison: Comparison
    statements: list[Statement]
    #: The claim shown first on the point, where this group neither holds nor repeats it.
    leading: Any | None = None

    @cached_property
    def title(self) -> str:
        """What they all count: "contained metal · reserves · system not stated · whole deposit"."""
        return self.statements[0].counts

    @cached_property
    def label(self) -> str:
        """How it is to be read beside the value shown first; "" for the group that holds that value."""
        return difference(self.statements[0].claim, self.leading) if self.leading else ""

    @cached_property
    def disagrees(self) -> bool:
        """Whether sources contradict each other here."""
        return self.comparison.disagrees

    @property
    def voices(self) -> int:
        """Independent voices; of stages, which follow each other, only those that report the newest one."""
        first: Any = self.statements[0].claim
        if first.kind not in _TOLD_IN_TIME:
            return self.comparison.voices
        reports: list[Any] = [*self.comparison.claims, *self.comparison.earlier]
        return len({voice(claim) for claim in reports if claim.stage == first.stage})

    @cached_property
    def value(self) -> str:
        """The value they agree on, or the range of their values."""
        ends = (agreement.leading for agreement in self.comparison.agreements)
        return show_values(sorted(ends, key=lambda claim: claim.sort_value()))

    @property
    def agreement(self) -> str:
        """Who says so, in words."""
        if self.disagrees:
            return gettext("sources differ")
        return independent_sources(self.voices)


@dataclass(frozen=True)
class Evidence:
    """Everything a page shows on one point of one record."""

    point: Point
    groups: list[Group]
    chosen_at: datetime | None = None

    @cached_property
    def value(self) -> str:
        """What is shown first: the preferred value, else the one value, else the range."""
        return show_headline(self.point)

    @property
    def title(self) -> str:
        """What the value counts, where the kind needs it said."""
        return self.first.counts

    @property
    def first(self) -> Statement:
        """The statement of the claim whose value, or one end of whose range, is shown first."""
        leading = self.point.preferred or self.point.comparisons[0].agreements[0].leading
        return next(statement for statement in self.statements if statement.claim.pk == leading.pk)

    @property
    def leading(self) -> Any:
        """The claim whose value, or one end of whose range, is shown first."""
        return self.point.headline[-1]

    @property
    def lead_words(self) -> str:
        """What the source says beside the one value shown first, and its date; "" for a range."""
        if len(self.point.headline) > 1:
            return ""
        return " · ".join([*self.first.qualifiers, self.first.dated])

    @property
    def preference(self) -> Preference | None:
        return self.point.preference if self.point.preferred else None

    @property
    def disagrees(self) -> bool:
        return self.point.disagrees

    @property
    def shown_disagrees(self) -> bool:
        """Whether what is shown first is a range, because the sources of that very figure differ."""
        return self.preference is None and self.groups[0].disagrees

    @property
    def single(self) -> bool:
        """Whether one claim is all there is, so that its value need not be repeated."""
        return len(self.statements) == 1

    @property
    def alike(self) -> bool:
        """Whether every claim states the very value shown first, so that it need not be repeated."""
        return {statement.value for statement in self.statements} == {self.value}

    @property
    def agreement(self) -> str:
        """Who says so: of the preferred value if there is one, else of the group shown first."""
        preferred = self.point.preferred
        if preferred is None:
            return self.groups[0].agreement
        agreeing = (a for c in self.point.comparisons for a in c.agreements if preferred in a.claims)
        return independent_sources(max((a.voices for a in agreeing), default=1))

    @cached_property
    def scale(self) -> Scale | None:
        """Where its figures stand on one scale, of those that can be drawn so; None where none can."""
        first = [s.claim for s in self.groups[0].statements]
        repeating = [s.claim for group in self.groups[1:] for s in group.statements if s.tone == "agree"]
        return scale([*first, *repeating], (statement.claim for statement in self.statements))

    @property
    def drawn(self) -> list[Statement]:
        """The claims whose figures stand on the scale."""
        places = self.scale.places if self.scale else {}
        return [statement for statement in self.statements if statement.claim.pk in places]

    @property
    def drawn_by(self) -> str:
        """How many independent voices state them."""
        return independent_sources(len({voice(statement.claim) for statement in self.drawn}))

    @property
    def statements(self) -> list[Statement]:
        """All claims of the point, in the order of its groups."""
        return [statement for group in self.groups for statement in group.statements]


@dataclass(frozen=True)
class Provenance:
    """How many of a page's facts one load brought, and how many of these a named editor has checked."""

    batch: Batch
    facts: int
    checked: int


@dataclass
class Gathered:
    """All claims of a page, sorted into points by record and kind."""

    snapshot: Snapshot
    claims: list[Claim] = field(default_factory=list)
    checks: dict[int, list[Check]] = field(default_factory=dict)
    ticks: dict[int, Tick] = field(default_factory=dict)
    loads: dict[int, Batch] = field(default_factory=dict)
    preferences: dict[int, list[Preference]] = field(default_factory=dict)
    #: The active language.
    language: str = field(default_factory=lambda: get_language() or "en")
    _found: dict[tuple[int, str], list[Evidence]] = field(default_factory=dict)

    @cached_property
    def _about(self) -> dict[tuple[int, str], list[Claim]]:
        about: dict[tuple[int, str], list[Claim]] = {}
        for claim in self.claims:
            about.setdefault((self.snapshot.standing(claim.subject).pk, claim.kind), []).append(claim)
        return about

    @cached_property
    def _replies(self) -> dict[int, list[Claim]]:
        """Findings by which partners reply to a claim, by that claim's number."""
        found: dict[int, list[Claim]] = {}
        for claim in self.claims:
            if isinstance(claim, Finding) and claim.answers_id:
                found.setdefault(claim.answers_id, []).append(claim)
        return found

    def of(self, record: Record, kind: str) -> list[Evidence]:
        """What is said of a record on the points of one kind."""
        key = (record.pk, kind)
        if key not in self._found:
            found = points(self._about.get(key, []), self.preferences.get(record.pk, []))
            self._found[key] = [_evidence(point, self) for point in found]
        return self._found[key]

    def statement(self, claim: Claim, label: str = "", tone: str = "") -> Statement:
        """A claim as the page shows it, with its newest check."""
        check = next(iter(self.checks.get(claim.pk, ())), None)
        checked_at = self.ticks[check.tick].at if check and check.tick in self.ticks else None
        replies = tuple(self.statement(reply) for reply in self._replies.get(claim.pk, ()))
        return Statement(claim, show_value(claim), self.language, label, tone, check, checked_at, replies)

    @property
    def provenance(self) -> list[Provenance]:
        """The loads that brought the page's facts, largest first."""
        found = []
        for number, batch in self.loads.items():
            brought = [claim for claim in self.claims if claim.batch_id == number]
            checked = sum(claim.pk in self.checks for claim in brought)
            found.append(Provenance(batch, len(brought), checked))
        return sorted(found, key=lambda loaded: (-loaded.facts, loaded.batch.pk))

    @property
    def entered(self) -> int:
        """How many of the page's facts people entered, not loads."""
        return sum(claim.batch_id is None for claim in self.claims)


def gather(
    snapshot: Snapshot,
    wanted: Iterable[tuple[Sequence[Record], Sequence[type[Claim]]]],
    others: Iterable[Claim] = (),
) -> Gathered:
    """Read the claims of these kinds on these records, one query a kind, and sort them into points.

    `others` are claims already read that the page also shows (typed, not yet attached).
    """
    wanted = list(wanted)
    claims: list[Claim] = []
    for records, kinds in wanted:
        own = [number for record in records for number in snapshot.own_ids(record)]
        claims += claims_about(own, list(kinds), snapshot.tick) if own else []
    seen = {claim.pk for claim in claims}
    claims += [claim for claim in others if claim.pk not in seen]
    snapshot.attach(claims)
    gathered = Gathered(snapshot, claims, checks_of(claims, snapshot.tick), loads=queries.batches(claims))
    subjects = {snapshot.standing(claim.subject).pk for claim in claims}
    gathered.preferences = queries.preferences_on(subjects, snapshot.tick) if subjects else {}
    numbers = {checks[0].tick for checks in gathered.checks.values()}
    numbers |= {chosen.from_tick for found in gathered.preferences.values() for chosen in found}
    gathered.ticks = moments(numbers) if numbers else {}
    return gathered


def _evidence(point: Point, gathered: Gathered) -> Evidence:
    leading = point.preferred or point.comparisons[0].agreements[0].leading
    headline = {claim.pk for claim in point.headline}
    repeated = {
        echo.pk
        for comparison in point.comparisons
        for agreement in comparison.agreements
        if agreement.echoes and any(claim.pk in headline for claim in agreement.claims)
        for echo in agreement.echoes
    }
    groups = [_group(comparison, leading, repeated, gathered) for comparison in point.comparisons]
    preference = point.preference if point.preferred else None
    chosen = gathered.ticks.get(preference.from_tick) if preference else None
    return Evidence(point, groups, chosen.at if chosen else None)


def _group(comparison: Comparison, leading: Any, repeated: set[int], gathered: Gathered) -> Group:
    label, tone = _among_comparable(comparison)
    current = comparison.claims
    statements = [
        gathered.statement(claim, _("same figure under another label"), "agree")
        if claim.pk in repeated
        else gathered.statement(claim, label, tone)
        for claim in current
    ]
    for claim in comparison.earlier:
        label = _("earlier report, same figure") if claim.pk in repeated else _("earlier report")
        if claim.kind in _TOLD_IN_TIME:
            label = ""
        statements.append(gathered.statement(claim, label, "muted"))
    repeats = any(claim.pk in repeated for claim in current)
    leads = any(claim is leading for claim in (*current, *comparison.earlier))
    return Group(comparison, statements, None if leads or repeats else leading)


def _among_comparable(comparison: Comparison) -> tuple[str, str]:
    """How claims that count now stand among those comparable with them: (label, tone)."""
    if comparison.disagrees:
        return _("disagrees"), "differ"
    if len(comparison.agreements) > 1:
        return _("another figure of the same source"), "muted"
    return "", ""
