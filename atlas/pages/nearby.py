"""Deposits around a deposit, with distances no finer than the places are known."""

import math
from dataclasses import dataclass

from geopy.distance import geodesic

from atlas.published.snapshot import Place, Snapshot
from deposits.models import Deposit, Location

#: How far around a deposit its page looks, in kilometres, and how many it names at most.
RADIUS_KM = 100
MOST = 8
#: Degrees of latitude in RADIUS_KM, with room to spare: a meridian's degree is 110.6 to 111.7 km long.
_MARGIN = RADIUS_KM / 110


@dataclass(frozen=True)
class Neighbour:
    """A deposit nearby; `rough` where both places together are known no better than the distance itself."""

    deposit: Deposit
    kilometres: float
    rough: bool


def nearby(snapshot: Snapshot, deposit: Deposit) -> list[Neighbour] | None:
    """The nearest deposits by geodesic distance on WGS 84, nearest first.

    None where the deposit has no place, or one known to the region only: distances would say nothing.
    """
    own = snapshot.places.get(deposit.pk)
    if own is None or own.precision == Location.Precision.REGION:
        return None
    found = []
    for other in snapshot.deposits:
        place = snapshot.places.get(other.pk)
        if other.pk == deposit.pk or place is None or place.precision == Location.Precision.REGION:
            continue
        if not _within_margin(own, place):
            continue
        here, there = (own.latitude, own.longitude), (place.latitude, place.longitude)
        distance = geodesic(here, there).kilometers
        if distance <= RADIUS_KM:
            found.append(Neighbour(other, distance, distance <= _error(own) + _error(place)))
    return sorted(found, key=lambda neighbour: (neighbour.kilometres, neighbour.deposit.pk))[:MOST]


def _within_margin(own: Place, other: Place) -> bool:
    """A cheap test that never leaves out a place within the radius."""
    if abs(own.latitude - other.latitude) > _MARGIN:
        return False
    narrowest = max(math.cos(math.radians(max(abs(own.latitude), abs(other.latitude)))), 0.01)
    return abs(own.longitude - other.longitude) <= _MARGIN / narrowest


def _error(place: Place) -> int:
    return Location.RADIUS_KM[place.precision]
