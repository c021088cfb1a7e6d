"""What a preview says: the title, the facts and the places of its page, from the same queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from atlas.embeds.facts import Fact, summary
from atlas.embeds.questions import Question
from atlas.map import asking
from atlas.map.record_facets import NAMES
from atlas.map.record_map import record_map
from atlas.map.symbols import hue_of
from atlas.pages.formatting import show_day, show_language
from atlas.published.snapshot import Snapshot
from deposits.models import Deposit, Mineral
from projects.models import Project
from sources.models import Claim, Record, Source

from .letters import drawable
from .locator import Mark

#: Lines that a picture has room for.
MOST_LINES = 4


@dataclass(frozen=True)
class Card:
    """A preview's content; `lines` are pairs of a label and what is said under it."""

    kind: str
    title: str
    lines: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    as_of: str


def of_record(snapshot: Snapshot, record: Record) -> Card:
    """A record's headline facts, and where it or what belongs to it lies."""
    shown = summary(snapshot, record)
    lines = [(fact.label, _in_a_line(fact)) for fact in shown.facts]
    places = _places(snapshot, record)
    return _card(snapshot, shown.kind, _title(record), lines, places)


def of_question(snapshot: Snapshot, question: Question) -> Card:
    """What is asked on one point, and its answers with who gives them."""
    lines = [
        (statement.claim.source.publisher.label, statement.value + (f" ({note})" if note else ""))
        for group in question.evidence.groups
        for statement in group.statements
        for note in [statement.label or group.label]
    ]
    return _card(snapshot, question.count, question.text, lines, _places(snapshot, question.record))


def of_map(snapshot: Snapshot, query: QueryDict) -> Card:
    """The map under its filters: what is chosen, how many records there are, and where."""
    atlas_map = record_map(snapshot)
    filters = asking.filters_of(query, NAMES)
    records = [
        atlas_map.records[number]
        for number in atlas_map.index.select(None, filters, limit=len(atlas_map.records)).ids
    ]
    # A value that no filter has is not repeated: the picture bears the atlas's name.
    chosen = [
        str(atlas_map.facets[name].labels[value])
        for name, values in filters.items()
        for value in values
        if value in atlas_map.facets[name].labels
    ]
    deposits = sum(record.kind == "deposit" for record in records)
    projects = len(records) - deposits
    unlocated = sum(record.pk not in snapshot.places for record in records)
    lines = [
        (_("Deposits"), str(deposits)),
        (_("Projects"), str(projects)),
        (_("Not on the map"), str(unlocated) if unlocated else ""),
    ]
    title = capfirst("\N{NO-BREAK SPACE}· ".join(chosen)) or _("Where Central Asia’s critical minerals lie")
    kind = ngettext("%(count)d record", "%(count)d records", len(records)) % {"count": len(records)}
    return _card(snapshot, kind, title, lines, records)


def _card(
    snapshot: Snapshot, kind: str, title: str, lines: Iterable[tuple[str, str]], places: Iterable[Record]
) -> Card:
    shown = [(label, text) for label, text in lines if text and drawable(label + text)]
    marks = tuple(mark for place in places if (mark := _mark(snapshot, place)))
    as_of = _("as of %(date)s") % {"date": show_day(snapshot.at)}
    return Card(kind, title, tuple(shown[:MOST_LINES]), marks, as_of)


def _in_a_line(fact: Fact) -> str:
    """A value with who agrees on it, else with the words that explain it."""
    if fact.agreement:
        return f"{fact.value} ({fact.agreement})"
    return f"{fact.value} · {fact.detail}" if fact.detail else fact.value


def _title(record: Record) -> str:
    """The record's name; a publication's title in a script that the font lacks is told by its language."""
    if isinstance(record, Source) and not drawable(record.label):
        return _("%(publisher)s, in %(language)s") % {
            "publisher": record.publisher.label,
            "language": show_language(record.language),
        }
    return capfirst(record.label) if isinstance(record, Mineral) else record.label


def _places(snapshot: Snapshot, record: Record) -> Sequence[Record]:
    """What to mark on the map for a record."""
    everything: list[Deposit | Project] = [*snapshot.deposits, *snapshot.projects]
    match record.kind:
        case "deposit" | "project":
            if isinstance(record, Project) and record.pk not in snapshot.places:
                return snapshot.deposits_of(record)
            return [record]
        case "country":
            return snapshot.in_country(record)
        case "mineral":
            return snapshot.holding(record)
        case "partner":
            numbers = {number for number, _role in snapshot.involvements.get(record.pk, [])}
            return [place for place in everything if place.pk in numbers]
        case "source":
            return _subjects(snapshot, snapshot.own_ids(record))
        case _:
            return _subjects(snapshot, [s.pk for s in snapshot.sources if s.publisher_id == record.pk])


def _subjects(snapshot: Snapshot, sources: list[int]) -> list[Record]:
    """The records that these sources speak of; one query."""
    stated = Claim.objects.as_of(snapshot.tick).filter(source_id__in=sources)
    numbers = stated.order_by("subject_id").values_list("subject_id", flat=True).distinct()
    return [record for number in numbers if (record := snapshot.record(number))]


def _mark(snapshot: Snapshot, record: Record) -> Mark | None:
    place = snapshot.places.get(record.pk)
    if place is None:
        return None
    minerals = snapshot.minerals_of(record)
    hue = hue_of(minerals[0][0] if minerals else None)
    return Mark(place.latitude, place.longitude, place.precision, record.kind, hue)
