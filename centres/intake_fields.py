"""Fields of partner systems' documents, strictly: a value of another JSON type is refused, never converted."""

import re
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from core.clock import local_day
from core.work import harbour

EARLIEST = date(1900, 1, 1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Strict(Schema):
    """A document in which every name is known."""

    class Meta:
        unknown = RAISE


class Word(fields.Enum[Any]):
    """One word of a vocabulary, by its stored value."""

    def __init__(self, vocabulary: Any, **more: Any) -> None:
        described = {"type": "string", **more.pop("metadata", {})}
        super().__init__(vocabulary, by_value=True, metadata=described, **more)

    def _deserialize(self, value: Any, *arguments: Any, **more: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError("Not a string.")
        return super()._deserialize(value, *arguments, **more)


class Listed(fields.List[Any]):
    """A JSON array and nothing that only looks like one."""

    def _deserialize(self, value: Any, *arguments: Any, **more: Any) -> Any:
        if not isinstance(value, list):
            raise ValidationError("Not an array.")
        return super()._deserialize(value, *arguments, **more)


class Words(Listed):
    """Several words of one vocabulary, each by its stored value."""

    def __init__(self, vocabulary: Any, **more: Any) -> None:
        super().__init__(Word(vocabulary), validate=validate.Length(max=len(vocabulary)), **more)


class Number(fields.Float):
    """A JSON number."""

    def _deserialize(self, value: Any, *arguments: Any, **more: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValidationError("Not a number.")
        try:
            return super()._deserialize(value, *arguments, **more)
        except OverflowError:
            raise ValidationError("Not an ordinary number.") from None


class Day(fields.Date):
    """A day that has been, such as 2026-11-01."""

    def _deserialize(self, value: Any, *arguments: Any, **more: Any) -> Any:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValidationError("Write a day as 2026-11-01.")
        day: date = super()._deserialize(value, *arguments, **more)
        today = local_day(harbour().clock(), harbour().settings.desk_time_zone)
        if not EARLIEST <= day <= today:
            raise ValidationError(f"Choose a day from {EARLIEST} to today.")
        return day


class Agreed(fields.Boolean):
    """true, and nothing that only means it."""

    def _deserialize(self, value: Any, *arguments: Any, **more: Any) -> Any:
        if value is not True:
            raise ValidationError("Send a report only when the visitor agreed to it: true.")
        return True


class Count(fields.Integer):
    """A whole number in an address."""

    def _deserialize(self, value: Any, *arguments: Any, **more: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}", value):
            raise ValidationError("Not a whole number.")
        return super()._deserialize(value, *arguments, **more)
