"""Reads for citing."""

from atlas.published.snapshot import Snapshot
from sources.models import Claim, Record, Source


def sources_of(snapshot: Snapshot, record: Record) -> list[Source]:
    """The publications that the record's claims in force rest on, most cited first; one query."""
    claims = Claim.objects.as_of(snapshot.tick).filter(subject_id__in=snapshot.own_ids(record))
    cited: dict[int, int] = {}
    for number in claims.values_list("source_id", flat=True):
        cited[number] = cited.get(number, 0) + 1
    numbers = sorted(cited, key=lambda number: (-cited[number], number))
    found = (snapshot.record(number) for number in numbers)
    return [source for source in found if isinstance(source, Source)]
