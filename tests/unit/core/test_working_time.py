"""When somebody next reads: hours, weekends, bank holidays, and the two nights when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_time import DeskHours, is_working_day

LONDON = ZoneInfo("Europe/London")
DESK = DeskHours(time(9), time(17), LONDON)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def london(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "read"),
    [
        pytest.param(london(2026, 11, 17, 8, 59), london(2026, 11, 17, 9), id="before opening"),
        pytest.param(london(2026, 11, 17, 9), london(2026, 11, 17, 9), id="at opening"),
        pytest.param(london(2026, 11, 17, 16, 59), london(2026, 11, 17, 16, 59), id="just before closing"),
        pytest.param(london(2026, 11, 17, 17), london(2026, 11, 18, 9), id="at closing"),
        pytest.param(london(2026, 11, 20, 17, 5), london(2026, 11, 23, 9), id="Friday evening"),
        pytest.param(london(2026, 11, 21, 3), london(2026, 11, 23, 9), id="Saturday night"),
        pytest.param(london(2026, 11, 22, 12), london(2026, 11, 23, 9), id="Sunday noon"),
        pytest.param(
            london(2026, 12, 24, 18), london(2026, 12, 29, 9), id="over Christmas, Boxing Day moved to Monday"
        ),
        pytest.param(london(2026, 12, 31, 20), london(2027, 1, 4, 9), id="over New Year"),
        pytest.param(london(2026, 4, 2, 18), london(2026, 4, 7, 9), id="over Easter"),
        pytest.param(london(2026, 8, 31, 10), london(2026, 9, 1, 9), id="summer bank holiday"),
        pytest.param(london(2026, 3, 27, 18), london(2026, 3, 30, 9), id="clocks go forward that weekend"),
        pytest.param(london(2026, 10, 23, 18), london(2026, 10, 26, 9), id="clocks go back that weekend"),
        pytest.param(london(2026, 6, 2, 8, 30), london(2026, 6, 2, 9), id="summer time"),
    ],
)
def test_next_reading(now: datetime, read: datetime) -> None:
    assert DESK.next_reading(now.astimezone(UTC)) == read


@pytest.mark.parametrize("hour", [0, 1, 2])
def test_the_nights_of_the_clock_changes(hour: int) -> None:
    for changed in (date(2026, 3, 29), date(2026, 10, 25)):
        night = datetime.combine(changed, time(hour), UTC)
        assert DESK.next_reading(night) == datetime.combine(changed + timedelta(days=1), time(9), LONDON)


@given(MOMENTS)
def test_the_next_reading_is_never_past_and_always_in_working_hours(now: datetime) -> None:
    read = DESK.next_reading(now)
    local = read.astimezone(LONDON)
    assert read >= now
    assert is_working_day(local.date())
    assert time(9) <= local.time() < time(17)
    assert DESK.next_reading(read) == read


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        pytest.param(london(2026, 11, 17, 11, 20), 1, london(2026, 11, 18, 11, 20), id="a working day later"),
        pytest.param(london(2026, 11, 20, 11), 1, london(2026, 11, 23, 11), id="over a weekend"),
        pytest.param(london(2026, 11, 20, 22), 1, london(2026, 11, 24, 9), id="counted from the next opening"),
        pytest.param(london(2026, 12, 24, 10), 3, london(2026, 12, 31, 10), id="across Christmas"),
        pytest.param(london(2026, 3, 27, 10), 1, london(2026, 3, 30, 10), id="the same hour after clocks went forward"),
        pytest.param(london(2026, 10, 23, 10), 1, london(2026, 10, 26, 10), id="the same hour after clocks went back"),
        pytest.param(london(2026, 11, 17, 10), 0, london(2026, 11, 17, 10), id="no day"),
    ],
)
def test_after_working_days(start: datetime, days: int, due: datetime) -> None:
    assert DESK.after_working_days(start.astimezone(UTC), days) == due


@given(MOMENTS, st.integers(0, 12))
def test_more_days_are_never_sooner(start: datetime, days: int) -> None:
    assert DESK.after_working_days(start, days) < DESK.after_working_days(start, days + 1)


def test_bank_holidays_are_those_of_england() -> None:
    assert not is_working_day(date(2026, 12, 25))
    assert not is_working_day(date(2026, 8, 31))
    # Saint Patrick's day and the second of January are holidays elsewhere in the kingdom.
    assert is_working_day(date(2026, 3, 17))
    assert is_working_day(date(2025, 1, 2))
