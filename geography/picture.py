"""The flat picture of a city: from degrees to picture units and back, and the path of an outline."""

from dataclasses import dataclass
from math import cos, radians

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geography.places import Point
from geography.wards import BoundarySet

MARGIN = 0.035


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of `width` by `height` units showing a whole city upright, with one scale both ways.

    x runs east and y runs south from the top left corner, as a browser counts a click.
    """

    width: float
    height: float
    left: float
    top: float
    per_lon: float
    per_lat: float

    @classmethod
    def of(cls, boundary_set: BoundarySet, width: float, height: float) -> "Picture":
        """The picture that shows every ward as large as will fit. Raises ValueError for an empty size."""
        if not (width > 0 and height > 0):
            raise ValueError("A picture needs a width and a height.")
        west, south, east, north = boundary_set.bounds()
        narrowing = cos(radians((south + north) / 2))
        margin = MARGIN * min(width, height)
        scale = min(
            (width - 2 * margin) / ((east - west) * narrowing),
            (height - 2 * margin) / (north - south),
        )
        per_lon, per_lat = scale * narrowing, scale
        left = (west + east) / 2 - width / 2 / per_lon
        top = (south + north) / 2 + height / 2 / per_lat
        return cls(width, height, left, top, per_lon, per_lat)

    def place(self, point: Point) -> tuple[float, float]:
        """Where on the picture a point is drawn."""
        return (point.lon - self.left) * self.per_lon, (self.top - point.lat) * self.per_lat

    def point(self, x: float, y: float) -> Point:
        """The point drawn at a spot; a spot beyond the edge counts as on it."""
        x, y = min(max(x, 0.0), self.width), min(max(y, 0.0), self.height)
        return Point(self.top - y / self.per_lat, self.left + x / self.per_lon)

    def path(self, polygon: Polygon | MultiPolygon) -> str:
        """The SVG path of every ring, holes included, to a tenth of a unit."""
        parts = polygon.geoms if isinstance(polygon, MultiPolygon) else (polygon,)
        rings = (ring for part in parts for ring in (part.exterior, *part.interiors))
        return "".join(self._ring([(float(x), float(y)) for x, y, *_ in ring.coords]) for ring in rings)

    def path_within(self, shape: BaseGeometry, window: Polygon) -> str:
        """The path of that part of a shape which is in a window, both in degrees; empty when none is."""
        parts = shapely.get_parts(shapely.intersection(shape, window))
        return "".join(self.path(part) for part in parts if isinstance(part, Polygon) and not part.is_empty)

    def frame(self, beyond: float = 0.0) -> Polygon:
        """What the picture shows, in degrees, and a share of it beyond its edge."""
        across, down = self.width / self.per_lon, self.height / self.per_lat
        return shapely.box(
            self.left - beyond * across,
            self.top - (1 + beyond) * down,
            self.left + (1 + beyond) * across,
            self.top + beyond * down,
        )

    def _ring(self, corners: list[tuple[float, float]]) -> str:
        drawn: list[str] = []
        for lon, lat in corners:
            corner = f"{(lon - self.left) * self.per_lon:.1f} {(self.top - lat) * self.per_lat:.1f}"
            if not drawn or drawn[-1] != corner:
                drawn.append(corner)
        return f"M{'L'.join(drawn)}Z"


def fitting_height(boundary_set: BoundarySet, width: float) -> int:
    """The height at which a picture of this width is filled both ways, to the nearest whole unit."""
    west, south, east, north = boundary_set.bounds()
    narrowing = cos(radians((south + north) / 2))
    inner = width * (1 - 2 * MARGIN)
    return round(inner * (north - south) / ((east - west) * narrowing) + 2 * MARGIN * width)
