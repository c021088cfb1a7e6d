"""Building a snapshot: a handful of queries, whatever the size of the record."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import models
from django.db.models import Count

from deposits.models import Location, Occurrence
from findings.models import Finding
from projects.models import Involvement, StageReport
from sources.dates import latest
from sources.links import gone_since
from sources.models import Claim, Preference, Record, Tick, Version
from sources.points import Point, points
from sources.queries import in_force, standing_versions
from sources.recording import record_models, restored

from .snapshot import STALE_AFTER_YEARS, Place, Snapshot, Stage


def build(tick: int) -> Snapshot:
    """The record as published at a tick (0: the empty record before the first)."""
    moment = Tick.objects.filter(number=tick).values_list("at", flat=True).first()
    snapshot = Snapshot(tick=tick, at=moment or dt.datetime.now(dt.UTC))
    _add_records(snapshot, standing_versions(tick))
    _add_headlines(snapshot)
    _add_counts(snapshot)
    for number, at in gone_since(snapshot.at).items():
        if number in snapshot.records:
            snapshot.records[number].gone_since = at  # type: ignore[attr-defined]
    return snapshot


def _add_records(snapshot: Snapshot, versions: "models.QuerySet[Version]") -> None:
    kinds = record_models()
    for pk, kind, document in versions.values_list("record_id", "record__kind", "document"):
        snapshot.records[pk] = restored(kinds[kind], pk, document)
    for record in snapshot.records.values():
        for relation in record._meta.concrete_fields:
            if isinstance(relation, models.ForeignKey) and relation.name in record.PUBLIC_FIELDS:
                setattr(record, relation.name, snapshot.records.get(getattr(record, relation.attname)))


def _points_by_subject(snapshot: Snapshot, model: type[Claim]) -> dict[Record, list[Point]]:
    """The points of one kind of claim, by the record that stands for their subject."""
    preferences: dict[int, list[Preference]] = defaultdict(list)
    for preference in in_force(Preference.objects.filter(claim__kind=model.KIND), snapshot.tick):
        preferences[preference.subject_id].append(preference)
    claims: dict[Record, list[Any]] = defaultdict(list)
    for claim in snapshot.attach(model._default_manager.as_of(snapshot.tick).order_by("pk")):
        claims[snapshot.standing(claim.subject)].append(claim)
    return {subject: points(stated, preferences.get(subject.pk, [])) for subject, stated in claims.items()}


def _add_headlines(snapshot: Snapshot) -> None:
    for subject, [point] in _points_by_subject(snapshot, Location).items():
        snapshot.places[subject.pk] = _place(point)
    for subject, stated in _points_by_subject(snapshot, Occurrence).items():
        heads: list[Any] = [point.headline[0] for point in stated]
        heads.sort(key=lambda claim: (claim.role != Occurrence.Role.MAIN, claim.pk))
        snapshot.minerals[subject.pk] = [(claim.mineral_id, claim.role) for claim in heads]
    for subject, [point] in _points_by_subject(snapshot, StageReport).items():
        snapshot.stages[subject.pk] = _stage(point, snapshot.at)
    involved = Involvement.objects.as_of(snapshot.tick).order_by("pk")
    for project, partner, role in involved.values_list("subject_id", "partner_id", "role"):
        _add_once(
            snapshot.involvements[_standing_id(snapshot, project)], (_standing_id(snapshot, partner), role)
        )
        _add_once(
            snapshot.involvements[_standing_id(snapshot, partner)], (_standing_id(snapshot, project), role)
        )
    for subject, topic in Finding.objects.as_of(snapshot.tick).values_list("subject_id", "topic"):
        snapshot.topics[_standing_id(snapshot, subject)].add(topic)


def _add_once(rows: list[tuple[int, str]], row: tuple[int, str]) -> None:
    if row not in rows:
        rows.append(row)


def _standing_id(snapshot: Snapshot, number: int) -> int:
    record = snapshot.records.get(number)
    return snapshot.standing(record).pk if record else number


def _place(point: Point) -> Place:
    """The preferred position; else the most trustworthy one, and whether others lie too far from it."""
    chosen: Any = point.preferred or min(point.claims, key=lambda claim: (claim.coarseness(), -claim.pk))
    return Place(
        latitude=float(chosen.latitude),
        longitude=float(chosen.longitude),
        precision=chosen.precision,
        inferred=chosen.inferred,
        claim=chosen.pk,
        disputed=point.disagrees,
    )


def _stage(point: Point, at: dt.datetime) -> Stage:
    chosen: Any = point.preferred or point.comparisons[0].agreements[0].leading
    stale = bool(chosen.dated) and latest(chosen.dated) < at.date().replace(
        year=at.year - STALE_AFTER_YEARS, day=1
    )
    return Stage(chosen.stage, chosen.dated, disputed=point.disagrees, stale=stale)


def _add_counts(snapshot: Snapshot) -> None:
    counted = Claim.objects.as_of(snapshot.tick).values("subject_id", "kind").annotate(n=Count("pk"))
    for subject, kind, n in counted.values_list("subject_id", "kind", "n"):
        kinds = snapshot.claim_counts.setdefault(_standing_id(snapshot, subject), {})
        kinds[kind] = kinds.get(kind, 0) + n
    cited = Claim.objects.as_of(snapshot.tick).values("source_id").annotate(n=Count("pk"))
    for source, n in cited.values_list("source_id", "n"):
        number = _standing_id(snapshot, source)
        snapshot.cited[number] = snapshot.cited.get(number, 0) + n
