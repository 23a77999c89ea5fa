"""What every form shares: a token that does not expire while somebody is still typing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.csrf import validate_csrf
from wtforms import DateField, ValidationError
from wtforms.fields.choices import SelectChoice

from core.days import read_whole_day

EMAIL = r"^[^@\s?&<>\"]+@[^@\s?&<>\"]+\.[^@\s?&<>\"]+$"
"""The shape of an e-mail address: whether it is somebody's own only they can tell."""
PRESS_AGAIN = "This page had been open for a long time. Nothing you wrote is lost: press the button again."


class Form(FlaskForm):
    """A form whose own token is checked with its fields, so that a stale one loses nothing that was typed."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything holds; a stale token is told in words of ours, beside what was typed."""
        holds = super().validate(extra_validators)
        token = self._fields.get("csrf_token")
        if token is not None and token.errors:
            token.errors = [PRESS_AGAIN]
        return bool(holds)


class DayField(DateField):
    """A whole day in three boxes of one name."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, format="%d %m %Y", **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Three boxes → a day; None when all are empty."""
        self.data: date | None = None
        parts = [value.strip() for value in valuelist]
        if any(parts):
            day, month, year = (*parts, "", "", "")[:3]
            self.data = read_whole_day(day, month, year)


def came_from_our_page() -> bool:
    """Whether a form was sent with a token that this browser was given, whatever has ended since."""
    tokens = [value for name, value in request.form.items() if name.endswith("csrf_token")]
    return any(_is_good(token) for token in tokens)


def _is_good(token: str) -> bool:
    try:
        validate_csrf(token)
    except ValidationError:
        return False
    return True


def offer(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices of a field, from stored words and what people read."""
    return [SelectChoice(value, label) for value, label in choices]


def strip(value: str | None) -> str | None:
    """Without the spaces around it, nor characters no database keeps (NUL)."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


def on_one_line(value: str | None) -> str | None:
    """With every stretch of white space as one space."""
    return " ".join(value.split()) if value else value
