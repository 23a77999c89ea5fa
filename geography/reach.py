"""How far wards are from places: from the middle of a ward's postcodes, in a straight line."""

from collections.abc import Iterable, Mapping

import numpy as np
from pyproj import Geod

from geography.crosswalk import Crosswalk
from geography.places import Point
from geography.vocabulary import WardCode

METRES_IN_A_MILE = 1609.344
_EARTH = Geod(ellps="WGS84")


def middles_of_wards(crosswalk: Crosswalk) -> dict[WardCode, Point]:
    """Ward of today → the mean of its postcodes' positions: where its people live, not where its land is.

    A ward without postcodes has none.
    """
    wards = crosswalk.current
    points = [postcode.point for postcode in crosswalk.postcodes.values()]
    lat, lon = (np.array([getattr(point, axis) for point in points], dtype=float) for axis in ("lat", "lon"))
    placed = wards.place_many(lat, lon) if points else np.array([], dtype=int)
    middles: dict[WardCode, Point] = {}
    for place, code in enumerate(wards.codes()):
        inside = placed == place
        if inside.any():
            middles[code] = Point(float(lat[inside].mean()), float(lon[inside].mean()))
    return middles


def miles_between(here: Point, there: Point) -> float:
    """The distance in a straight line on the ground."""
    _, _, metres = _EARTH.inv(here.lon, here.lat, there.lon, there.lat)
    return float(metres) / METRES_IN_A_MILE


def miles_to_nearest(middles: Mapping[WardCode, Point], places: Iterable[Point]) -> dict[WardCode, float | None]:
    """Ward → miles from its middle to the nearest of these places; None when there is none at all."""
    there = list(places)
    return {
        code: min((miles_between(middle, place) for place in there), default=None) for code, middle in middles.items()
    }
