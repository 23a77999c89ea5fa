"""Check your answers: what was answered, in the words people read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from reporting.locating import ward_name
from reporting.questions import QUESTIONS, Question
from reporting.vocabulary import (
    AgencyKind,
    Category,
    Contact,
    Detail,
    Harm,
    HourBand,
    Motive,
    Offender,
    Repeat,
    Safety,
    Setting,
    Strand,
    Told,
    WhenKind,
    WhyNotTold,
    Wish,
    YesNo,
)
from reporting.wording import in_words

_WORDS: dict[str, tuple[type[StrEnum], ...]] = {
    "safety": (Safety,),
    "categories": (Category,),
    "why": (Strand, Motive),
    "when_kind": (WhenKind,),
    "hours": (HourBand,),
    "setting": (Setting,),
    "repeat": (Repeat,),
    "harms": (Harm,),
    "offender": (Offender,),
    "under_18": (YesNo,),
    "told": (Told,),
    "why_not_told": (WhyNotTold,),
    "wishes": (Wish,),
    "contact": (Contact,),
}
_UNSEEN = {"date"}


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One question and what was answered, a line for each part; no lines when it was skipped."""

    question: Question
    lines: tuple[str, ...]


def summary_of(answers: Mapping[str, Mapping[str, Any]]) -> list[SummaryRow]:
    """A row for every question, in their order."""
    return [SummaryRow(question, tuple(_lines(answers.get(question.slug, {})))) for question in QUESTIONS]


def _lines(answer: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for name, value in answer.items():
        if value and name not in _UNSEEN:
            lines.extend(_line(name, value))
    return lines


def _line(name: str, value: Any) -> list[str]:
    if name in _WORDS:
        return [_word(name, each) for each in (value if isinstance(value, list) else [value])]
    if name == "consent":
        return [_consent(pair) for pair in value]
    if name == "day":
        return [date.fromisoformat(value).strftime("%-d %B %Y")]
    if name == "ward":
        return [ward_name(value)]
    return ["A point chosen on the map"] if name == "point" else [str(value)]


def _word(name: str, value: str) -> str:
    for vocabulary in _WORDS[name]:
        if value in set(vocabulary):
            return in_words(vocabulary(value))
    return str(value)


def _consent(pair: str) -> str:
    agency, _, detail = pair.partition(":")
    return f"{in_words(AgencyKind(agency))}: {in_words(Detail(detail)).lower()}"
