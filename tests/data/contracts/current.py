"""The API's contracts as the code has them, independent of the record and of the host."""

import datetime as dt
from typing import Any

from atlas.api import features, ogc_contract, reference_features, v1_contract, v1_views
from atlas.published.snapshot import Snapshot


def documents() -> dict[str, dict[str, Any]]:
    """Both documents by the name of the committed file."""
    nothing = Snapshot(tick=0, at=dt.datetime.now(dt.UTC))
    filters = {name: ["q", *features.FeatureSet(nothing, name).facets] for name in features.KINDS}
    filters[reference_features.NAME] = [*reference_features.ReferenceFeatures.facets]
    return {
        "features.json": ogc_contract.openapi("/api/features", filters),
        "v1.json": v1_contract.openapi("/api/v1", v1_views.facet_names(nothing)),
    }
