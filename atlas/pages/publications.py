"""What the pages of sources and publishers hold."""

from dataclasses import dataclass
from typing import Any

from atlas.published.snapshot import Snapshot
from sources.models import Publisher, Record, Source
from sources.points import original

from . import queries
from .evidence import Gathered, Statement, gather

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

    @property
    def original(self) -> Source | None:
        """The publication of which this is a copy, None where it is no copy."""
        first = original(self.record)
        return first if first is not self.record else None

    @property
    def facts(self) -> int:
        return len(self.gathered.claims)


@dataclass(frozen=True)
class PublisherPage:
    record: Publisher
    #: Its sources with how many claims each states, newest first, undated last.
    sources: list[tuple[Source, int]]


def source_page(snapshot: Snapshot, source: Source) -> SourcePage:
    """A source and every claim that it states, by the record they are about."""
    claims = queries.claims_of_source(snapshot.own_ids(source), snapshot.tick)
    gathered = gather(snapshot, [], claims)
    about: dict[int, AboutRecord] = {}
    for claim in gathered.claims:
        record = snapshot.standing(claim.subject)
        about.setdefault(record.pk, AboutRecord(record, [])).statements.append(gathered.statement(claim))
    copies = [other for other in snapshot.sources if other.copy_of is source]
    return SourcePage(source, gathered, sorted(about.values(), key=_place), copies)


def publisher_page(snapshot: Snapshot, publisher: Publisher) -> PublisherPage:
    """A publisher's sources, newest first."""
    sources = [source for source in snapshot.sources if _published_by(snapshot, source) is publisher]
    sources.sort(key=lambda source: source.published, reverse=True)
    return PublisherPage(publisher, [(source, snapshot.cited.get(source.pk, 0)) for source in sources])


def _published_by(snapshot: Snapshot, source: Any) -> Record | None:
    return snapshot.standing(source.publisher) if source.publisher else None


def _place(about: AboutRecord) -> tuple[int, str, int]:
    kind = about.record.kind
    return (
        _ORDER.index(kind) if kind in _ORDER else len(_ORDER),
        about.record.label.casefold(),
        about.record.pk,
    )
