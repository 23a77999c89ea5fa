"""Pure decisions about a visit: how long it may be kept, what it is called, what must have been read aloud."""

import secrets
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from centres.opening import Week
from reporting.answers import Consent

LAST_HOUR = timedelta(hours=1)
LONG_AGO = timedelta(days=366)
"""From this age on, the day of a paper form is asked about once more."""
LATEST_CALL_BACK = timedelta(days=366)
"""So far ahead a call-back may be promised: later, nobody knows who will be there."""
SHORTEST_PASSPHRASE = 12
FEWEST_LETTERS = 6
"""So many letters of a passphrase must differ: a key held down is no secret."""
WORDS = (
    "Anchor", "Beacon", "Buoy", "Compass", "Cove", "Current", "Dinghy", "Ferry", "Gull", "Harbour", "Heron", "Island",
    "Jetty", "Keel", "Lantern", "Lagoon", "Mast", "Oar", "Pebble", "Pier", "Quay", "Reed", "Rudder", "Sail", "Shell",
    "Shore", "Slipway", "Tide", "Wave", "Wharf",
)  # fmt: skip
"""Words that say nothing about anybody."""


def kept_until(week: Week, now: datetime, zone: ZoneInfo) -> datetime:
    """When a visit that is saved now is gone: the centre's closing time today, else midnight, in UTC.

    A visit in the last hour before closing, or after it, is still being worked on: it lasts until midnight.
    """
    local = now.astimezone(zone)
    closings = [
        datetime.combine(local.date(), each.closes, zone)
        for each in week.openings
        if each.weekday == local.weekday() and week.is_open(datetime.combine(local.date(), each.opens, zone))
    ]
    closing = max(closings, default=None)
    if closing is not None and closing - local > LAST_HOUR:
        return closing.astimezone(UTC)
    return datetime.combine(local.date() + timedelta(days=1), time(0), zone).astimezone(UTC)


def neutral_word() -> str:
    """A word to tell visits apart by, drawn by lot."""
    return secrets.choice(WORDS)


def unread(agreed: Consent, read_aloud: Consent) -> Consent:
    """What was agreed to without having been read aloud and answered: it is not agreed."""
    return agreed - read_aloud


def as_spoken(passphrase: str) -> str:
    """A passphrase without what nobody remembers of it: spaces, capitals, and how a keyboard put letters together."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).casefold().split())


def is_too_short(passphrase: str) -> bool:
    """Whether it has too few letters; spaces count once between words, and not around them."""
    return len(as_spoken(passphrase)) < SHORTEST_PASSPHRASE


def is_too_easy(passphrase: str) -> bool:
    """Whether it is hardly more than one letter many times."""
    return len(set(as_spoken(passphrase)) - {" "}) < FEWEST_LETTERS


def obstacle_to_call_back(due_at: datetime, now: datetime) -> str | None:
    """Why nobody can promise to call at a moment, in words; the hour that has begun is no obstacle."""
    if due_at <= now - LAST_HOUR:
        return "This has passed. Give a day and a time from now on"
    if due_at > now + LATEST_CALL_BACK:
        return "This is more than 12 months ahead. Give a day within a year"
    return None


def needs_a_second_look(dated: date, today: date) -> bool:
    """Whether a paper form's day is so old that a slip of the pen is likely."""
    return today - dated > LONG_AGO
