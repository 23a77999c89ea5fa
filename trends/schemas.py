"""The shape of what is asked for in an address, and of the lines of the file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from trends.download import FileRow, safe_cell
from trends.period import EARLIEST, Period, name_of, read_month
from trends.vocabulary import HIDDEN


@dataclass(frozen=True, slots=True)
class Choice:
    """The period asked for, or the default where it could not be read; problems by field, in words."""

    period: Period
    problems: Mapping[str, str]


class MonthField(fields.Field[date]):
    """A month written 2024-01, from the earliest to the one that has begun."""

    def __init__(self, today: date, **options: Any) -> None:
        super().__init__(**options)
        self._this_month = today.replace(day=1)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        month = read_month(value) if isinstance(value, str) else None
        if month is None:
            raise ValidationError("Write the month as a year and a month, such as 2024-01.")
        if month < EARLIEST:
            raise ValidationError(f"Choose a month from {name_of(EARLIEST)} on.")
        if month > self._this_month:
            raise ValidationError(f"Choose a month that has begun: {name_of(self._this_month)} or earlier.")
        return month


class VintageField(fields.String):
    """A vintage that the city's wards are known in."""

    def __init__(self, vintages: Collection[str], **options: Any) -> None:
        super().__init__(**options)
        self._vintages = vintages

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if value not in self._vintages:
            raise ValidationError(f"Choose ward boundaries from the list: {' or '.join(self._vintages)}.")
        return value


class SafeText(fields.String):
    """Text that a spreadsheet shows and does not run."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str:
        return safe_cell(str(value))


class FigureField(fields.Field[str]):
    """A count in digits, or the mark of a hidden one."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str:
        return HIDDEN.value if value is HIDDEN else str(int(value))


class FileRowSchema(Schema):
    """A line of the file; the order is the order of its columns."""

    month = SafeText()
    compared_with = SafeText()
    vintage = SafeText()
    table = SafeText()
    code = SafeText()
    name = SafeText()
    count = FigureField()
    count_year_before = FigureField()
    note = SafeText()
    status = SafeText()


def read_choice(asked: Mapping[str, str], today: date, vintages: Collection[str], default_vintage: str) -> Choice:
    """The month and vintage asked for; this month and the default where missing or unreadable."""
    given = {name: value.strip() for name, value in asked.items() if value.strip()}
    schema = Schema.from_dict({"month": MonthField(today), "vintage": VintageField(vintages)})
    problems: dict[str, str] = {}
    try:
        read: Mapping[str, Any] = schema(unknown=EXCLUDE).load(given)
    except ValidationError as error:
        read = error.valid_data if isinstance(error.valid_data, dict) else {}
        problems = {name: " ".join(words) for name, words in error.messages_dict.items()}
    month = read.get("month", today.replace(day=1))
    return Choice(Period(month, str(read.get("vintage", default_vintage)), today), problems)


def dump_rows(rows: Collection[FileRow]) -> tuple[list[str], list[dict[str, str]]]:
    """The column names in their order, and the lines as text."""
    schema = FileRowSchema(many=True)
    return list(schema.fields), [dict(line) for line in schema.dump(rows)]
