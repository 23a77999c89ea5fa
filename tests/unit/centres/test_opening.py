"""When a centre is open."""

from datetime import datetime, time

import pytest

from centres.opening import CLOSES_FIRST, MIDNIGHT, Opening, Week

MORNING, AFTERNOON = Opening(1, time(9), time(12, 30)), Opening(1, time(13), time(17))


def test_a_week_is_kept_in_order_and_comes_back_as_it_was() -> None:
    week = Week.of([AFTERNOON, MORNING], on_bank_holidays=True)
    assert week.openings == (MORNING, AFTERNOON)
    assert Week.from_values(week.to_values()) == week
    assert Week.from_values({}) == Week()


@pytest.mark.parametrize(
    ("openings", "problem"),
    [
        ([MORNING, AFTERNOON], None),
        ([MORNING, Opening(1, time(12, 30), time(14))], None),
        ([MORNING, Opening(1, time(12), time(14))], "Tuesday 09:00 to 12:30 overlaps Tuesday 12:00 to 14:00."),
        ([Opening(0, time(17), time(9))], f"Monday 17:00 to 09:00: {CLOSES_FIRST}"),
        ([Opening(0, time(9), time(9))], f"Monday 09:00 to 09:00: {CLOSES_FIRST}"),
    ],
)
def test_what_cannot_be_is_said(openings: list[Opening], problem: str | None) -> None:
    assert list(Week.of(openings).problems()) == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 24, 9), True),
        (datetime(2026, 11, 24, 8, 59), False),
        (datetime(2026, 11, 24, 12, 30), False),
        (datetime(2026, 11, 24, 16, 59), True),
        (datetime(2026, 11, 25, 10), False),
    ],
)
def test_open_by_the_hours_of_the_day(moment: datetime, is_open: bool) -> None:
    assert Week.of([MORNING, AFTERNOON]).is_open(moment) is is_open


def test_a_place_that_closes_at_midnight_is_open_to_the_last_second() -> None:
    week = Week.of([Opening(1, time(18), MIDNIGHT), Opening(2, time(0), time(2))])
    assert week.is_open(datetime(2026, 11, 24, 23, 59, 59))
    assert week.is_open(datetime(2026, 11, 25, 1, 59))
    assert not week.is_open(datetime(2026, 11, 25, 2))
    assert str(week.openings[0]) == "Tuesday 18:00 to 24:00"
    assert list(week.problems()) == []


def test_a_bank_holiday_is_closed_unless_said_otherwise() -> None:
    monday = Opening(0, time(9), time(17))
    holiday = datetime(2026, 5, 4, 10)
    assert not Week.of([monday]).is_open(holiday)
    assert Week.of([monday], on_bank_holidays=True).is_open(holiday)
    assert Week.of([monday]).is_open(datetime(2026, 5, 11, 10))
