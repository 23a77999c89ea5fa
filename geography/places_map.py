"""The map on which somebody finds a place: wards, main places and streets by name, and the water, as SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import product
from math import sqrt

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geography.hatching import INK, LAND, TEAL, WHITE
from geography.labels import over_two_lines, roomiest_spot
from geography.map_labels import LINE, Box, Placed, Sheet, Wanted
from geography.map_places import STREET, WATER, MapPlace, Surroundings
from geography.map_view import MapView, whole_picture
from geography.picture import Picture, fitting_height
from geography.places import Point
from geography.streets import Street
from geography.wards import BoundarySet

FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_WIDE = 500
"""A picture from this width on names at once what a small one names after the first zoom."""
_MAIN_STATION = 100.0
"""A station that reaches so far, in metres, is the one that people mean: it is named whatever else is."""
_SPOTS_ACROSS, _MOST_SPOTS = 44, 150
"""How fine the grid is on which a ward's name may stand: in steps along the width of a picture, and in all."""
_SEA, _SHALLOWS, _GREEN = "#bcdbe6", "#cfe6ee", "#cfe3c4"
_TINTS = ("#fbf6ec", "#f1f4ea", "#fdf9f3", "#f5f1e6")


@dataclass(frozen=True, slots=True)
class _Style:
    """How the names of one kind are set; `mark` is a shape around the origin, empty for names without one."""

    size: float
    colour: str
    mark: str = ""
    weight: int = 500
    slant: str = "normal"
    from_zoom: int = 1


def _round(fill: str, sign: str) -> str:
    sign = f'<path d="{sign}" fill="none" stroke="{WHITE}" stroke-width="1.5"/>'
    return f'<circle r="5" fill="{fill}" stroke="{WHITE}"/>{sign}'


def _dot(fill: str) -> str:
    return f'<circle r="3" fill="{fill}" stroke="{WHITE}"/>'


_WARD = _Style(12.5, TEAL, weight=700)
# In the order in which they are given room.
_STYLES = {
    WATER: _Style(12, "#1d5f7c", slant="italic"),
    "hospital": _Style(12, "#8c1d18", _round("#b3261e", "M-1.8 -2.6V2.6M1.8 -2.6V2.6M-1.8 0H1.8"), 600, from_zoom=2),
    "station": _Style(12, INK, _round(INK, "M-2.2 -1H2.2M-2.2 1H2.2"), 600, from_zoom=2),
    "district": _Style(12, INK, weight=600, from_zoom=2),
    "university": _Style(12, "#5b3a78", _dot("#5b3a78"), from_zoom=2),
    "stadium": _Style(12, "#5b3a78", _dot("#5b3a78"), from_zoom=2),
    "park": _Style(12, "#33611f", slant="italic", from_zoom=2),
    "shopping": _Style(12, INK, _dot("#6d4700"), from_zoom=3),
    "market": _Style(12, INK, _dot("#6d4700"), from_zoom=3),
    "library": _Style(12, INK, _dot("#6d4700"), from_zoom=3),
    "school": _Style(12, INK, _dot("#5a6f78"), from_zoom=4),
    "worship": _Style(12, INK, _dot("#5a6f78"), from_zoom=4),
    "port": _Style(12, "#1d5f7c", _dot("#1d5f7c"), from_zoom=3),
    "transport": _Style(12, INK, _dot(INK), from_zoom=4),
    "health": _Style(12, "#8c1d18", _dot("#b3261e"), from_zoom=4),
    "civic": _Style(12, INK, _dot("#5a6f78"), from_zoom=4),
    "supermarket": _Style(12, INK, _dot("#6d4700"), from_zoom=4),
    "leisure": _Style(12, INK, _dot("#6d4700"), from_zoom=4),
    STREET: _Style(12, "#40545f", _dot("#8b989e").replace('r="3"', 'r="2"'), from_zoom=4),
}
_ORDER = {kind: number for number, kind in enumerate(_STYLES)}


@dataclass(frozen=True, slots=True, eq=False)
class PlacesMap:
    """The map of one city, to be drawn in any view and size. Two of them are the same only if they are one."""

    boundary_set: BoundarySet
    surroundings: Surroundings
    streets: tuple[Street, ...] = ()

    def height(self, width: int) -> int:
        """The height of a picture of this width."""
        return fitting_height(self.boundary_set, width)

    def whole(self, width: int) -> Picture:
        """The picture of the whole city, from which every view of this width is cut."""
        return whole_picture(self.boundary_set, width, self.height(width))

    def picture(self, view: MapView, width: int) -> Picture:
        """What lies where in a view: from a point to its spot, and from a press to its point."""
        return view.picture(self.whole(width))

    def land_in(self, view: MapView) -> float:
        """The share of a view, from 0 to 1, that the wards of the city fill."""
        frame = self.picture(view, _WIDE).frame()
        seen = sum(shapely.intersection(ward.polygon, frame).area for ward in self.boundary_set)
        return float(seen / frame.area)

    def draw(self, view: MapView, width: int, taken: Sequence[Box] = ()) -> str:
        """A view as a whole SVG document of this width in pixels, without a name in the room that is `taken`.

        With none taken it is the same for everybody: nothing of any report.
        """
        picture = self.picture(view, width)
        window = picture.frame(0.05)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="city-map" role="img" width="{width}" '
            f'height="{picture.height:g}" viewBox="0 0 {width} {picture.height:g}"><title>Map of the city</title>'
            f'<rect width="{width}" height="{picture.height:g}" fill="{LAND}"/>{self._ground(picture, view, window)}'
            f'<g font-family="{FONT}" text-anchor="middle" stroke-linejoin="round">'
            f"{''.join(map(_drawn, self.names(view, width, taken)))}</g></svg>"
        )

    def names(self, view: MapView, width: int, taken: Sequence[Box] = ()) -> list[Placed]:
        """The names that a view shows, each with the room it takes: main stations, then wards, then all others."""
        picture = self.picture(view, width)
        sheet = Sheet(picture.width, picture.height, list(taken))
        places = list(self._wanted_places(picture, view))
        main = [place for place in places if place.is_main]
        return [
            *sheet.place_in_turn(main),
            *sheet.place_together(list(self._wanted_wards(picture))),
            *sheet.place_in_turn(place for place in places if not place.is_main),
        ]

    def _ground(self, picture: Picture, view: MapView, window: Polygon) -> str:
        shape = picture.path_within(self.surroundings.water, window)
        water = f'<path fill="{_SEA}" stroke="{_SHALLOWS}" stroke-width="2" d="{shape}"/>'
        wards = "".join(
            f'<path class="city-map__ward" fill="{tint}" d="{path}"/>'
            for ward, tint in zip(self.boundary_set, _tints(self.boundary_set), strict=True)
            if (path := picture.path_within(ward.polygon, window))
        )
        edges = wards.replace("city-map__ward", "city-map__edge")
        return (
            f"{water}<g>{wards}</g>{self._greens(picture, window)}"
            f'<g fill-opacity="0" stroke="{TEAL}" stroke-width="{0.9 + view.zoom / 4:g}" stroke-opacity="0.6" '
            f'stroke-linejoin="round">{edges}</g>'
        )

    def _greens(self, picture: Picture, window: Polygon) -> str:
        """Parks, about as wide as they are: three quarters, since none is a circle."""
        parks = [place for place in self.surroundings.places if place.kind == "park"]
        discs = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{0.75 * park.radius_m * picture.per_lat / 111_320:.1f}"/>'
            for park in parks
            for x, y in [picture.place(park.point)]
            if window.buffer(0.01).contains(shapely.Point(park.point.lon, park.point.lat))
        )
        return f'<g fill="{_GREEN}" fill-opacity="0.6">{"".join(discs)}</g>'

    def _wanted_wards(self, picture: Picture) -> Iterator[Wanted]:
        """Every ward in sight, with where in it its name may stand."""
        frame = picture.frame()
        for ward in self.boundary_set:
            seen = shapely.intersection(ward.polygon, frame)
            if seen.is_empty or seen.area <= 0:
                continue
            _, x, y = roomiest_spot(picture, seen)
            lines = over_two_lines(ward.name)
            spots = tuple(_spots_in(picture, seen))
            yield Wanted(lines, "ward", x, y, _WARD.size, marked=False, spots=spots, one_line=ward.name)

    def _wanted_places(self, picture: Picture, view: MapView) -> Iterator[Wanted]:
        """Every other name that could stand in a view, the most important first."""
        frame = picture.frame()
        detail = view.zoom + (picture.width >= _WIDE)
        places = sorted(self._places(detail), key=lambda place: (_ORDER[place.kind], -place.radius_m))
        for place in places:
            if frame.contains(shapely.Point(place.point.lon, place.point.lat)):
                style = _STYLES[place.kind]
                x, y = picture.place(place.point)
                lines = over_two_lines(place.name) if len(place.name) > 14 else (place.name,)
                is_main = place.kind == "station" and place.radius_m >= _MAIN_STATION
                yield Wanted(lines, place.kind, x, y, style.size, marked=bool(style.mark), is_main=is_main)

    def _places(self, detail: int) -> Iterator[MapPlace]:
        wards = {ward.name for ward in self.boundary_set}
        for place in self.surroundings.places:
            style = _STYLES.get(place.kind)
            if style and style.from_zoom <= detail and not (place.kind == "district" and place.name in wards):
                yield place
        if detail >= _STYLES[STREET].from_zoom:
            yield from (MapPlace(street.name, STREET, street.middle()) for street in self.streets)


def _drawn(placed: Placed) -> str:
    name = placed.wanted
    style = _WARD if name.style == "ward" else _STYLES[name.style]
    mark = f'<g transform="translate({name.x:.1f} {name.y:.1f})">{style.mark}</g>' if style.mark else ""
    spans = "".join(
        f'<tspan x="{placed.x:.1f}" y="{placed.baseline + row * name.size * LINE:.1f}">{escape(line)}</tspan>'
        for row, line in enumerate(placed.lines)
    )
    slant = ' font-style="italic"' if style.slant == "italic" else ""
    return (
        f'{mark}<text class="city-map__{name.style}" font-size="{style.size:g}" font-weight="{style.weight}"{slant} '
        f'fill="{style.colour}" stroke="{WHITE}" stroke-width="3" stroke-opacity="0.9" paint-order="stroke">'
        f"{spans}</text>"
    )


def _spots_in(picture: Picture, shape: BaseGeometry) -> Iterator[tuple[float, float]]:
    """A grid of spots inside a shape in degrees, in picture units."""
    west, south, east, north = shape.bounds
    (left, top), (right, bottom) = picture.place(Point(north, west)), picture.place(Point(south, east))
    step = max(picture.width / _SPOTS_ACROSS, sqrt((right - left) * (bottom - top) / _MOST_SPOTS))
    columns, rows = (
        [start + step * number for number in range(int((end - start) / step) + 1)]
        for start, end in ((left, right), (top, bottom))
    )
    for x, y in product(columns, rows):
        point = picture.point(x, y)
        if shapely.contains_xy(shape, point.lon, point.lat):
            yield x, y


def _tints(boundary_set: BoundarySet) -> Sequence[str]:
    """A tint for each ward, unlike those of its neighbours as far as four tints allow."""
    chosen: list[int] = []
    for number, ward in enumerate(boundary_set.wards):
        beside = {chosen[other] for other in range(number) if boundary_set.wards[other].polygon.touches(ward.polygon)}
        chosen.append(next((tint for tint in range(len(_TINTS)) if tint not in beside), number % len(_TINTS)))
    return [_TINTS[tint] for tint in chosen]
