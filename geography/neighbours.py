"""Places around a city and the districts they are in, for points that lie outside."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, inf, radians

from geography.places import Point, Refusal, refuse
from geography.vocabulary import Unplaced

WITHIN_METRES = 6_000.0
"""How near a place must be to be named: further off its district says nothing of the point's."""
_METRES_PER_DEGREE = 111_200.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A town or village near the city, and the council district that it is in."""

    name: str
    district: str
    point: Point


def outside(point: Point, neighbours: Iterable[Neighbour]) -> Refusal:
    """The refusal of a point outside the city; it names the nearest place with its district where one is near."""
    found = min(neighbours, key=lambda each: (_metres(point, each.point), each.name), default=None)
    if found is None or _metres(point, found.point) > WITHIN_METRES:
        return refuse(Unplaced.OUTSIDE_CITY)
    return Refusal(
        Unplaced.OUTSIDE_CITY,
        f"This place is outside the city. The nearest place we know there is {found.name}, in the district of "
        f"{found.district}. Check it, or tell the service for that area.",
    )


def metres_to_nearest(point: Point, neighbours: Iterable[Neighbour]) -> float:
    """How far the nearest of them is; infinite when there are none."""
    return min((_metres(point, each.point) for each in neighbours), default=inf)


def _metres(a: Point, b: Point) -> float:
    return hypot(a.lat - b.lat, (a.lon - b.lon) * cos(radians(a.lat))) * _METRES_PER_DEGREE
