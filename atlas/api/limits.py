"""How much one place may ask in a while: a token bucket an address, in each worker.

The headers are those of draft-ietf-httpapi-ratelimit-headers.
"""

import threading
import time
from collections import OrderedDict

#: Requests a place may send at once, and how many it regains a second.
BURST, PER_SECOND = 300, 30.0
#: Places remembered at once; whoever was quiet longest is forgotten first.
_MOST_PLACES = 10_000


class Limit:
    """Buckets of all places; safe for concurrent use."""

    def __init__(self, burst: int = BURST, per_second: float = PER_SECOND) -> None:
        self.burst, self.per_second = burst, per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, place: str, now: float | None = None) -> float:
        """Take one request of a place; how many are left, below zero where there was none to take."""
        at = time.monotonic() if now is None else now
        with self._lock:
            left, before = self._buckets.pop(place, (float(self.burst), at))
            left = min(self.burst, left + (at - before) * self.per_second) - 1
            self._buckets[place] = max(left, 0.0), at
            if len(self._buckets) > _MOST_PLACES:
                self._buckets.popitem(last=False)
        return left

    def headers(self, left: float) -> dict[str, str]:
        """What tells a client how much it may still ask."""
        window = round(self.burst / self.per_second)
        return {
            "RateLimit-Policy": f'"address";q={self.burst};w={window}',
            "RateLimit": f'"address";r={max(int(left), 0)};t=1',
        }


limit = Limit()
