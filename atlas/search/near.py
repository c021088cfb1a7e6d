"""What lies around a position, and how exactly that is known."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from geopy.distance import geodesic

from atlas.map.sphere import great_circle_m
from atlas.published.snapshot import Place, Snapshot
from deposits.models import Location
from sources.models import Record

from .positions import Position

#: Radius in kilometres: the usual one, the smallest and the largest.
USUAL_KM, LEAST_KM, MOST_KM = 50, 10, 250
#: The mean sphere differs from the ellipsoid by less than this share.
_SPHERE_ERROR = 0.006


@dataclass(frozen=True)
class Neighbour:
    """A deposit or project and the geodesic distance to its recorded point, in kilometres."""

    record: Record
    place: Place
    distance_km: float

    @property
    def kind(self) -> str:
        """Deposit or project, in the reader's language."""
        return str(self.record._meta.verbose_name)

    @property
    def reach_km(self) -> int:
        """How far from the recorded point it may lie."""
        return Location.RADIUS_KM[self.place.precision]

    @property
    def is_placed(self) -> bool:
        """Whether its site is known, not only its district or region."""
        return self.place.precision in (Location.Precision.EXACT, Location.Precision.SITE)


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
    """What lies within a radius on the WGS 84 ellipsoid (Karney 2013, as geopy implements it)."""
    neighbours = sorted(
        _within(snapshot, position, radius_km + max(Location.RADIUS_KM.values())),
        key=lambda neighbour: (neighbour.distance_km, neighbour.record.name),
    )
    near = [neighbour for neighbour in neighbours if neighbour.distance_km <= radius_km]
    farther = neighbours[len(near) :]
    return Surroundings(
        placed=[neighbour for neighbour in near if neighbour.is_placed],
        somewhere=[neighbour for neighbour in near if not neighbour.is_placed],
        possible=sum(
            not neighbour.is_placed and neighbour.distance_km - neighbour.reach_km <= radius_km
            for neighbour in farther
        ),
        without_position=sum(
            record.pk not in snapshot.places for record in (*snapshot.deposits, *snapshot.projects)
        ),
    )


def _within(snapshot: Snapshot, position: Position, radius_km: float) -> Iterator[Neighbour]:
    """Every located record within a radius: those well beyond it on the sphere are not measured."""
    located = [
        (record, snapshot.places[record.pk])
        for record in (*snapshot.deposits, *snapshot.projects)
        if record.pk in snapshot.places
    ]
    rough_km = (
        great_circle_m(
            position.longitude,
            position.latitude,
            np.array([place.longitude for _record, place in located]),
            np.array([place.latitude for _record, place in located]),
        )
        / 1000
    )
    for (record, place), rough in zip(located, rough_km, strict=True):
        if rough <= radius_km * (1 + 2 * _SPHERE_ERROR):
            distance = geodesic(
                (position.latitude, position.longitude), (place.latitude, place.longitude)
            ).kilometers
            if distance <= radius_km:
                yield Neighbour(record, place, distance)
