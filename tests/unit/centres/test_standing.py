"""Training: counted to the day, reminded of before, with a grace after, then no more logging."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centres.standing import GRACE, MONTHS, REMINDED, REQUIRED, Trained, expiry_of, standing
from centres.vocabulary import Course, Readiness
from centres.wording import in_words, tone_of

TODAY = date(2026, 11, 25)
days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
courses = st.builds(Trained, st.sampled_from(Course), days, days)


def expiring(on: date) -> list[Trained]:
    return [Trained(REQUIRED, date(2020, 1, 1), on)]


@pytest.mark.parametrize(
    ("left", "readiness", "may_log"),
    [
        (31, Readiness.GOOD, True),
        (30, Readiness.DUE_SOON, True),
        (1, Readiness.DUE_SOON, True),
        (0, Readiness.IN_GRACE, True),
        (-13, Readiness.IN_GRACE, True),
        (-14, Readiness.LAPSED, False),
        (-400, Readiness.LAPSED, False),
    ],
)
def test_every_edge_of_a_training(left: int, readiness: Readiness, may_log: bool) -> None:
    found = standing(expiring(TODAY + timedelta(days=left)), TODAY)
    assert (found.readiness, found.may_log) == (readiness, may_log)
    assert found.due_on == TODAY + timedelta(days=left)
    assert found.stops_on == found.due_on + GRACE


def test_whoever_was_never_trained_may_not_log() -> None:
    for trainings in ([], [Trained(Course.SAFEGUARDING, TODAY, date(2030, 1, 1))]):
        found = standing(trainings, TODAY)
        assert (found.readiness, found.may_log, found.due_on) == (Readiness.NEVER, False, None)


def test_a_course_of_tomorrow_does_not_count_today() -> None:
    assert not standing([Trained(REQUIRED, TODAY + timedelta(days=1), date(2030, 1, 1))], TODAY).may_log


@given(st.lists(courses), courses, days)
def test_a_further_training_never_makes_it_worse(trainings: list[Trained], more: Trained, today: date) -> None:
    before, after = standing(trainings, today), standing([*trainings, more], today)
    assert after.may_log or not before.may_log
    assert before.due_on is None or (after.due_on is not None and after.due_on >= before.due_on)


@given(st.lists(courses), days)
def test_who_may_log_has_valid_training_or_is_within_its_grace(trainings: list[Trained], today: date) -> None:
    counted = [each for each in trainings if each.course is REQUIRED and each.completed_on <= today]
    may = any(today < each.expires_on + GRACE for each in counted)
    assert standing(trainings, today).may_log is may


@given(days, st.integers(1, 60))
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    expiry = expiry_of(day, months)
    assert (expiry.year * 12 + expiry.month) - (day.year * 12 + day.month) == months
    assert expiry.day == day.day or (expiry.day < day.day and (expiry + timedelta(days=1)).day == 1)


def test_a_day_that_a_month_lacks() -> None:
    assert expiry_of(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert expiry_of(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert expiry_of(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_what_is_configured_makes_sense() -> None:
    assert set(MONTHS) == set(Course)
    assert timedelta(days=0) < GRACE < REMINDED
    assert all(in_words(word) and tone_of(word) for word in Readiness)
