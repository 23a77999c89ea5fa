"""Months: which one is looked at, the one a year before, and whether it is over."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST = date(2000, 1, 1)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """A month by its first day, under one vintage of ward boundaries, as seen on the day `today`."""

    month: date
    vintage: str
    today: date

    @property
    def year_before(self) -> date:
        """The first day of the same month a year before."""
        return self.month.replace(year=self.month.year - 1)

    @property
    def is_over(self) -> bool:
        """Whether the month's last day has passed."""
        return next_month(self.month) <= self.today

    @property
    def previous(self) -> date | None:
        """The month before, or None at the earliest that can be asked for."""
        return (self.month - timedelta(days=1)).replace(day=1) if self.month > EARLIEST else None

    @property
    def following(self) -> date | None:
        """The month after, or None when it has not begun."""
        after = next_month(self.month)
        return after if after <= self.today else None

    @property
    def share_of_days(self) -> float:
        """This month's share of the days of both months: a half, but for February and leap years."""
        days = days_in(self.month)
        return days / (days + days_in(self.year_before))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def days_in(month: date) -> int:
    """How many days the month has."""
    return (next_month(month) - month.replace(day=1)).days


def name_of(month: date) -> str:
    """A month in words, such as January 2024."""
    return month.strftime("%B %Y")


def short_name_of(month: date) -> str:
    """A month in a narrow space, such as Jan 2024."""
    return month.strftime("%b %Y")


def code_of(month: date) -> str:
    """A month as it stands in an address or a file, such as 2024-01."""
    return f"{month:%Y-%m}"


def read_month(text: str) -> date | None:
    """The first day of a month written 2024-01, or None for anything else."""
    found = _MONTH.fullmatch(text.strip())
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if 1 <= month <= 12 and year >= 1 else None
