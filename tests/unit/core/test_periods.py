"""Periods: within their bounds, read from the environment, and said in words."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Periods, bounds_of, in_words, variable_of
from core.settings import Settings, SettingsError

NAMES = [each.name for each in fields(Periods)]


@pytest.mark.parametrize("name", NAMES)
def test_a_period_is_taken_within_its_bounds_and_refused_outside(name: str) -> None:
    least, most = bounds_of(name)
    assert 1 <= least <= getattr(Periods(), name) <= most
    for days in (least, most):
        read = Settings.from_env({variable_of(name): f" {days} "})
        assert read.keep.of(name).days == days
    for wrong in (str(least - 1), str(most + 1), "", "a year", "-7", "²", "1.5"):
        with pytest.raises(SettingsError, match=f"{variable_of(name)} must be a whole number of days from {least}"):
            Settings.from_env({variable_of(name): wrong})


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "one day"), (7, "a week"), (10, "10 days"), (31, "a month"), (90, "three months"), (366, "a year"),
     (730, "two years")],
)  # fmt: skip
def test_a_period_is_said_as_people_say_it(days: int, words: str) -> None:
    assert in_words(days) == words


@given(st.integers(1, 2000))
def test_every_length_has_words(days: int) -> None:
    assert in_words(days).split()[-1].rstrip("s") in {"day", "week", "month", "year"}
