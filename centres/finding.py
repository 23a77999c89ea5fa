"""Finding a centre: what was asked in an address, where somebody is, and the rows that pages show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from centres import queries
from centres.directory import Listed, Near, Wanted, by_name, nearest
from centres.opening_words import opening_words
from centres.vocabulary import Scheme
from core.languages import Language
from core.work import Work
from geography.places import Point, Refusal
from reporting.locating import city

NOT_FOUND = "We do not know this place. Write a postcode of the city, such as SO14 7LY, or press the map."
SEVERAL = "That could be {count} places. Write a postcode, or press the map."
NOTHING = "Write your postcode first."
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Row:
    """One centre in a list: how far it is, and whether it is open."""

    near: Near
    opening: str
    is_open: bool

    @property
    def centre(self) -> Listed:
        """The centre itself."""
        return self.near.centre


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody is, for this answer alone: the place as the gazetteer names it."""

    point: Point
    name: str


def wanted_in(asked: Mapping[str, str]) -> Wanted:
    """What an address asks for; a word that is none asks for nothing."""
    return Wanted(
        open_now="open" in asked,
        language=_word(Language, asked.get("language")),
        step_free="step-free" in asked,
        private_space="private" in asked,
        scheme=_word(Scheme, asked.get("scheme")),
    )


def address_of(wanted: Wanted) -> dict[str, Any]:
    """The same as an address carries it."""
    ticked = (("open", wanted.open_now), ("step-free", wanted.step_free), ("private", wanted.private_space))
    chosen = {name: "yes" for name, is_ticked in ticked if is_ticked}
    if wanted.language:
        chosen["language"] = wanted.language.value
    if wanted.scheme:
        chosen["scheme"] = wanted.scheme.value
    return chosen


def local_now(work: Work) -> datetime:
    """The time where the centres are."""
    return work.harbour.clock().astimezone(ZoneInfo(work.harbour.settings.desk_time_zone))


def rows(work: Work, wanted: Wanted, spot: Point | None = None) -> list[Row]:
    """The active centres that have what is wanted: the nearest first, or by name when nobody said where they are."""
    local = local_now(work)
    found = [each for each in queries.active_centres(work.session) if wanted.admits(each, local)]
    ordered: Iterable[Near] = nearest(found, spot) if spot else by_name(found)
    return [Row(near, opening_words(near.centre.week, local), near.centre.week.is_open(local)) for near in ordered]


def spot_of(typed: str) -> Spot:
    """Where a postcode or a place is; ValueError says in words why it is nowhere, or not only one."""
    if not typed:
        raise ValueError(NOTHING)
    answer = city().locate(text=typed)
    if isinstance(answer, Refusal):
        raise ValueError(NOT_FOUND)
    if len(answer) > 1:
        raise ValueError(SEVERAL.format(count=len(answer)))
    return Spot(answer[0].point, answer[0].place)


def ward_at(point: Point | None) -> str:
    """The name of the ward a point is in; empty where it is in none, or not known."""
    wards = city().boundary_set()
    placed = wards.place(point) if point else None
    return wards.ward_name(placed.ward) if placed else ""


def _word(vocabulary: type[_Word], text: str | None) -> _Word | None:
    return vocabulary(text) if text in set(vocabulary) else None
