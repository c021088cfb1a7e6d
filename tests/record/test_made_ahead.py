"""What pages need of a new snapshot is made in a thread of its own, before anybody asks for it."""

import datetime as dt
import gc
import logging
import threading
from collections.abc import Callable, Iterator

import pytest

import atlas.urls  # noqa: F401 (every view that has something made ahead)
from atlas.published import derived
from atlas.published.keeper import Keeper
from atlas.published.snapshot import Snapshot


@pytest.fixture(autouse=True)
def made_ahead(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.MAKE_AHEAD = True
    monkeypatch.setattr(Keeper, "LATER", 0)
    yield
    gc.unfreeze()


@pytest.fixture
def tick(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the clock to a tick, at which nothing is published."""

    def set_to(number: int) -> None:
        monkeypatch.setattr("sources.clock.newest", lambda: number)

    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    monkeypatch.setattr("atlas.published.keeper.build", lambda number: Snapshot(number, at))
    set_to(1)
    return set_to


@pytest.fixture
def to_make(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[Snapshot], object]]:
    """What is made ahead: nothing yet."""
    functions: list[Callable[[Snapshot], object]] = []
    monkeypatch.setattr("atlas.published.keeper.MADE_AHEAD", functions)
    monkeypatch.setattr("atlas.published.keeper.MADE_LATER", [])
    return functions


def wait() -> None:
    for thread in threading.enumerate():
        if thread.name == Keeper.AHEAD:
            thread.join(30)
            assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_map_search_and_health_stand_before_anybody_asks() -> None:
    snapshot = Keeper().newest()
    wait()
    made = {key[0].__name__ for key in snapshot.derived}
    assert {"record_map", "featured", "names_of", "measures_of"} <= made


def test_what_was_made_ahead_is_what_a_page_is_given(tick: object, to_make: list) -> None:
    made = []
    kept = derived.kept_with_snapshot(lambda snapshot: made.append(snapshot.tick) or object())
    to_make.append(kept)
    snapshot = Keeper().newest()
    wait()
    assert made == [1]
    assert kept(snapshot) is kept(snapshot)
    assert made == [1]


def test_the_reader_who_asks_first_does_not_wait_for_it(tick: object, to_make: list) -> None:
    go_on = threading.Event()
    to_make.append(lambda snapshot: go_on.wait(30))
    assert Keeper().newest().tick == 1
    go_on.set()
    wait()


def test_nothing_more_is_made_of_a_snapshot_whose_place_another_took(
    tick: Callable[[int], None], to_make: list
) -> None:
    go_on = threading.Event()
    made = []
    to_make += [lambda snapshot: go_on.wait(30), lambda snapshot: made.append(snapshot.tick)]
    keeper = Keeper()
    keeper.newest()
    tick(2)
    keeper.newest()
    go_on.set()
    wait()
    assert made == [2]


def test_what_takes_long_waits_until_whoever_published_has_had_a_look(
    tick: object, to_make: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    to_make.append(lambda snapshot: made.append("at once"))
    monkeypatch.setattr("atlas.published.keeper.MADE_LATER", [lambda snapshot: made.append("later")])
    monkeypatch.setattr(Keeper, "_pause", lambda keeper, superseded, seconds: made.append(seconds))
    monkeypatch.setattr(Keeper, "LATER", 5)
    Keeper().newest()
    wait()
    assert made == ["at once", 5, "later"]


def test_a_snapshot_whose_place_another_took_is_let_go_at_once(
    tick: Callable[[int], None], to_make: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Keeper, "LATER", 600)
    keeper = Keeper()
    keeper.newest()
    [waiting] = [thread for thread in threading.enumerate() if thread.name == Keeper.AHEAD]
    tick(2)
    keeper.newest()
    waiting.join(30)
    assert not waiting.is_alive()
    keeper.forget()
    wait()


def test_a_snapshot_stands_although_something_of_it_cannot_be_made(
    tick: object, to_make: list, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(snapshot: Snapshot) -> None:
        raise MemoryError

    to_make.append(broken)
    keeper = Keeper()
    with caplog.at_level(logging.ERROR):
        snapshot = keeper.newest()
        wait()
    assert keeper.newest() is snapshot
    assert "could not be made ahead" in caplog.text
