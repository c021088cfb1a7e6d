"""Writes past the rules of the record, by every route there is, and how to lift a rule for a moment.

Each attack is made twice: it is refused; and with the rule that it names lifted it goes through, so that
the refusal is that rule's doing and its test fails without it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from sources import triggers

Values = dict[str, Any]
Route = Callable[..., None]

#: As a value: the number of the attacked row.
ITSELF = object()


@dataclass(frozen=True)
class Attack:
    """A write that must not be possible: to which row, by which routes, of what, and what refuses it.

    `refused_by` names rules of `sources.triggers`, constraints, or "table.column" for a NOT NULL. Without
    `values` the routes insert or delete the row; callables among the values are called when it comes to it.
    """

    what: str
    row: Callable[[], models.Model]
    refused_by: tuple[str, ...]
    routes: Sequence[Route]
    values: Values | None = None

    def prepared(self) -> tuple[Any, ...]:
        """The arguments of a route: the row, and what to write to it."""
        row = self.row()
        if self.values is None:
            return (row,)
        values = {name: value() if callable(value) else value for name, value in self.values.items()}
        values = {name: row if value is ITSELF else value for name, value in values.items()}
        return row, {name: getattr(value, "pk", value) for name, value in values.items()}


def cases(attacks: Sequence[Attack]) -> pytest.MarkDecorator:
    """Run a test with each attack by each of its routes."""
    parameters = [
        pytest.param(attack, route, id=f"{attack.what} by {route.__name__}")
        for attack in attacks
        for route in attack.routes
    ]
    return pytest.mark.parametrize(("attack", "route"), parameters)


def assert_only_refused_by_its_rule(attack: Attack, route: Route) -> None:
    """The attack is refused; with the rule lifted, the same attack goes through."""
    arguments = attack.prepared()
    with pytest.raises(IntegrityError), transaction.atomic():
        route(*arguments)
    with transaction.atomic():
        lift(attack.refused_by)
        route(*arguments)
        transaction.set_rollback(True)


# Routes. A change is of one row's columns; an insertion is of an unsaved row; a deletion is of a saved one.


def save(row: models.Model, values: Values) -> None:
    """Set the attributes and save, as a shell session would."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def update(row: models.Model, values: Values) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def bulk_update(row: models.Model, values: Values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    fields = [row._meta.get_field(name.removesuffix("_id")).name for name in values]
    type(row)._default_manager.bulk_update([row], fields)


def raw_update(row: models.Model, values: Values) -> None:
    """UPDATE each column in whichever table has it."""
    for table, assigned in _by_table(row, values).items():
        columns = ", ".join(f"{field.column} = %s" for field, _value in assigned)
        marks = [field.get_db_prep_save(value, connection) for field, value in assigned]
        _execute(
            f"UPDATE {table._meta.db_table} SET {columns} WHERE {table._meta.pk.column} = %s",
            [*marks, row.pk],
        )


def insert_one(row: models.Model) -> None:
    row.save(force_insert=True)


def bulk_create(row: models.Model) -> None:
    type(row)._default_manager.bulk_create([row])


def raw_insert(row: models.Model) -> None:
    fields = [
        field for field in row._meta.local_concrete_fields if field.attname != "id" or row.pk is not None
    ]
    columns = ", ".join(field.column for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    _execute(f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({marks})", values)


def delete(row: models.Model) -> None:
    row.delete()


def delete_queryset(row: models.Model) -> None:
    type(row)._default_manager.filter(pk=row.pk).delete()


def raw_delete(row: models.Model) -> None:
    _execute(f"DELETE FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", [row.pk])


CHANGES: list[Callable[[Any, Values], None]] = [save, update, bulk_update, raw_update]
INSERTIONS: list[Callable[[Any], None]] = [insert_one, bulk_create, raw_insert]
DELETIONS: list[Callable[[Any], None]] = [delete, delete_queryset, raw_delete]


def _by_table(row: models.Model, values: Values) -> dict[Any, list[tuple[Any, Any]]]:
    tables: dict[Any, list[tuple[Any, Any]]] = {}
    for name, value in values.items():
        field = row._meta.get_field(name.removesuffix("_id"))
        tables.setdefault(field.model, []).append((field, getattr(value, "pk", value)))
    return tables


def _execute(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# Lifting


def lift(names: Sequence[str]) -> None:
    """Until the transaction rolls back: do without these rules, constraints and NOT NULLs."""
    connection.check_constraints()  # PostgreSQL alters no table while checks of foreign keys are pending
    rules = {rule.name: rule for rule in triggers.rules()}
    for name in names:
        if name in rules:
            for statement in rules[name].drop(connection.vendor):
                _execute(statement, [])
        elif name in _unique():
            _execute(f"DROP INDEX {name}", [])
        elif connection.vendor == "postgresql":
            _execute(_relaxation(name), [])
        else:
            _relax_on_sqlite(name)


def _relaxation(name: str) -> str:
    if "." in name:
        table, column = name.split(".")
        return f"ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL"
    return f"ALTER TABLE {_constraints()[name]} DROP CONSTRAINT {name}"


def _relax_on_sqlite(name: str) -> None:
    """Cut it out of the table's definition (https://www.sqlite.org/pragma.html#pragma_writable_schema)."""
    table, _dot, column = name.partition(".")
    table = table if column else _constraints()[name]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        [definition] = cursor.fetchone()
        kept, _found, rest = definition.partition(f'"{column}" ' if column else f'CONSTRAINT "{name}" ')
        if column:
            relaxed = f'{kept}"{column}" {rest.replace("NOT NULL", "", 1)}'
        else:
            relaxed = f"{kept}CHECK (1){rest[_end_of_parentheses(rest) :]}"
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = %s WHERE type = 'table' AND name = %s", [relaxed, table]
        )
        cursor.execute("PRAGMA schema_version")
        [version] = cursor.fetchone()
        cursor.execute(f"PRAGMA schema_version = {version + 1}")
        cursor.execute("PRAGMA writable_schema = OFF")


def _end_of_parentheses(text: str) -> int:
    depth = 0
    for position, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == ")" and depth == 0:
            return position + 1
    raise ValueError("The parentheses do not close.")


def _constraints() -> dict[str, str]:
    """The table that each named constraint of ours is on."""
    return {
        constraint.name: model._meta.db_table
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if model._meta.model.__module__.split(".")[0] != "django"
    }


def _unique() -> set[str]:
    """Names of the unique constraints with a condition, which both databases hold as indexes."""
    return {
        constraint.name
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition
    }
