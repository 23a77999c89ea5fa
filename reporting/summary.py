"""Check your answers: what was answered, in the words people read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from geography.places import Point
from reporting.locating import point_words, ward_name
from reporting.questions import QUESTIONS, Question
from reporting.rules import consent_in_force
from reporting.schemas import read_pair, read_point
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
from reporting.whereabouts import has_mark
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
_OF_SOMEBODY = {"name", "reach", "safe_times"}
NOT_SHARED = "Your name and how to reach you: with nobody, because you chose to stay anonymous"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One question and what was answered, a line for each part; no lines when it was skipped."""

    question: Question
    lines: tuple[str, ...]


def summary_of(answers: Mapping[str, Mapping[str, Any]]) -> list[SummaryRow]:
    """A row for every question, in their order."""
    contact = _contact(answers)
    return [SummaryRow(question, tuple(_lines(answers.get(question.slug, {}), contact))) for question in QUESTIONS]


def _contact(answers: Mapping[str, Mapping[str, Any]]) -> Contact:
    chosen = next((answer["contact"] for answer in answers.values() if answer.get("contact")), Contact.ANONYMOUS)
    return Contact(chosen)


def _lines(answer: Mapping[str, Any], contact: Contact) -> list[str]:
    """What was answered and will hold: what somebody who stays anonymous left in other boxes is not sent."""
    unseen = _UNSEEN if contact is Contact.REACH_ME else _UNSEEN | _OF_SOMEBODY
    lines: list[str] = []
    for name, value in answer.items():
        if not value or name in unseen:
            continue
        if name == "consent":
            lines.extend(_consent(value, contact))
        elif name == "day":
            lines.append(_day(value, answer.get("when_kind")))
        else:
            lines.extend(_line(name, value))
    return lines


def _line(name: str, value: Any) -> list[str]:
    if name in _WORDS:
        return [_word(name, each) for each in (value if isinstance(value, list) else [value])]
    if name == "ward":
        return [ward_name(value)]
    return [_point(value)] if name == "point" else [str(value)]


def chosen_place(answer: Mapping[str, Any]) -> str:
    """What was chosen beside the words for a place: a point, a named place or a ward; empty for none."""
    if answer.get("point"):
        return _point(answer["point"])
    ward = answer.get("ward")
    return answer.get("place") or (f"Somewhere in {ward_name(ward)}" if ward else "")


def mark_on_page(where: Mapping[str, Any], forget: bool) -> dict[str, Any]:
    """What was chosen on the map, as a page of many questions shows it and sends it back; nothing when nothing was."""
    return {**where, "words": chosen_place(where), "forget": forget} if has_mark(where) else {}


def _point(written: str) -> str:
    kept = read_point(written)
    return point_words(Point(*kept)) if kept else "A point on the map"


def _word(name: str, value: str) -> str:
    for vocabulary in _WORDS[name]:
        if value in set(vocabulary):
            return in_words(vocabulary(value))
    return str(value)


def _day(value: str, kind: str | None) -> str:
    """A day left empty is kept as the first of its month; only somebody who said "exactly" gave a first."""
    day = date.fromisoformat(value)
    return f"{day:%-d %B %Y}" if kind == WhenKind.EXACT or day.day > 1 else f"{day:%B %Y}"


def _consent(pairs: list[str], contact: Contact) -> list[str]:
    given = frozenset(read_pair(pair) for pair in pairs)
    holds = consent_in_force(contact, given)
    lines = [
        f"{in_words(agency)}: {in_words(detail).lower()}"
        for agency in AgencyKind
        for detail in Detail
        if (agency, detail) in holds
    ]
    return lines if holds == given else [*lines, NOT_SHARED]
