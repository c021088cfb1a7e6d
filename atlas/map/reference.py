"""The reference layer: sites of a register taken over uncurated, in an index of their own an edition.

Addresses name the edition by its tick: what they answer never changes, and asks the database nothing once the
edition is in memory.
"""

import json
import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from atlas.published.builds import Builds
from atlas.published.derived import kept_with_snapshot
from atlas.published.snapshot import Snapshot
from deposits import queries
from deposits.importing.countries import CODES
from deposits.models import ReferencePoint

from .encoded import EncodedFeatures
from .engine import PointIndex
from .facets import FacetColumn
from .runs import expand

#: Facets that the layer shares with the map's form.
FACETS = ("country", "mineral")
#: How many editions a worker holds at once.
KEPT_EDITIONS = 2
#: How many different editions may be under construction or queued in a worker at once.
QUEUED_EDITIONS = 2
#: Up to so many features are not worth encoding all for.
FEW_FEATURES = 100
_BATCH = 20_000


class ReferenceLayer:
    """The sites of one edition as points; ids are rows of `numbers`. It never changes once built."""

    def __init__(self, edition: int) -> None:
        """Read the edition published at that tick, in one query."""
        self.edition = edition
        sites = queries.reference_sites(edition).order_by("dep_id")
        columns = ("dep_id", "longitude", "latitude", "country", "minerals")
        rows = list(sites.values_list(*columns).iterator(_BATCH)) if edition else []
        numbers, longitudes, latitudes, countries, minerals = zip(*rows, strict=True) if rows else ((),) * 5
        #: dep_id of each site, int64[n].
        self.numbers = np.array(numbers, dtype=np.int64)
        self.index = PointIndex.build(
            np.arange(len(rows)),
            np.array(longitudes, dtype=np.float64),
            np.array(latitudes, dtype=np.float64),
            {
                "country": words_column(countries, lambda name: [CODES.get(name, name)]),
                "mineral": words_column(minerals, str.split),
            },
        )
        self._encoding = threading.Lock()
        self._features: EncodedFeatures | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def features(self) -> EncodedFeatures:
        """The sites as GeoJSON, numbered as in `numbers`; encoded when first asked for, in one query."""
        if self._features is None:
            with self._encoding:
                if self._features is None:
                    encoded = [feature for _, feature in _encoded(queries.reference_sites(self.edition))]
                    self._features = EncodedFeatures(encoded, self.index.ids)
        return self._features

    def collection(self, rows: NDArray[np.int64]) -> bytes:
        """The sites of these rows as GeoJSON. A few are read one by one as long as not all are encoded."""
        if self._features is not None or len(rows) > FEW_FEATURES:
            return self.features.collection(rows)
        numbers = self.numbers[rows].tolist()
        found = dict(_encoded(queries.reference_sites(self.edition).filter(dep_id__in=numbers)))
        return EncodedFeatures([found[number] for number in numbers]).collection(np.arange(len(numbers)))


def words_column(texts: Sequence[str], words_of: Callable[[str], Sequence[str]]) -> FacetColumn:
    """A facet from a text a point that stands for some words; each different text is read once."""
    number_of: dict[str, int] = {}
    numbers = np.fromiter(
        (number_of.setdefault(text, len(number_of)) for text in texts), dtype=np.int64, count=len(texts)
    )
    code_of: dict[str, int] = {}
    codes_of_text = [
        [code_of.setdefault(word, len(code_of)) for word in words_of(text)] for text in number_of
    ]
    ends = np.cumsum([0, *map(len, codes_of_text)])
    flat = np.array([code for codes in codes_of_text for code in codes], dtype=np.int64)
    starts, ends = ends[numbers], ends[numbers + 1]
    offsets = np.concatenate(([0], np.cumsum(ends - starts)))
    return FacetColumn(list(code_of), offsets, flat[expand(starts, ends)])


def _encoded(sites: QuerySet[ReferencePoint]) -> Iterator[tuple[int, bytes]]:
    """The dep_id and the GeoJSON feature of each site, in order of dep_id, without what is left blank."""
    columns = ("dep_id", "longitude", "latitude", "name", "country", "commodities", "status", "url")
    rows = sites.order_by("dep_id").values_list(*columns)
    for number, longitude, latitude, *properties in rows.iterator(_BATCH):
        feature = {
            "type": "Feature",
            "id": number,
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            # GIS tools show properties, and not all of them a feature's id. Blanks are left out.
            "properties": {
                "id": number,
                **{name: said for name, said in zip(columns[3:], properties, strict=True) if said},
            },
        }
        yield number, json.dumps(feature, ensure_ascii=False, separators=(",", ":")).encode()


class Layers:
    """The editions last asked for."""

    def __init__(self) -> None:
        self._editions: Builds[int, ReferenceLayer] = Builds(KEPT_EDITIONS, QUEUED_EDITIONS)

    def get(self, edition: int) -> ReferenceLayer | None:
        """The layer of the edition that a tick published; None for a tick that published none.

        Raises TooManyMoments where too many editions are asked for at once.
        """
        held = self._editions.held(edition)
        if held is not None:
            return held
        if not queries.published_edition(edition):
            return None
        return self._editions.get(edition, lambda: ReferenceLayer(edition))

    def forget(self) -> None:
        """Drop everything held."""
        self._editions.forget()


layers = Layers()


@kept_with_snapshot
def edition_of(snapshot: Snapshot) -> int:
    """The tick of the edition in force in a snapshot, 0 without any. One query the first time, none after."""
    return queries.edition(snapshot.tick)


def reference_names(snapshot: Snapshot) -> list[tuple[int, str]]:
    """(dep_id, name) of every reference site as published, for search. One query."""
    sites = queries.reference_sites(edition_of(snapshot)).exclude(name="")
    return list(sites.order_by("dep_id").values_list("dep_id", "name").iterator(_BATCH))
