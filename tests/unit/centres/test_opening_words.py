"""Open now, until when, or opening next: in plain words, by real hours and the bank holidays of England."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from centres.opening import Opening, Week
from centres.opening_words import clock_words, closes_at, hours_of, next_opening, opening_words

LONDON = ZoneInfo("Europe/London")
OFFICE = Week.of([Opening(day, time(9), time(17)) for day in range(5)])
SPLIT = Week.of([Opening(1, time(9), time(12, 30)), Opening(1, time(13), time(17))])
TOUCHING = Week.of([Opening(1, time(9), time(12)), Opening(1, time(12), time(15, 30))])
SUNDAYS = Week.of([Opening(6, time(12), time(16))])


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("week", "moment", "words"),
    [
        (OFFICE, at(2026, 11, 24, 9), "Open now, until 5pm"),
        (OFFICE, at(2026, 11, 24, 16, 59), "Open now, until 5pm"),
        (OFFICE, at(2026, 11, 24, 17), "Closed now. Opens at 9am tomorrow"),
        (OFFICE, at(2026, 11, 24, 8, 59), "Closed now. Opens at 9am today"),
        (OFFICE, at(2026, 11, 27, 18), "Closed now. Opens at 9am on Monday"),
        (SPLIT, at(2026, 11, 24, 12, 45), "Closed now. Opens at 1pm today"),
        (SPLIT, at(2026, 11, 24, 10), "Open now, until 12:30pm"),
        (SPLIT, at(2026, 11, 24, 18), "Closed now. Opens at 9am on Tuesday 1 December"),
        (TOUCHING, at(2026, 11, 24, 10), "Open now, until 3:30pm"),
        (SUNDAYS, at(2026, 11, 24, 10), "Closed now. Opens at noon on Sunday"),
        (OFFICE, at(2026, 5, 4, 10), "Closed today, a bank holiday. Opens at 9am tomorrow"),
        (OFFICE, at(2026, 12, 24, 17), "Closed now. Opens at 9am on Tuesday"),
        (OFFICE, at(2026, 12, 25, 10), "Closed today, a bank holiday. Opens at 9am on Tuesday"),
        (Week.of(OFFICE.openings, on_bank_holidays=True), at(2026, 5, 4, 10), "Open now, until 5pm"),
        (Week(), at(2026, 11, 24, 10), "Ask for the opening hours"),
    ],
)
def test_whether_it_is_open(week: Week, moment: datetime, words: str) -> None:
    assert opening_words(week, moment) == words


def test_hours_on_the_day_the_clocks_change_are_those_on_the_wall() -> None:
    assert next_opening(SUNDAYS, at(2026, 10, 25, 0, 30)) == at(2026, 10, 25, 12)
    assert closes_at(SUNDAYS, at(2026, 3, 29, 12)) == time(16)


def test_only_bank_holidays_are_never_an_opening() -> None:
    # Good Friday and Easter Monday stand between.
    assert next_opening(OFFICE, at(2026, 4, 2, 18)) == at(2026, 4, 7, 9)


@pytest.mark.parametrize(
    ("moment", "words"),
    [(time(9), "9am"), (time(12), "noon"), (time(12, 30), "12:30pm"), (time(0), "12am"), (time(23, 59), "midnight")],
)
def test_times_as_people_say_them(moment: time, words: str) -> None:
    assert clock_words(moment) == words


def test_every_day_of_the_week_has_its_hours() -> None:
    days = hours_of(SPLIT)
    assert days[0].day == "Monday"
    assert (days[1].words, days[1].is_closed) == ("9am to 12:30pm, 1pm to 5pm", False)
    assert (days[6].words, days[6].is_closed) == ("Closed", True)
    assert hours_of(Week()) == []
