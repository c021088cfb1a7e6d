"""Keeping snapshots: the newest one, and a few older moments that readers ask for."""

import gc
import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import connections

from sources import clock

from .building import build
from .builds import Builds
from .derived import MADE_AHEAD, MADE_LATER
from .snapshot import Snapshot

logger = logging.getLogger(__name__)

#: How many older moments a worker holds at once.
KEPT_MOMENTS = 4
#: How many different older moments may be under construction or queued in a worker at once.
QUEUED_MOMENTS = 4


class Keeper:
    """Holds built snapshots for all threads of a worker; each moment is built by one thread at a time."""

    #: The name of the thread that makes what pages will ask for.
    AHEAD = "made ahead"
    #: How long it waits with what takes long, in seconds.
    LATER = 5.0

    def __init__(self) -> None:
        self._newest: Snapshot | None = None
        self._older: Builds[int, Snapshot] = Builds(KEPT_MOMENTS, QUEUED_MOMENTS)
        self._building_newest = threading.Lock()
        #: Set when another snapshot takes the place of the newest one.
        self._superseded = threading.Event()

    def newest(self) -> Snapshot:
        """The record as it stands; while a thread builds a newer one, others are served the one before."""
        tick = clock.newest()
        held = self._newest
        if held is not None and held.tick == tick:
            return held
        if not self._building_newest.acquire(blocking=held is None):
            return held or self.newest()
        try:
            if self._newest is None or self._newest.tick != tick:
                self._newest = build(tick)
                # A suppression reaches into the past, so older moments are built anew.
                self._older.forget()
                if settings.MAKE_AHEAD:
                    self._superseded.set()
                    self._superseded = threading.Event()
                    made = (self._newest, self._superseded)
                    threading.Thread(target=self._make_ahead, args=made, name=self.AHEAD, daemon=True).start()
            return self._newest
        except Exception:
            if held is None:
                raise
            logger.exception(
                "The snapshot of tick %s could not be built; tick %s is served on.", tick, held.tick
            )
            return held
        finally:
            self._building_newest.release()

    def at(self, tick: int) -> Snapshot:
        """The record as it stood at an older tick. Raises TooManyMoments."""
        newest = self._newest
        if newest is not None and newest.tick == tick:
            return newest
        return self._older.get(tick, lambda: _settled(tick))

    def _make_ahead(self, snapshot: Snapshot, superseded: threading.Event) -> None:
        """Make what pages will ask of a new snapshot, unless a newer one has taken its place."""
        try:
            self._make(snapshot, MADE_AHEAD)
            # A worker's threads share one interpreter: pages asked for meanwhile take twice as long.
            self._pause(superseded, self.LATER)
            self._make(snapshot, MADE_LATER)
            if self._newest is snapshot:
                _spare_snapshots()
        except Exception:
            logger.exception("What pages need of tick %s could not be made ahead.", snapshot.tick)
        finally:
            connections.close_all()

    @staticmethod
    def _pause(superseded: threading.Event, seconds: float) -> None:
        superseded.wait(seconds)

    def _make(self, snapshot: Snapshot, functions: list[Callable[[Snapshot], object]]) -> None:
        for make in functions:
            if self._newest is snapshot:
                make(snapshot)

    def forget(self) -> None:
        """Drop everything held: after a suppression, which changes the past, and in tests."""
        self._newest = None
        self._superseded.set()
        self._older.forget()


def _settled(tick: int) -> Snapshot:
    """The snapshot of an older tick, built while nothing was published: a suppression reaches into it."""
    while True:
        newest, built = clock.newest(), build(tick)
        if clock.newest() == newest:
            return built


def _spare_snapshots() -> None:
    """Let the garbage collector pass over what stands now, until the next snapshot takes its place.

    A full collection reads every object there is, a tenth of a second in the midst of some reader's page.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


keeper = Keeper()
