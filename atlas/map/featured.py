"""The disagreement that the first page shows: found by rule in the record, chosen by nobody."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from atlas.pages.scales import Scale, scale
from atlas.published.derived import kept_with_snapshot, made_ahead
from atlas.published.snapshot import Snapshot
from deposits.models import Deposit, ResourceEstimate
from sources.models import Claim, Preference, Record
from sources.points import Agreement, Point, points
from sources.queries import in_force

_MINERAL = len("estimate/")


@dataclass(frozen=True)
class Disagreement:
    """How much of a mineral a deposit holds, of which comparable estimates differ."""

    deposit: Deposit
    mineral: Record
    point: Point

    @cached_property
    def voices(self) -> int:
        """How many independent voices say how much it is."""
        return self.point.comparisons[0].voices

    @cached_property
    def figures(self) -> list[Agreement]:
        """Each different figure with those who state it, lowest first."""
        return sorted(self.point.comparisons[0].agreements, key=lambda agreed: agreed.leading.sort_value())

    @cached_property
    def scale(self) -> Scale | None:
        """Where these figures stand beside each other."""
        stated = [agreed.leading for agreed in self.figures]
        return scale(stated, stated)

    @property
    def weight(self) -> tuple[int, float, int]:
        """More voices first, then the wider range."""
        low, high = (float(claim.sort_value()) for claim in self.point.headline)
        return self.voices, high / low if low else 0.0, -self.deposit.pk


@made_ahead
@kept_with_snapshot
def featured(snapshot: Snapshot) -> Disagreement | None:
    """The disagreement on a deposit's size with the most voices; None where all agree.

    Two queries the first time, none after. Points that editors have chosen a value for are settled.
    """
    return max(_disagreements(snapshot), key=lambda found: found.weight, default=None)


def _disagreements(snapshot: Snapshot) -> list[Disagreement]:
    claims: dict[Record, list[Claim]] = defaultdict(list)
    stated = ResourceEstimate.objects.as_of(snapshot.tick).order_by("pk")
    for claim in snapshot.attach(stated):
        claims[snapshot.standing(claim.subject)].append(claim)
    settled = set(
        in_force(Preference.objects.filter(claim__kind=ResourceEstimate.KIND), snapshot.tick).values_list(
            "subject_id", "point"
        )
    )
    return [
        Disagreement(deposit, snapshot.records[int(point.name[_MINERAL:])], point)
        for deposit, own in claims.items()
        if isinstance(deposit, Deposit) and not deposit.withdrawn_because
        for point in points(own)
        if point.comparisons[0].disagrees
        and len(point.headline) == 2
        and not any((number, point.name) in settled for number in snapshot.own_ids(deposit))
    ]
