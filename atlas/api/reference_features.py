"""The sites of the reference layer as a collection of features, joined from what the map holds encoded."""

from collections.abc import Mapping

import numpy as np

from atlas.map.boxes import Box
from atlas.map.reference import FACETS, ReferenceLayer, edition_of, layers
from atlas.published.builds import TooManyMoments
from atlas.published.snapshot import Snapshot
from deposits import queries

from .feature_page import FeaturePage
from .problems import Problem

NAME = "reference-sites"


class ReferenceFeatures:
    """The edition in force in a snapshot, in the index's own order, which is the same in every worker."""

    title = "Reference sites"
    description = (
        "Sites of the U.S. Geological Survey's Mineral Resources Data System as published there: not checked "
        "by the atlas, and in none of its figures."
    )
    licence = ("https://www.usa.gov/government-works", "U.S. Government work")
    facets = FACETS
    searched_by_name = False

    def __init__(self, layer: ReferenceLayer) -> None:
        self._layer = layer

    def page(
        self,
        filters: Mapping[str, list[str]],
        query: str,
        box: Box | None,
        limit: int,
        offset: int,
        site: str,
    ) -> FeaturePage:
        """The sites that match, from an offset on; by name they are not searched."""
        index = self._layer.index
        rows = index.first_in_box(box, limit, filters, offset)
        whole = offset == 0 and len(rows) < limit
        matched = len(rows) if whole else index.select(box, filters, limit=0).total
        # Whoever asks for a page asks for more: from the first one on, all sites are held encoded.
        return FeaturePage(_inside(self._layer.features.collection(rows)), len(rows), matched)

    def one(self, record_id: int, site: str) -> bytes | None:
        """The feature of the site with that number; None if the edition has none."""
        row = int(np.searchsorted(self._layer.numbers, record_id))
        if row == len(self._layer) or self._layer.numbers[row] != record_id:
            return None
        return _inside(self._layer.collection(np.array([row])))

    @property
    def extent(self) -> list[float] | None:
        """West, south, east and north of all sites; None where there are none."""
        held = vars(self._layer)
        if "extent" not in held:
            held["extent"] = queries.reference_extent(self._layer.edition)
        found: list[float] | None = held["extent"]
        return found


def _inside(collection: bytes) -> bytes:
    """The features of a collection, with commas between."""
    return collection.partition(b'"features":[')[2].removesuffix(b"]}")


def reference_features(snapshot: Snapshot) -> ReferenceFeatures | None:
    """The snapshot's reference sites; None where no edition is published. Raises Problem."""
    edition = edition_of(snapshot)
    try:
        layer = layers.get(edition) if edition else None
    except TooManyMoments as error:
        raise Problem(503, "Too many editions are asked for at once.", Retry_After="5") from error
    return ReferenceFeatures(layer) if layer else None
