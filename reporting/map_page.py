"""The map of the city as a page to press or to choose from: the same for a reporter and for staff of a centre."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, url_for
from werkzeug.datastructures import MultiDict

from core.forms import Form
from geography.map_view import MapView
from geography.places import Point, Refusal
from reporting import whereabouts
from reporting.areas import area_of, areas, word_of
from reporting.locating import city, point_words
from reporting.mapping import (
    WIDTHS,
    is_in_sight,
    numbers_of,
    press_in,
    pressed_by_keyboard,
    sheets_of,
    shows_city,
    view_around,
    ways_from,
    written,
)
from reporting.schemas import read_point

_LIST, _PICTURE = "#areas", "#map"
CHOOSE_AREA = "Choose an area or a place from the list, then press “Use this area”."
PRESS_INSIDE = "Press the picture at the place, or choose from the list of areas."
NEEDS_A_POINTER = "The picture needs a mouse or a finger. Choose from the list of areas."
STALE_PRESS = "This page had been open for a long time. Press the picture again."
STALE_LIST = "This page had been open for a long time. Choose from the list again, then press “Use this area”."
TAKES_THE_PLACE = "It takes the place of what you chose before."


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where on the page it can be mended."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The answer to where as it is to be kept now, and whether that was all: then the map is left."""

    answer: dict[str, Any]
    is_done: bool


def read_mark(sent: "MultiDict[str, str]", view: MapView, kept: Mapping[str, Any]) -> Marked | Problem:
    """What was pressed, chosen or removed on the page, put into the kept answer; or in words why nothing was."""
    from_list = "use_area" in sent
    if not Form().validate():
        return Problem(STALE_LIST, _LIST) if from_list else Problem(STALE_PRESS, _PICTURE)
    if "forget" in sent:
        return Marked(whereabouts.without_mark(kept), is_done=False)
    if from_list:
        area = area_of(sent.get("area", ""))
        return Marked(whereabouts.with_choice(kept, **area), is_done=True) if area else Problem(CHOOSE_AREA, _LIST)
    point = press_in(sent, view)
    if point is None:
        return Problem(NEEDS_A_POINTER if pressed_by_keyboard(sent) else PRESS_INSIDE, _LIST)
    if kept.get("ward") or kept.get("place"):
        flash(TAKES_THE_PLACE, "map")
    return Marked(whereabouts.with_choice(kept, point=written(point)), is_done=False)


def shown_map(
    view: MapView,
    kept: Mapping[str, Any],
    address: Callable[[MapView], str],
    problem: Problem | None = None,
    chosen: str | None = None,
) -> dict[str, Any]:
    """What `reporting/map_body.html` shows. `address` is where a view of the map is; `chosen` what was just chosen
    from the list, if anything.
    """
    pin = _pin(kept)
    numbers: dict[str, Any] = {**numbers_of(view)}
    return {
        "form": Form(formdata=None),
        "problem": problem,
        "view": view,
        "here": address(view),
        "addresses": {width: url_for("reporting.map_picture", width=width, **numbers) for width in WIDTHS},
        "sheets": sheets_of(view, pin),
        "pin": _in_words(pin, address) if pin else None,
        "pin_in_sight": pin is not None and is_in_sight(view, pin),
        "shows_city": shows_city(view),
        "whole_city": _at_the_picture(address, MapView()),
        "ways": [
            (word, words, _at_the_picture(address, to) if to else None) for word, words, to in ways_from(view, pin)
        ],
        "areas": areas(),
        "chosen": chosen or word_of(kept),
    }


def _pin(kept: Mapping[str, Any]) -> Point | None:
    point = read_point(kept.get("point") or "")
    return Point(*point) if point else None


def _in_words(pin: Point, address: Callable[[MapView], str]) -> dict[str, Any]:
    """Where the pin stands, what is wrong with that, and how to look at it."""
    found = city().locate(point=pin)
    wrong = found.words if isinstance(found, Refusal) else ""
    return {"words": point_words(pin), "wrong": wrong, "look": _at_the_picture(address, view_around([pin]))}


def _at_the_picture(address: Callable[[MapView], str], view: MapView) -> str:
    return f"{address(view)}{_PICTURE}"
