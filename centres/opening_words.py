"""When a centre is open, in plain words, by its hours and the bank holidays of England."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from centres.opening import DAYS, MIDNIGHT, Opening, Week
from core.working_time import is_bank_holiday

_LOOK_AHEAD = 28
"""Days. No centre is shut for longer and open again by the same hours: Christmas takes eleven."""
NOT_TOLD = "Ask for the opening hours"


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day of a week: its name, and its hours in words."""

    day: str
    words: str
    is_closed: bool


def clock_words(moment: time) -> str:
    """A time of day as people say it: 9am, 12:30pm, noon, midnight."""
    if moment == time(12):
        return "noon"
    if moment >= MIDNIGHT:
        return "midnight"
    return f"{moment:%-I:%M%p}".lower().replace(":00", "")


def hours_of(week: Week) -> list[DayHours]:
    """Monday to Sunday, each with its hours; empty when no hours are known."""
    if not week.openings:
        return []
    return [_day(week, number) for number in range(len(DAYS))]


def closes_at(week: Week, local: datetime) -> time | None:
    """When it closes, if it is open at a moment of its own time. Stretches that touch are one."""
    if not week.is_open(local):
        return None
    now = local.time().replace(tzinfo=None)
    today = [each for each in week.openings if each.weekday == local.weekday()]
    closes = next(each.closes for each in today if each.opens <= now and (now < each.closes or each.closes >= MIDNIGHT))
    for each in today:
        if each.opens == closes:
            closes = each.closes
    return closes


def next_opening(week: Week, local: datetime) -> datetime | None:
    """When it next opens after a moment of its own time, or None without hours."""
    return next(_openings_after(week, local), None)


def opening_words(week: Week, local: datetime) -> str:
    """Whether it is open at a moment of its own time, until when, or when it opens next."""
    if not week.openings:
        return NOT_TOLD
    closes = closes_at(week, local)
    if closes is not None:
        return f"Open now, until {clock_words(closes)}"
    opens = next_opening(week, local)
    if opens is None:
        return NOT_TOLD
    holiday = is_bank_holiday(local.date()) and not week.on_bank_holidays
    closed = "Closed today, a bank holiday" if holiday else "Closed now"
    return f"{closed}. Opens at {clock_words(opens.time())} {_day_words(opens, local)}"


def _day(week: Week, number: int) -> DayHours:
    stretches = [each for each in week.openings if each.weekday == number]
    words = ", ".join(map(_stretch, stretches))
    return DayHours(DAYS[number], words or "Closed", not stretches)


def _stretch(opening: Opening) -> str:
    return f"{clock_words(opening.opens)} to {clock_words(opening.closes)}"


def _openings_after(week: Week, local: datetime) -> Iterator[datetime]:
    for ahead in range(_LOOK_AHEAD):
        day = local.date() + timedelta(days=ahead)
        for each in week.openings:
            opens = datetime.combine(day, each.opens, local.tzinfo)
            if each.weekday == day.weekday() and opens > local and week.is_open(opens):
                yield opens


def _day_words(opens: datetime, local: datetime) -> str:
    ahead = (opens.date() - local.date()).days
    if ahead == 0:
        return "today"
    if ahead == 1:
        return "tomorrow"
    return f"on {opens:%A}" if ahead < 7 else f"on {opens:%A %-d %B}"
