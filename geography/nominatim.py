"""geopy's interface over the city's own names first, and a Nominatim of the installation's own for what they lack.

Nothing is asked of another machine unless an address was configured, and then no more than the words of the place.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from geopy.exc import GeocoderParseError, GeocoderUnavailable, GeopyError
from geopy.geocoders import Nominatim
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from geography.gazetteer import LOOKED_AT, Gazetteer
from geography.geocoder import CityGeocoder, Found, location_of
from geography.places import Candidate, Point, Refusal
from geography.vocabulary import Precision, Unplaced

TIME_OUT_SECONDS = 2.0
LONGEST_QUERY = 120
_MOST_RESULTS = 5
_PERSONAL = re.compile(r"\S*@\S*|https?://\S*|\+?\(?\d[\d\s().-]{5,}\d")
_MALFORMED = (AttributeError, HTTPException, KeyError, OSError, OverflowError, RecursionError, TypeError, ValueError)
_AREAS = frozenset(("boundary", "landuse", "natural", "place"))


def without_personal(text: str) -> str:
    """What may be sent: 120 characters, without e-mail addresses, links, telephone and other long numbers."""
    return " ".join(_PERSONAL.sub(" ", text[:LOOKED_AT]).split())[:LONGEST_QUERY].strip()


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
        # Without the machine's proxies: the words go to the configured server and nowhere else.
        self._nominatim = Nominatim(
            domain=parts.netloc + parts.path,
            scheme=parts.scheme,
            user_agent="safe-harbour",
            timeout=timeout,
            proxies={},
        )
        self._gazetteer = gazetteer
        self._breaker = breaker or Breaker()

    def geocode(self, query: Any, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Found:
        """The place a text means; None when neither knows it. Raises geopy's exceptions, also when it is down."""
        gazetteer = self._gazetteer()
        found = CityGeocoder(gazetteer).geocode(query, exactly_one)
        if found is not None or not _worth_asking(gazetteer, query):
            return found
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
        query = without_personal(text)
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
            candidates = [_candidate(gazetteer, location) for location in found or ()]
        except GeopyError:
            self._breaker.note(answered=False)
            raise
        except _MALFORMED as problem:
            self._breaker.note(answered=False)
            raise GeocoderParseError("The address service answered with something else than places.") from problem
        self._breaker.note(answered=True)
        unique = {candidate.place: candidate for candidate in candidates if candidate}
        return list(unique.values())


def _worth_asking(gazetteer: Gazetteer, query: str) -> bool:
    """Only a place that was not found: what is too vague for us, or outside, is so for everybody."""
    answer = gazetteer.search(query)
    return isinstance(answer, Refusal) and answer.reason is Unplaced.NOT_FOUND


def _candidate(gazetteer: Gazetteer, location: Location) -> Candidate | None:
    """A result of the service, or None when it lies outside the city."""
    point = Point(float(location.latitude), float(location.longitude))
    shares, placement = gazetteer.crosswalk.at_point(point)
    if placement is None:
        return None
    kind = str(location.raw.get("class") or location.raw.get("category") or "")
    precision = Precision.STREET if kind == "highway" else Precision.AREA if kind in _AREAS else Precision.ADDRESS
    name = str(location.address).split(",")[0].strip()[:120]
    if not name:
        raise ValueError("A place without a name.")
    ward = gazetteer.crosswalk.current.ward_name(placement.ward)
    words = f"Found by the address service of this installation, and placed in {ward} by one point."
    return Candidate(name, point, precision, shares, words)
