"""A selection as one document of the dossier's format, which `load_dossier` reads."""

import copy
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from atlas.dossier.dumping import document_of
from atlas.published.snapshot import Snapshot
from sources.models import Claim, Name, Record
from sources.models.claims import claim_kinds
from sources.queries import claims_about

from .selecting import Selection

MEDIA_TYPE = "application/json"


def dossier(selection: Selection) -> dict[str, Any]:
    """The records, the claims in force about them, and every record that these name."""
    snapshot = selection.snapshot
    records: dict[int, Record] = {}
    claims: dict[int, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    _add(snapshot, records, selection.records)
    ids = [number for record in selection.records for number in snapshot.own_ids(record)]
    for claim in snapshot.attach(claims_about(ids, list(claim_kinds().values()), snapshot.tick)):
        claims[snapshot.standing(claim.subject).pk][claim.kind].append(claim)
        named = [snapshot.records[number] for number in sorted(claim.named_records())]
        _add(snapshot, records, [*named, claim.source])
    return document_of({number: _as_stored(records[number]) for number in sorted(records)}, claims)


def _add(snapshot: Snapshot, records: dict[int, Record], more: Iterable[Record]) -> None:
    """Add records and whatever their cards link to, however far."""
    waiting = list(more)
    while waiting:
        record = waiting.pop()
        if record.pk in records:
            continue
        records[record.pk] = record
        for field in record._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Record):
                number = getattr(record, field.attname)
                if number in snapshot.records and field.name in record.PUBLIC_FIELDS:
                    waiting.append(snapshot.records[number])
        for numbers in record.links.values():  # type: ignore[attr-defined]
            waiting += [snapshot.records[number] for number in numbers if number in snapshot.records]


def _as_stored(record: Record) -> Record:
    """A copy whose relations answer as the card has them, without a query."""
    stored = copy.copy(record)
    names = Name.objects.none()
    names._result_cache = list(record.all_names)
    stored._prefetched_objects_cache = {"names": names}  # type: ignore[attr-defined]
    for link, numbers in record.links.items():  # type: ignore[attr-defined]
        model = record._meta.get_field(link).related_model
        linked = model._default_manager.none()  # type: ignore[union-attr]
        linked._result_cache = [model(pk=number) for number in numbers]  # type: ignore[misc]
        stored._prefetched_objects_cache[link] = linked  # type: ignore[attr-defined]
    return stored
