"""Rows of the tables, gathered a few hundred records at a time, so that memory stays bounded."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from atlas.pages.queries import preferences_on
from atlas.published.snapshot import Snapshot
from sources.models import Claim, Record, Source
from sources.models.claims import claim_kinds
from sources.points import points
from sources.queries import claims_about

from .claim_columns import TABLE_NAMES, ClaimRow, claim_columns
from .record_columns import RecordRow, record_columns
from .selecting import Selection
from .tables import Table

#: Records whose claims are in memory at once.
CHUNK = 500


def records_table(selection: Selection, site: str) -> Table:
    """The wide table: a row a record."""
    return Table("records", record_columns(selection.kinds), record_rows(selection, site))


def claims_table(selection: Selection, kind: str, site: str) -> Table:
    """The long table of one kind: a row a claim, in the order of the records."""
    model = claim_kinds()[kind]
    return Table(TABLE_NAMES[kind], claim_columns(model), claim_rows(selection, model, site))


def sources_table(selection: Selection, site: str) -> Table:
    """The sources of everything in the selection, each once."""
    return Table("sources", record_columns(["source"]), _source_rows(selection, site))


def kinds_of(selection: Selection) -> list[str]:
    """The kinds of claim that records of the selection can have, or as sources can state."""
    if "source" in selection.kinds:
        return list(TABLE_NAMES)
    kinds = claim_kinds()
    return [kind for kind in TABLE_NAMES if not selection.kinds.isdisjoint(kinds[kind].SUBJECT_KINDS)]


def record_rows(selection: Selection, site: str) -> Iterator[RecordRow]:
    """The records in their order, each with the sources of the claims about it; a query a chunk."""
    for records in _chunks(selection.records):
        cited = _cited(selection.snapshot, records)
        for record in records:
            yield RecordRow(selection.snapshot, record, cited.get(record.pk, []), site)


def claim_rows(selection: Selection, model: type[Claim], site: str) -> Iterator[ClaimRow]:
    """The claims in force of one kind about the records, or that the sources among them state."""
    for records in _chunks(selection.records):
        subjects = [record for record in records if record.kind in model.SUBJECT_KINDS]
        sources = [record for record in records if isinstance(record, Source)]
        if subjects:
            yield from _rows_about(selection.snapshot, subjects, model, site)
        if sources:
            yield from _rows_stated_by(selection.snapshot, sources, model, site)


def _rows_about(
    snapshot: Snapshot, subjects: Sequence[Record], model: type[Claim], site: str
) -> Iterator[ClaimRow]:
    ids = [number for record in subjects for number in snapshot.own_ids(record)]
    preferences = preferences_on(ids, snapshot.tick)
    by_subject: dict[int, list[Claim]] = defaultdict(list)
    for claim in snapshot.attach(claims_about(ids, [model], snapshot.tick)):
        by_subject[snapshot.standing(claim.subject).pk].append(claim)
    for record in subjects:
        chosen = [one for number in snapshot.own_ids(record) for one in preferences.get(number, [])]
        heads: dict[int, tuple[bool, bool]] = {}
        for point in points(by_subject[record.pk], chosen):
            heading = {claim.pk for claim in point.headline}
            heads |= {claim.pk: (claim.pk in heading, point.disagrees) for claim in point.claims}
        for claim in by_subject[record.pk]:
            yield ClaimRow(snapshot, claim, *heads[claim.pk], site)


def _rows_stated_by(
    snapshot: Snapshot, sources: Sequence[Record], model: type[Claim], site: str
) -> Iterator[ClaimRow]:
    """The claims that sources state; whether one heads its point, all claims about its subject decide."""
    stating = {number for source in sources for number in snapshot.own_ids(source)}
    rows = model._default_manager.as_of(snapshot.tick).filter(source_id__in=stating)
    numbers = dict.fromkeys(rows.order_by("pk").values_list("subject_id", flat=True))
    subjects = dict.fromkeys(snapshot.standing(snapshot.records[number]) for number in numbers)
    for records in _chunks(list(subjects)):
        for row in _rows_about(snapshot, records, model, site):
            if row.claim.source_id in stating:
                yield row


def _cited(snapshot: Snapshot, records: Sequence[Record]) -> dict[int, list[Source]]:
    """The sources of the claims about each record, by the record's number."""
    standing = {number: record.pk for record in records for number in snapshot.own_ids(record)}
    rows = Claim.objects.as_of(snapshot.tick).filter(subject_id__in=list(standing))
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for subject, source in rows.order_by("source_id").values_list("subject_id", "source_id").distinct():
        found[standing[subject]][snapshot.standing(snapshot.records[source]).pk] = None
    return {
        number: [snapshot.records[source] for source in sources]  # type: ignore[misc]
        for number, sources in found.items()
    }


def _source_rows(selection: Selection, site: str) -> Iterator[RecordRow]:
    """The sources of the selection's claims, in order of number."""
    found: dict[int, Any] = {}
    for records in _chunks(selection.records):
        for sources in _cited(selection.snapshot, records).values():
            found |= {source.pk: source for source in sources}
    for number in sorted(found):
        yield RecordRow(selection.snapshot, found[number], [], site)


def _chunks(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    for first in range(0, len(records), CHUNK):
        yield records[first : first + CHUNK]
