"""The city as a list: each ward with its main places, for those who would rather choose than press a map."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ChosenArea:
    """What somebody chose from the list: a ward, or the middle of a place."""

    ward: WardCode | None = None
    point: Point | None = None


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


def area_of(word: str) -> ChosenArea | None:
    """What a stored word stands for; None for one that is not in the list."""
    if word.startswith(_WARD):
        code = WardCode(word.removeprefix(_WARD))
        return ChosenArea(ward=code) if code in city().boundary_set().codes() else None
    point = _points().get(word.removeprefix(_PLACE)) if word.startswith(_PLACE) else None
    return ChosenArea(point=point) if point else None


def _points() -> dict[str, Point]:
    return {place.name: place.point for place in city_map().surroundings.places if place.kind in _LISTED}
