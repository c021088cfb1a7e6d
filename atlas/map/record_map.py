"""All deposits and projects of a moment in one index, from which map, list and counts are answered alike."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from django.utils.translation import get_language
from numpy.typing import NDArray

from atlas.pages.filtering import Facet
from atlas.published.derived import kept_with_snapshot, made_ahead
from atlas.published.snapshot import Place, Snapshot
from deposits.models import Deposit
from projects.models import Project

from .boxes import MAX_WINDOW_CELLS, Box, Window
from .cards import Card, card_of
from .engine import Page, PointIndex
from .facets import FacetColumn
from .mercator import GRID_BITS
from .pictures import View
from .record_facets import NO, YES, map_facets

Filters = Mapping[str, Collection[Hashable]]
Bounds = tuple[float, float, float, float]
T = TypeVar("T")

#: Up to so many records in a window are drawn in cells of 32 instead of 64 pixels: just wider than a symbol.
FEW = 150
#: How far from a cluster's middle its members may lie that share its grid square, in degrees.
_SQUARE = 6e-6


class RecordMap:
    """The records of one snapshot as points. It never changes, and any number of threads may ask it.

    Records without a published position are in it too, so that one filter serves map, list and counts; they
    carry the facet `located` = "no" and are never drawn.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        #: Best documented first: the order of every list.
        self.records: Sequence[Deposit | Project] = sorted(
            [*snapshot.deposits, *snapshot.projects],
            key=lambda record: (-sum(snapshot.claim_counts.get(record.pk, {}).values()), record.pk),
        )
        places = [snapshot.places.get(record.pk) for record in self.records]
        self.longitudes = np.array([place.longitude if place else 0.0 for place in places])
        self.latitudes = np.array([place.latitude if place else 0.0 for place in places])
        facets = map_facets(snapshot)
        self.index = PointIndex.build(
            np.arange(len(self.records)),
            self.longitudes,
            self.latitudes,
            {name: self._column(facet) for name, facet in facets.items()},
        )
        self._in_language: dict[tuple[str, str], object] = {}

    def _column(self, facet: Facet) -> FacetColumn:
        return FacetColumn.of((facet.values(record) for record in self.records), list(facet.labels))

    @property
    def facets(self) -> dict[str, Facet]:
        """The facets with labels in the active language."""
        return self._once_a_language("facets", lambda: map_facets(self.snapshot))

    @property
    def cards(self) -> list[Card]:
        """The cards of all records, in their order, in the active language."""
        return self._once_a_language(
            "cards", lambda: [card_of(self.snapshot, record) for record in self.records]
        )

    def place(self, number: int) -> Place:
        """Where the located record of this number in `records` lies."""
        return self.snapshot.places[self.records[number].pk]

    def drawn(self, window: Window, filters: Filters) -> View:
        """What the map draws of a window; ids are numbers in `records`."""
        wanted = located(filters)
        few = self.index.select(window, wanted, limit=0).total <= FEW
        return self.index.view(finer(window) if few else window, wanted, few=0)

    def at(self, longitude: float, latitude: float, filters: Filters, most: int) -> Page:
        """The located records in one grid square, best documented first."""
        box = Box(longitude - _SQUARE, latitude - _SQUARE, longitude + _SQUARE, latitude + _SQUARE)
        return self.index.select(box, located(filters), limit=most)

    def listed(self, area: Window | None, filters: Filters, limit: int, offset: int) -> Page:
        """A page of the records that the map shows in an area; of those on no map if that is asked for."""
        if list(filters.get("located", ())) == [NO]:
            return self.index.select(None, filters, limit, offset)
        return self.index.select(area, located(filters), limit, offset)

    def unlocated(self, filters: Filters) -> int:
        """How many matching records have no published position."""
        return self.index.select(None, {**filters, "located": [NO]}, limit=0).total

    def bounds(self, filters: Filters) -> Bounds | None:
        """West, south, east and north of all located matching records; None where there are none."""
        numbers = self.index.select(None, located(filters), limit=len(self.records)).ids
        if not len(numbers):
            return None
        longitudes, latitudes = self.longitudes[numbers], self.latitudes[numbers]
        return longitudes.min(), latitudes.min(), longitudes.max(), latitudes.max()

    def counts(self, filters: Filters) -> dict[str, NDArray[np.int64]]:
        """How many records each value of each facet would bring, all the others' filters holding."""
        return self.index.facet_counts(None, filters)

    def _once_a_language(self, name: str, make: Callable[[], T]) -> T:
        key = name, get_language() or "en"
        if key not in self._in_language:
            self._in_language[key] = make()
        return self._in_language[key]  # type: ignore[return-value]


def finer(window: Window) -> Window:
    """The same part of the map in cells half as wide; the window itself where there are none."""
    if window.level == GRID_BITS or 4 * window.size > MAX_WINDOW_CELLS:
        return window
    return Window(
        window.level + 1,
        2 * window.first_column,
        2 * window.last_column + 1,
        2 * window.first_row,
        2 * window.last_row + 1,
    )


def located(filters: Filters) -> Filters:
    """The filters, for records with a position only; if those without are asked for, for none."""
    asked = filters.get("located")
    return {**filters, "located": [YES] if not asked or YES in asked else ["nowhere"]}


@made_ahead
@kept_with_snapshot
def record_map(snapshot: Snapshot) -> RecordMap:
    """The snapshot's record map."""
    return RecordMap(snapshot)
