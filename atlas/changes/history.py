"""Changes of the record, each with what was said before and after, when, by whom and why."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from atlas.pages.evidence import Gathered
from atlas.pages.statements import Statement
from atlas.published.snapshot import Snapshot
from sources.models import Check, Claim, Record, Tick
from sources.queries import checks_of, moments

from . import queries
from .cards import FieldChange, field_changes
from .queries import Window
from .scopes import Scope

#: A tick that states more claims than this in a scope is told as one change: a load.
MOST_AT_ONCE = 30


class Kind(TextChoices):
    """What happened, in the order in which changes of one tick are told: corrections first."""

    REPLACED = "replaced", _("claim replaced")
    RETRACTED = "retracted", _("claim retracted")
    CHOSEN = "chosen", _("headline chosen")
    CHOICE_ENDED = "choice ended", _("choice of headline ended")
    CHECKED = "checked", _("claim checked against its source")
    CARD = "card", _("record changed")
    STATED = "stated", _("new claim")
    LOADED = "loaded", _("many new claims")


@dataclass(frozen=True)
class Change:
    """One change; `old` is what no longer stands, `new` what stands since."""

    tick: Tick
    kind: Kind
    record: Record | None = None
    old: Statement | None = None
    new: Statement | None = None
    reason: str = ""
    #: When what was withdrawn had been published.
    stood_since: Tick | None = None
    #: How many claims a load stated.
    count: int = 0
    fields: list[FieldChange] = field(default_factory=list)
    check: Check | None = None

    @property
    def statement(self) -> Statement | None:
        """The statement it is about."""
        return self.new or self.old

    @property
    def identifier(self) -> str:
        """What it is, for ever and in every language: feeds' ids are made of it."""
        return f"{self.tick.number}-{self.kind.replace(' ', '-')}-{self.about or 'all'}"

    @property
    def about(self) -> int:
        """The number of the claim or record it is about, 0 where it is about all."""
        return self.statement.claim.pk if self.statement else self.record.pk if self.record else 0


def history(snapshot: Snapshot, scope: Scope, after: int, limit: int) -> list[Change]:
    """The newest changes in a scope after a tick, up to the snapshot's own."""
    window = Window(after, snapshot.tick)
    loads = {
        n: count for n, count in queries.stated_by_tick(scope, window, limit).items() if count > MOST_AT_ONCE
    }
    alone = Scope(scope.claims & ~Q(published_tick__in=list(loads)), scope.records)
    builder = _Builder(snapshot)
    stated = list(queries.stated(alone, window, limit))
    withdrawn = list(queries.withdrawn(scope, window, limit))
    chosen = queries.choices(scope, window, limit)
    ended = queries.choices_ended(scope, window, limit)
    checked = queries.checks(scope, window, limit)
    cards = queries.cards(scope, window, limit)
    after_them = queries.successors(withdrawn, snapshot.tick)
    builder.read(
        {claim.pk for claim in (*stated, *withdrawn)}
        | set(after_them.values())
        | {choice.claim_id for choice in (*chosen, *ended)}
        | {check.claim_id for check in checked},
        {*loads}
        | {claim.published_tick for claim in stated}
        | {tick for claim in withdrawn for tick in (claim.withdrawn_tick, claim.published_tick)}
        | {row.from_tick for row in chosen}
        | {row.until_tick for row in ended}
        | {row.tick for row in checked}
        | {version.until_tick for version, _after in cards},
    )
    changes = [
        *(builder.load(tick, count) for tick, count in loads.items()),
        *(builder.of_claim(Kind.STATED, claim.published_tick, new=claim.pk) for claim in stated),
        *(builder.withdrawal(claim, after_them.get(claim.pk)) for claim in withdrawn),
        *(
            builder.of_claim(Kind.CHOSEN, row.from_tick, new=row.claim_id, reason=row.reason)
            for row in chosen
        ),
        *(
            builder.of_claim(Kind.CHOICE_ENDED, row.until_tick, old=row.claim_id, reason=row.ended_because)
            for row in ended
        ),
        *(builder.of_check(check) for check in checked),
        *(builder.card(old, new) for old, new in cards),
    ]
    order = list(Kind)
    found = [change for change in changes if change is not None]
    found.sort(key=lambda change: (-change.tick.number, order.index(change.kind), change.about))
    return found[:limit]


def corrections(snapshot: Snapshot, scope: Scope, after: int, limit: int) -> list[Change]:
    """Only what was superseded or retracted."""
    window = Window(after, snapshot.tick)
    withdrawn = list(queries.withdrawn(scope, window, limit))
    after_them = queries.successors(withdrawn, snapshot.tick)
    builder = _Builder(snapshot)
    builder.read(
        {claim.pk for claim in withdrawn} | set(after_them.values()),
        {tick for claim in withdrawn for tick in (claim.withdrawn_tick, claim.published_tick)},
    )
    changes = (builder.withdrawal(claim, after_them.get(claim.pk)) for claim in withdrawn)
    return [change for change in changes if change is not None]


class _Builder:
    """Makes changes of rows once all claims and ticks that they name are read."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.claims: dict[int, Any] = {}
        self.ticks: dict[int, Tick] = {}

    def read(self, claims: set[int], ticks: set[int | None]) -> None:
        self.claims = queries.in_full(claims, queries.kinds_of(claims)) if claims else {}
        self.snapshot.attach(self.claims.values())
        shown = list(self.claims.values())
        checks = checks_of(shown, self.snapshot.tick) if shown else {}
        wanted = {tick for tick in ticks if tick is not None} | {made[0].tick for made in checks.values()}
        self.ticks = moments(wanted) if wanted else {}
        self.gathered = Gathered(self.snapshot, shown, checks, self.ticks)

    def load(self, tick: int, count: int) -> Change:
        return Change(self.ticks[tick], Kind.LOADED, count=count, reason=self.ticks[tick].why)

    def of_claim(
        self, kind: Kind, tick: int | None, new: int = 0, old: int = 0, reason: str = ""
    ) -> Change | None:
        claim = self.claims.get(new or old)
        if claim is None or tick is None:
            return None
        return Change(
            self.ticks[tick],
            kind,
            self.snapshot.standing(claim.subject),
            self._statement(old),
            self._statement(new),
            reason,
        )

    def withdrawal(self, claim: Claim, successor: int | None) -> Change | None:
        kind = Kind.REPLACED if claim.status == Claim.Status.SUPERSEDED else Kind.RETRACTED
        change = self.of_claim(
            kind, claim.withdrawn_tick, new=successor or 0, old=claim.pk, reason=claim.withdrawn_because
        )
        return change and replace(change, stood_since=self.ticks.get(claim.published_tick or 0))

    def of_check(self, check: Check) -> Change | None:
        claim = self.claims.get(check.claim_id)
        if claim is None:
            return None
        subject = self.snapshot.standing(claim.subject)
        statement = self._statement(claim.pk)
        return Change(
            self.ticks[check.tick], Kind.CHECKED, subject, new=statement, reason=check.note, check=check
        )

    def card(self, old: Any, new: Any) -> Change | None:
        record = self.snapshot.record(new.record_id)
        fields = field_changes(new.record.kind, old.document, new.document, self.snapshot)
        if record is None or not fields:
            return None
        return Change(self.ticks[new.from_tick], Kind.CARD, record, fields=fields)

    def _statement(self, number: int) -> Statement | None:
        claim = self.claims.get(number)
        return self.gathered.statement(claim) if claim else None
