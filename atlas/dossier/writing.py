"""Carrying out a plan: all of it in one transaction and at one tick of the clock, or nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from sources.bulk import bulk_insert
from sources.clock import tick
from sources.folding import fold
from sources.models import Batch, Claim, ClaimText, Name, Record, Version
from sources.models.claims import claim_kinds
from sources.recording import publish_record, record_models
from sources.review import end_preferences

from .planning import Plan, known_claims, known_records, loader
from .rows import ClaimRow, Dossier, RecordRow, Ref

Progress = Callable[[str, int], None]


@transaction.atomic
def carry_out(plan: Plan, dossier: Dossier, by: User, progress: Progress = lambda step, rows: None) -> int:
    """Write the plan; returns the tick, 0 where there was nothing to write.

    `by` is the person who runs the load and signs it as publisher; the loading system is the author.
    """
    if plan.is_empty:
        return 0
    system = loader()
    batches = {
        name: Batch.objects.create(name=name, digest=digest, loaded_by=by)
        for name, digest in dossier.digests.items()
    }
    ids = known_records()
    new = insert_records(plan.new_records, ids, progress)
    for row, record in plan.changed_records:
        _update_record(row, record, ids)
    rows = [*plan.new_claims, *(row for row, _old in plan.changed_claims)]
    superseded = {row.key: number for row, number in plan.changed_claims}
    claims = insert_claims(rows, superseded, ids, batches, system, progress)
    write_texts([*zip(rows, (claim.pk for claim in claims), strict=True), *plan.changed_texts])
    number = tick(by, gettext_noop("research loaded"))
    _withdraw(superseded.values(), by, number)
    _publish([claim.pk for claim in claims], by, number, system)
    for _row, record in plan.changed_records:
        publish_record(type(record).objects.get(pk=record.pk), system, at=number)
    _publish_new_records(new, system, number)
    progress("published", len(claims))
    return number


# Records


def insert_records(
    rows: Sequence[RecordRow], ids: dict[Ref, int], progress: Progress, public: bool = True
) -> dict[str, list[int]]:
    """Insert records with their names and links; returns the new ids by kind."""
    parents = [
        Record(id=row.id, kind=row.kind, key=row.key, name=row.name, note=row.note, is_public=public)
        for row in rows
    ]
    numbered = [parent for parent in parents if parent.pk]
    Record.objects.bulk_create(numbered)
    _advance_ids(Record)
    Record.objects.bulk_create([parent for parent in parents if not parent.pk])
    ids.update({row.ref: parent.pk for row, parent in zip(rows, parents, strict=True)})
    children: dict[str, list[Record]] = defaultdict(list)
    for row, parent in zip(rows, parents, strict=True):
        model = record_models()[row.kind]
        refs = {f"{name}_id": ids[ref] if ref else None for name, ref in row.refs.items()}
        child = model(**{"record_ptr_id": parent.pk, **row.values, **refs})
        children[row.kind].append(child)
    for kind in _in_order_of_reference(children):
        bulk_insert(record_models()[kind], _originals_first(children[kind]))
        progress(kind, len(children[kind]))
    Name.objects.bulk_create(
        Name(record_id=ids[row.ref], text=text, language=language, kind=kind, search_key=fold(text)[:500])
        for row in rows
        for text, language, kind in row.names
    )
    _insert_links(
        (record_models()[row.kind], name, ids[row.ref], [ids[ref] for ref in refs])
        for row in rows
        for name, refs in row.links.items()
    )
    return {kind: [child.record_ptr_id for child in rows_] for kind, rows_ in children.items()}  # type: ignore[attr-defined]


def _advance_ids(model: type[models.Model]) -> None:
    """After rows with ids of their own, let the database's counter go on behind the highest."""
    if connection.vendor == "postgresql":
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                f"GREATEST((SELECT MAX(id) FROM {table}), 1))"
            )


def _in_order_of_reference(children: Iterable[str]) -> list[str]:
    """Kinds in the order of `record_models`, where an app comes after those it refers to."""
    wanted = set(children)
    return [kind for kind in record_models() if kind in wanted]


def _originals_first(records: list[Record]) -> list[Record]:
    return sorted(records, key=lambda record: getattr(record, "copy_of_id", None) is not None)


def _insert_links(links: Iterable[tuple[type[models.Model], str, int, list[int]]]) -> None:
    """Rows of many-to-many tables: (model, field, id of the row, ids it links to)."""
    through: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for model, name, number, linked in links:
        field: Any = model._meta.get_field(name)
        table = field.remote_field.through
        own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
        through[table] += [table(**{f"{own}_id": number, f"{other}_id": target}) for target in linked]
    for table, rows in through.items():
        table._default_manager.bulk_create(rows)


def _update_record(row: RecordRow, record: Record, ids: dict[Ref, int]) -> None:
    record.name, record.note = row.name, row.note
    for name in record.PUBLIC_FIELDS:
        field = record._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            ref = row.refs.get(name)
            setattr(record, field.attname, ids[ref] if ref else None)
        else:
            setattr(record, name, row.values.get(name, field.get_default()))  # type: ignore[union-attr]
    record.save()
    for name in record.PUBLIC_LINKS:
        getattr(record, name).set([ids[ref] for ref in row.links.get(name, [])])
    record.names.all().delete()
    for text, language, kind in row.names:
        record.names.create(text=text, language=language, kind=kind)


def _publish_new_records(new: dict[str, list[int]], by: User, number: int) -> None:
    versions = []
    for kind, numbers in new.items():
        model = record_models()[kind]
        rows = model._default_manager.filter(pk__in=numbers).prefetch_related("names", *model.PUBLIC_LINKS)
        versions += [
            Version(record_id=record.pk, from_tick=number, document=record.document(), by=by)
            for record in _in_chunks(rows)
        ]
    Version.objects.bulk_create(versions, batch_size=500)


def _in_chunks(rows: models.QuerySet[Any]) -> Iterable[Any]:
    return rows.iterator(chunk_size=500)


# Claims


def insert_claims(
    rows: Sequence[ClaimRow],
    superseded: dict[str, int],
    ids: dict[Ref, int],
    batches: dict[str, Batch],
    author: User,
    progress: Progress,
) -> list[Claim]:
    """Insert claims and their statements as drafts of their author; of the batch of their file, if any."""
    kinds = claim_kinds()
    statements = []
    for row in rows:
        refs = {f"{name}_id": ids[ref] if ref else None for name, ref in row.refs.items()}
        statements.append(kinds[row.kind](**row.values, **refs))
    now = timezone.now()
    parents = []
    for row, statement in zip(rows, statements, strict=True):
        common = {
            name: row.values[name]
            for name in ("as_of", "note", "locator", "excerpt", "originator_name")
            if name in row.values
        }
        parents.append(
            Claim(
                kind=row.kind,
                key=row.key,
                point=statement.point_name(),
                subject_id=ids[row.subject],
                source_id=ids[row.source],
                supersedes_id=superseded.get(row.key),
                batch=batches.get(row.place.file),
                author=author,
                edited_by=author,
                created_at=now,
                **common,
            )
        )
    Claim.objects.bulk_create(parents, batch_size=500)
    by_kind: dict[str, list[models.Model]] = defaultdict(list)
    for parent, statement in zip(parents, statements, strict=True):
        statement.claim_ptr_id = parent.pk  # type: ignore[attr-defined]
        by_kind[parent.kind].append(statement)
    _set_answers(rows, parents, statements)
    for kind, children in by_kind.items():
        bulk_insert(kinds[kind], children)
        progress(kind, len(children))
    _insert_links(
        (kinds[row.kind], name, parent.pk, [ids[ref] for ref in refs])
        for row, parent in zip(rows, parents, strict=True)
        for name, refs in row.many.items()
    )
    return parents


def _set_answers(rows: Sequence[ClaimRow], parents: Sequence[Claim], statements: Sequence[Any]) -> None:
    """Let replies name the claims that they answer, of these rows or of the database."""
    if not any(row.answers for row in rows):
        return
    numbers = known_claims() | {row.key: parent.pk for row, parent in zip(rows, parents, strict=True)}
    for row, statement in zip(rows, statements, strict=True):
        if row.answers:
            statement.answers_id = numbers[row.answers]


def write_texts(rows: Iterable[tuple[ClaimRow, int]]) -> None:
    rows = list(rows)
    ClaimText.objects.filter(claim_id__in=[number for _row, number in rows]).delete()
    ClaimText.objects.bulk_create(
        (
            ClaimText(claim_id=number, field=name, language=language, text=text)
            for row, number in rows
            for (name, language), text in row.texts.items()
        ),
        batch_size=500,
    )


def _withdraw(numbers: Iterable[int], by: User, number: int) -> None:
    because = gettext_noop("the research file states it otherwise now")
    for chunk in _chunks(list(numbers)):
        end_preferences(chunk, by, number, because)
        Claim.objects.filter(pk__in=chunk).update(
            status=Claim.Status.SUPERSEDED,
            withdrawn_by=by,
            withdrawn_tick=number,
            withdrawn_because=because,
        )


def _publish(numbers: Sequence[int], by: User, number: int, system: User) -> None:
    """draft → submitted by the loading system → published by the person who runs the load."""
    for chunk in _chunks(numbers):
        Claim.objects.filter(pk__in=chunk).update(status=Claim.Status.SUBMITTED, submitted_by=system)
        Claim.objects.filter(pk__in=chunk).update(
            status=Claim.Status.PUBLISHED, published_by=by, published_tick=number
        )


def _chunks(numbers: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
