"""Clocks keep working days, bank holidays and the change of the hour; a high risk keeps none of them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.working_time import DeskHours, is_working_day
from triage.clocks import (
    Acknowledgement,
    acknowledged_by,
    age_in_words,
    due_in_words,
    seen_by,
    updated_by,
)
from triage.vocabulary import Level

LONDON = ZoneInfo("Europe/London")
HOURS = DeskHours(time(9), time(17), LONDON)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON).astimezone(UTC)  # type: ignore[misc, arg-type]


def test_high_runs_day_and_night() -> None:
    night = london(2026, 12, 25, 2)
    assert seen_by(Level.HIGH, night, HOURS) == night + timedelta(hours=1)


def test_medium_on_a_friday_afternoon_is_due_on_monday() -> None:
    assert seen_by(Level.MEDIUM, london(2026, 11, 20, 15), HOURS) == london(2026, 11, 23, 15)


def test_a_weekend_report_counts_from_monday_morning() -> None:
    assert seen_by(Level.MEDIUM, london(2026, 11, 21, 13), HOURS) == london(2026, 11, 24, 9)


def test_standard_over_christmas_skips_its_bank_holidays() -> None:
    # Thursday 24 December 2026; the 25th is a holiday, Monday 28 stands in for Boxing Day.
    assert seen_by(Level.STANDARD, london(2026, 12, 24, 10), HOURS) == london(2026, 12, 31, 10)


def test_the_change_of_the_hour_keeps_the_time_on_the_wall() -> None:
    # Clocks go back on Sunday 25 October 2026: 73 hours for three days on the wall.
    assert seen_by(Level.MEDIUM, london(2026, 10, 23, 10), HOURS) == london(2026, 10, 26, 10)
    assert london(2026, 10, 26, 10) - london(2026, 10, 23, 10) == timedelta(hours=73)


def test_an_agency_answers_in_a_working_day_or_four_hours() -> None:
    rule = Acknowledgement()
    friday = london(2026, 11, 20, 16)
    assert acknowledged_by(Level.MEDIUM, friday, rule, HOURS) == london(2026, 11, 23, 16)
    assert acknowledged_by(Level.HIGH, friday, rule, HOURS) == friday + timedelta(hours=4)


def test_an_update_is_due_in_ten_working_days() -> None:
    assert updated_by(london(2026, 11, 2, 12), HOURS) == london(2026, 11, 16, 12)


def test_a_clock_is_said_in_words() -> None:
    now = london(2026, 11, 20, 12)
    overdue = due_in_words(now - timedelta(hours=3), now)
    assert (overdue.words, overdue.overdue) == ("by 3 hours", True)
    assert due_in_words(now + timedelta(minutes=1), now).words == "in 1 minute"
    assert due_in_words(now + timedelta(days=3), now).words == "in 3 days"
    assert age_in_words(now - timedelta(minutes=5), now) == "less than an hour old"
    assert age_in_words(now - timedelta(hours=26), now) == "26 hours old"


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))


@given(MOMENTS)
def test_a_quieter_level_is_never_due_sooner(moment: datetime) -> None:
    high, medium, standard = (seen_by(level, moment, HOURS) for level in (Level.HIGH, Level.MEDIUM, Level.STANDARD))
    assert moment < high < medium < standard
    assert is_working_day(medium.astimezone(LONDON).date())
    assert is_working_day(standard.astimezone(LONDON).date())
