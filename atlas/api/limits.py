"""How much one place may ask in a while, counted by all workers of a machine together.

A place's requests are kept as one number, the moment at which it may again ask as much at once as anybody:
the generic cell rate algorithm (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm). The numbers stand
in a file of fixed size that every worker maps into its memory, so that counting costs no query; it takes a
few microseconds. Headers are those of draft-ietf-httpapi-ratelimit-headers.
"""

import fcntl
import hashlib
import math
import mmap
import os
import struct
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

#: A place's hash, and when it may ask the whole quota again (seconds since 1970; 0 in a slot never used).
_SLOT = struct.Struct("<Qd")
#: Places remembered at once, and slots that one place may stand in; whoever is soonest forgiven makes room.
_SLOTS, _PROBES = 1 << 16, 8


@dataclass(frozen=True)
class Standing:
    """What is left to a place after a request."""

    #: Requests that it may still send at once.
    left: int
    #: Seconds until it may send the whole quota at once again.
    whole_in: float
    #: Seconds until a refused request would be taken; 0 for one that was.
    retry_in: float = 0

    @property
    def refused(self) -> bool:
        return self.retry_in > 0


class Limit:
    """The quotas of all places; safe for concurrent use by threads, and by processes that name one file."""

    def __init__(self, burst: int, per_second: float, path: Path | None = None) -> None:
        """`burst` requests at once, regained at `per_second`; without a path for this process alone."""
        self.burst, self.interval = burst, 1 / per_second
        self._path = path
        self._lock = threading.Lock()
        self._file, self._slots = -1, None if path else mmap.mmap(-1, _SLOTS * _SLOT.size)

    def take(self, place: str, now: float | None = None) -> Standing:
        """Take one request of a place, if it has one left."""
        at = time.time() if now is None else now
        key = int.from_bytes(hashlib.blake2b(place.encode(), digest_size=8).digest(), "little")
        with self._lock:
            slots = self._opened()
            if self._path:
                fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                return self._take(slots, key, at)
            finally:
                if self._path:
                    fcntl.lockf(self._file, fcntl.LOCK_UN)

    def headers(self, standing: Standing) -> dict[str, str]:
        """What tells a client how much it may still ask."""
        window = math.ceil(self.burst * self.interval)
        return {
            "RateLimit-Policy": f'"address";q={self.burst};w={window}',
            "RateLimit": f'"address";r={standing.left};t={math.ceil(standing.whole_in)}',
        }

    def _take(self, slots: mmap.mmap, key: int, at: float) -> Standing:
        most = self.burst * self.interval
        offset, whole_at = self._find(slots, key, at)
        # No farther off than a whole quota takes, even if the machine's clock was set back.
        whole_at = min(max(whole_at, at), at + most)
        over = whole_at + self.interval - at - most
        refused = over > 1e-6
        whole_at += 0 if refused else self.interval
        _SLOT.pack_into(slots, offset, key, whole_at)
        if refused:
            return Standing(0, whole_at - at, over)
        return Standing(int((at + most - whole_at) / self.interval + 1e-6), whole_at - at)

    def _find(self, slots: mmap.mmap, key: int, at: float) -> tuple[int, float]:
        """Where a place stands or may stand, and when it may ask the whole quota again."""
        best, soonest = 0, math.inf
        for probe in range(_PROBES):
            offset = (key + probe) % _SLOTS * _SLOT.size
            found, whole_at = _SLOT.unpack_from(slots, offset)
            if found == key:
                return offset, whole_at
            if whole_at < soonest:
                best, soonest = offset, whole_at
        return best, at

    def _opened(self) -> mmap.mmap:
        if self._slots is None:
            assert self._path
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            os.ftruncate(self._file, _SLOTS * _SLOT.size)
            self._slots = mmap.mmap(self._file, _SLOTS * _SLOT.size)
        return self._slots


limit = Limit(settings.API_BURST, settings.API_PER_SECOND, settings.DATA_DIR / "api_limits")
