"""Staging a table in chunks, so that a killed import goes on where it stood, and publishing it at once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from accounts.models import User
from sources.clock import tick
from sources.models import Tick

from ..models import ReferenceImport, ReferencePoint, StagedReference
from .rows import COLUMNS, Row, Skipped

CHUNK = 5000
Progress = Callable[[int], None]


class AnotherImport(RuntimeError):
    """Another process stages the same file."""


def begin(digest: str, file_name: str, by: User) -> ReferenceImport | None:
    """The import of a file to begin or go on with; None where that file is the newest edition published.

    What another file left staged is cleared.
    """
    newest = ReferenceImport.objects.exclude(tick=None).order_by("-tick_id").first()
    if newest and newest.digest == digest:
        return None
    ReferenceImport.objects.filter(tick=None).exclude(digest=digest).delete()
    return ReferenceImport.objects.get_or_create(
        digest=digest, tick=None, defaults={"file_name": file_name, "by": by}
    )[0]


def stage(
    batch: ReferenceImport, rows: Iterable[Row | Skipped], progress: Progress = lambda line: None
) -> list[Skipped]:
    """Write the rows that are not staged yet, a transaction a chunk; all rows skipped, with their reasons.

    `progress` is told the line reached. Raises AnotherImport.
    """
    skipped: list[Skipped] = []
    chunk: list[Row] = []
    for row in rows:
        if isinstance(row, Skipped):
            skipped.append(row)
        elif row.line > batch.lines_staged:
            chunk.append(row)
        if len(chunk) == CHUNK:
            _write(batch, chunk)
            progress(batch.lines_staged)
            chunk = []
    if chunk:
        _write(batch, chunk)
    batch.skipped = len(skipped)
    return skipped


@transaction.atomic
def publish(batch: ReferenceImport, by: User) -> int:
    """Make the staged rows the standing edition, as one tick; returns its number.

    Sites that the edition repeats stay as they are; those it changes or drops are withdrawn in it.
    """
    same = StagedReference.objects.filter(
        batch=batch, dep_id=OuterRef("dep_id"), fingerprint=OuterRef("fingerprint")
    )
    standing = ReferencePoint.objects.filter(withdrawn_in=None)
    standing.exclude(Exists(same)).update(withdrawn_in=batch)
    columns = ", ".join(connection.ops.quote_name(column) for column in COLUMNS)
    points, staged = ReferencePoint._meta.db_table, StagedReference._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {points} ({columns}, published_in_id) SELECT {columns}, batch_id FROM {staged} s "
            f"WHERE batch_id = %s AND NOT EXISTS (SELECT 1 FROM {points} p "
            "WHERE p.dep_id = s.dep_id AND p.withdrawn_in_id IS NULL) ORDER BY dep_id",
            [batch.pk],
        )
    batch.kept = batch.staged.count()
    batch.staged.all().delete()
    batch.tick = Tick.objects.get(pk=tick(by, gettext_noop("reference sites imported")))
    batch.save()
    return batch.tick.pk


@transaction.atomic
def _write(batch: ReferenceImport, chunk: Sequence[Row]) -> None:
    reached = chunk[-1].line
    waiting = ReferenceImport.objects.filter(pk=batch.pk, tick=None, lines_staged=batch.lines_staged)
    if not waiting.update(lines_staged=reached):
        raise AnotherImport("Another process imports this file.")
    insert(StagedReference._meta.db_table, (*COLUMNS, "batch_id"), [(*row.values, batch.pk) for row in chunk])
    batch.lines_staged = reached


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert many rows: by COPY on PostgreSQL, by executemany on SQLite."""
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)
