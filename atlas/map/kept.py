"""The selections last asked for, kept for the next question."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from .selections import Selection


class SelectionCache:
    """At most so many selections and so many bytes, those longest unused dropped; safe for concurrent use.

    Two threads that ask for the same new selection at once may both build it; both get a right one.
    """

    def __init__(self, most: int = 64, most_bytes: int = 128 << 20) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[Hashable, Selection] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, build: Callable[[], Selection]) -> Selection:
        """The selection kept under a key, or else a newly built one."""
        with self._lock:
            selection = self._kept.get(key)
            if selection is not None:
                self._kept.move_to_end(key)
                self._weigh(key, selection)
                return selection
        selection = build()
        with self._lock:
            self._kept[key] = selection
            self._weigh(key, selection)
        return selection

    def _weigh(self, key: Hashable, selection: Selection) -> None:
        """Take note of how large a selection has grown, and drop others where that is too much."""
        size = selection.nbytes
        self._bytes += size - self._sizes.get(key, 0)
        self._sizes[key] = size
        while len(self._kept) > self._most or (self._bytes > self._most_bytes and self._kept):
            dropped, _ = self._kept.popitem(last=False)
            self._bytes -= self._sizes.pop(dropped)

    def __len__(self) -> int:
        return len(self._kept)
