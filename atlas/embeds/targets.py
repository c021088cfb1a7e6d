"""What can be embedded, and at which address."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from atlas.citing.items import atlas_name
from atlas.moments import PARAMETER
from sources.models import Record

from .code import MAP_HEIGHT, Embed
from .questions import Question


def of_record(record: Record, as_of: str = "") -> Embed:
    """A record in a few lines, live or as of a moment."""
    address = reverse("embed-record", kwargs={"kind": record.kind, "number": record.pk})
    return Embed(address + _moment(as_of), f"{record.label}, {atlas_name()}")


def of_question(question: Question, as_of: str = "") -> Embed:
    """What the sources say on one point."""
    address = reverse("embed-point", kwargs={"number": question.record.pk, "point": question.name})
    return Embed(address + _moment(as_of), f"{question.text} {atlas_name()}")


def of_map(query: QueryDict, as_of: str = "") -> Embed:
    """The map with the filters and the view that its own address names."""
    pairs = [(name, value) for name, values in query.lists() if name != PARAMETER for value in values]
    if as_of:
        pairs.append((PARAMETER, as_of))
    address = reverse("embed-map") + (f"?{urlencode(pairs, safe='/,')}" if pairs else "")
    return Embed(address, _("Map, %(atlas)s") % {"atlas": atlas_name()}, MAP_HEIGHT, fits=False)


def _moment(as_of: str) -> str:
    return f"?{urlencode({PARAMETER: as_of})}" if as_of else ""
