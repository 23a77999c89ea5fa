"""Pure rules of oversight: what a centre's numbers are, and when it has gone quiet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 12
QUIET_AFTER = timedelta(days=60)
WITHIN_MILES = 1.0
HIDES_UP_TO = 4
"""Where somebody heard of the form is hidden from 1 to this: a poster hangs in one place, and a few are known there."""
HIDDEN_WORDS = f"hidden, 1 to {HIDES_UP_TO}"


@dataclass(frozen=True, slots=True)
class Counted:
    """Reports that a centre logged in one month, and how many of them say what."""

    reports: int = 0
    ward_known: int = 0
    strand_given: int = 0
    consent_recorded: int = 0
    referred: int = 0


def shown(count: int) -> str:
    """A count in words; hidden when it is small. Nought is shown: it points at nobody."""
    return HIDDEN_WORDS if 1 <= count <= HIDES_UP_TO else f"{count:,}"


@dataclass(frozen=True, slots=True)
class Answered:
    """So many reports whose first answer came after so many of the desk's own hours."""

    hours: float
    reports: int


@dataclass(frozen=True, slots=True)
class CentreNumbers:
    """A centre's last twelve months. `months` begins with the oldest; `last_on` is the day of its last report."""

    centre_id: str
    name: str
    is_active: bool
    months: tuple[tuple[date, int], ...]
    counted: Counted
    median_hours: float | None
    answered: int
    last_on: date | None
    is_quiet: bool
    training: str | None = None

    def share(self, part: int) -> str:
        """A part of the year's reports in words; a dash when there are none."""
        return (
            f"{part / self.counted.reports:.0%} ({part:,} of {self.counted.reports:,})" if self.counted.reports else "–"
        )

    @property
    def answer_time(self) -> str:
        """The median time to the first answer in words, in hours that the desk is open."""
        if self.median_hours is None:
            return "No answer yet"
        hours = round(self.median_hours)
        return "Under 1 working hour" if hours < 1 else f"{hours} working {'hour' if hours == 1 else 'hours'}"


def last_months(today: date, count: int = MONTHS) -> tuple[date, ...]:
    """The first days of the last months, the oldest first, this month the last."""
    months = [today.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(months))


def added_up(months: Mapping[date, Counted]) -> Counted:
    """Several months together."""
    names = Counted.__slots__
    return Counted(**{name: sum(getattr(month, name) for month in months.values()) for name in names})


def median_of(answers: Sequence[Answered]) -> float | None:
    """The median of hours, each counted for its reports; None without any."""
    ordered = sorted(answers, key=lambda each: each.hours)
    total = sum(each.reports for each in ordered)
    if not total:
        return None
    low, high = _at(ordered, (total - 1) // 2), _at(ordered, total // 2)
    return (low + high) / 2


def has_gone_quiet(is_active: bool, last_on: date | None, since: date, today: date) -> bool:
    """Whether an active centre logged nothing for so long; one that is new counts from when it began."""
    return is_active and (last_on or since) + QUIET_AFTER <= today


def _at(ordered: Sequence[Answered], place: int) -> float:
    for each in ordered:
        if place < each.reports:
            return each.hours
        place -= each.reports
    raise IndexError(place)
