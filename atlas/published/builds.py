"""Things that take seconds to build and are asked for by many: the last few are kept, each built once."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class TooManyMoments(Exception):
    """More different moments are asked for at once than a worker can build; try again in a few seconds."""


class Builds(Generic[K, V]):
    """The things last asked for, by key. One thread at a time builds; those held answer meanwhile."""

    def __init__(self, most_kept: int, most_awaited: int) -> None:
        """At most so many are kept, and so many different ones may be under construction or queued."""
        self._most_kept, self._most_awaited = most_kept, most_awaited
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._awaited: Counter[K] = Counter()
        self._counting = threading.Lock()
        self._building = threading.Lock()

    def held(self, key: K) -> V | None:
        """What is kept under a key."""
        return self._kept.get(key)

    def get(self, key: K, build: Callable[[], V]) -> V:
        """What is kept under a key, or else built now, once however many ask. Raises TooManyMoments."""
        held = self._kept.get(key)
        if held is not None:
            return held
        with self._counting:
            if key not in self._awaited and len(self._awaited) >= self._most_awaited:
                raise TooManyMoments
            self._awaited[key] += 1
        try:
            with self._building:
                return self._built(key, build)
        finally:
            with self._counting:
                self._awaited[key] -= 1
                self._awaited += Counter()  # drops those that nobody awaits

    def forget(self) -> None:
        """Drop everything held."""
        self._kept.clear()

    def _built(self, key: K, build: Callable[[], V]) -> V:
        held = self._kept.get(key)
        if held is None:
            held = self._kept[key] = build()
            while len(self._kept) > self._most_kept:
                self._kept.popitem(last=False)
        return held
