"""Times of day as people write them, and as a form shows them again."""

import re
from datetime import time

from centres.opening import MIDNIGHT

_TIME = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?(am|pm)?$")
_NOON = frozenset({"noon", "midday", "12noon", "12midday"})
_MIDNIGHT = frozenset({"midnight", "12midnight"})
_AS_CLOSING = frozenset({"24", "24:00", "24.00"})


def read_time(text: str) -> time:
    """A time as people write it: 9, 9am, 9.30, 09:30, 17:00, 5.30pm, noon, midnight. ValueError for anything else."""
    written = _squeezed(text)
    if written in _NOON:
        return time(12)
    if written in _MIDNIGHT:
        return time(0)
    found = _TIME.match(written)
    if found is None:
        raise ValueError(text)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise ValueError(text)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def read_closing_time(text: str) -> time:
    """The same for when a place closes: midnight, however it is written, is the end of the day."""
    if _squeezed(text) in _AS_CLOSING:
        return MIDNIGHT
    closes = read_time(text)
    return MIDNIGHT if closes == time(0) else closes


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.lower())
