"""All claims in force at a tick as the plain rows that health is measured on."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from atlas.published.derived import kept_with_snapshot
from atlas.published.snapshot import Snapshot
from sources.models import Check, Claim, ClaimText, Preference, Record, Source
from sources.models.claims import claim_kinds
from sources.points import Point, points, voice
from sources.queries import in_force


@dataclass
class Evidence:
    """The record of one tick, as far as its health shows in claims, points and records."""

    snapshot: Snapshot
    claims: list[Claim]
    checked: set[int]
    preferences: dict[int, list[Preference]]
    #: Claims whose sentence somebody put into Russian.
    in_russian: set[int]

    @cached_property
    def by_subject(self) -> list[tuple[Record, list[Claim]]]:
        """Claims by the record that stands for their subject."""
        found: dict[int, tuple[Record, list[Claim]]] = {}
        for claim in self.claims:
            subject = self.snapshot.standing(claim.subject)
            found.setdefault(subject.pk, (subject, []))[1].append(claim)
        return list(found.values())

    @cached_property
    def points(self) -> list[tuple[Record, list[Point]]]:
        """Every point of every record."""
        return [
            (subject, points(claims, self.preferences.get(subject.pk, [])))
            for subject, claims in self.by_subject
        ]

    def source(self, claim: Claim) -> Source:
        return claim.source


def collect(snapshot: Snapshot) -> Evidence:
    """Read all claims in force, typed: one query a kind, and three more."""
    claims: list[Claim] = []
    for model in claim_kinds().values():
        many = [field.name for field in model._meta.local_many_to_many]
        rows = model._default_manager.as_of(snapshot.tick).prefetch_related(*many).order_by("pk")
        claims += snapshot.attach(rows)
    confirmed = Check.objects.filter(tick__lte=snapshot.tick, outcome=Check.Outcome.CONFIRMED)
    preferences: dict[int, list[Preference]] = defaultdict(list)
    for preference in in_force(Preference.objects.all(), snapshot.tick):
        preferences[preference.subject_id].append(preference)
    russian = ClaimText.objects.filter(field="statement", language="ru").values_list("claim_id", flat=True)
    checked = set(confirmed.values_list("claim_id", flat=True))
    return Evidence(snapshot, claims, checked, preferences, set(russian))


@kept_with_snapshot
def evidence_of(snapshot: Snapshot) -> Evidence:
    """The same, kept for those who mend the record rule by rule."""
    return collect(snapshot)


def independent(point: Point) -> bool:
    """Whether at least two independent voices speak on a point."""
    return len({voice(claim) for claim in point.claims}) > 1
