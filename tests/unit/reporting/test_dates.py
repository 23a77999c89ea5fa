"""A day from three boxes: what cannot be is told in words that say what to do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms.validators import ValidationError

from reporting.forms import read_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "month", "year", "words"),
    [
        ("31", "2", "2026", "no such date"),
        ("29", "2", "2025", "no such date"),
        ("31", "4", "2026", "no such date"),
        ("0", "1", "2026", "no such date"),
        ("32", "1", "2026", "no such date"),
        ("1", "0", "2026", "no such date"),
        ("1", "13", "2026", "no such date"),
        ("1", "1", "0", "no such date"),
        ("1", "1", "99999999999999999999", "no such date"),
        ("1" * 5000, "1", "2026", "no such date"),
        ("23", "11", "2026", "in the future"),
        ("1", "12", "2026", "in the future"),
        ("", "12", "2026", "in the future"),
        ("1", "1", "9999", "in the future"),
        ("1", "1", "26", "four numbers"),
        ("1", "1", "1899", "four numbers"),
        ("first", "1", "2026", "in numbers"),
        ("1", "March", "2026", "in numbers"),
        ("-1", "1", "2026", "in numbers"),
        ("1.5", "1", "2026", "in numbers"),
        ("١", "1", "2026", "in numbers"),
        ("²", "1", "2026", "in numbers"),
        ("1", "", "", "month and the year"),
        ("1", "1", "", "month and the year"),
        ("", "1", "", "month and the year"),
        ("", "", "2026", "month and the year"),
        (None, None, "2026", "month and the year"),
    ],
)
def test_a_day_that_cannot_be_is_told(day: str | None, month: str | None, year: str | None, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        read_day(day, month, year, TODAY)


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        ("", "", "", None),
        (None, None, None, None),
        ("29", "2", "2024", date(2024, 2, 29)),
        ("01", "09", "2026", date(2026, 9, 1)),
        ("22", "11", "2026", TODAY),
        ("", "3", "2026", date(2026, 3, 1)),
        ("1", "1", "1900", date(1900, 1, 1)),
    ],
)
def test_a_day_that_can_be(day: str | None, month: str | None, year: str | None, found: date | None) -> None:
    assert read_day(day, month, year, TODAY) == found


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_nothing_typed_is_ever_a_crash(day: str, month: str, year: str) -> None:
    try:
        found = read_day(day, month, year, TODAY)
    except ValidationError as refusal:
        assert str(refusal)
    else:
        assert found is None or found <= TODAY


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_day_that_has_passed_is_read(day: date) -> None:
    assert read_day(str(day.day), str(day.month), str(day.year), TODAY) == day
