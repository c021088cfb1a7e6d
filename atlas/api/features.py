"""The collections of features; deposits and projects of a moment, selected through the map's index."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from atlas.downloads.explaining import LICENCE
from atlas.downloads.gathering import record_rows
from atlas.downloads.geojson import encoded, feature
from atlas.downloads.record_columns import record_columns
from atlas.downloads.selecting import LISTINGS, Selection
from atlas.map.boxes import Box
from atlas.map.engine import PointIndex
from atlas.map.facets import FacetColumn
from atlas.map.record_facets import NO, YES
from atlas.published.derived import kept_with_snapshot
from atlas.published.snapshot import Snapshot
from atlas.search.records import named_like

from . import reference_features
from .feature_page import FeaturePage, Features

KINDS = {"deposits": "deposit", "projects": "project"}
COLLECTIONS = (*KINDS, reference_features.NAME)


class FeatureSet:
    """One kind's collection of one snapshot, in order of id; any number of threads may ask it."""

    licence = (LICENCE, "CC BY 4.0")
    searched_by_name = True

    def __init__(self, snapshot: Snapshot, name: str) -> None:
        self._snapshot, self._name = snapshot, name
        self._kind = KINDS[name]
        self.title = name.capitalize()
        self.description = f"All {name} of the atlas as of a moment: headline position, sources, properties."
        self.records: Sequence[Any] = sorted(LISTINGS[name].records(snapshot), key=lambda record: record.pk)
        self._numbers = {record.pk: number for number, record in enumerate(self.records)}
        places = [snapshot.places.get(record.pk) for record in self.records]
        located = [[YES if place else NO] for place in places]
        facets = {
            facet.name: FacetColumn.of(map(facet.values, self.records))
            for facet in LISTINGS[name].facets(snapshot)
        }
        self._index = PointIndex.build(
            np.arange(len(self.records)),
            [place.longitude if place else 0.0 for place in places],
            [place.latitude if place else 0.0 for place in places],
            {**facets, "located": FacetColumn.of(located, [YES, NO])},
        )
        self.facets = tuple(facets)
        self._columns = record_columns([self._kind])
        self._encoded: dict[str, dict[int, bytes]] = {}

    def page(
        self,
        filters: Mapping[str, list[str]],
        query: str,
        box: Box | None,
        limit: int,
        offset: int,
        site: str,
    ) -> FeaturePage:
        """The features that match, from an offset on; those in a box have a place there."""
        wanted = {**filters, "located": [YES]} if box else filters
        if not query:
            found = self._index.select(box, wanted, limit, offset)
            return self._page(found.ids.tolist(), found.total, site)
        named = {self._numbers[record.pk] for record in named_like(self._snapshot, self.records, query)}
        everything = self._index.select(box, wanted, len(self.records)).ids.tolist()
        numbers = [number for number in everything if number in named]
        return self._page(numbers[offset : offset + limit], len(numbers), site)

    def one(self, record_id: int, site: str) -> bytes | None:
        """The feature of one record; None if the collection has none of this id."""
        number = self._numbers.get(record_id)
        return None if number is None else self._features([number], site)[0]

    def _page(self, numbers: list[int], matched: int, site: str) -> FeaturePage:
        return FeaturePage(b",".join(self._features(numbers, site)), len(numbers), matched)

    def _features(self, numbers: list[int], site: str) -> list[bytes]:
        """Encoded when first asked for, then kept."""
        kept = self._encoded.setdefault(site, {})
        missing = [self.records[number] for number in numbers if number not in kept]
        if missing:
            selection = Selection(self._name, self._snapshot, missing, frozenset([self._kind]))
            for row in record_rows(selection, site):
                kept[self._numbers[row.record.pk]] = encoded(feature(self._columns, row))
        return [kept[number] for number in numbers]

    @property
    def extent(self) -> list[float] | None:
        """West, south, east and north of all places; None where there are none."""
        places = [self._snapshot.places[r.pk] for r in self.records if r.pk in self._snapshot.places]
        if not places:
            return None
        longitudes = [place.longitude for place in places]
        latitudes = [place.latitude for place in places]
        return [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]


@kept_with_snapshot
def feature_set(snapshot: Snapshot, name: str) -> FeatureSet:
    """The snapshot's collection of a kind."""
    return FeatureSet(snapshot, name)


def collection(snapshot: Snapshot, name: str) -> Features | None:
    """One of COLLECTIONS in a snapshot; None where it has none."""
    if name in KINDS:
        return feature_set(snapshot, name)
    return reference_features.reference_features(snapshot)


def collections(snapshot: Snapshot) -> dict[str, Features]:
    """All collections that a snapshot has, by name."""
    found = {name: collection(snapshot, name) for name in COLLECTIONS}
    return {name: features for name, features in found.items() if features}
