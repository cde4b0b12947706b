"""How often each key may ask, counted in this process."""

from __future__ import annotations

import math
import time
from threading import Lock
from typing import TYPE_CHECKING

from app.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Callable


class RateLimits:
    """A bucket of requests for each key, full at first, refilled evenly over each minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def spend(self, key_id: str, per_minute: int) -> None:
        """Take one request from the key's bucket.

        Raises:
            Busy: the bucket is empty; it says when it no longer is.
        """
        now = self._clock()
        with self._lock:
            left, seen = self._buckets.get(key_id, (float(per_minute), now))
            left = min(float(per_minute), left + (now - seen) * per_minute / 60)
            if left >= 1:
                self._buckets[key_id] = (left - 1, now)
                return
            self._buckets[key_id] = (left, now)
        raise Busy(
            f"expected at most {per_minute} requests a minute with this key, got more",
            retry_after_s=max(1, math.ceil((1 - left) * 60 / per_minute)),
        )
