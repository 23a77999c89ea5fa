"""geopy's interface over the city's own names first, and a Nominatim of the installation's own for what they lack.

Nothing is asked of another machine unless an address was configured, and then no more than the
name of a street.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import shapely
from geopy.exc import GeocoderParseError, GeocoderQueryError, GeocoderUnavailable, GeopyError
from geopy.geocoders import Nominatim
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from geography.bounded_fetch import BoundedAdapter
from geography.extents import land_shares, size_of
from geography.gazetteer import LOOKED_AT, Gazetteer
from geography.geocoder import CityGeocoder, Found, located, location_of
from geography.outgoing import street_in
from geography.phrases import spelled
from geography.places import Candidate, Point, Refusal
from geography.vocabulary import Precision, Unplaced

TIME_OUT_SECONDS = 2.0
"""For the whole exchange, from the first look-up of its name to the last byte."""
_MOST_RESULTS = 5
_MALFORMED = (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError)
_BUILDINGS = frozenset(("building", "shop", "office", "amenity"))
_LARGEST_BUILDING_METRES = 200
_LARGEST_SITE_METRES = 600
_OTHER_NAME = "the address service found it by another name than was written"


@dataclass(slots=True)
class Breaker:
    """Opens after some failures in a row, so that a service that is down is left alone for a while."""

    failures: int = 3
    rest_seconds: float = 60.0
    clock: Callable[[], float] = monotonic
    _failed: int = field(default=0, init=False)
    _opened: float = field(default=0.0, init=False)

    @property
    def is_open(self) -> bool:
        """Whether the service should not be asked now."""
        return self._failed >= self.failures and self.clock() - self._opened < self.rest_seconds

    def note(self, answered: bool) -> None:
        """What came of asking. The first failure after a rest opens it again."""
        self._failed = 0 if answered else self._failed + 1
        if not answered:
            self._opened = self.clock()


class ChainedGeocoder(Geocoder):  # type: ignore[misc]
    """The city's names, then a Nominatim at `address`, bounded to the city's box. `gazetteer` gives today's names.

    A point is never sent: `reverse` is the city's own.
    """

    def __init__(
        self,
        gazetteer: Callable[[], Gazetteer],
        address: str,
        timeout: float = TIME_OUT_SECONDS,
        breaker: Breaker | None = None,
    ) -> None:
        super().__init__(user_agent="safe-harbour", timeout=timeout)
        # geopy writes each address it asks, and with it the words of a report, to its log of details.
        logging.getLogger("geopy").setLevel(logging.INFO)
        parts = urlsplit(address)
        self._nominatim = Nominatim(
            domain=parts.netloc + parts.path,
            scheme=parts.scheme,
            user_agent="safe-harbour",
            timeout=timeout,
            adapter_factory=BoundedAdapter,
        )
        self._gazetteer = gazetteer
        self._breaker = breaker or Breaker()

    def geocode(self, query: Any, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Found:
        """The place a text means; None when neither knows it. Raises geopy's exceptions, also when it is down."""
        if not isinstance(query, str):
            raise GeocoderQueryError("A place to look up must be text.")
        gazetteer = self._gazetteer()
        answer = gazetteer.search(query)
        if not isinstance(answer, Refusal):
            return located(answer, exactly_one)
        if answer.reason is not Unplaced.NOT_FOUND:
            # What is too vague for us, or outside, is so for everybody.
            return None
        locations = [location_of(candidate) for candidate in self._ask(gazetteer, query, timeout)]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def reverse(self, query: Any, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Found:
        """The ward at a point, or None outside, by the city's own boundaries."""
        return CityGeocoder(self._gazetteer()).reverse(query, exactly_one)

    def beyond_our_names(self, text: str) -> list[Candidate]:
        """Candidates for a text that the city could not find; none when the service has none or does not answer."""
        try:
            return self._ask(self._gazetteer(), text, DEFAULT_SENTINEL)
        except GeopyError:
            return []

    def _ask(self, gazetteer: Gazetteer, text: str, timeout: Any) -> list[Candidate]:
        query = street_in(text[:LOOKED_AT])
        if not query:
            return []
        if self._breaker.is_open:
            raise GeocoderUnavailable("The address service did not answer lately, and is left alone for a minute.")
        west, south, east, north = gazetteer.crosswalk.current.bounds()
        try:
            found = self._nominatim.geocode(
                query, exactly_one=False, limit=_MOST_RESULTS, viewbox=((north, west), (south, east)), bounded=True,
                timeout=timeout,
            )  # fmt: skip
            candidates = [_candidate(gazetteer, location, query) for location in found or ()]
        except GeopyError:
            self._breaker.note(answered=False)
            raise
        except _MALFORMED as problem:
            self._breaker.note(answered=False)
            raise GeocoderParseError("The address service answered with something else than places.") from problem
        self._breaker.note(answered=True)
        unique = {candidate.place: candidate for candidate in candidates if candidate}
        return list(unique.values())


def _candidate(gazetteer: Gazetteer, location: Location, query: str) -> Candidate | None:
    """A result of the service, or None when it lies outside the city. Its wards are those of its box."""
    crosswalk = gazetteer.crosswalk
    point = Point(float(location.latitude), float(location.longitude))
    at_point, placement = crosswalk.at_point(point)
    if placement is None:
        return None
    box = _box(location.raw.get("boundingbox"))
    shares = land_shares(crosswalk, shapely.box(box[2], box[0], box[3], box[1])) if box else ()
    kind = str(location.raw.get("class") or location.raw.get("category") or "")
    names = [part.strip() for part in str(location.address).split(",")]
    name = names[0][:120]
    if not name:
        raise ValueError("A place without a name.")
    ward = crosswalk.current.ward_name(placement.ward)
    by = "by the box around it" if shares else "by one point"
    reason = f"Found by the address service of this installation in {ward}, and placed {by}."
    found = Candidate(name, point, _precision(kind, size_of(*box) if box else 0.0), shares or at_point, reason)
    same = spelled(query) in {spelled(each) for each in names}
    return found if same else found.doubted(_OTHER_NAME)


def _box(given: Any) -> tuple[float, float, float, float] | None:
    """South, north, west and east of a result's box; None without one. Raises ValueError for a senseless one."""
    if given is None:
        return None
    south, north, west, east = (float(side) for side in given)
    if not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):
        raise ValueError("A box that is none.")
    return south, north, west, east


def _precision(kind: str, metres: float) -> Precision:
    """How closely a result is known: an address only for a kind of building that is no larger than one."""
    if kind == "highway":
        return Precision.STREET
    if kind in _BUILDINGS and metres <= _LARGEST_BUILDING_METRES:
        return Precision.ADDRESS
    return Precision.STREET if 0 < metres <= _LARGEST_SITE_METRES else Precision.AREA
