"""The answer to where, as a draft keeps it: words, and beside them one choice of a point, a named place or a ward."""

from collections.abc import Mapping
from typing import Any

from reporting.vocabulary import Setting

_CHOICES = ("ward", "place", "point")
_ON_THE_MAP = ("place", "point")


def with_choice(kept: Mapping[str, Any], **choice: str) -> dict[str, Any]:
    """The answer with this choice in place of any before: what is chosen last is what is meant."""
    return {**kept, **dict.fromkeys(_CHOICES, ""), **choice}


def without_mark(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answer without what was chosen on the map; a ward from the list of a form stays."""
    return {**kept, **dict.fromkeys(_ON_THE_MAP, "")}


def answered(kept: Mapping[str, Any], given: Mapping[str, Any], ward_shown: str | None) -> dict[str, Any]:
    """The answer after a form was sent that shows no map.

    `ward_shown` is the ward that the form showed when it was opened, None if it did not say. A ward that nobody
    touched there stays as it is kept now, whatever was chosen on the map in another window since. One that was newly
    chosen takes the place of what was chosen on the map, and so does a place that is not in the street at all.
    """
    before = kept.get("ward") or ""
    ward = given.get("ward") or ""
    touched = ward != (before if ward_shown is None else ward_shown)
    answer = {**given, "ward": ward if touched else before, **{name: kept.get(name) or "" for name in _ON_THE_MAP}}
    newly_online = given.get("setting") == Setting.ONLINE.value != kept.get("setting")
    return without_mark(answer) if newly_online or (touched and ward) else answer


def has_mark(answer: Mapping[str, Any]) -> bool:
    """Whether something was chosen on the map: a point or a named place."""
    return any(answer.get(name) for name in _ON_THE_MAP)
