"""Records, claims and points as JSON, column for column as the downloads have them."""

from collections.abc import Iterable
from typing import Any

from atlas.downloads.claim_columns import ClaimRow, claim_columns
from atlas.downloads.gathering import claim_rows, record_rows
from atlas.downloads.record_columns import record_columns
from atlas.downloads.selecting import Selection, of_record
from atlas.downloads.tables import as_json
from atlas.pages.queries import preferences_on
from atlas.published.snapshot import Snapshot
from sources.models import Claim, Record
from sources.models.claims import claim_kinds
from sources.points import Comparison, Point, points
from sources.queries import claims_about

Document = dict[str, Any]


def record_documents(selection: Selection, site: str) -> list[Document]:
    """The selection's records, each with its own kind's columns."""
    columns = {kind: record_columns([kind]) for kind in {record.kind for record in selection.records}}
    return [
        {column.name: as_json(column.value(row)) for column in columns[row.record.kind]}
        for row in record_rows(selection, site)
    ]


def claim_documents(snapshot: Snapshot, record: Record, kinds: Iterable[str], site: str) -> list[Document]:
    """The claims in force about a record, of these kinds; of a source, those it states."""
    models, selection = claim_kinds(), of_record(snapshot, record)
    return [claim_document(row) for kind in kinds for row in claim_rows(selection, models[kind], site)]


def claim_document(row: ClaimRow) -> Document:
    """One claim with the columns of its kind."""
    columns = claim_columns(type(row.claim))
    return {"kind": row.claim.kind} | {column.name: as_json(column.value(row)) for column in columns}


def point_documents(snapshot: Snapshot, record: Record) -> list[Document]:
    """What the claims about a record agree and differ on; claims by their numbers."""
    ids = snapshot.own_ids(record)
    kinds = [model for model in claim_kinds().values() if record.kind in model.SUBJECT_KINDS]
    claims = snapshot.attach(claims_about(ids, kinds, snapshot.tick))
    chosen = [one for found in preferences_on(ids, snapshot.tick).values() for one in found]
    return [_point(point) for point in points(claims, chosen)]


def _point(point: Point) -> Document:
    preference = point.preference if point.preferred else None
    return {
        "point": point.name,
        "kind": point.kind,
        "headline": _numbers(point.headline),
        "preferred_because": preference.reason if preference else None,
        "disagrees": point.disagrees,
        "voices": point.voices,
        "comparisons": [_comparison(comparison) for comparison in point.comparisons],
    }


def _comparison(comparison: Comparison) -> Document:
    return {
        "disagrees": comparison.disagrees,
        "voices": comparison.voices,
        "agreements": [
            {
                "claims": _numbers(agreement.claims),
                "echoes": _numbers(agreement.echoes),
                "voices": agreement.voices,
            }
            for agreement in comparison.agreements
        ],
        "earlier": _numbers(comparison.earlier),
    }


def _numbers(claims: Iterable[Claim]) -> list[int]:
    return [claim.pk for claim in claims]
