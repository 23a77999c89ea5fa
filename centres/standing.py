"""Pure decisions about training: what counts until when, who is reminded, and who may log."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from centres.vocabulary import Course, Readiness

MONTHS: dict[Course, int] = {
    Course.REPORTING: 24,
    Course.SAFEGUARDING: 36,
    Course.TRAUMA: 36,
    Course.INTERPRETERS: 36,
}
"""How long a course counts, unless whoever records it says otherwise."""
REQUIRED = Course.REPORTING
"""The course without which nobody logs for a visitor."""
REMINDED = timedelta(days=30)
"""So long before training runs out its holder is reminded."""
GRACE = timedelta(days=14)
"""So long after it ran out somebody may still log: a centre must not close because a course was full."""
LONGEST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Trained:
    """One course that somebody completed, and the first day on which it no longer counts."""

    course: Course
    completed_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with the required course. Days are None for somebody who never completed it.

    `due_on` is the first day without valid training, `stops_on` the first on which they may no longer log.
    """

    readiness: Readiness
    course: Course = REQUIRED
    due_on: date | None = None
    stops_on: date | None = None

    @property
    def may_log(self) -> bool:
        """Whether they may log a new report for a visitor."""
        return self.readiness not in {Readiness.NEVER, Readiness.LAPSED}

    @property
    def wants_attention(self) -> bool:
        """Whether they, and their lead, are to be told."""
        return self.readiness is not Readiness.GOOD


def expiry_of(completed_on: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(completed_on.month - 1 + months, 12)
    year = completed_on.year + years
    return date(year, month + 1, min(completed_on.day, monthrange(year, month + 1)[1]))


def standing(trainings: Iterable[Trained], today: date) -> Standing:
    """How somebody with these trainings stands today; the one that counts longest decides."""
    expiries = [each.expires_on for each in trainings if each.course is REQUIRED and each.completed_on <= today]
    if not expiries:
        return Standing(Readiness.NEVER)
    due_on = max(expiries)
    return Standing(_readiness(due_on, today), REQUIRED, due_on, due_on + GRACE)


def _readiness(due_on: date, today: date) -> Readiness:
    if today >= due_on + GRACE:
        return Readiness.LAPSED
    if today >= due_on:
        return Readiness.IN_GRACE
    return Readiness.DUE_SOON if today >= due_on - REMINDED else Readiness.GOOD
