"""The city as a list: each ward with its main places, for those who would rather choose than press a map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geography.places import Point
from geography.vocabulary import WardCode
from reporting.locating import city
from reporting.mapping import city_map

_WARD, _PLACE = "ward:", "place:"
_LISTED = ("district", "park", "station", "hospital", "university", "stadium", "shopping", "market", "library")


@dataclass(frozen=True, slots=True)
class ListedArea:
    """A ward, and the main places in it: pairs of stored word and what people read."""

    name: str
    whole: str
    places: tuple[tuple[str, str], ...]


def areas() -> list[ListedArea]:
    """Every ward by name, each with its places in the order of the alphabet."""
    wards = city().boundary_set()
    inside: dict[WardCode, list[str]] = {code: [] for code in wards.codes()}
    for name, point in _points().items():
        found = wards.place(point)
        if found is not None:
            inside[found.ward].append(name)
    return [
        ListedArea(
            ward.name, f"{_WARD}{ward.code}", tuple((f"{_PLACE}{name}", name) for name in sorted(inside[ward.code]))
        )
        for ward in sorted(wards, key=lambda ward: ward.name)
    ]


def area_of(word: str) -> dict[str, str] | None:
    """What a stored word stands for, as an answer keeps it: a ward's code or the name of a place; None for one that is
    not in the list."""
    if word.startswith(_WARD):
        code = word.removeprefix(_WARD)
        return {"ward": code} if WardCode(code) in city().boundary_set().codes() else None
    name = word.removeprefix(_PLACE)
    return {"place": name} if word.startswith(_PLACE) and name in _points() else None


def word_of(answer: Mapping[str, Any]) -> str:
    """The stored word of what an answer keeps; empty when it is nothing of the list."""
    if answer.get("place"):
        return f"{_PLACE}{answer['place']}"
    return f"{_WARD}{answer['ward']}" if answer.get("ward") else ""


def _points() -> dict[str, Point]:
    return {place.name: place.point for place in city_map().surroundings.places if place.kind in _LISTED}
