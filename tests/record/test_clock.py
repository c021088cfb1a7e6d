"""The publication clock: one tick a change, in the change's own transaction, and the moments it can show."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from sources import clock, merging, recording, review
from sources.models import Tick, Version
from tests import factories as f
from tests.record import rows

pytestmark = pytest.mark.django_db


def test_a_change_that_is_rolled_back_leaves_no_tick(editor: User) -> None:
    claim = rows.submitted()
    before = clock.newest()
    with pytest.raises(RuntimeError), transaction.atomic():
        review.publish([claim], editor)
        raise RuntimeError("the disk is full")
    assert clock.newest() == before
    assert not Tick.objects.filter(number__gt=before).exists()
    assert rows.parent(claim).status == "submitted"


@pytest.mark.django_db(transaction=True)
def test_the_clock_does_not_move_outside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        clock.tick(User(username="editor"), "nothing")
    assert clock.newest() == 0


def test_ticks_are_numbered_without_a_gap(editor: User) -> None:
    assert [clock.tick(editor, "so") for _number in range(5)] == [1, 2, 3, 4, 5]


def test_a_changed_record_is_a_new_card_at_a_new_tick(editor: User) -> None:
    deposit = rows.public_deposit()
    deposit.name = "Kuirektykol"
    version = recording.publish_record(deposit, editor)
    assert version is not None
    assert version.from_tick == clock.newest()
    before, after = deposit.versions.order_by("from_tick")
    assert (before.until_tick, after.until_tick) == (version.from_tick, None)
    assert (before.document["name"], after.document["name"]) != (after.document["name"],) * 2


def test_a_record_saved_unchanged_is_no_change(editor: User) -> None:
    deposit = rows.public_deposit()
    before = clock.newest()
    assert recording.publish_record(deposit, editor) is None
    assert clock.newest() == before


def test_a_merge_and_its_undoing_are_two_ticks(editor: User) -> None:
    spelling, deposit = rows.public_deposit(), rows.public_deposit()
    before = clock.newest()
    merging.merge(spelling, deposit, editor)
    merging.undo_merge(spelling, editor)
    assert clock.newest() == before + 2
    cards = Version.objects.filter(record_id=spelling.pk).order_by("from_tick")
    assert [card.document.get("merged_into") for card in cards] == [None, deposit.pk, None]


def test_records_of_two_kinds_are_never_merged(editor: User) -> None:
    source = f.published(f.EstimateFactory()).source
    with pytest.raises(review.TransitionRefused):
        merging.merge(rows.public_deposit(), source, editor)


def test_a_record_is_withdrawn_for_a_reason_and_reinstated(editor: User) -> None:
    deposit = rows.public_deposit()
    with pytest.raises(review.TransitionRefused):
        merging.withdraw(deposit, editor, " ")
    merging.withdraw(deposit, editor, "no such place")
    merging.reinstate(deposit, editor)
    deposit.refresh_from_db()
    assert deposit.withdrawn_because == ""


# Moments


def test_a_tick_is_asked_for_by_its_number(editor: User) -> None:
    clock.tick(editor, "so")
    assert clock.resolve("1") == 1


def test_a_date_means_its_last_tick(editor: User) -> None:
    clock.tick(editor, "morning")
    clock.tick(editor, "evening")
    assert clock.resolve(timezone.now().date().isoformat()) == 2


def test_a_moment_means_the_last_tick_by_then(editor: User) -> None:
    clock.tick(editor, "first")
    between = timezone.now()
    clock.tick(editor, "second")
    assert clock.resolve(between.isoformat()) == 1


@pytest.mark.parametrize("asked", ["2", "99", "2999-01-01"])
def test_the_future_is_refused(asked: str, editor: User) -> None:
    clock.tick(editor, "so")
    with pytest.raises(clock.UnknownMoment) as refused:
        clock.resolve(asked)
    assert not refused.value.before_the_beginning


@pytest.mark.parametrize("asked", ["0", "1999-12-31", "1999-12-31T23:59:59+05:00"])
def test_before_the_first_tick_the_atlas_says_so(asked: str, editor: User) -> None:
    clock.tick(editor, "so")
    with pytest.raises(clock.UnknownMoment) as refused:
        clock.resolve(asked)
    assert refused.value.before_the_beginning


@pytest.mark.parametrize(
    "asked", ["", "yesterday", "-1", "1.5", "2026-13-01", "2026-02-30", "٣", "9" * 30, "2026-W01-1", "\x00"]
)
def test_what_is_no_moment_is_refused(asked: str, editor: User) -> None:
    clock.tick(editor, "so")
    with pytest.raises(clock.UnknownMoment):
        clock.resolve(asked)


@pytest.mark.parametrize("hour", [1, 23])
@pytest.mark.parametrize("offset", [-12, 5, 14])
def test_a_moment_in_another_zone_is_that_instant_whatever_its_date_there(
    editor: User, monkeypatch: pytest.MonkeyPatch, hour: int, offset: int
) -> None:
    now = dt.datetime(2026, 11, 21, hour, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    clock.tick(editor, "so")
    there = dt.timezone(dt.timedelta(hours=offset))
    assert clock.resolve(now.astimezone(there).isoformat()) == 1


@pytest.mark.parametrize("asked", ["0001-01-01T00:00+05:00", "9999-12-31T23:59-05:00"])
def test_a_moment_beyond_the_calendar_is_unknown(asked: str) -> None:
    with pytest.raises(clock.UnknownMoment):
        clock.resolve(asked)
