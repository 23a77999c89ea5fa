"""Guesses are slowed in memory, under names that rotate: nothing about who guessed is stored or logged."""

import time

from flask import current_app
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from core.sealing import Key, fingerprint, new_key

_ROTATES_SECONDS = 300


class GuessThrottle:
    """Ten guesses in five minutes for one name. Each process keeps its own count, under a key of its own."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._allowed = RateLimitItemPerMinute(10, 5)
        self._key: Key = new_key()
        self._until = 0.0

    def spend(self, purpose: str, name: str) -> bool:
        """Count one guess; False when there were too many."""
        return self._limiter.hit(self._allowed, purpose, self._blurred(name))

    def is_open(self, purpose: str, name: str) -> bool:
        """Whether another guess would be let through, without counting one."""
        return self._limiter.test(self._allowed, purpose, self._blurred(name))

    def _blurred(self, name: str) -> str:
        if time.monotonic() > self._until:
            self._key, self._until = new_key(), time.monotonic() + _ROTATES_SECONDS
        return fingerprint(name.encode(), self._key)


def spend_guess(purpose: str, name: str) -> bool:
    """Count one guess against a name for a purpose; False when there were too many."""
    return _throttle().spend(purpose, name)


def may_guess(purpose: str, name: str) -> bool:
    """Whether another guess would be let through, without counting one."""
    return _throttle().is_open(purpose, name)


def _throttle() -> GuessThrottle:
    throttle: GuessThrottle = current_app.extensions["guess throttle"]
    return throttle
