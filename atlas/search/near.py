"""What lies around a position, and how exactly that is known."""

from dataclasses import dataclass

from atlas.published.distances import Neighbour, neighbours
from atlas.published.snapshot import Snapshot
from deposits.models import Location

from .positions import Position

#: Radius in kilometres: the usual one, the smallest and the largest.
USUAL_KM, LEAST_KM, MOST_KM = 50, 10, 250


@dataclass(frozen=True)
class Surroundings:
    """Deposits and projects around a position, the nearest first."""

    #: Those whose site is known and lies within the radius.
    placed: list[Neighbour]
    #: Those known only to their district or region, whose recorded point lies within the radius.
    somewhere: list[Neighbour]
    #: How many more of the latter may lie within the radius, though their recorded point does not.
    possible: int
    #: How many have no recorded position at all.
    without_position: int


def around(snapshot: Snapshot, position: Position, radius_km: float) -> Surroundings:
    """What lies within a radius, and what may."""
    records = (*snapshot.deposits, *snapshot.projects)
    reachable = neighbours(
        snapshot,
        records,
        position.latitude,
        position.longitude,
        radius_km + max(Location.RADIUS_KM.values()),
    )
    near = [neighbour for neighbour in reachable if neighbour.distance_km <= radius_km]
    farther = reachable[len(near) :]
    return Surroundings(
        placed=[neighbour for neighbour in near if neighbour.is_placed],
        somewhere=[neighbour for neighbour in near if not neighbour.is_placed],
        possible=sum(
            not neighbour.is_placed and neighbour.distance_km - neighbour.reach_km <= radius_km
            for neighbour in farther
        ),
        without_position=sum(record.pk not in snapshot.places for record in records),
    )
