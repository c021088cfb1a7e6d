"""What the pages of sources and publishers hold."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from atlas.published.snapshot import Snapshot
from sources.models import Publisher, Record, Source
from sources.points import original

from . import queries
from .evidence import Gathered, gather
from .statements import Statement

#: A few sources state hundreds of claims; their pages are parted.
CLAIMS_A_PAGE = 100
#: Order in which a source's claims are listed by the kind of record they are about.
_ORDER = ("region", "country", "mineral", "deposit", "project", "partner")


@dataclass(frozen=True)
class AboutRecord:
    """What a source states about one record."""

    record: Record
    statements: list[Statement]


@dataclass(frozen=True)
class SourcePage:
    record: Source
    gathered: Gathered
    about: list[AboutRecord]
    copies: list[Source]
    #: Which part of its claims this is.
    shown: "Page[tuple[tuple[int, str, int], int, str]]"

    @property
    def original(self) -> Source | None:
        """The publication of which this is a copy, None where it is no copy."""
        first = original(self.record)
        return first if first is not self.record else None

    @property
    def facts(self) -> int:
        """How many claims in force rest on it."""
        return int(self.shown.paginator.count)


@dataclass(frozen=True)
class PublisherPage:
    record: Publisher
    #: Its sources with how many claims each states, newest first, undated last.
    sources: list[tuple[Source, int]]


def source_page(snapshot: Snapshot, source: Source, page: str = "") -> SourcePage:
    """A source and the claims that it states, by the record they are about; `page` as the address has it."""
    stated = []
    for number, subject, kind in queries.stated_by(snapshot.own_ids(source), snapshot.tick):
        stated.append((_place(snapshot.standing(snapshot.records[subject])), number, kind))
    shown = Paginator(sorted(stated), CLAIMS_A_PAGE).get_page(page)
    claims = queries.claims_numbered([(number, kind) for _p, number, kind in shown], snapshot.tick)
    gathered = gather(snapshot, [], claims)
    about: dict[int, AboutRecord] = {}
    for claim in gathered.claims:
        record = snapshot.standing(claim.subject)
        about.setdefault(record.pk, AboutRecord(record, [])).statements.append(gathered.statement(claim))
    in_order = sorted(about.values(), key=lambda group: _place(group.record))
    copies = [other for other in snapshot.sources if other.copy_of is source]
    return SourcePage(source, gathered, in_order, copies, shown)


def publisher_page(snapshot: Snapshot, publisher: Publisher) -> PublisherPage:
    """A publisher's sources, newest first."""
    sources = [source for source in snapshot.sources if _published_by(snapshot, source) is publisher]
    sources.sort(key=lambda source: source.published, reverse=True)
    return PublisherPage(publisher, [(source, snapshot.cited.get(source.pk, 0)) for source in sources])


def _published_by(snapshot: Snapshot, source: Any) -> Record | None:
    return snapshot.standing(source.publisher) if source.publisher else None


def _place(record: Record) -> tuple[int, str, int]:
    """Where a record comes among those that a source speaks of."""
    order = _ORDER.index(record.kind) if record.kind in _ORDER else len(_ORDER)
    return order, record.label.casefold(), record.pk
