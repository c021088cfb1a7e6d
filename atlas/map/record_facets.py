"""What the map filters by: the facets of the lists of deposits and of projects, over both kinds at once."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from atlas.pages.facets import deposit_facets, project_facets
from atlas.pages.filtering import Facet
from atlas.published.snapshot import Snapshot

YES, NO = "yes", "no"
#: In the order of the form.
NAMES = (
    "country",
    "record",
    "group",
    "mineral",
    "stage",
    "type",
    "deposit_type",
    "precision",
    "topic",
    "located",
)
#: Facets that only one kind of record has.
KIND_OF = {"stage": "project", "type": "project", "deposit_type": "deposit"}


def map_facets(snapshot: Snapshot) -> dict[str, Facet]:
    """The map's facets by name, in the order of the form; labels are in the active language."""
    kinds = {"deposit": _("deposits"), "project": _("projects")}
    located = {YES: _("position published"), NO: _("no position published")}
    facets = [
        *project_facets(snapshot),
        *deposit_facets(snapshot),
        Facet("record", _("Show"), lambda record: [record.kind], kinds),
        Facet(
            "located", _("On the map"), lambda record: [YES if record.pk in snapshot.places else NO], located
        ),
    ]
    by_name = {facet.name: facet for facet in facets}
    return {name: _guarded(by_name[name]) for name in NAMES}


def _guarded(facet: Facet) -> Facet:
    """The facet with no value for records of a kind that doesn't have it."""
    kind = KIND_OF.get(facet.name)
    if kind is None:
        return facet

    def values(record: Any) -> Iterable[str]:
        return facet.values(record) if record.kind == kind else []

    return replace(facet, values=values)
