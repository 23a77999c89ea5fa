"""Which small areas of the census a place that was found is in."""

from geography.locating import City
from geography.places import Point
from reporting.places import FoundPlace
from reporting.vocabulary import Precision

EXACT = frozenset({Precision.ADDRESS, Precision.POSTCODE, Precision.POINT})
"""How closely a place must be known: a street or a district lies in many small areas."""


def small_areas_of(city: City, found: FoundPlace) -> dict[str, str]:
    """Vintage → code, for each layer that covers the place; empty for a place that is not known exactly."""
    if found.precision not in EXACT:
        return {}
    point = Point(found.lat, found.lon)
    return {layer.vintage: code for layer in city.small_areas if (code := layer.area_at(point)) is not None}
