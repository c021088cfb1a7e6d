"""What an embed shows of any snapshot: alike for two of them when readers would see no difference."""

from django.template.loader import render_to_string

from atlas.map.cards import Card
from atlas.map.record_map import Filters, record_map
from atlas.published.snapshot import Place, Snapshot
from sources.models import Record

from . import questions
from .facts import summary


def of_record(snapshot: Snapshot, number: int) -> str:
    """A record in a few lines, without its moment; "" where it has no page."""
    record = _standing(snapshot, number)
    if record is None:
        return ""
    return render_to_string("embeds/_record.html", {"record": record, "summary": summary(snapshot, record)})


def of_question(snapshot: Snapshot, number: int, point: str) -> str:
    """The answers on one point of a record, without their moment; "" where nobody speaks on it."""
    record = _standing(snapshot, number)
    question = questions.question(snapshot, record, point) if record else None
    return (
        render_to_string("embeds/_point.html", {"record": record, "question": question}) if question else ""
    )


def of_map(snapshot: Snapshot, filters: Filters) -> list[tuple[int, Card, Place | None]]:
    """The records that the map and its list show under the filters, in order of their ids."""
    atlas_map = record_map(snapshot)
    numbers = atlas_map.index.select(None, filters, limit=len(atlas_map.records)).ids
    cards = (atlas_map.cards[number] for number in numbers)
    return sorted(((card.id, card, snapshot.places.get(card.id)) for card in cards), key=lambda row: row[0])


def places_on(snapshot: Snapshot, filters: Filters) -> list[int]:
    """The claims by which the records under the filters lie where the map shows them."""
    return [place.claim for _number, _card, place in of_map(snapshot, filters) if place]


def _standing(snapshot: Snapshot, number: int) -> Record | None:
    found = snapshot.record(number)
    record = snapshot.standing(found) if found else None
    return None if record is None or record.withdrawn_because else record
