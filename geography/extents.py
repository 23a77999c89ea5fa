"""What something that is larger than a point covers: a square, a box, the surroundings of a point."""

from collections import Counter
from collections.abc import Iterator
from math import cos, hypot, pi, radians, sin

import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from geography.crosswalk import Crosswalk
from geography.landmarks import METRES_PER_DEGREE, Landmark, considerable
from geography.neighbours import metres_to_nearest
from geography.places import Candidate, Point, WardShare
from geography.vocabulary import Precision, WardCode
from geography.wards import BoundarySet

NEAR_AN_EDGE_METRES = 50
AS_A_POINT_METRES = 50
"""Up to this size a square of numbers is as good as a point."""
ACROSS_WATER_METRES = 800.0
_BY_LAND_METRES = 300
_USEFUL_METRES = 2_000
_RINGS = (25, NEAR_AN_EDGE_METRES, 75)
_DIRECTIONS = 16
_LEAST_OF_A_BOX = 0.02


def square_candidate(crosswalk: Crosswalk, middle: Point, side: int) -> Candidate | None:
    """A square too large to be one point: by its land, or by the postcodes in one that is larger than 300 m.

    None when it holds neither. One that is too large to say much, or whose middle is outside, is doubtful.
    """
    shares: tuple[WardShare, ...] = ()
    what = "the postcodes"
    if side > _BY_LAND_METRES:
        square = Landmark("Grid square", "square", middle, side / 2)
        shares = crosswalk.along(known.point for known in crosswalk.postcodes.values() if square.boxes(known.point))
    if not shares:
        shares, what = land_shares(crosswalk, _square(middle, side)), "the land"
    if not shares:
        return None
    size = f"{side / 1000:g} km" if side >= 1000 else f"{side} m"
    reason = f"A grid square of {size}, by {what} in it."
    candidate = Candidate("Grid square", middle, Precision.AREA, shares, reason)
    if side > _USEFUL_METRES:
        return candidate.doubted("the numbers are too short to say in which part of the city")
    if crosswalk.current.place(middle) is None:
        return candidate.doubted("the middle of the square is outside the city")
    return candidate


def land_shares(crosswalk: Crosswalk, shape: BaseGeometry) -> tuple[WardShare, ...]:
    """The wards of every vintage by the land of a shape, in degrees, in each; empty off the land."""
    shares: list[WardShare] = []
    for boundary_set in crosswalk.sets:
        land = {ward.code: ward.polygon.intersection(shape).area for ward in boundary_set}
        weights = Counter({code: round(area * METRES_PER_DEGREE**2) for code, area in land.items()})
        shares += considerable(boundary_set, weights, _LEAST_OF_A_BOX)
    return tuple(shares)


def shares_near(crosswalk: Crosswalk, point: Point) -> tuple[WardShare, ...]:
    """The wards around the one known point of something longer: all within about 50 metres, by how much of 75."""
    shares: list[WardShare] = []
    for boundary_set in crosswalk.sets:
        own = boundary_set.place(point)
        if own is None:
            continue
        rings = [list(_ring(boundary_set, point, metres)) for metres in _RINGS]
        near = {ward for ring in rings[:2] for ward in ring}
        around = Counter([own.ward, *(ward for ring in rings for ward in ring)])
        kept = Counter({ward: count for ward, count in around.items() if ward in near or ward == own.ward})
        shares += considerable(boundary_set, kept, 0)
    return tuple(shares)


def _ring(boundary_set: BoundarySet, point: Point, metres: float) -> Iterator[WardCode]:
    for number in range(_DIRECTIONS):
        turn = 2 * pi * number / _DIRECTIONS
        north = metres * cos(turn) / METRES_PER_DEGREE
        east = metres * sin(turn) / METRES_PER_DEGREE / cos(radians(point.lat))
        ward = boundary_set.ward_at_coordinates(point.lat + north, point.lon + east)
        if ward is not None:
            yield ward


def across_water(crosswalk: Crosswalk, water: BaseGeometry, point: Point) -> Candidate | None:
    """A point on the water in the midst of the city, given to the nearest ward; None for any other.

    Nearest means at most 800 metres, and nearer than any place outside the city that is known.
    """
    if not water.covers(shapely.Point(point.lon, point.lat)):
        return None
    found = [(boundary_set, *_nearest(boundary_set, point)) for boundary_set in crosswalk.sets]
    ward, metres = next((ward, metres) for boundary_set, ward, metres in found if boundary_set is crosswalk.current)
    if metres > ACROSS_WATER_METRES or metres_to_nearest(point, crosswalk.neighbours) <= metres:
        return None
    shares = tuple(
        WardShare(boundary_set.vintage, ward, 1.0)
        for boundary_set, ward, metres in found
        if metres <= ACROSS_WATER_METRES
    )
    name = crosswalk.current.ward_name(ward)
    reason = f"This is on the water. The nearest part of the city is {name}, {metres:.0f} m away."
    return Candidate(f"Map point in {name}", point, Precision.POINT, shares, reason)


def _nearest(boundary_set: BoundarySet, point: Point) -> tuple[WardCode, float]:
    per_lon = METRES_PER_DEGREE * cos(radians(point.lat))
    spot = shapely.Point(point.lon * per_lon, point.lat * METRES_PER_DEGREE)
    metres = {
        ward.code: float(scale(ward.polygon, per_lon, METRES_PER_DEGREE, origin=(0, 0)).distance(spot))
        for ward in boundary_set
    }
    nearest = min(metres, key=lambda code: (metres[code], code))
    return nearest, metres[nearest]


def size_of(south: float, north: float, west: float, east: float) -> float:
    """The diagonal of a box in degrees, in metres."""
    return hypot(north - south, (east - west) * cos(radians(south))) * METRES_PER_DEGREE


def _square(middle: Point, side: int) -> BaseGeometry:
    north = side / 2 / METRES_PER_DEGREE
    east = north / cos(radians(middle.lat))
    return shapely.box(middle.lon - east, middle.lat - north, middle.lon + east, middle.lat + north)
