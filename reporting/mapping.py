"""The map of the city as pages show it: which views there are, pictures kept for a while, presses, and pins."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app
from werkzeug.datastructures import MultiDict

from geography.labels import roomiest_spot
from geography.locating import City
from geography.map_labels import Box
from geography.map_places import Surroundings, surroundings_in
from geography.map_view import MapView
from geography.places import Point
from geography.places_map import PlacesMap
from reporting.locating import city

# A browser sends a press in rendered pixels, so a picture is never scaled: each width of window has one that fits.
# 288 fits the smallest phone; the style sheet shows the one of these that fits, and hides the others.
WIDTHS = (288, 352, 560)
LEAST_LAND = 0.02
"""The share of a picture that the city must fill, for a view of it to be offered."""
_HEAD, _LENGTH = 13.0, 35.0
"""How far a pin reaches to each side and up from its tip, in pixels."""
_NUMBER = 13.0
"""How far a number reaches to each side of its middle."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A mark over the picture, in its pixels; `words` is the number on it, empty for the one that somebody set.

    `turn` is how far the pin is turned about its tip, in degrees, so that none of it is cut off at an edge.
    """

    x: float
    y: float
    words: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One size of the picture, and the pins that are in sight on it."""

    width: int
    height: int
    pins: tuple[Pin, ...]


def city_map() -> PlacesMap:
    """The map of the city as it is loaded now."""
    current = city()
    kept: tuple[City, PlacesMap] | None = current_app.extensions.get("city map")
    if kept is None or kept[0] is not current:
        kept = current, PlacesMap(current.boundary_set(), surroundings_of(current), current.gazetteer.streets)
        current_app.extensions["city map"] = kept
    return kept[1]


def surroundings_of(current: City) -> Surroundings:
    """The main places and the water of a city, from the folder of its pack."""
    return surroundings_in(current.folder)


@lru_cache(maxsize=160)
def picture_of(drawn: PlacesMap, view: MapView, width: int) -> str:
    """A view as SVG: the same for everybody, so it is drawn once and kept while it is asked for."""
    return drawn.draw(view, width)


def view_in(numbers: "MultiDict[str, str]") -> MapView:
    """The view that an address or a form names; the whole city for one that there is not."""
    zoom, column, row = (
        numbers.get(name, default, type=int) for name, default in (("zoom", 1), ("column", 0), ("row", 0))
    )
    return MapView.of(zoom, column, row) or MapView()


def numbers_of(view: MapView) -> dict[str, int]:
    """What names a view in an address or a form."""
    return {"zoom": view.zoom, "column": view.column, "row": view.row} if view.zoom > 1 else {}


def press_in(form: "MultiDict[str, str]", view: MapView) -> Point | None:
    """The point that was pressed on a picture of the view; None when none was, or from a keyboard (0, 0)."""
    for width in WIDTHS:
        x, y = form.get(f"at-{width}.x", type=float), form.get(f"at-{width}.y", type=float)
        if x is not None and y is not None and 0 <= x <= width and 0 <= y <= city_map().height(width) and (x or y):
            return city_map().picture(view, width).point(x, y)
    return None


def pressed_by_keyboard(form: "MultiDict[str, str]") -> bool:
    """Whether a picture was pressed without pointing at a place on it, as Enter does: a browser then sends 0, 0."""
    return any(form.get(f"at-{width}.x") == form.get(f"at-{width}.y") == "0" for width in WIDTHS)


def sheets_of(view: MapView, pin: Point | None, numbered: Sequence[Point] = ()) -> list[Sheet]:
    """The picture in each of its sizes, with numbered pins and the one that somebody set over them."""
    return [Sheet(width, city_map().height(width), tuple(_pins(view, width, pin, numbered))) for width in WIDTHS]


def is_in_sight(view: MapView, point: Point) -> bool:
    """Whether a point lies on the picture of a view."""
    return view.shows(city_map().whole(WIDTHS[0]), point)


def closer_to(view: MapView, pin: Point | None) -> MapView | None:
    """One zoom closer, towards the pin if it is in sight, else where more of the city is; None at the closest."""
    closer = view.closer(city_map().whole(WIDTHS[0]), pin)
    if closer is None or shows_city(closer):
        return closer
    return max(view.inside(), key=lambda each: city_map().land_in(each), default=None)


def shows_city(view: MapView) -> bool:
    """Whether enough of the city is on a view to know where one is."""
    return city_map().land_in(view) >= LEAST_LAND


def ways_from(view: MapView, pin: Point | None) -> list[tuple[str, str, MapView | None]]:
    """Where one can go from a view: a word, what people read, and the view there, or None where there is no way on."""
    winds = [("west", "West", -1, 0), ("north", "North", 0, -1), ("south", "South", 0, 1), ("east", "East", 1, 0)]
    moved = [(word, words, view.moved(east, south)) for word, words, east, south in winds]
    return [
        ("in", "Zoom in", closer_to(view, pin)),
        ("out", "Zoom out", view.wider()),
        ("whole", "Whole city", None if view.is_whole else MapView()),
        *((word, words, to if to and shows_city(to) else None) for word, words, to in moved),
    ]


def inline_pictures(view: MapView, sheets: Sequence[Sheet]) -> dict[int, str]:
    """The picture of each sheet as an address that holds it whole: no request, log or history tells where it is of.

    Its names stand clear of the sheet's numbers. It is drawn for one report, so it is not kept.
    """
    drawn = ((sheet.width, city_map().draw(view, sheet.width, _rooms(sheet)).encode()) for sheet in sheets)
    return {width: f"data:image/svg+xml;base64,{b64encode(svg).decode()}" for width, svg in drawn}


def written(point: Point) -> str:
    """A point as forms and drafts keep it."""
    return f"{point.lat:.6f},{point.lon:.6f}"


def view_around(points: Sequence[Point], closest: int = 3) -> MapView:
    """A view with all of these points well inside it; the whole city for none."""
    return MapView.around(city_map().whole(WIDTHS[0]), points, closest)


def middle_of_ward(code: str) -> Point:
    """The middle of the widest room in a ward of today: where a mark for all of it stands."""
    whole = city_map().whole(WIDTHS[-1])
    ward = next(ward for ward in city_map().boundary_set if ward.code == code)
    _, x, y = roomiest_spot(whole, ward.polygon)
    return whole.point(x, y)


def _pins(view: MapView, width: int, pin: Point | None, numbered: Sequence[Point]) -> Iterator[Pin]:
    picture = city_map().picture(view, width)
    for number, point in enumerate(numbered, 1):
        if is_in_sight(view, point):
            x, y = picture.place(point)
            yield Pin(_inside(x, picture.width), _inside(y, picture.height), str(number))
    if pin is not None and is_in_sight(view, pin):
        x, y = picture.place(pin)
        yield Pin(x, y, turn=_turn(x, y, picture.width, picture.height))


def _inside(at: float, length: float) -> float:
    """The middle of a number, moved so that none of it is cut off."""
    return min(max(at, _NUMBER), length - _NUMBER)


def _turn(x: float, y: float, width: float, height: float) -> int:
    """How far a pin must turn about its tip to be whole: upright where it can be, else leaning in from the edge."""
    aside = (x < _HEAD) - (x > width - _HEAD)
    if aside:
        return aside * (90 + 45 * ((y < _HEAD) - (y > height - _HEAD)))
    return 180 if y < _LENGTH else 0


def _rooms(sheet: Sheet) -> tuple[Box, ...]:
    """The room that each number takes on a sheet."""
    return tuple(
        Box(pin.x - _NUMBER, pin.y - _NUMBER, pin.x + _NUMBER, pin.y + _NUMBER) for pin in sheet.pins if pin.words
    )
