"""Which changes belong to a page: those of its record, and of what is shown there with it."""

from dataclasses import dataclass

from django.db.models import Q

from atlas.published.snapshot import Snapshot
from sources.models import Record
from sources.models.claims import claim_kinds


@dataclass(frozen=True)
class Scope:
    """Conditions on claims, and the ids of records; None of records are all of them."""

    claims: Q
    records: frozenset[int] | None = None


EVERYTHING = Scope(Q())


def about(snapshot: Snapshot, record: Record) -> Scope:
    """The changes of a record: of a country or mineral those of its deposits and projects too, of a
    deposit and a partner those of their projects, of a source and a publisher those of what it states."""
    own = snapshot.own_ids(record)
    match record.kind:
        case "source":
            return Scope(Q(source_id__in=own), frozenset(own))
        case "publisher":
            own += [source.pk for source in snapshot.sources if source.publisher_id == record.pk]
            return Scope(Q(source_id__in=own), frozenset(own))
        case "mineral":
            scope = of_records(snapshot, [record, *_shown_with(snapshot, record)])
            return Scope(scope.claims & _of_mineral(own), scope.records)
        case _:
            return of_records(snapshot, [record, *_shown_with(snapshot, record)])


def of_records(snapshot: Snapshot, records: list[Record]) -> Scope:
    """The changes of these records, those merged into them included."""
    subjects = frozenset(number for record in records for number in snapshot.own_ids(record))
    return Scope(Q(subject_id__in=subjects), subjects)


def _of_mineral(minerals: list[int]) -> Q:
    """Claims of these minerals, and claims that name none."""
    naming = {
        model.KIND: model
        for model in claim_kinds().values()
        if any(field.name == "mineral" for field in model._meta.concrete_fields)
    }
    condition = ~Q(kind__in=naming)
    for kind, model in naming.items():
        accessor = f"{model._meta.model_name}__mineral"
        condition |= Q(**{f"{accessor}__in": minerals})
        if model._meta.get_field("mineral").null:  # type: ignore[misc]
            condition |= Q(kind=kind, **{f"{accessor}__isnull": True})
    return condition


def _shown_with(snapshot: Snapshot, record: Record) -> list[Record]:
    match record.kind:
        case "country":
            return list(snapshot.in_country(record))
        case "mineral":
            return list(snapshot.holding(record))
        case "deposit":
            return [project for project in snapshot.projects if record in snapshot.deposits_of(project)]
        case "partner":
            numbers = {number for number, _role in snapshot.involvements.get(record.pk, [])}
            return [project for number in numbers if (project := snapshot.record(number))]
        case _:
            return []
