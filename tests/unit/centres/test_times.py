"""Times as people write them."""

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centres.opening import MIDNIGHT
from centres.premises import read_postcode
from centres.written_times import read_closing_time, read_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)), ("9am", time(9)), ("9 AM", time(9)), ("09:30", time(9, 30)), ("9.30", time(9, 30)),
        ("5pm", time(17)), ("5.30 pm", time(17, 30)), ("17:00", time(17)), ("12pm", time(12)), ("12am", time(0)),
        ("noon", time(12)), ("12 noon", time(12)), ("Midnight", time(0)),
        ("٩:٣٠", time(9, 30)), ("00:00", time(0)), ("23:59", time(23, 59)),
    ],
)  # fmt: skip
def test_times_are_read_as_they_are_written(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "x", "24:00", "9:60", "13pm", "0am", "9-17", "-1", "9:5", "nine", "1e3"])
def test_what_is_no_time_is_told(typed: str) -> None:
    with pytest.raises(ValueError):
        read_time(typed)


@pytest.mark.parametrize("typed", ["24:00", "24", "24.00", "midnight", "12 midnight", "00:00", "0:00", "12am", "23:59"])
def test_a_place_may_close_at_midnight_however_it_is_written(typed: str) -> None:
    assert read_closing_time(typed) == MIDNIGHT


@pytest.mark.parametrize("typed", ["25:00", "24:01", "24:30", "", "late"])
def test_what_is_no_closing_time_is_told(typed: str) -> None:
    with pytest.raises(ValueError):
        read_closing_time(typed)


def test_other_closing_times_are_times() -> None:
    assert read_closing_time("5.30pm") == time(17, 30)


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_told(typed: str) -> None:
    with suppress(ValueError):
        assert isinstance(read_time(typed), time)


@pytest.mark.parametrize(
    ("typed", "written"), [("so147ly", "SO14 7LY"), (" SO14  7ly ", "SO14 7LY"), ("SO16", None), ("", None)]
)
def test_postcodes_are_written_one_way(typed: str, written: str | None) -> None:
    assert read_postcode(typed) == written
