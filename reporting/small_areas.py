"""Which small areas of the census a place that was found is in."""

from typing import Protocol

from geography.locating import City
from geography.places import Point
from reporting.places import FoundPlace
from reporting.vocabulary import Precision

EXACT = frozenset({Precision.ADDRESS, Precision.POSTCODE, Precision.POINT})
"""How closely a place must be known: a street or a district lies in many small areas."""


class Layer(Protocol):
    """Small areas of one vintage, as a city holds them."""

    @property
    def vintage(self) -> str:
        """2011 or 2021."""

    @property
    def index_year(self) -> int | None:
        """The year of the deprivation index; None when it is not loaded."""

    def area_at(self, point: Point) -> str | None:
        """The code of the area at a point."""

    def quintile(self, code: str) -> int | None:
        """1 for the most deprived fifth of England to 5 for the least."""


def layers_of(city: City) -> tuple[Layer, ...]:
    """The small areas a city has loaded; none in a pack that was built without."""
    return city.small_areas


def small_areas_of(city: City, found: FoundPlace) -> dict[str, str]:
    """Vintage → code, for each layer that covers the place; empty for a place that is not known exactly."""
    if found.precision not in EXACT:
        return {}
    point = Point(found.lat, found.lon)
    return {layer.vintage: code for layer in layers_of(city) if (code := layer.area_at(point)) is not None}
