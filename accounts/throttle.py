"""Guesses are slowed in memory, under names that rotate: nothing about who guessed is stored or logged."""

import time

from flask import current_app
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from core.sealing import Key, fingerprint, new_key

FROM_ONE_PLACE = 10
FROM_EVERYWHERE = 100
"""Guesses at one person's password from all addresses together: a stranger must not lock the desk out with ten."""
_ROTATES_SECONDS = 300


class GuessThrottle:
    """So many guesses in five minutes for one name. Each process keeps its own count, under a key of its own."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._key: Key = new_key()
        self._until = 0.0

    def spend(self, purpose: str, name: str, allowed: int) -> bool:
        """Count one guess; False when there were more than `allowed`."""
        return self._limiter.hit(RateLimitItemPerMinute(allowed, 5), purpose, self._blurred(name))

    def _blurred(self, name: str) -> str:
        if time.monotonic() > self._until:
            self._key, self._until = new_key(), time.monotonic() + _ROTATES_SECONDS
        return fingerprint(name.encode(), self._key)


def spend_guess(purpose: str, name: str, allowed: int = FROM_ONE_PLACE) -> bool:
    """Count one guess against a name for a purpose; False when there were too many."""
    return _throttle().spend(purpose, name, allowed)


def _throttle() -> GuessThrottle:
    throttle: GuessThrottle = current_app.extensions["guess throttle"]
    return throttle
