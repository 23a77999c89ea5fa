"""How long is kept what is kept for a time, in days: what an installation may choose, and between which bounds.

The bounds are ours: under the least somebody would still need it, over the most nobody could say why it is there.
`docs/retention.md` says which period is for what, and the privacy page tells them in plain words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any


class PeriodError(ValueError):
    """A period that is no whole number of days, or out of its bounds, in words."""


def _days(usual: int, least: int, most: int) -> Any:
    return field(default=usual, metadata={"least": least, "most": most})


@dataclass(frozen=True, slots=True)
class Periods:
    """Days for each kind. Nothing beside a report goes while the report is still open, however long that is.

    `centre_notes` and `asides` count from writing; `call_backs_done` from the call, `call_backs_missed` from the hour
    that was promised; `contacts_ended` from the day an application was declined or given up, or approved and nobody
    joined; `contacts_waiting` from asking; `invitations` from their use or their end; `sent_keys` from the report;
    `intelligence` from filing; `reports` from their closing.
    """

    centre_notes: int = _days(366, 30, 1096)
    asides: int = _days(366, 30, 1096)
    call_backs_done: int = _days(31, 1, 366)
    call_backs_missed: int = _days(366, 31, 1096)
    contacts_ended: int = _days(90, 14, 366)
    contacts_waiting: int = _days(366, 90, 731)
    invitations: int = _days(7, 1, 90)
    sent_keys: int = _days(31, 7, 366)
    intelligence: int = _days(730, 90, 1461)
    reports: int = _days(731, 366, 3653)

    def of(self, name: str) -> timedelta:
        """The period of this name. Raises AttributeError for none of ours."""
        return timedelta(days=getattr(self, name))

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Periods":
        """Periods from HARBOUR_KEEP_…_DAYS variables; PeriodError names the variable that is wrong."""
        return cls(**{each.name: _read(env, each.name) for each in fields(cls)})


def variable_of(name: str) -> str:
    """What the setting of a period is called in the environment."""
    return f"HARBOUR_KEEP_{name.upper()}_DAYS"


def bounds_of(name: str) -> tuple[int, int]:
    """The least and the most days a period may have."""
    [found] = [each for each in fields(Periods) if each.name == name]
    return found.metadata["least"], found.metadata["most"]


def in_words(days: int) -> str:
    """A period as a person would say it: "a week", "31 days", "three months", "a year"."""
    for unit, lengths in _UNITS.items():
        if days in lengths:
            many = lengths[days]
            return _ONE[unit] if many == 1 else f"{_NUMBERS[many]} {unit}s"
    return "one day" if days == 1 else f"{days} days"


_ONE = {"week": "a week", "month": "a month", "year": "a year"}
_NUMBERS = {2: "two", 3: "three", 4: "four", 6: "six", 9: "nine"}
_UNITS = {
    "year": {365: 1, 366: 1, 730: 2, 731: 2, 1095: 3, 1096: 3, 1460: 4, 1461: 4},
    "month": {30: 1, 31: 1, 61: 2, 90: 3, 91: 3, 92: 3, 182: 6, 183: 6, 273: 9, 274: 9},
    "week": {7: 1, 14: 2, 21: 3, 28: 4},
}
"""Lengths that have a name of their own. A month of 30 days or 31 is a month to everybody."""


def _read(env: Mapping[str, str], name: str) -> int:
    variable, (least, most) = variable_of(name), bounds_of(name)
    value = env.get(variable, str(getattr(Periods(), name))).strip()
    if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
        raise PeriodError(f"{variable} must be a whole number of days from {least} to {most}, not {value!r}.")
    return int(value)
