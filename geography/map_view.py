"""Which part of the city a picture shows: a few steps of zoom, and for each a coarse grid of middles to look from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from geography.picture import Picture
from geography.places import Point
from geography.wards import BoundarySet

CLOSEST = 4
_ROOM = 0.8
"""How much of a picture, from its middle, is comfortable to see."""


@dataclass(frozen=True, slots=True)
class MapView:
    """A picture's zoom, from 1 (the whole city) to 4, and the column and row of its middle from the north-west.

    Neighbouring middles are half a picture apart, at the closest about 700 m in a city of 11 km: a view tells nobody
    which house was looked at.
    """

    zoom: int = 1
    column: int = 0
    row: int = 0

    @classmethod
    def of(cls, zoom: int, column: int, row: int) -> "MapView | None":
        """The view with these numbers, or None when there is no such view."""
        steps = 2**zoom - 1 if 1 <= zoom <= CLOSEST else 0
        return cls(zoom, column, row) if 0 <= column < steps and 0 <= row < steps else None

    @property
    def is_whole(self) -> bool:
        """Whether it shows the whole city."""
        return self.zoom == 1

    def moved(self, east: int, south: int) -> "MapView | None":
        """The view so many steps away, or None beyond the city's edge."""
        return MapView.of(self.zoom, self.column + east, self.row + south)

    def closer(self, whole: Picture, towards: Point | None = None) -> "MapView | None":
        """The next zoom, around the same middle or around a point that is in sight; None at the closest."""
        if self.zoom == CLOSEST:
            return None
        if towards is not None and self.shows(whole, towards):
            return MapView.around(whole, [towards], self.zoom + 1)
        return MapView(self.zoom + 1, 2 * self.column + 1, 2 * self.row + 1)

    def inside(self) -> "list[MapView]":
        """Every view one zoom closer that lies wholly inside this one; none at the closest."""
        if self.zoom == CLOSEST:
            return []
        return [
            MapView(self.zoom + 1, 2 * self.column + east, 2 * self.row + south)
            for south in range(3)
            for east in range(3)
        ]

    def wider(self) -> "MapView | None":
        """The zoom before, around about the same middle; None for the whole city."""
        if self.is_whole:
            return None
        last = 2 ** (self.zoom - 1) - 2
        return MapView(self.zoom - 1, min(self.column // 2, last), min(self.row // 2, last))

    def picture(self, whole: Picture) -> Picture:
        """What of the picture of the whole city this view shows, in a picture of the same size."""
        magnified = 2 ** (self.zoom - 1)
        per_lon, per_lat = whole.per_lon * magnified, whole.per_lat * magnified
        across, down = (self.column + 1) / 2**self.zoom, (self.row + 1) / 2**self.zoom
        left = whole.left + whole.width * (across / whole.per_lon - 0.5 / per_lon)
        top = whole.top - whole.height * (down / whole.per_lat - 0.5 / per_lat)
        return replace(whole, left=left, top=top, per_lon=per_lon, per_lat=per_lat)

    def shows(self, whole: Picture, point: Point, room: float = 1.0) -> bool:
        """Whether a point is in sight, or within this share of the picture around its middle."""
        x, y = self.picture(whole).place(point)
        return abs(2 * x / whole.width - 1) <= room and abs(2 * y / whole.height - 1) <= room

    @classmethod
    def around(cls, whole: Picture, points: Iterable[Point], closest: int = CLOSEST) -> "MapView":
        """The closest view, up to a zoom, in which all of these points stand well inside the picture."""
        spots = [whole.place(point) for point in points]
        for zoom in range(closest if spots else 1, 1, -1):
            columns, rows = ([spot[axis] for spot in spots] for axis in (0, 1))
            view = cls(zoom, _nearest(columns, whole.width, zoom), _nearest(rows, whole.height, zoom))
            if all(view.shows(whole, whole.point(*spot), _ROOM) for spot in spots):
                return view
        return cls()


def whole_picture(boundary_set: BoundarySet, width: float, height: float) -> Picture:
    """The picture of the whole city in this size, from which every view is cut."""
    return Picture.of(boundary_set, width, height)


def _nearest(spots: list[float], length: float, zoom: int) -> int:
    """The number of the middle nearest to the middle of these spots, along one side of the whole picture."""
    middle = (min(spots) + max(spots)) / 2 / length
    steps = 1 << zoom
    return min(max(round(middle * steps) - 1, 0), steps - 2)
