"""geopy's interface over the built-in gazetteer. It never uses the network."""

from typing import Any, NoReturn, TypeAlias

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point as GeopyPoint

from geography.gazetteer import Gazetteer
from geography.places import Answer, Candidate, Point, Refusal

Found: TypeAlias = Location | list[Location] | None


class OfflineAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """Refuses every request: what a reporter writes never leaves this machine."""

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> NoReturn:
        """Raises GeocoderServiceError."""
        raise GeocoderServiceError("This geocoder works from its own files and makes no requests.")

    def get_text(self, url: str, *, timeout: Any, headers: Any) -> NoReturn:
        """Raises GeocoderServiceError."""
        raise GeocoderServiceError("This geocoder works from its own files and makes no requests.")


class CityGeocoder(Geocoder):  # type: ignore[misc]
    """Places of one city. A Location's `raw` is the candidate as plain values, with its wards."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(user_agent="safe-harbour", adapter_factory=OfflineAdapter)
        self._gazetteer = gazetteer

    def geocode(self, query: Any, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Found:
        """The place a text means; None when it cannot be placed. Raises GeocoderQueryError if not text."""
        if not isinstance(query, str):
            raise GeocoderQueryError("A place to look up must be text.")
        return located(self._gazetteer.search(query), exactly_one)

    def reverse(self, query: Any, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Found:
        """The ward at a point, or None outside. Raises GeocoderQueryError when geopy cannot read a point."""
        try:
            given = GeopyPoint(query)
            point = Point(given.latitude, given.longitude)
        except (TypeError, ValueError) as problem:
            raise GeocoderQueryError("A place to look up must be a latitude and a longitude.") from problem
        return located(self._gazetteer.at(point), exactly_one)


def located(answer: Answer, exactly_one: bool) -> Found:
    """An answer as geopy gives it: the best, or all."""
    if isinstance(answer, Refusal):
        return None
    locations = [location_of(candidate) for candidate in answer]
    return locations[0] if exactly_one else locations


def location_of(candidate: Candidate) -> Location:
    """A candidate as geopy's Location, with itself as plain values in `raw`."""
    raw = {
        "place": candidate.place,
        "precision": candidate.precision.value,
        "reason": candidate.reason,
        "doubtful": candidate.doubtful,
        "wards": [{"vintage": share.vintage, "ward": share.ward, "weight": share.weight} for share in candidate.wards],
    }
    return Location(candidate.place, (candidate.point.lat, candidate.point.lon, 0.0), raw)
