"""Landmarks and districts: places that people name instead of a street, each a middle and a radius."""

from collections import Counter
from dataclasses import dataclass
from math import cos, radians

import shapely
from shapely.affinity import scale

from geography.crosswalk import Crosswalk
from geography.places import Point, WardShare
from geography.vocabulary import Precision, WardCode
from geography.wards import BoundarySet

METRES_PER_DEGREE = 111_320
# A ward that holds less of a place than this is left out: circles are no finer. What stands on one site is smaller
# than its circle.
_LEAST_OF_AN_AREA = 0.15
_LEAST_OF_OPEN_GROUND = 0.1
_LEAST_OF_A_SITE = 0.25
_LEAST_OF_POSTCODES = 0.1
_OPEN_GROUND = frozenset(("park", "port", "transport"))
_WHERE_PEOPLE_LIVE = frozenset(("district", "shopping"))
_FEWEST_POSTCODES = 5


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place with its usual name first. `kind` is a word such as station, park or district."""

    name: str
    kind: str
    point: Point
    radius: float
    aliases: tuple[str, ...] = ()

    @property
    def is_district(self) -> bool:
        """Whether it is a part of the city rather than something that stands in one."""
        return self.kind == "district"

    @property
    def precision(self) -> Precision:
        """A building is as close as an address, a large site as a street, and a district or a common is an area."""
        if self.is_district or self.radius > 250:
            return Precision.AREA
        return Precision.ADDRESS if self.radius <= 120 else Precision.STREET

    def covers(self, point: Point, metres: float = 0) -> bool:
        """Whether a point lies inside its circle, or at most `metres` outside."""
        return distance(self.point, point) <= self.radius + metres

    def boxes(self, point: Point) -> bool:
        """Whether a point lies in the square around its circle."""
        north = abs(point.lat - self.point.lat) * METRES_PER_DEGREE
        east = abs(point.lon - self.point.lon) * METRES_PER_DEGREE * cos(radians(self.point.lat))
        return max(north, east) <= self.radius

    def shares(self, crosswalk: Crosswalk) -> tuple[WardShare, ...]:
        """Its wards: of districts and shops by the postcodes inside, of anything else by the land."""
        inside: list[Point] = []
        if self.kind in _WHERE_PEOPLE_LIVE:
            inside = [postcode.point for postcode in crosswalk.postcodes.values() if self.covers(postcode.point)]
        by_land = len(inside) < _FEWEST_POSTCODES
        shares: list[WardShare] = []
        for boundary_set in crosswalk.sets:
            if by_land:
                weights = self._land(boundary_set)
            else:
                placed = (boundary_set.place(point) for point in inside)
                weights = Counter(found.ward for found in placed if found)
            shares += considerable(boundary_set, weights, self._least())
        return tuple(shares)

    def _least(self) -> float:
        if self.kind in _OPEN_GROUND:
            return _LEAST_OF_OPEN_GROUND
        return _LEAST_OF_AN_AREA if self.kind in _WHERE_PEOPLE_LIVE else _LEAST_OF_A_SITE

    def _land(self, boundary_set: BoundarySet) -> Counter[WardCode]:
        """The square metres of its circle in each ward; the ward of its middle when it lies wholly off the land."""
        circle = shapely.Point(self.point.lon, self.point.lat).buffer(self.radius / METRES_PER_DEGREE)
        circle = scale(circle, 1 / cos(radians(self.point.lat)), 1)
        land = {ward.code: ward.polygon.intersection(circle).area for ward in boundary_set}
        weights: Counter[WardCode] = Counter({code: round(area * METRES_PER_DEGREE**2) for code, area in land.items()})
        nearest = boundary_set.place(self.point)
        if not weights.total() and nearest:
            weights[nearest.ward] = 1
        return weights


def considerable(
    boundary_set: BoundarySet, weights: Counter[WardCode], least: float = _LEAST_OF_POSTCODES
) -> list[WardShare]:
    """Weights as shares that add up to 1, the largest first, without wards that hold next to nothing."""
    total = weights.total()
    kept = {ward: count for ward, count in weights.items() if count > 0 and count >= least * total}
    whole = sum(kept.values())
    ranked = sorted(kept.items(), key=lambda pair: (-pair[1], pair[0]))
    return [WardShare(boundary_set.vintage, ward, count / whole) for ward, count in ranked]


def distance(one: Point, other: Point) -> float:
    """Metres between two points of one city: flat, and good to less than a hundredth."""
    north = (one.lat - other.lat) * METRES_PER_DEGREE
    east = (one.lon - other.lon) * METRES_PER_DEGREE * cos(radians(one.lat))
    return float((north * north + east * east) ** 0.5)
