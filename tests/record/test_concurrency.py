"""Many editors at once, on PostgreSQL: one wins each claim, and the clock counts every change once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from sources import clock, review
from sources.models import Claim, Preference, Tick
from tests import factories as f
from tests.record import rows

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

EDITORS = 50


def all_at_once(act: Callable[[int], object]) -> list[str]:
    """Let fifty editors act together; what came of each: "won", "refused" or the error's name."""
    together = threading.Barrier(8)

    def attempt(number: int) -> str:
        if number < together.parties:
            together.wait()
        try:
            act(number)
        except review.TransitionRefused:
            return "refused"
        except Exception as error:  # a deadlock, an integrity error: none may happen
            return repr(error)
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(EDITORS) as threads:
        return list(threads.map(attempt, range(EDITORS)))


def editors() -> list:
    return [f.person(f"editor-{number}", "editor") for number in range(EDITORS)]


def test_of_fifty_editors_one_publishes_a_claim() -> None:
    claim, people = rows.submitted(), editors()
    outcomes = all_at_once(lambda number: review.publish([claim], people[number]))
    assert sorted(outcomes) == ["refused"] * (EDITORS - 1) + ["won"]
    assert clock.newest() == Tick.objects.count() == 1


def test_of_fifty_editors_one_retracts_a_claim() -> None:
    claim, people = rows.published(), editors()
    outcomes = all_at_once(lambda number: review.retract(claim, people[number], "misread"))
    assert sorted(outcomes) == ["refused"] * (EDITORS - 1) + ["won"]
    assert clock.newest() == Tick.objects.count() == 2


def test_a_claim_is_either_superseded_or_retracted() -> None:
    old, people = rows.published(), editors()
    successor = f.submitted(f.EstimateFactory(subject=old.subject, mineral=old.mineral, supersedes=old))

    def act(number: int) -> object:
        if number % 2:
            return review.publish([successor], people[number])
        return review.retract(old, people[number], "misread")

    assert all_at_once(act).count("won") == 1
    old.refresh_from_db()
    successor.refresh_from_db()
    assert (old.status, successor.status) in {("superseded", "published"), ("retracted", "submitted")}
    assert clock.newest() == Tick.objects.count() == 2


def test_fifty_preferences_one_after_another_leave_one_in_force() -> None:
    claim, people = rows.published(), editors()
    outcomes = all_at_once(lambda number: review.prefer(claim, people[number], f"reason {number}"))
    assert outcomes == ["won"] * EDITORS
    assert Preference.objects.filter(until_tick=None).count() == 1
    assert clock.newest() == Tick.objects.count() == 1 + EDITORS


def test_different_claims_are_published_side_by_side_and_each_tick_is_one_change() -> None:
    claims, people = [rows.submitted() for _number in range(EDITORS)], editors()
    outcomes = all_at_once(lambda number: review.publish([claims[number]], people[number]))
    assert outcomes == ["won"] * EDITORS
    ticks = Claim.objects.order_by("published_tick").values_list("published_tick", flat=True)
    assert list(ticks) == list(range(1, EDITORS + 1))
