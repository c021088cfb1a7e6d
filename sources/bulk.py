"""Writing many rows of child tables at once, which Django's bulk_create refuses for inherited models."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def bulk_insert(model: type[models.Model], rows: Sequence[models.Model], skip: Iterable[str] = ()) -> None:
    """Insert instances of one model into its own table alone, by executemany; parents must be there.

    Field values go through Django's own preparation, so both databases store the same. `skip` names
    columns left to the database.
    """
    fields: list[Any] = [field for field in model._meta.local_concrete_fields if field.name not in set(skip)]
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [
        tuple(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields)
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})", values)
