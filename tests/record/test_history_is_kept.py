"""Invariants 2, 3 and 5: one preference a point; what was published stays; the clock only goes on."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from sources import triggers
from tests import factories as f
from tests.record import rows, test_later_registers, test_signatures_are_kept
from tests.record.attacks import (
    CHANGES,
    DELETIONS,
    INSERTIONS,
    Attack,
    Route,
    assert_only_refused_by_its_rule,
    cases,
    delete,
    delete_queryset,
    raw_delete,
    raw_update,
    update,
)

pytestmark = pytest.mark.django_db

CONTENT = ("claim_content_frozen",)
STATEMENT = ("statement_estimate_update",)


def retraction(**more: object) -> dict[str, object]:
    return {"status": "retracted", "withdrawn_by_id": rows.editor, **more}


OF_CLAIMS = [
    Attack("a published note", rows.published_parent, CONTENT, CHANGES, {"note": "another"}),
    Attack("a published source", rows.published_parent, CONTENT, CHANGES, {"source_id": f.SourceFactory}),
    Attack("a published subject", rows.published_parent, CONTENT, CHANGES, {"subject_id": f.DepositFactory}),
    Attack("a published date", rows.published_parent, CONTENT, CHANGES, {"as_of": "1999"}),
    Attack("a submitted note", rows.submitted_parent, CONTENT, CHANGES, {"note": "another"}),
    Attack("a retracted note", rows.retracted, CONTENT, CHANGES, {"note": "another"}),
    Attack("a published figure", rows.published, STATEMENT, CHANGES, {"quantity": 5}),
    Attack("a submitted figure", rows.submitted, STATEMENT, CHANGES, {"quantity": 5}),
    Attack("a published statement goes", rows.published, ("statement_estimate_delete",), [raw_delete]),
    Attack(
        "a published list loses a mineral",
        rows.mineral_of_investment,
        ("statement_investment_minerals_delete",),
        DELETIONS,
    ),
    Attack(
        "a published list changes a mineral",
        rows.mineral_of_investment,
        ("statement_investment_minerals_update",),
        CHANGES,
        {"mineral_id": f.MineralFactory},
    ),
    Attack(
        "a published list gains a mineral",
        rows.another_mineral_of_investment,
        ("statement_investment_minerals_insert",),
        INSERTIONS,
    ),
    Attack(
        "a submitted claim goes",
        rows.submitted_parent,
        ("claim_kept", "statement_estimate_delete"),
        [delete, delete_queryset],
    ),
    Attack(
        "a published claim is a draft again",
        rows.published_parent,
        ("claim_status_steps", "claim_publication_frozen"),
        CHANGES,
        {"status": "draft", "published_by_id": None, "published_tick": None},
    ),
    Attack(
        "a retracted claim stands again",
        rows.retracted,
        ("claim_status_steps", "claim_withdrawal_frozen"),
        CHANGES,
        {"status": "published", "withdrawn_by_id": None, "withdrawn_tick": None, "withdrawn_because": ""},
    ),
    Attack(
        "a claim was published later than it was",
        rows.published_parent,
        ("claim_publication_frozen",),
        CHANGES,
        {"published_tick": rows.next_tick},
    ),
    Attack(
        "a claim is published into the past",
        rows.submitted_with(f.PersonFactory),
        ("claim_published_tick_is_now",),
        CHANGES,
        {"status": "published", "published_by_id": rows.editor, "published_tick": lambda: rows.now() - 1},
    ),
    Attack(
        "a claim is withdrawn in the future",
        rows.published_parent,
        ("claim_withdrawn_tick_is_now",),
        CHANGES,
        retraction(withdrawn_because="so", withdrawn_tick=lambda: rows.now() + 1),
    ),
    Attack(
        "a claim is withdrawn without a reason",
        rows.published_parent,
        ("sources_withdrawn_claim_says_why",),
        CHANGES,
        retraction(withdrawn_tick=rows.next_tick),
    ),
    Attack(
        "the reason of a withdrawal changes",
        rows.retracted,
        ("claim_withdrawal_frozen",),
        CHANGES,
        {"withdrawn_because": "another"},
    ),
]
OF_EDITORS = [
    Attack(
        "a second preference on a point",
        rows.rival_preference,
        ("sources_one_preference_a_point",),
        INSERTIONS,
    ),
    Attack(
        "a preference without a reason",
        rows.unreasoned_preference,
        ("sources_preference_says_why",),
        INSERTIONS,
    ),
    Attack(
        "a preference's reason",
        rows.preference,
        ("preference_kept_as_written",),
        CHANGES,
        {"reason": "another"},
    ),
    Attack(
        "an ended preference counts again",
        rows.ended_preference,
        ("preference_kept_as_written",),
        CHANGES,
        {"until_tick": None, "ended_by_id": None, "ended_because": ""},
    ),
    Attack(
        "a preference ends in the future",
        rows.preference,
        ("preference_until_tick_is_now",),
        CHANGES,
        {"until_tick": lambda: rows.now() + 1, "ended_by_id": rows.editor, "ended_because": "so"},
    ),
    Attack(
        "a preference begins in the future",
        lambda: _dated(rows.unreasoned_preference(), reason="so", from_tick=rows.now() + 1),
        ("preference_from_tick_is_now",),
        INSERTIONS,
    ),
    Attack("a preference goes", rows.preference, ("preference_kept",), DELETIONS),
    Attack("a check's outcome", rows.check, ("check_kept_as_written",), CHANGES, {"outcome": "not found"}),
    Attack("a check goes", rows.check, ("check_kept",), DELETIONS),
    Attack(
        "a check was made earlier",
        lambda: _dated(rows.check(), pk=None, tick=rows.now() - 1),
        ("check_tick_is_now",),
        INSERTIONS,
    ),
]
OF_REGISTERS = [
    Attack("a card", rows.version, ("version_kept_as_written",), CHANGES, {"document": {"name": "another"}}),
    Attack("a card's first tick", rows.version, ("version_kept_as_written",), CHANGES, {"from_tick": 0}),
    Attack("a card goes", rows.version, ("version_kept",), DELETIONS),
    Attack("a card is backdated", rows.version_from_the_past, ("version_from_tick_is_now",), INSERTIONS),
    Attack(
        "a card ends in the future",
        rows.version,
        ("version_until_tick_is_now",),
        CHANGES,
        {"until_tick": lambda: rows.now() + 1},
    ),
    Attack(
        "two cards of a record stand",
        rows.version_beside_another,
        ("sources_one_version_stands",),
        INSERTIONS,
    ),
    Attack("a tick's reason", rows.tick, ("tick_kept_as_written",), CHANGES, {"why": "another"}),
    Attack("a tick's moment", rows.tick, ("tick_kept_as_written",), CHANGES, {"at": timezone.now}),
    Attack("a tick goes", rows.tick, ("tick_kept",), DELETIONS),
    Attack(
        "a tick that the clock has not reached",
        lambda: _dated(rows.tick(), number=rows.now() + 1),
        ("tick_number_is_now",),
        INSERTIONS,
    ),
    Attack("the clock goes back", rows.the_clock, ("clock_goes_on",), CHANGES, {"now": 0}),
    Attack("the clock leaps", rows.the_clock, ("clock_goes_on",), CHANGES, {"now": 99}),
    Attack("the clock goes", rows.the_clock, ("clock_kept",), DELETIONS),
    Attack(
        "a second clock",
        lambda: _dated(rows.the_clock(), pk=2),
        ("sources_clock_is_one_row",),
        INSERTIONS,
    ),
    Attack("a load's digest", rows.batch, ("batch_kept_as_written",), CHANGES, {"digest": "1" * 64}),
    Attack("a load goes", rows.batch, ("batch_kept",), DELETIONS),
    Attack("a page's text", rows.page_text, ("pagetext_kept_as_written",), CHANGES, {"text": "another"}),
    Attack("a page's text goes", rows.page_text, ("pagetext_kept",), DELETIONS),
    Attack(
        "a page's text is backdated",
        lambda: _dated(rows.page_text(), pk=None, language="ru", from_tick=0),
        ("pagetext_from_tick_is_now",),
        INSERTIONS,
    ),
    Attack(
        "a page's text ends in the future",
        rows.page_text,
        ("pagetext_until_tick_is_now",),
        CHANGES,
        {"until_tick": lambda: rows.now() + 1},
    ),
    Attack(
        "a verdict's reason",
        rows.distinction,
        ("distinction_kept_as_written",),
        CHANGES,
        {"reason": "another"},
    ),
    Attack("a verdict goes", rows.distinction, ("distinction_kept",), DELETIONS),
]
OF_SUPPRESSION = [
    Attack(
        "an administrator suppresses alone",
        rows.published_parent,
        ("sources_suppression_takes_two",),
        CHANGES,
        {
            "suppressed_at": timezone.now,
            "suppressed_by_id": rows.administrator,
            "suppressed_with_id": rows.administrator,
        },
    ),
    Attack(
        "a suppression signed by nobody",
        rows.published_parent,
        ("sources_suppression_takes_two",),
        CHANGES,
        {"suppressed_at": timezone.now},
    ),
    Attack(
        "a suppressed claim comes back",
        rows.suppressed,
        ("claim_suppression_final",),
        CHANGES,
        {"suppressed_at": None, "suppressed_by_id": None, "suppressed_with_id": None},
    ),
]
OF_RECORDS = [
    Attack("a deposit with a draft goes", rows.deposit_with_a_draft, ("deposit_kept",), [raw_delete]),
    Attack("a public deposit goes", rows.public_deposit, ("deposit_kept",), [raw_delete]),
    Attack(
        "a deposit becomes a project",
        rows.deposit,
        ("record_kind_fixed",),
        [update, raw_update],
        {"kind": "project"},
    ),
]
ATTACKS = [*OF_CLAIMS, *OF_EDITORS, *OF_REGISTERS, *OF_SUPPRESSION, *OF_RECORDS]


def _dated(row: models.Model, **values: object) -> models.Model:
    """An unsaved copy of a row with other values."""
    copied = {field.attname: getattr(row, field.attname) for field in row._meta.local_concrete_fields}
    return type(row)(**{**copied, **values})


@cases(ATTACKS)
def test_the_database_refuses_by_that_rule_alone(attack: Attack, route: Route) -> None:
    assert_only_refused_by_its_rule(attack, route)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's own")
@pytest.mark.parametrize("row", [rows.published_parent, rows.version, rows.tick, rows.check, rows.preference])
def test_replace_cannot_put_another_row_in_the_place_of_a_kept_one(row: Callable[[], models.Model]) -> None:
    kept = row()
    table, key = kept._meta.db_table, kept._meta.pk.column
    columns = ", ".join(field.column for field in kept._meta.local_concrete_fields)
    replace = f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE {key} = %s"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replace, [kept.pk])


def test_a_record_with_claims_cannot_be_deleted_from_the_shell() -> None:
    with pytest.raises(models.ProtectedError):
        rows.deposit_with_a_draft().delete()


def test_every_rule_is_attacked_in_these_tests() -> None:
    """Rules of one pattern, for the statement of each kind and the row of each record, need one attack."""
    attacked = {
        name
        for attack in (*ATTACKS, *test_signatures_are_kept.ATTACKS, *test_later_registers.ATTACKS)
        for name in attack.refused_by
    }
    patterns = {name.rpartition("_")[2] for name in attacked if name.startswith("statement_")}
    assert patterns == {"insert", "update", "delete"}
    assert [
        rule.name
        for rule in triggers.rules()
        if rule.name not in attacked
        and not rule.name.startswith("statement_")
        and not rule.message.startswith("A record with claims")
    ] == []
