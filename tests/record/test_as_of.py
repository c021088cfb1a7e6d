"""Whatever happens later, the record as of a tick reads as it did then; only suppressions reach back."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.published.building import build
from atlas.published.snapshot import Snapshot
from sources import clock, merging, recording, review
from sources.models import Check, Claim, Preference, Record
from sources.models.claims import claim_kinds, typed
from sources.points import Point, points
from sources.queries import checks_of, claims_about, in_force
from sources.recording import record_models
from tests import factories as f
from tests.record import rows

pytestmark = pytest.mark.django_db


# What a reader sees


def seen_at(tick: int) -> dict[str, Any]:
    """All that pages show of the record at a tick, as plain values."""
    snapshot = build(tick)
    return {
        "records": {number: card(record) for number, record in snapshot.records.items()},
        "places": {number: asdict(place) for number, place in snapshot.places.items()},
        "stages": {number: asdict(stage) for number, stage in snapshot.stages.items()},
        "minerals": dict(snapshot.minerals),
        "topics": dict(snapshot.topics),
        "involvements": dict(snapshot.involvements),
        "counts": snapshot.claim_counts,
        "cited": snapshot.cited,
        "points": points_at(snapshot),
    }


def card(record: Record) -> dict[str, Any]:
    return {
        "names": [(name.text, name.language, name.kind) for name in record.all_names],
        "merged": record.merged_into_id,
        "withdrawn": record.withdrawn_because,
        "links": record.links,  # type: ignore[attr-defined]
        **{name: getattr(record, record._meta.get_field(name).attname) for name in record.PUBLIC_FIELDS},
        "name": record.name,
        "note": record.note,
    }


def points_at(snapshot: Snapshot) -> dict[int, list[dict[str, Any]]]:
    """What the pages of records say on each of their points."""
    stated = claims_about(list(snapshot.records), list(claim_kinds().values()), snapshot.tick)
    checked = checks_of(stated, snapshot.tick)
    chosen = in_force(Preference.objects.all(), snapshot.tick)
    by_record: dict[int, list[Claim]] = defaultdict(list)
    for claim in snapshot.attach(stated):
        by_record[snapshot.standing(claim.subject).pk].append(claim)
    return {
        number: [
            shown(point, checked)
            for point in points(claims, [choice for choice in chosen if choice.subject_id == number])
        ]
        for number, claims in by_record.items()
    }


def shown(point: Point, checked: dict[int, list[Check]]) -> dict[str, Any]:
    return {
        "name": point.name,
        "headline": [claim.pk for claim in point.headline],
        "preferred because": point.preference and point.preference.reason,
        "disagrees": point.disagrees,
        "voices": point.voices,
        "claims": {claim.pk: statement(claim) for claim in point.claims},
        "checks": {
            claim.pk: [check.outcome for check in checked.get(claim.pk, [])] for claim in point.claims
        },
    }


def statement(claim: Claim) -> tuple[Any, ...]:
    stated = [getattr(claim, name) for name in claim.STATEMENT_FIELDS]
    for carried in claim._meta.local_many_to_many:
        stated.append([record.name for record in getattr(claim, carried.name).all()])
    return (*stated, claim.as_of, claim.note, claim.source.name, claim.source.reliability, claim.subject.name)


# What happens


class History:
    """A small record and the steps by which editors change it."""

    def __init__(self) -> None:
        self.mineral = f.MineralFactory()
        self.houses = [f.PublisherFactory() for _number in range(2)]
        self.deposits = [f.DepositFactory() for _number in range(3)]
        self.project = f.ProjectFactory()
        self.seen: dict[int, dict[str, Any]] = {}

    def step(self, kind: str, choice: int, figure: int) -> None:
        """Take one step, if the record allows it, and look at the record after it."""
        try:
            with transaction.atomic():
                getattr(self, kind)(choice, figure)
        except (review.TransitionRefused, IndexError):
            return
        self.seen[clock.newest()] = seen_at(clock.newest())

    def estimate(self, choice: int, figure: int) -> None:
        self._publish(f.EstimateFactory, choice, mineral=self.mineral, quantity=Decimal(figure))

    def location(self, choice: int, figure: int) -> None:
        self._publish(f.LocationFactory, choice, latitude=Decimal(40 + figure % 9), precision="site")

    def occurrence(self, choice: int, figure: int) -> None:
        self._publish(
            f.OccurrenceFactory, choice, mineral=self.mineral, role=["main", "by-product"][figure % 2]
        )

    def stage(self, choice: int, figure: int) -> None:
        stages = ["announced", "construction", "operating", "closed"]
        source = f.SourceFactory(publisher=self.houses[choice % 2])
        f.published(f.StageFactory(subject=self.project, stage=stages[figure % 4], source=source))

    def involvement(self, choice: int, figure: int) -> None:
        f.published(f.InvolvementFactory(subject=self.project, share_percent=Decimal(figure % 100)))

    def investment(self, choice: int, figure: int) -> None:
        source = f.SourceFactory(publisher=self.houses[choice % 2])
        claim = f.InvestmentFactory(subject=self.project, amount=Decimal(figure), source=source)
        claim.minerals.set([self.mineral, f.MineralFactory()][: figure % 3])
        claim.partners.set(f.PartnerFactory.create_batch(figure % 3))
        f.published(claim)

    def finding(self, choice: int, figure: int) -> None:
        self._publish(f.FindingFactory, choice, topic=["water", "jobs", "policy"][figure % 3])

    def supersede(self, choice: int, figure: int) -> None:
        old = self._standing("estimate", choice)
        f.published(
            f.EstimateFactory(
                subject=old.subject,
                mineral=self.mineral,
                quantity=Decimal(figure),
                source=old.source,
                supersedes=old,
            )
        )

    def retract(self, choice: int, figure: int) -> None:
        review.retract(self._standing("", choice), rows.editor(), "misread")

    def prefer(self, choice: int, figure: int) -> None:
        review.prefer(self._standing("estimate", choice), rows.editor(), f"reason {figure}")

    def check(self, choice: int, figure: int) -> None:
        outcome = Check.Outcome.values[figure % 3]
        review.check(self._standing("", choice), rows.editor(), outcome)

    def end_preference(self, choice: int, figure: int) -> None:
        standing = list(Preference.objects.filter(until_tick=None).order_by("pk"))
        review.end_preference(standing[choice % len(standing) if standing else 0], rows.editor(), "no longer")

    def rename(self, choice: int, figure: int) -> None:
        record = self._public(choice)
        record.name = f"name {figure}"
        record.save()
        record.names.update_or_create(language="ru", kind="name", defaults={"text": f"имя {figure}"})
        recording.publish_record(record, rows.editor())

    def regrade(self, choice: int, figure: int) -> None:
        source = self._standing("", choice).source
        source.reliability = "ABCDEF"[figure % 6]
        source.save()
        recording.publish_record(source, rows.editor())

    def merge(self, choice: int, figure: int) -> None:
        merging.merge(self.deposits[choice % 3], self.deposits[figure % 3], rows.editor())

    def undo_merge(self, choice: int, figure: int) -> None:
        merging.undo_merge(self.deposits[choice % 3], rows.editor())

    def withdraw(self, choice: int, figure: int) -> None:
        merging.withdraw(self._public(choice), rows.editor(), "no such place")

    def _publish(self, factory: type[f.ClaimFactory], choice: int, **values: Any) -> None:
        source = f.SourceFactory(publisher=self.houses[choice % 2])
        f.published(factory(subject=self.deposits[choice % 3], source=source, **values))

    def _standing(self, kind: str, choice: int) -> Claim:
        found = Claim.objects.filter(status="published").order_by("pk")
        claims = list(found.filter(kind=kind) if kind else found)
        [claim] = typed([claims[choice % len(claims) if claims else 0]])
        return claim

    def _public(self, choice: int) -> Record:
        public = list(Record.objects.filter(is_public=True).order_by("pk"))
        record = public[choice % len(public) if public else 0]
        return record_models()[record.kind]._default_manager.get(pk=record.pk)


STEPS = [
    "estimate", "estimate", "location", "occurrence", "stage", "involvement", "investment", "finding",
    "supersede", "retract", "prefer", "end_preference", "check", "rename", "regrade", "merge", "undo_merge",
    "withdraw",
]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 9), st.integers(0, 2000)), min_size=4, max_size=12
    )
)
def test_the_record_as_of_a_tick_is_what_was_seen_at_that_tick(steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        history = History()
        for step in steps:
            history.step(*step)
        for tick, seen in history.seen.items():
            assert seen_at(tick) == seen
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "change",
    [
        History.supersede,
        History.retract,
        History.prefer,
        History.check,
        History.rename,
        History.regrade,
        History.merge,
        History.withdraw,
    ],
    ids=lambda change: change.__name__,
)
def test_each_change_shows_from_its_tick_on_and_not_before(change: Callable[..., None]) -> None:
    history = History()
    for number in range(3):
        history.estimate(number, 500)
    before, then = seen_at(clock.newest()), clock.newest()
    change(history, 1, 300)
    assert seen_at(clock.newest()) != before
    assert seen_at(then) == before


@pytest.mark.parametrize(
    "kind", [History.involvement, History.investment, History.finding, History.occurrence]
)
def test_rows_written_again_keep_their_place_in_the_past(kind: Callable[..., None]) -> None:
    history = History()
    for number in range(3):
        kind(history, 0, 50 + number)
    before, then = seen_at(clock.newest()), clock.newest()
    history.retract(0, 0)
    assert repr(seen_at(then)) == repr(before)


def test_a_merged_record_shows_the_claims_of_both_and_each_its_own_when_undone() -> None:
    history = History()
    history.estimate(0, 500)
    history.estimate(1, 900)
    apart = seen_at(clock.newest())["points"]
    history.merge(0, 1)
    [together] = seen_at(clock.newest())["points"][history.deposits[1].pk]
    assert len(together["claims"]) == 2
    history.undo_merge(0, 0)
    assert seen_at(clock.newest())["points"] == apart


def test_a_suppressed_claim_vanishes_from_every_moment() -> None:
    history = History()
    history.estimate(0, 500)
    history.finding(0, 1)
    claim = Claim.objects.filter(kind="estimate").get()
    review.suppress(claim, rows.administrator(), rows.second_administrator(), "a court order")
    for tick in range(1, clock.newest() + 1):
        seen = seen_at(tick)
        assert all(claim.pk not in point["claims"] for found in seen["points"].values() for point in found)


def test_before_the_first_tick_there_is_nothing() -> None:
    History().estimate(0, 500)
    assert build(0).records == {}


def test_a_draft_is_nowhere() -> None:
    history = History()
    history.estimate(0, 500)
    before = seen_at(clock.newest())
    f.submitted(f.EstimateFactory(subject=history.deposits[0], mineral=history.mineral))
    history.deposits[0].name = "a name nobody published"
    history.deposits[0].save()
    assert seen_at(clock.newest()) == before
