"""The clocks: when a report must be seen, when a referral must be answered. Pure.

A high risk runs on elapsed time, day and night; everything else on the desk's working days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.working_time import DeskHours
from triage.vocabulary import Level

SEEN_WITHIN = timedelta(hours=1)
WORKING_DAYS = {Level.MEDIUM: 1, Level.STANDARD: 3}
UPDATE_WORKING_DAYS = 10
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """How soon an agency answers a referral: working days, or elapsed hours when the risk is high."""

    working_days: int = 1
    hours_when_high: int = 4


@dataclass(frozen=True, slots=True)
class Due:
    """A clock in words, as they follow the word Overdue or stand alone."""

    words: str
    overdue: bool


def seen_by(level: Level, received: datetime, hours: DeskHours) -> datetime:
    """When a report of this level must have been seen."""
    if level is Level.HIGH:
        return received + SEEN_WITHIN
    return hours.after_working_days(received, WORKING_DAYS[level])


def acknowledged_by(level: Level, sent: datetime, rule: Acknowledgement, hours: DeskHours) -> datetime:
    """When an agency must have accepted or declined."""
    if level is Level.HIGH:
        return sent + timedelta(hours=rule.hours_when_high)
    return hours.after_working_days(sent, rule.working_days)


def updated_by(now: datetime, hours: DeskHours) -> datetime:
    """When an agency that accepted must next say how it goes."""
    return hours.after_working_days(now, UPDATE_WORKING_DAYS)


def due_in_words(due: datetime, now: datetime) -> Due:
    """How long is left, or by how much it is overdue."""
    if due < now:
        return Due(f"by {span_in_words(now - due)}", overdue=True)
    return Due(f"in {span_in_words(due - now)}", overdue=False)


def span_in_words(span: timedelta) -> str:
    """A span as a person would say it: minutes under two hours, hours under two days, then days."""
    if span < 2 * _HOUR:
        minutes = max(int(span.total_seconds() // 60), 1)
        return _counted(minutes, "minute")
    if span < 2 * _DAY:
        return _counted(span // _HOUR, "hour")
    return _counted(span // _DAY, "day")


def age_in_words(received: datetime, now: datetime) -> str:
    """How old a report is; reports are kept to the hour, so the first hour is said as such."""
    span = now - received
    return "less than an hour old" if span < _HOUR else f"{span_in_words(span)} old"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
