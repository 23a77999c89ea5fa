"""A whole day as people write it, in three numbers: the one rule for every form."""

from datetime import date

EARLIEST_YEAR = 1900
_LONGEST = 6
"""Figures that are read of each number: more cannot be a day, and would cost time to turn into a number."""


class NoSuchDay(ValueError):
    """Why three numbers are no day, in words for whoever typed them."""


def read_whole_day(day: str, month: str, year: str) -> date:
    """Three numbers → the day they mean; NoSuchDay says what to do otherwise."""
    if not all(part.isascii() and part.isdigit() for part in (day, month, year)):
        raise NoSuchDay("Write the whole date in numbers, for example 27 3 2026")
    try:
        found = date(int(year[:_LONGEST]), int(month[:_LONGEST]), int(day[:_LONGEST]))
    except ValueError as error:
        raise NoSuchDay("There is no such date. Check the day and the month") from error
    if found.year < EARLIEST_YEAR:
        raise NoSuchDay("Write the year with four numbers, for example 2026")
    return found
