"""Rules of the record that a constraint cannot say, as triggers on SQLite and on PostgreSQL.

Each rule forbids an operation on a table when a condition on the OLD or NEW row holds. They are dropped
before every migrate (SQLite cannot rebuild a table that another table's trigger names) and installed
again after it; `sources.checks` reports any that is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from accounts.models import User

from .models import (
    Batch,
    Check,
    Claim,
    Clock,
    Distinction,
    PageText,
    Preference,
    Record,
    SuppressionRequest,
    Tick,
    Version,
)
from .models.claims import ONCE_PUBLIC, claim_kinds
from .recording import record_models

PREFIX = "atlas_"


@dataclass(frozen=True)
class Rule:
    """Refuse `operation` ("INSERT", "UPDATE", "DELETE") on `table` when `condition` holds, saying `message`.

    `<>>` in a condition stands for "is distinct from", which the databases spell differently.
    """

    name: str
    table: str
    operation: str
    condition: str
    message: str

    def create(self, vendor: str) -> list[str]:
        """The statements that install the rule."""
        condition = self.condition.replace("<>>", "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT")
        trigger = PREFIX + self.name
        if vendor == "sqlite":
            return [
                f'CREATE TRIGGER "{trigger}" BEFORE {self.operation} ON "{self.table}" FOR EACH ROW '
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            ]
        kept = "OLD" if self.operation == "DELETE" else "NEW"
        return [
            f'CREATE OR REPLACE FUNCTION "{trigger}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"IF {condition} THEN "
            f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation'; END IF; "
            f"RETURN {kept}; END $$",
            f'CREATE TRIGGER "{trigger}" BEFORE {self.operation} ON "{self.table}" FOR EACH ROW '
            f'EXECUTE FUNCTION "{trigger}"()',
        ]

    def drop(self, vendor: str) -> list[str]:
        """The statements that remove the rule, installed or not."""
        trigger = PREFIX + self.name
        if vendor == "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{trigger}"']
        return [f'DROP FUNCTION IF EXISTS "{trigger}"() CASCADE']


def rules() -> list[Rule]:
    """Every rule of the record, for the models that are installed."""
    return [
        *_claim_rules(),
        *_statement_rules(),
        *_register_rules(),
        *_suppression_rules(),
        *_account_rules(),
        *_record_rules(),
        *_clock_rules(),
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """(Re)install every rule whose table exists."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for rule in rules():
            if rule.table in tables:
                for statement in (*rule.drop(connection.vendor), *rule.create(connection.vendor)):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Remove every rule, before the tables change or in a test that shows what a rule is for."""
    with connection.cursor() as cursor:
        for rule in rules():
            for statement in rule.drop(connection.vendor):
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the rules that the database lacks."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [PREFIX + rule.name for rule in rules() if PREFIX + rule.name not in present]


def _claim_rules() -> Iterator[Rule]:
    table = Claim._meta.db_table
    statuses = ", ".join(f"'{status}'" for status in ONCE_PUBLIC)
    content = [
        "kind", "key", "subject", "point", "source", "locator", "excerpt", "originator", "originator_name",
        "as_of", "note", "supersedes", "batch", "edited_by", "created_at",
    ]  # fmt: skip
    publication = ["submitted_by", "published_by", "published_tick"]
    yield Rule(
        "claim_begins_unpublished",
        table,
        "INSERT",
        "NEW.status NOT IN ('draft', 'submitted')",
        "A claim begins as a draft.",
    )
    yield Rule(
        "claim_author_fixed", table, "UPDATE", _changed(Claim, ["author"]), "A claim keeps its author."
    )
    yield Rule(
        "claim_content_frozen",
        table,
        "UPDATE",
        f"OLD.status <> 'draft' AND ({_changed(Claim, content)})",
        "The content of a claim changes only while it is a draft.",
    )
    yield Rule(
        "claim_publication_frozen",
        table,
        "UPDATE",
        f"OLD.status IN ({statuses}) AND ({_changed(Claim, publication)})",
        "Who published a claim, and when, never changes.",
    )
    yield Rule(
        "claim_withdrawal_frozen",
        table,
        "UPDATE",
        f"OLD.status IN ('superseded', 'retracted') AND "
        f"({_changed(Claim, ['withdrawn_by', 'withdrawn_tick', 'withdrawn_because'])})",
        "How a claim was withdrawn never changes.",
    )
    yield Rule(
        "claim_suppression_final",
        table,
        "UPDATE",
        f"OLD.suppressed_at IS NOT NULL AND "
        f"({_changed(Claim, ['suppressed_at', 'suppressed_by', 'suppressed_with'])})",
        "A suppression is final.",
    )
    yield Rule(
        "claim_submitter_fixed",
        table,
        "UPDATE",
        f"OLD.status = 'submitted' AND NEW.status <> 'draft' AND ({_changed(Claim, ['submitted_by'])})",
        "A submitted claim keeps its submitter.",
    )
    steps = [
        ("draft", "submitted"),
        ("submitted", "draft"),
        ("submitted", "rejected"),
        ("submitted", "published"),
        ("published", "superseded"),
        ("published", "retracted"),
    ]
    allowed = " OR ".join(f"(OLD.status = '{old}' AND NEW.status = '{new}')" for old, new in steps)
    yield Rule(
        "claim_status_steps",
        table,
        "UPDATE",
        f"OLD.status <> NEW.status AND NOT ({allowed})",
        "A claim cannot take that step.",
    )
    yield Rule(
        "claim_kept",
        table,
        "DELETE",
        "OLD.status <> 'draft'",
        "Only a draft can be deleted; other claims are kept.",
    )


def _statement_rules() -> Iterator[Rule]:
    """The typed statement, and its lists, change only while the claim is a draft."""
    for kind, model in claim_kinds().items():
        table = model._meta.db_table
        for row, operation in (("NEW", "INSERT"), ("OLD", "UPDATE"), ("OLD", "DELETE")):
            yield _only_in_draft(f"{kind}_{operation.lower()}", table, operation, f"{row}.claim_ptr_id", kind)
        for field in _lists(model):
            through = field.remote_field.through
            column = field.m2m_column_name()
            for row, operation in (("NEW", "INSERT"), ("OLD", "UPDATE"), ("OLD", "DELETE")):
                name = f"{kind}_{field.name}_{operation.lower()}"
                yield _only_in_draft(name, through._meta.db_table, operation, f"{row}.{column}", kind)


def _only_in_draft(name: str, table: str, operation: str, number: str, kind: str) -> Rule:
    claims = Claim._meta.db_table
    return Rule(
        f"statement_{name}",
        table,
        operation,
        f"EXISTS (SELECT 1 FROM {claims} c WHERE c.id = {number} "
        f"AND (c.status <> 'draft' OR c.kind <> '{kind}'))",
        "The statement of a claim changes only while it is a draft.",
    )


def _register_rules() -> Iterator[Rule]:
    """Ticks, versions, preferences, checks and batches are kept as written; standing ones can only end."""
    for model, endable in (
        (Tick, []),
        (Batch, []),
        (Check, []),
        (Version, ["until_tick"]),
        (Preference, ["until_tick", "ended_by", "ended_because"]),
        (PageText, ["until_tick"]),
        (Distinction, ["ended_at", "ended_by"]),
    ):
        name, table = model._meta.model_name, model._meta.db_table
        fixed = [field.name for field in model._meta.local_concrete_fields if field.name not in endable]
        condition = _changed(model, fixed)
        if endable:
            ended = model._meta.get_field(endable[0]).column  # type: ignore[union-attr]
            condition = f"OLD.{ended} IS NOT NULL OR {condition}"
        yield Rule(f"{name}_kept_as_written", table, "UPDATE", condition, f"A {name} is never edited.")
        yield Rule(f"{name}_kept", table, "DELETE", "1 = 1", f"A {name} is never deleted.")


def _suppression_rules() -> Iterator[Rule]:
    """A request to suppress a claim is kept as written, and decided once."""
    table = SuppressionRequest._meta.db_table
    asked = _changed(SuppressionRequest, ["claim", "because", "asked_by", "asked_at"])
    yield Rule(
        "suppression_request_kept_as_written",
        table,
        "UPDATE",
        f"OLD.outcome <> 'open' OR {asked}",
        "A request to suppress is never edited, and decided once.",
    )
    yield Rule(
        "suppression_request_kept", table, "DELETE", "1 = 1", "A request to suppress is never deleted."
    )


def _account_rules() -> Iterator[Rule]:
    """What an account did stays signed."""
    yield Rule("account_kept", User._meta.db_table, "DELETE", "1 = 1", "An account is closed, never deleted.")


def _record_rules() -> Iterator[Rule]:
    """A record that has claims, or was ever public, keeps its row, and keeps being of its kind."""
    claims, versions = Claim._meta.db_table, Version._meta.db_table
    for kind, model in record_models().items():
        yield Rule(
            f"{kind}_kept",
            model._meta.db_table,
            "DELETE",
            f"EXISTS (SELECT 1 FROM {versions} v WHERE v.record_id = OLD.record_ptr_id) "
            f"OR EXISTS (SELECT 1 FROM {claims} c WHERE c.subject_id = OLD.record_ptr_id)",
            "A record with claims, or once public, is withdrawn or merged, never deleted.",
        )
    yield Rule(
        "record_kind_fixed",
        Record._meta.db_table,
        "UPDATE",
        _changed(Record, ["kind"]),
        "A record keeps its kind.",
    )


def _clock_rules() -> Iterator[Rule]:
    """The clock only goes on, and nothing public is dated earlier or later than it stands."""
    table = Clock._meta.db_table
    yield Rule(
        "clock_goes_on", table, "UPDATE", "NEW.now <> OLD.now + 1", "The clock goes on by one tick at a time."
    )
    yield Rule("clock_kept", table, "DELETE", "1 = 1", "The clock is never deleted.")
    dated: list[tuple[type[Model], str, str]] = [
        (Tick, "number", "INSERT"),
        (Claim, "published_tick", "UPDATE"),
        (Claim, "withdrawn_tick", "UPDATE"),
        (Version, "from_tick", "INSERT"),
        (Version, "until_tick", "UPDATE"),
        (Preference, "from_tick", "INSERT"),
        (Preference, "until_tick", "UPDATE"),
        (Check, "tick", "INSERT"),
        (PageText, "from_tick", "INSERT"),
        (PageText, "until_tick", "UPDATE"),
    ]
    for model, column, operation in dated:
        changed = f"OLD.{column} <>> NEW.{column} AND NEW.{column} IS NOT NULL AND "
        yield Rule(
            f"{model._meta.model_name}_{column}_is_now",
            model._meta.db_table,
            operation,
            f"{changed if operation == 'UPDATE' else ''}NEW.{column} <>> (SELECT now FROM {table})",
            "What changes is dated by the newest tick.",
        )


def _lists(model: type[Model]) -> list[Any]:
    return list(model._meta.local_many_to_many)


def _changed(model: type[Model], names: list[str]) -> str:
    """SQL that holds when an update changes one of these columns."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return " OR ".join(_distinct(field) for field in fields)


def _distinct(field: Any) -> str:
    if field.get_internal_type() == "JSONField":
        return f"CAST(OLD.{field.column} AS text) <>> CAST(NEW.{field.column} AS text)"
    return f"OLD.{field.column} <>> NEW.{field.column}"
