"""The map of the city as pages show it: which views there are, pictures kept for a while, presses, and pins."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app
from werkzeug.datastructures import MultiDict

from geography.locating import City
from geography.map_places import Surroundings, surroundings_in
from geography.map_view import MapView
from geography.places import Point
from geography.places_map import PlacesMap
from reporting.locating import city

# A browser sends a press in rendered pixels, so a picture is never scaled: each width of window has one that fits.
# 288 fits the smallest phone; the style sheet shows the one of these that fits, and hides the others.
WIDTHS = (288, 352, 560)


@dataclass(frozen=True, slots=True)
class Pin:
    """A mark over the picture, in its pixels; `words` is the number on it, empty for the one that somebody set."""

    x: float
    y: float
    words: str = ""


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


def sheets_of(view: MapView, pin: Point | None, numbered: Sequence[Point] = ()) -> list[Sheet]:
    """The picture in each of its sizes, with numbered pins and the one that somebody set over them."""
    return [Sheet(width, city_map().height(width), tuple(_pins(view, width, pin, numbered))) for width in WIDTHS]


def is_in_sight(view: MapView, point: Point) -> bool:
    """Whether a point lies on the picture of a view."""
    return view.shows(city_map().whole(WIDTHS[0]), point)


def closer_to(view: MapView, pin: Point | None) -> MapView | None:
    """One zoom closer, towards the pin if it is in sight; None at the closest."""
    return view.closer(city_map().whole(WIDTHS[0]), pin)


def ways_from(view: MapView, pin: Point | None) -> list[tuple[str, str, MapView | None]]:
    """Where one can go from a view: a word, what people read, and the view there, or None where there is no way on."""
    return [
        ("in", "Zoom in", closer_to(view, pin)),
        ("out", "Zoom out", view.wider()),
        ("whole", "Whole city", None if view.is_whole else MapView()),
        ("west", "West", view.moved(-1, 0)),
        ("north", "North", view.moved(0, -1)),
        ("south", "South", view.moved(0, 1)),
        ("east", "East", view.moved(1, 0)),
    ]


def inline_pictures(view: MapView) -> dict[int, str]:
    """The picture of each width as an address that holds it whole: no request, log or history tells where it is of."""
    drawn = ((width, picture_of(city_map(), view, width).encode()) for width in WIDTHS)
    return {width: f"data:image/svg+xml;base64,{b64encode(svg).decode()}" for width, svg in drawn}


def written(point: Point) -> str:
    """A point as forms and drafts keep it."""
    return f"{point.lat:.6f},{point.lon:.6f}"


def view_around(points: Sequence[Point], closest: int = 3) -> MapView:
    """A view with all of these points well inside it; the whole city for none."""
    return MapView.around(city_map().whole(WIDTHS[0]), points, closest)


def _pins(view: MapView, width: int, pin: Point | None, numbered: Sequence[Point]) -> Iterator[Pin]:
    picture = city_map().picture(view, width)
    for number, point in enumerate(numbered, 1):
        if is_in_sight(view, point):
            yield Pin(*picture.place(point), str(number))
    if pin is not None and is_in_sight(view, pin):
        yield Pin(*picture.place(pin))
