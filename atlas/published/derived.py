"""What is made of a snapshot once and kept with it: the map's index, the index of names, the health rules."""

import functools
import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from .snapshot import Snapshot

P = ParamSpec("P")
V = TypeVar("V")

#: What most pages of the newest snapshot need, so that it is made before a reader asks.
MADE_AHEAD: list[Callable[[Snapshot], object]] = []
#: What few need and takes long: made when whoever published has had a look.
MADE_LATER: list[Callable[[Snapshot], object]] = []


def kept_with_snapshot(make: Callable[Concatenate[Snapshot, P], V]) -> Callable[Concatenate[Snapshot, P], V]:
    """Let the first thread that asks make it; the snapshot keeps it, by what else it was asked with."""
    making = threading.Lock()

    @functools.wraps(make)
    def kept(snapshot: Snapshot, *args: P.args, **kwargs: P.kwargs) -> V:
        key = (make, args, tuple(kwargs.items()))
        held = snapshot.derived
        if key not in held:
            with making:
                if key not in held:
                    held[key] = make(snapshot, *args, **kwargs)
        found: V = held[key]
        return found

    return kept


def made_ahead(kept: Callable[[Snapshot], V]) -> Callable[[Snapshot], V]:
    """Have it made as soon as a new snapshot stands (`settings.MAKE_AHEAD`)."""
    MADE_AHEAD.append(kept)
    return kept


def made_later(kept: Callable[[Snapshot], V]) -> Callable[[Snapshot], V]:
    """Have it made some seconds after a new snapshot stands (`settings.MAKE_AHEAD`)."""
    MADE_LATER.append(kept)
    return kept
