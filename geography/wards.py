"""Electoral wards of one vintage, and which of them a point is in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import cos, radians

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry import MultiPolygon, Polygon

from geography.grid import OUTSIDE, Degrees, Numbers, PolygonGrid
from geography.places import Point
from geography.vocabulary import Vintage, WardCode

NEAREST_WITHIN_METRES = 50.0


@dataclass(frozen=True, slots=True)
class Residents:
    """An estimate of how many people live in a ward, and the year it is of."""

    count: int
    year: int


@dataclass(frozen=True, slots=True)
class Ward:
    """One electoral ward. The polygon is in WGS84 degrees, x longitude and y latitude."""

    code: WardCode
    name: str
    polygon: Polygon | MultiPolygon
    residents: Residents | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """The ward a point was given. `nearest` says that the point lies `metres` outside the city's outline."""

    ward: WardCode
    nearest: bool = False
    metres: float = 0.0


@dataclass(frozen=True, slots=True)
class BoundarySet:
    """The wards of one vintage, kept in the order of their codes, and the first and last day they were in force.

    Without a last day they are in force still, or until the next set. Raises ValueError on a repeated code, or
    when it ends before it begins.
    """

    vintage: Vintage
    valid_from: date
    wards: tuple[Ward, ...]
    valid_to: date | None = None
    _grid: PolygonGrid = field(init=False, repr=False, compare=False)
    _codes: tuple[WardCode, ...] = field(init=False, repr=False, compare=False)
    _by_code: dict[WardCode, Ward] = field(init=False, repr=False, compare=False)
    _metric: shapely.STRtree = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wards = tuple(sorted(self.wards, key=lambda ward: ward.code))
        by_code = {ward.code: ward for ward in wards}
        if len(by_code) != len(wards):
            raise ValueError("Two wards of one vintage have the same code.")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"The ward boundaries of {self.vintage} end before they begin.")
        derived = {
            "wards": wards,
            "_codes": tuple(by_code),
            "_by_code": by_code,
            "_grid": PolygonGrid([ward.polygon for ward in wards]),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)
        x, y = self._metres_per_degree()
        flat = [scale(ward.polygon, x, y, origin=(0, 0)) for ward in wards]
        object.__setattr__(self, "_metric", shapely.STRtree(flat))

    def __iter__(self) -> Iterator[Ward]:
        return iter(self.wards)

    def ward_at(self, point: Point) -> WardCode | None:
        """The ward that covers the point, or None outside.

        Exact. A point on an edge that wards share goes to the lowest of their codes; one on the city's
        outline is inside.
        """
        found = self._grid.find(point.lon, point.lat)
        return None if found == OUTSIDE else self._codes[found]

    def ward_at_coordinates(self, lat: float, lon: float) -> WardCode | None:
        """`ward_at` for plain numbers, for work on many points."""
        found = self._grid.find(lon, lat)
        return None if found == OUTSIDE else self._codes[found]

    def place(self, point: Point) -> Placement | None:
        """The ward at the point, else the nearest within 50 metres (piers, the river's edge), else None."""
        ward = self.ward_at(point)
        if ward is not None:
            return Placement(ward)
        x, y = self._metres_per_degree()
        spot = shapely.Point(point.lon * x, point.lat * y)
        near, metres = self._metric.query_nearest(
            spot, max_distance=NEAREST_WITHIN_METRES, return_distance=True, all_matches=True
        )
        if not len(near):
            return None
        return Placement(self._codes[int(near.min())], nearest=True, metres=float(metres[0]))

    def place_many(self, lat: Degrees, lon: Degrees) -> Numbers:
        """`place` for each of many points: the position of its ward in `codes()`, or OUTSIDE."""
        found = self._grid.find_many(lon, lat)
        (outside,) = np.nonzero(found == OUTSIDE)
        x, y = self._metres_per_degree()
        spots = shapely.points(lon[outside] * x, lat[outside] * y)
        points, wards = self._metric.query_nearest(spots, max_distance=NEAREST_WITHIN_METRES, all_matches=True)
        # Of equally near wards the lowest is written last and stays.
        order = np.argsort(-wards, kind="stable")
        found[outside[points[order]]] = wards[order]
        return found

    def ward(self, code: WardCode) -> Ward | None:
        """The ward with this code, or None when this vintage has none."""
        return self._by_code.get(code)

    def ward_name(self, code: WardCode) -> str:
        """The ward's name. Raises KeyError for a code that is not of this vintage."""
        return self._by_code[code].name

    def codes(self) -> tuple[WardCode, ...]:
        """Every ward code, in order."""
        return self._codes

    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north, in degrees."""
        west, south, east, north = shapely.total_bounds([ward.polygon for ward in self.wards])
        return float(west), float(south), float(east), float(north)

    def is_in_force(self, day: date) -> bool:
        """Whether these boundaries applied on that day, both ends counted in."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def _metres_per_degree(self) -> tuple[float, float]:
        """East and north, by the WGS84 series at the first ward's latitude: good to 0.2 % across a city."""
        lat = radians(self.wards[0].polygon.bounds[1])
        east = 111_412.84 * cos(lat) - 93.5 * cos(3 * lat) + 0.118 * cos(5 * lat)
        north = 111_132.92 - 559.82 * cos(2 * lat) + 1.175 * cos(4 * lat)
        return east, north
