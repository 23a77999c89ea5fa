"""Stored places in the wards of one vintage, many at a time: what adding a vintage asks for every report ever made."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from geography.fingerprint import fingerprint_of
from geography.grid import OUTSIDE
from geography.locating import City
from geography.places import Point, WardShare
from geography.vocabulary import Precision, Vintage, WardCode

EXACT = frozenset({Precision.ADDRESS, Precision.POSTCODE, Precision.POINT})
"""How closely a place must be known for its point to stand for all of it."""


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """What was kept of a place: its name and point as found, and its wards in vintages it was placed in before.

    `pressed` says that it was given as a point, `ward` that it was given as one. `wards` is to be believed where
    the name says nothing.
    """

    name: str = ""
    point: Point | None = None
    precision: Precision = Precision.NONE
    pressed: bool = False
    ward: WardCode | None = None
    wards: tuple[WardShare, ...] = ()


class Reaggregation:
    """Places stored places in one vintage, as `City.locate` would; KeyError for a vintage the city does not have."""

    __slots__ = ("_city", "_named", "_wards", "pack")

    def __init__(self, city: City, vintage: Vintage) -> None:
        self._city = city
        self.pack = fingerprint_of(city)
        """What tells this geography from another: a run goes on only on the one that it began on."""
        self._wards = city.boundary_set(vintage)
        self._named: dict[tuple[str, Precision], tuple[WardShare, ...]] = {}

    @property
    def vintage(self) -> Vintage:
        """The vintage that is placed in."""
        return self._wards.vintage

    def place(self, places: Sequence[StoredPlace]) -> list[tuple[WardShare, ...]]:
        """The wards of each place, in the same order; none where nothing is known of it.

        A press on the map goes by its point, a whole ward by the postcodes it shares, a name by the gazetteer; then
        any exact point, then the wards the place was given before, by the postcodes they share.
        """
        found = [() if place.pressed and place.point else self._by_name(place) for place in places]
        by_point = [number for number, place in enumerate(places) if not found[number] and _has_exact(place)]
        points = [point for number in by_point if (point := places[number].point)]
        for number, share in zip(by_point, self._at(points), strict=True):
            found[number] = share
        return [shares or self._by_wards(place) for shares, place in zip(found, places, strict=True)]

    def _at(self, points: Sequence[Point]) -> list[tuple[WardShare, ...]]:
        lat = np.array([point.lat for point in points], np.float64)
        lon = np.array([point.lon for point in points], np.float64)
        whole = [(WardShare(self.vintage, code, 1.0),) for code in self._wards.codes()]
        numbers = self._wards.place_many(lat, lon).tolist()
        return [() if number == OUTSIDE else whole[number] for number in numbers]

    def _by_name(self, place: StoredPlace) -> tuple[WardShare, ...]:
        """The wards of the only place that has this name, still; most reports share few names."""
        key = (place.name, place.precision)
        if not place.name:
            return ()
        if place.precision is Precision.AREA and (code := self._whole_ward(place)):
            return self._of_ward(code)
        if key not in self._named:
            answer = self._city.locate(place.name)
            only = answer[0] if isinstance(answer, list) and len(answer) == 1 else None
            same = only is not None and (only.place, only.precision) == key
            self._named[key] = only.shares(self.vintage) if only and same else ()
        return self._named[key]

    def _whole_ward(self, place: StoredPlace) -> WardCode | None:
        """The ward that an area is all of: wards of several vintages may have its name, so its code must be known."""
        given = [place.ward] if place.ward else []
        for code in [*given, *(share.ward for share in place.wards)]:
            home = self._city.gazetteer.crosswalk.home_of(code)
            if home is not None and home.ward_name(code) == place.name:
                return code
        return None

    def _of_ward(self, code: WardCode) -> tuple[WardShare, ...]:
        shares = self._city.gazetteer.crosswalk.of_ward(code)
        return tuple(share for share in shares if share.vintage == self.vintage)

    def _by_wards(self, place: StoredPlace) -> tuple[WardShare, ...]:
        weights: defaultdict[WardCode, float] = defaultdict(float)
        for known in place.wards:
            for share in self._of_ward(known.ward):
                weights[share.ward] += known.weight * share.weight
        total = sum(weights.values())
        ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(WardShare(self.vintage, ward, weight / total) for ward, weight in ranked)


def best_known(placed: Iterable[WardShare], wanted: Vintage, by_hand: frozenset[Vintage]) -> tuple[WardShare, ...]:
    """The shares of the one vintage that says most: chosen by hand, else in fewest wards, else wanted, else newest."""
    by_vintage: dict[Vintage, list[WardShare]] = {}
    for share in placed:
        by_vintage.setdefault(share.vintage, []).append(share)
    if not by_vintage:
        return ()
    best = min(
        sorted(by_vintage, reverse=True),
        key=lambda vintage: (vintage not in by_hand, len(by_vintage[vintage]), vintage != wanted),
    )
    return tuple(by_vintage[best])


def _has_exact(place: StoredPlace) -> bool:
    return place.point is not None and (place.pressed or place.precision in EXACT)
