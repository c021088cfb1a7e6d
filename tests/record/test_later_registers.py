"""Requests to suppress, verdicts that two records are two, the publisher's texts, replies, accounts."""

import pytest
from django.db import models
from django.utils import timezone

from sources import suppression
from sources.models import Distinction, PageText, SuppressionRequest
from tests import factories as f
from tests.record import rows
from tests.record.attacks import (
    CHANGES,
    INSERTIONS,
    ITSELF,
    Attack,
    Route,
    assert_only_refused_by_its_rule,
    cases,
    raw_delete,
)

pytestmark = pytest.mark.django_db


def request() -> SuppressionRequest:
    return suppression.ask(rows.published(), rows.administrator(), "A court ordered it.")


def unsaved_request(**values: object) -> models.Model:
    claim = rows.parent(rows.published())
    given = {"claim": claim, "because": "A court ordered it.", "asked_by": rows.administrator()}
    return SuppressionRequest(**{**given, **values})


def decided_by_who_asked() -> models.Model:
    asker = rows.administrator()
    decided = {"outcome": "confirmed", "decided_by": asker, "decided_at": timezone.now()}
    return unsaved_request(asked_by=asker, **decided)


def second_request() -> models.Model:
    first = request()
    return unsaved_request(claim=first.claim, asked_by=first.asked_by)


def unsaved_distinction(**values: object) -> models.Model:
    first, second = f.DepositFactory(), f.DepositFactory()
    return Distinction(**{"first": first, "second": second, "reason": "two", "by": rows.editor(), **values})


def disordered() -> models.Model:
    first, second = f.DepositFactory(), f.DepositFactory()
    return unsaved_distinction(first=second, second=first)


def second_verdict() -> models.Model:
    first = rows.distinction()
    return unsaved_distinction(first=first.first, second=first.second, by=first.by)


def unsaved_text(**values: object) -> models.Model:
    standing = rows.page_text()
    given = {"page": "about", "text": "Another.", "by": standing.by, "from_tick": standing.from_tick}
    return PageText(**{"language": standing.language, **given, **values})


def ends_at_once() -> models.Model:
    standing = rows.page_text()
    given = {"page": "about", "language": "ru", "text": "Мы.", "by": standing.by}
    return PageText(**given, from_tick=standing.from_tick, until_tick=standing.from_tick)


def own_reply() -> models.Model:
    return f.FindingFactory(partner=f.PartnerFactory())


ATTACKS = [
    Attack(
        "nobody says why",
        lambda: unsaved_request(because=""),
        ("sources_suppression_request_says_why",),
        INSERTIONS,
    ),
    Attack(
        "one administrator decides alone",
        decided_by_who_asked,
        ("sources_suppression_decided_by_second",),
        INSERTIONS,
    ),
    Attack("a second request", second_request, ("sources_one_open_suppression_request",), INSERTIONS),
    Attack(
        "a request says another reason",
        request,
        ("suppression_request_kept_as_written",),
        CHANGES,
        {"because": "another"},
    ),
    Attack("a request goes", request, ("suppression_request_kept",), [raw_delete]),
    Attack("a second verdict", second_verdict, ("sources_one_distinction_stands",), INSERTIONS),
    Attack("a pair in the other order", disordered, ("sources_distinction_in_order",), INSERTIONS),
    Attack(
        "nobody takes a verdict back",
        lambda: unsaved_distinction(ended_at=timezone.now()),
        ("sources_ended_distinction_is_signed",),
        INSERTIONS,
    ),
    Attack("a second text of a page", unsaved_text, ("sources_one_page_text_stands",), INSERTIONS),
    Attack("a text ends at once", ends_at_once, ("sources_page_text_ends_after_it_begins",), INSERTIONS),
    Attack(
        "nobody replies",
        f.FindingFactory,
        ("findings_reply_names_its_partner",),
        CHANGES,
        {"answers_id": rows.published},
    ),
    Attack(
        "a reply answers itself",
        own_reply,
        ("findings_finding_answers_another",),
        CHANGES,
        {"answers_id": ITSELF},
    ),
    Attack("an account goes", f.PersonFactory, ("account_kept",), [raw_delete]),
]


@cases(ATTACKS)
def test_the_database_refuses_by_that_rule_alone(attack: Attack, route: Route) -> None:
    assert_only_refused_by_its_rule(attack, route)
