"""What happened when: dated claims of a page in order of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sources.dates import earliest, parse_period
from sources.models import Record

from .evidence import Gathered
from .formatting import show_period, show_value
from .wording import role_word, stage_word


@dataclass(frozen=True)
class Event:
    """A dated claim in a line of time; `claim` names its source on a page of its own."""

    date: str
    what: str
    value: str
    claim: Any
    record: Record


def timeline(gathered: Gathered, records: Iterable[Record]) -> list[Event]:
    """Stages, estimates, money, output and involvements of these records by time; undated left out."""
    wanted = {record.pk: record for record in records}
    events = []
    for claim in gathered.claims:
        subject = wanted.get(gathered.snapshot.standing(claim.subject).pk)
        event = _event(claim, subject) if subject else None
        if event:
            events.append(event)
    return sorted(events, key=lambda event: (earliest(event.date), event.claim.pk))


def _event(claim: Any, record: Record) -> Event | None:
    """The claim as an event, None where it tells of no time."""
    date = _own_date(claim)
    if not date:
        return None
    match claim.kind:
        case "stage":
            words = stage_word(claim.stage, claim.get_stage_display(), record)  # type: ignore[arg-type]
            return Event(date, _("stage reported"), words, claim, record)
        case "estimate" if claim.quantity is not None:
            return Event(
                date, _("estimate: %(of)s") % {"of": claim.mineral.label}, show_value(claim), claim, record
            )
        case "investment":
            what = _("money, %(status)s") % {"status": claim.get_status_of_money_display()}
            return Event(date, what, show_value(claim), claim, record)
        case "production" if claim.measure == "actual":
            what = _("produced: %(what)s") % {"what": claim.mineral.label}
            value = f"{show_value(claim)} {show_period(claim.period)}".strip()
            return Event(date, what, value, claim, record)
        case "involvement" if claim.since:
            return Event(date, role_word(claim, record), claim.partner.label, claim, record)  # type: ignore[arg-type]
    return None


def _own_date(claim: Any) -> str:
    """The time the claim is about: of output its period, of an involvement its beginning, else its date."""
    if claim.kind == "involvement":
        return str(claim.since)
    if claim.kind == "production":
        try:
            span = parse_period(claim.period)
        except ValueError:  # a period in the source's own words
            return ""
        return span[0] if span else ""
    return str(claim.dated)
