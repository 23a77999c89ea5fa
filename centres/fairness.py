"""Fairness between partner systems: a bucket of requests for each token, in memory, so that none slows another."""

from collections.abc import Callable
from math import ceil
from threading import Lock

BURST = 120
"""So many requests may come at once."""
A_MINUTE = 120
"""So many a minute may come without end. Each process keeps buckets of its own: the least that a token has."""


class Buckets:
    """Requests left by token, filled again as time passes. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float], burst: int = BURST, a_minute: int = A_MINUTE) -> None:
        self._clock = clock
        self._burst = float(burst)
        self._a_second = a_minute / 60
        self._lock = Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, token_id: str) -> int:
        """Take one request; 0 when it may go on, else the seconds until the next may."""
        with self._lock:
            now = self._clock()
            left, at = self._left.get(token_id, (self._burst, now))
            left = min(self._burst, left + (now - at) * self._a_second)
            if left < 1:
                self._left[token_id] = (left, now)
                return max(1, ceil((1 - left) / self._a_second))
            self._left[token_id] = (left - 1, now)
            return 0
