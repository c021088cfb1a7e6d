"""What the map says of a record in a line or two: in the list, in a popup, in a screen reader's ear."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atlas.addresses import address
from atlas.pages.wording import stage_word
from atlas.published.snapshot import Place, Snapshot
from deposits.models import Deposit
from projects.models import Project, StageReport
from sources.dates import show_partial_date

from .symbols import hue_of

#: More minerals than this are counted instead of named.
MOST_MINERALS = 4
PRECISION_WORDS: dict[str, str | Promise] = {
    "exact": gettext_lazy("position good to about 1 km"),
    "site": gettext_lazy("position good to about 10 km"),
    "district": gettext_lazy("exact place unknown: somewhere in the district"),
    "region": gettext_lazy("exact place unknown: somewhere in the region"),
}


@dataclass(frozen=True)
class Card:
    """A record as the map shows it, in one language."""

    id: int
    name: str
    #: The language the name is in, "" where it is the page's.
    language: str
    #: Without the moment's suffix.
    url: str
    kind: str
    hue: str
    #: exact, site, district, region; "" where no position is published.
    precision: str
    what: str
    where: str
    stage: str = ""
    stale: bool = False

    @property
    def form(self) -> str:
        """Which form of its symbol shows the precision: exact, site, area or none."""
        return {"district": "area", "region": "area", "": "none"}.get(self.precision, self.precision)


def card_of(snapshot: Snapshot, record: Deposit | Project) -> Card:
    """The record's card in the active language."""
    name, language = record.label_in(get_language() or "en")
    minerals = [mineral for mineral, _role in snapshot.minerals_of(record)]
    place = snapshot.places.get(record.pk)
    kind = record.get_type_display() if isinstance(record, Project) else _("deposit")
    countries = ", ".join(country.label for country in snapshot.countries_of(record)) or _("Central Asia")
    stage, stale = _stage(snapshot, record)
    return Card(
        id=record.pk,
        name=name,
        language="" if language == get_language() else language,
        url=address(record),
        kind=record.kind,
        hue=hue_of(minerals[0] if minerals else None),
        precision=place.precision if place else "",
        what=" · ".join(filter(None, [kind, _names(minerals)])),
        where=f"{countries} · {_position_words(place)}",
        stage=stage,
        stale=stale,
    )


def _names(minerals: list[Any]) -> str:
    names = [mineral.label for mineral in minerals[:MOST_MINERALS]]
    more = len(minerals) - len(names)
    return ", ".join(names) + (_(" and %(n)s more") % {"n": more} if more else "")


def _stage(snapshot: Snapshot, record: Deposit | Project) -> tuple[str, bool]:
    stage = snapshot.stages.get(record.pk)
    if stage is None:
        return "", False
    project = record if isinstance(record, Project) else None
    label = stage_word(stage.value, str(StageReport.Stage(stage.value).label), project)
    if not stage.dated:
        return label, stage.stale
    date = show_partial_date(stage.dated, get_language() or "en")
    return _("%(stage)s, last reported %(date)s") % {"stage": label, "date": date}, stage.stale


def _position_words(place: Place | None) -> str:
    if place is None:
        return _("no position published")
    words = [str(PRECISION_WORDS[place.precision])]
    if place.inferred:
        words.append(_("placed by us, not by a source"))
    if place.disputed:
        words.append(_("sources place it differently"))
    return "; ".join(words)
