"""How far apart two points are, as the crow flies."""

from functools import cache

from pyproj import Geod

from geography.places import Point


def metres_between(one: Point, other: Point) -> float:
    """Metres along the ground between two points, on the WGS84 ellipsoid."""
    _, _, metres = _earth().inv(one.lon, one.lat, other.lon, other.lat)
    return float(metres)


@cache
def _earth() -> Geod:
    return Geod(ellps="WGS84")
