"""The vocabulary as partner systems read it: stored words with what people read, and today's wards."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from core.languages import Language
from reporting.locating import city
from reporting.vocabulary import (
    TAXONOMY_VERSION,
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
    State,
    Strand,
    Told,
    WhenKind,
    WhyNotTold,
    Wish,
    YesNo,
)
from reporting.wording import in_words

_FIELDS: dict[str, type[StrEnum]] = {
    "safety": Safety,
    "categories": Category,
    "strands": Strand,
    "motive": Motive,
    "when.kind": WhenKind,
    "when.hours": HourBand,
    "setting": Setting,
    "repeat": Repeat,
    "harms": Harm,
    "offender": Offender,
    "under_18": YesNo,
    "told": Told,
    "why_not_told": WhyNotTold,
    "wishes": Wish,
    "contact": Contact,
    "consent.agency": AgencyKind,
    "consent.details": Detail,
    "state": State,
}


def vocabulary_now() -> dict[str, Any]:
    """Every field's words, the languages, and the wards in force."""
    words = {name: _terms(vocabulary) for name, vocabulary in _FIELDS.items()}
    words["language"] = [{"value": each.value, "label": each.english} for each in Language]
    wards = sorted(city().boundary_set(), key=lambda ward: ward.name)
    return {
        "version": TAXONOMY_VERSION,
        "words": words,
        "wards": [{"value": ward.code, "label": ward.name} for ward in wards],
    }


def _terms(words: Iterable[StrEnum]) -> list[dict[str, str]]:
    return [{"value": word.value, "label": in_words(word)} for word in words]
