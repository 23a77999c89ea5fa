"""When the desk works: its hours, weekends and the bank holidays of England."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from core.settings import Settings


@dataclass(frozen=True, slots=True)
class DeskHours:
    """Opening and closing hours of a working day, in the desk's time zone."""

    opens: time
    closes: time
    zone: ZoneInfo

    @classmethod
    def of(cls, settings: Settings) -> "DeskHours":
        """The hours that the installation set."""
        zone = ZoneInfo(settings.desk_time_zone)
        return cls(time(settings.desk_opens), time(settings.desk_closes), zone)

    def next_reading(self, now: datetime) -> datetime:
        """When somebody will next read reports: now while the desk is open, else its next opening."""
        local = now.astimezone(self.zone)
        if is_working_day(local.date()) and self.opens <= local.time() < self.closes:
            return now
        day = local.date()
        if local.time() >= self.opens or not is_working_day(day):
            day = _next_working_day(day)
        return self._at(day, self.opens)

    def day_of(self, moment: datetime) -> date:
        """The day that a moment falls on where the desk is."""
        return moment.astimezone(self.zone).date()

    def after_working_days(self, start: datetime, days: int) -> datetime:
        """The same time of day so many working days later; outside desk hours, counted from the next opening."""
        begun = self.next_reading(start).astimezone(self.zone)
        day = begun.date()
        for _ in range(days):
            day = _next_working_day(day)
        return self._at(day, begun.time())

    def hours_between(self, start: datetime, end: datetime) -> float:
        """The desk's own hours from one moment to a later one; 0 when none lies between or the end is earlier."""
        begun, ended = start.astimezone(self.zone), end.astimezone(self.zone)
        hours, day = 0.0, begun.date()
        while day <= ended.date():
            if is_working_day(day):
                opened = max(self._at(day, self.opens), start)
                closed = min(self._at(day, self.closes), end)
                hours += max(0.0, (closed - opened).total_seconds() / 3600)
            day += timedelta(days=1)
        return hours

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def is_working_day(day: date) -> bool:
    """Monday to Friday, no bank holiday in England."""
    return day.weekday() < 5 and not is_bank_holiday(day)


def is_bank_holiday(day: date) -> bool:
    """Whether it is a bank holiday in England."""
    return day in _bank_holidays(day.year)


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
