"""Months and what may be asked for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.period import EARLIEST, Period, days_in, next_month, read_month
from trends.schemas import read_choice

TODAY = date(2024, 3, 9)
VINTAGES = ("2011", "2023")


def period(month: date) -> Period:
    return Period(month, "2023", TODAY)


def test_a_month_is_over_when_its_last_day_has_passed() -> None:
    assert not Period(date(2024, 1, 1), "2023", date(2024, 1, 31)).is_over
    assert Period(date(2024, 1, 1), "2023", date(2024, 2, 1)).is_over


def test_there_is_no_month_after_this_one_nor_before_the_earliest() -> None:
    assert period(date(2024, 3, 1)).following is None
    assert period(date(2024, 2, 1)).following == date(2024, 3, 1)
    assert period(date(2024, 1, 1)).previous == date(2023, 12, 1)
    assert period(EARLIEST).previous is None


def test_a_leap_day_gives_february_its_share() -> None:
    assert period(date(2024, 2, 1)).share_of_days == 29 / 57
    assert period(date(2024, 1, 1)).share_of_days == 0.5


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_next_month_is_as_many_days_away_as_this_one_has(day: date) -> None:
    assert (next_month(day) - day.replace(day=1)).days == days_in(day)
    assert next_month(day).day == 1


@pytest.mark.parametrize(
    "text", ["2024-13", "2024-00", "0000-01", "24-01", "2024-1", "2024-01-01", "banana", "٢٠٢٤-٠١"]
)
def test_what_is_no_month_is_not_read(text: str) -> None:
    assert read_month(text) is None


@given(st.text())
def test_anything_can_be_asked_for_and_gets_a_month(text: str) -> None:
    choice = read_choice({"month": text, "vintage": text}, TODAY, VINTAGES, "2023")
    assert EARLIEST <= choice.period.month <= TODAY
    assert choice.period.vintage in VINTAGES


def test_what_is_asked_for_is_given() -> None:
    choice = read_choice({"month": " 2023-11 ", "vintage": "2011", "other": "x"}, TODAY, VINTAGES, "2023")
    assert choice.period == Period(date(2023, 11, 1), "2011", TODAY)
    assert choice.problems == {}


def test_nothing_asked_for_is_this_month() -> None:
    choice = read_choice({"month": "", "vintage": " "}, TODAY, VINTAGES, "2023")
    assert choice.period == period(date(2024, 3, 1))
    assert choice.problems == {}


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("banana", "Write the month as a year and a month, such as 2024-01."),
        ("1999-12", "Choose a month from January 2000 on."),
        ("2024-04", "Choose a month that has begun: March 2024 or earlier."),
    ],
)
def test_a_month_that_cannot_be_is_said_so_and_the_ward_boundaries_are_kept(month: str, words: str) -> None:
    choice = read_choice({"month": month, "vintage": "2011"}, TODAY, VINTAGES, "2023")
    assert choice.problems == {"month": words}
    assert choice.period == Period(date(2024, 3, 1), "2011", TODAY)


def test_an_unknown_vintage_is_said_so_and_the_month_is_kept() -> None:
    choice = read_choice({"month": "2024-01", "vintage": "1999"}, TODAY, VINTAGES, "2023")
    assert choice.problems == {"vintage": "Choose ward boundaries from the list: 2011 or 2023."}
    assert choice.period == period(date(2024, 1, 1))
