"""Invariant 1: no claim without a source; who publishes is not who wrote, submitted or last edited."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories as f
from tests.record import rows
from tests.record.attacks import (
    CHANGES,
    INSERTIONS,
    Attack,
    Route,
    assert_only_refused_by_its_rule,
    cases,
    raw_update,
    update,
)

pytestmark = pytest.mark.django_db

SIGNED = ("sources_published_claim_is_signed",)
FOUR_EYES = ("sources_claim_four_eyes",)


def publication(by: Any) -> dict[str, Any]:
    return {"status": "published", "published_by_id": by, "published_tick": rows.now}


def nobody() -> None:
    return None


ATTACKS = [
    Attack(
        "a draft loses its source",
        rows.draft,
        ("sources_claim.source_id",),
        [update, raw_update],
        {"source_id": None},
    ),
    Attack(
        "a claim comes without a source",
        rows.unsaved(source=nobody),
        ("sources_claim.source_id",),
        INSERTIONS,
    ),
    Attack(
        "a claim comes without an author",
        rows.unsaved(author=nobody),
        ("sources_claim.author_id",),
        INSERTIONS,
    ),
    Attack(
        "a claim gets another author",
        rows.draft,
        ("claim_author_fixed",),
        CHANGES,
        {"author_id": f.PersonFactory},
    ),
    Attack(
        "a claim is born published",
        rows.unsaved(
            status=lambda: "published",
            submitted_by=f.PersonFactory,
            published_by=rows.editor,
            published_tick=rows.next_tick,
        ),
        ("claim_begins_unpublished",),
        INSERTIONS,
    ),
    Attack("a claim is submitted by nobody", rows.draft_parent, SIGNED, CHANGES, {"status": "submitted"}),
    Attack(
        "a claim is published by nobody",
        rows.submitted_with(f.PersonFactory),
        SIGNED,
        CHANGES,
        publication(None),
    ),
    Attack(
        "a claim is published at no tick",
        rows.submitted_parent,
        SIGNED,
        CHANGES,
        {"status": "published", "published_by_id": rows.editor},
    ),
    Attack(
        "the author publishes",
        rows.submitted_with(rows.editor, "author"),
        FOUR_EYES,
        CHANGES,
        publication(rows.editor),
    ),
    Attack(
        "the submitter publishes",
        rows.submitted_with(rows.editor, "submitted_by"),
        FOUR_EYES,
        CHANGES,
        publication(rows.editor),
    ),
    Attack(
        "the last to edit publishes",
        rows.submitted_with(rows.editor, "edited_by"),
        FOUR_EYES,
        CHANGES,
        publication(rows.editor),
    ),
    Attack(
        "a superuser publishes their own",
        rows.submitted_with(rows.superuser, "author"),
        FOUR_EYES,
        CHANGES,
        publication(rows.superuser),
    ),
    Attack(
        "a submitted claim gets another submitter",
        rows.submitted_parent,
        ("claim_submitter_fixed",),
        CHANGES,
        {"submitted_by_id": f.PersonFactory},
    ),
    Attack(
        "a published claim gets another submitter",
        rows.published_parent,
        ("claim_publication_frozen",),
        CHANGES,
        {"submitted_by_id": f.PersonFactory},
    ),
    Attack(
        "another publisher signs",
        rows.published_parent,
        ("claim_publication_frozen",),
        CHANGES,
        {"published_by_id": rows.second_editor},
    ),
]


@cases(ATTACKS)
def test_the_database_refuses_by_that_rule_alone(attack: Attack, route: Route) -> None:
    assert_only_refused_by_its_rule(attack, route)


def test_a_claim_cannot_name_a_source_that_is_not_there() -> None:
    claim = rows.draft_parent()
    with pytest.raises(IntegrityError), transaction.atomic():
        raw_update(claim, {"source_id": 999_999})
        connection.check_constraints()
