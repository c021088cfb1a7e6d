"""What changed from one release to the next, read off the publication clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from sources.models import Claim, Tick, Version
from sources.models.claims import ONCE_PUBLIC

from .tables import Column, Table, moment_text


@dataclass(frozen=True)
class Entry:
    """One tick: when, why, and how much it changed."""

    tick: int
    at: datetime
    why: str
    published: int
    withdrawn: int
    cards: int


def changelog(after: int, until: int, most: int | None = None) -> list[Entry]:
    """The ticks after one, up to and with another, newest first; four queries."""
    ticks = Tick.objects.filter(number__gt=after, number__lte=until).order_by("-number")
    rows = list(ticks.values_list("number", "at", "why")[:most])
    public = Claim.objects.filter(status__in=ONCE_PUBLIC, suppressed_at__isnull=True)
    numbers = [number for number, _at, _why in rows]
    low, high = (min(numbers), max(numbers)) if numbers else (0, 0)
    published = _by_tick(public.filter(published_tick__range=(low, high)).values_list("published_tick"))
    withdrawn = _by_tick(public.filter(withdrawn_tick__range=(low, high)).values_list("withdrawn_tick"))
    cards = _by_tick(Version.objects.filter(from_tick__range=(low, high)).order_by().values_list("from_tick"))
    return [
        Entry(n, at, why, published.get(n, 0), withdrawn.get(n, 0), cards.get(n, 0)) for n, at, why in rows
    ]


def changelog_table(entries: Iterable[Entry]) -> Table:
    """The same as a table."""
    columns = [
        Column("tick", _("Number of the tick."), lambda entry: entry.tick, "integer"),
        Column("at", _("When the change was made (UTC)."), lambda entry: moment_text(entry.at), "datetime"),
        Column("why", _("What changed, in a few words."), lambda entry: entry.why),
        Column("claims_published", _("Claims that it published."), lambda entry: entry.published, "integer"),
        Column(
            "claims_withdrawn",
            _("Claims that it superseded or retracted."),
            lambda entry: entry.withdrawn,
            "integer",
        ),
        Column("records_changed", _("Records whose card it changed."), lambda entry: entry.cards, "integer"),
    ]
    return Table("changes", columns, entries)


def changelog_text(entries: Iterable[Entry]) -> str:
    """The same as the text of CHANGELOG.md."""
    lines = [
        f"- {moment_text(entry.at)}, tick {entry.tick}: {entry.why}: {entry.published} claims published, "
        f"{entry.withdrawn} withdrawn, {entry.cards} records changed"
        for entry in entries
    ]
    return "# What changed since the release before\n\n" + "\n".join(lines) + "\n"


def _by_tick(rows: "QuerySet[Any, Any]") -> dict[int, int]:
    return dict(rows.annotate(n=Count("pk")))
