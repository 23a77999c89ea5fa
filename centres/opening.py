"""When a centre is open: its week, and the bank holidays of England."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise
from typing import Any

from core.working_time import is_bank_holiday

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MIDNIGHT = time(23, 59)
"""As a closing time: open to the end of the day, which no clock shows."""

CLOSES_FIRST = (
    "the closing time must come after the opening time. Open past midnight? "
    "Write 24:00 as the closing time, and the rest as hours of the next day, from 00:00."
)


def figures_of(closes: time) -> str:
    """A closing time in figures; the end of the day is 24:00."""
    return "24:00" if closes >= MIDNIGHT else f"{closes:%H:%M}"


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """One stretch of a weekday (0 is Monday), in the centre's own time."""

    weekday: int
    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{DAYS[self.weekday]} {self.opens:%H:%M} to {figures_of(self.closes)}"


@dataclass(frozen=True, slots=True)
class Week:
    """All stretches of a week, in order. Bank holidays are closed days unless said otherwise."""

    openings: tuple[Opening, ...] = ()
    on_bank_holidays: bool = False

    @classmethod
    def of(cls, openings: Iterable[Opening], on_bank_holidays: bool = False) -> "Week":
        """A week from stretches in any order."""
        return cls(tuple(sorted(openings)), on_bank_holidays)

    @classmethod
    def from_values(cls, values: Any) -> "Week":
        """A week as it is stored: {"openings": [[weekday, "09:00", "17:00"], …], "on_bank_holidays": false}."""
        openings = (
            Opening(day, time.fromisoformat(opens), time.fromisoformat(closes))
            for day, opens, closes in values.get("openings", ())
        )
        return cls.of(openings, bool(values.get("on_bank_holidays", False)))

    def to_values(self) -> dict[str, Any]:
        """As it is stored."""
        rows = [[each.weekday, f"{each.opens:%H:%M}", f"{each.closes:%H:%M}"] for each in self.openings]
        return {"openings": rows, "on_bank_holidays": self.on_bank_holidays}

    def problems(self) -> Iterator[str]:
        """What cannot be, in words for whoever typed it."""
        for opening in self.openings:
            if opening.closes <= opening.opens:
                yield f"{opening}: {CLOSES_FIRST}"
        for before, after in pairwise(self.openings):
            if before.weekday == after.weekday and after.opens < before.closes:
                yield f"{before} overlaps {after}."

    def is_open(self, local: datetime) -> bool:
        """Whether it is open at a moment of the centre's own time."""
        if is_bank_holiday(local.date()) and not self.on_bank_holidays:
            return False
        now = local.time().replace(tzinfo=None)
        return any(
            each.weekday == local.weekday() and each.opens <= now and (now < each.closes or each.closes >= MIDNIGHT)
            for each in self.openings
        )
