"""Deposits around a deposit, with distances no finer than the places are known."""

from dataclasses import dataclass

from atlas.published.distances import Neighbour, neighbours, reach_km
from atlas.published.snapshot import Snapshot
from deposits.models import Deposit, Location

#: How far around a deposit its page looks, in kilometres, and how many it names at most.
RADIUS_KM = 100
MOST = 8


@dataclass(frozen=True)
class Nearby:
    """A deposit nearby; `rough` where both places together are known no better than the distance itself."""

    neighbour: Neighbour
    rough: bool


def nearby(snapshot: Snapshot, deposit: Deposit) -> list[Nearby] | None:
    """The nearest deposits, nearest first.

    None where the deposit has no place, or one known to the region only: distances would say nothing.
    """
    own = snapshot.places.get(deposit.pk)
    if own is None or own.precision == Location.Precision.REGION:
        return None
    others = [other for other in snapshot.deposits if other.pk != deposit.pk]
    found = [
        Nearby(neighbour, neighbour.distance_km <= reach_km(own) + neighbour.reach_km)
        for neighbour in neighbours(snapshot, others, own.latitude, own.longitude, RADIUS_KM)
        if neighbour.place.precision != Location.Precision.REGION
    ]
    return found[:MOST]
