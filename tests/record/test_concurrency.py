"""Many editors at once, on PostgreSQL: one wins each claim, and the clock counts every change once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from deposits.models import Deposit
from sources import clock, review
from sources.models import Claim, Preference, Tick
from sources.recording import publish_record
from tests import factories as f
from tests.record import rows

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

EDITORS = 50
ATTEMPTS = 200
POOLED = 8


def all_at_once(act: Callable[[int], object], attempts: int = EDITORS) -> list[str]:
    """Let that many threads act together; what came of each: "won", "refused" or the error's name."""
    together, connections = threading.Barrier(8), threading.Semaphore(POOLED)

    def attempt(number: int) -> str:
        if number < together.parties:
            together.wait()
        try:
            with connections:  # on a busy machine the pool itself would give up waiting for one
                try:
                    act(number)
                finally:
                    connection.close()
        except review.TransitionRefused:
            return "refused"
        except Exception as error:  # a deadlock, an integrity error: none may happen
            return repr(error)
        return "won"

    with ThreadPoolExecutor(attempts) as threads:
        return list(threads.map(attempt, range(attempts)))


def editors() -> list:
    return [f.person(f"editor-{number}", "editor") for number in range(EDITORS)]


def test_of_two_hundred_attempts_one_publishes_a_claim() -> None:
    claim, people = rows.submitted(), editors()
    outcomes = all_at_once(lambda number: review.publish([claim], people[number % EDITORS]), ATTEMPTS)
    assert sorted(outcomes) == ["refused"] * (ATTEMPTS - 1) + ["won"]
    assert clock.newest() == Tick.objects.count() == 1


def test_of_two_hundred_different_steps_on_one_claim_one_wins() -> None:
    """Publishing, rejecting and sending back at once: the clock moves only if publishing won."""
    claim, people = rows.submitted(), editors()

    def act(number: int) -> object:
        by = people[number % EDITORS]
        if number % 3 == 0:
            return review.publish([claim], by)
        if number % 3 == 1:
            return review.reject([claim], by, "no such table")
        return review.send_back([claim], by, "name the page")

    outcomes = all_at_once(act, ATTEMPTS)
    assert sorted(outcomes) == ["refused"] * (ATTEMPTS - 1) + ["won"]
    claim.refresh_from_db()
    assert claim.status in ("published", "rejected", "draft")
    assert clock.newest() == Tick.objects.count() == (claim.status == "published")


def test_records_change_while_headlines_are_chosen_and_nobody_waits_for_good() -> None:
    """A card's change locks its record before the clock, a choice the clock before it names the record."""
    claim, people = rows.published(), editors()

    def act(number: int) -> object:
        if number % 2:
            return review.prefer(claim, people[number], f"reason {number}")
        with transaction.atomic():
            deposit = Deposit.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.subject_id)
            deposit.note = f"note {number}"
            deposit.save()
            return publish_record(deposit, people[number])

    assert all_at_once(act) == ["won"] * EDITORS
    assert clock.newest() == Tick.objects.count() == 1 + EDITORS


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
