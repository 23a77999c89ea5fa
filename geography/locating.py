"""The one door to a city's geography: from text, a map point or a ward to its candidates."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from shapely import MultiPolygon
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geography.agreeing import together
from geography.gazetteer import Gazetteer
from geography.layers import MissingLayer, missing_layers
from geography.map_places import surroundings_in
from geography.pack import read_pack
from geography.places import Answer, Candidate, Point, Refusal, refuse
from geography.small_areas import SmallAreas
from geography.vocabulary import Unplaced, Vintage, WardCode
from geography.wards import BoundarySet

if TYPE_CHECKING:
    from geography.geocoder import CityGeocoder

_OUTSIDE = "something else that was given is outside the city"
PACKS = Path(__file__).parent / "packs"
DEFAULT_COUNCIL = "E06000045"


@dataclass(frozen=True, slots=True)
class City:
    """A council's loaded geography. Safe to share between threads.

    `small_areas` is empty when none are loaded. `folder` is where it was read from.
    """

    name: str
    council: str
    licence: str
    attribution: str
    gazetteer: Gazetteer
    folder: Path
    small_areas: tuple[SmallAreas, ...] = ()

    @classmethod
    def load(cls, path: Path | None = None) -> "City":
        """The city in a folder, by default the one that is shipped. Raises BrokenPackError with a clear sentence."""
        folder = path or PACKS / DEFAULT_COUNCIL
        pack = read_pack(folder)
        gazetteer = replace(pack.gazetteer, water=_water(folder))
        return cls(pack.name, pack.council, pack.licence, pack.attribution, gazetteer, folder, pack.small_areas)

    def on(self, day: date) -> "City":
        """This city with the wards of a day for its own; itself when they are the same."""
        crosswalk = self.gazetteer.crosswalk
        if crosswalk.in_force(day) in (None, crosswalk.current):
            return self
        return replace(self, gazetteer=replace(self.gazetteer, crosswalk=replace(crosswalk, day=day)))

    @property
    def geocoder(self) -> "CityGeocoder":
        """geopy's interface over this city."""
        # Read when first needed: geopy loads every service it knows, which is slow at the start of a command.
        from geography.geocoder import CityGeocoder

        return CityGeocoder(self.gazetteer)

    @property
    def vintages(self) -> tuple[Vintage, ...]:
        """Every vintage of ward boundaries, the oldest first."""
        return tuple(boundary_set.vintage for boundary_set in self.gazetteer.crosswalk.sets)

    @property
    def current_vintage(self) -> Vintage:
        """The vintage in force; the newest for a city that was not asked `on` a day."""
        return self.gazetteer.crosswalk.current.vintage

    def boundary_set(self, vintage: Vintage | None = None) -> BoundarySet:
        """The wards of a vintage, by default the current. Raises KeyError for a vintage it does not have."""
        wanted = vintage or self.current_vintage
        for boundary_set in self.gazetteer.crosswalk.sets:
            if boundary_set.vintage == wanted:
                return boundary_set
        raise KeyError(f"{self.name} has no ward boundaries called {wanted}.")

    def layers_missing(self) -> tuple[MissingLayer, ...]:
        """What was not loaded, in words for a page, with the command that loads it; empty when all was."""
        return missing_layers(self.council, self.gazetteer, self.small_areas)

    def locate(
        self, text: str | None = None, point: Point | None = None, ward: WardCode | None = None
    ) -> list[Candidate] | Refusal:
        """Candidates, the best first, or a refusal. Never raises on what a person may have written.

        One candidate that is not doubtful is where the place is. The most exact thing given is used where all agree:
        the point, then the text as far as it lies in the ward, then the ward. Where they share no ward every reading
        is a candidate. When nothing can be placed, the refusal is that of the first.
        """
        if point is None and not ward:
            return self.gazetteer.search(text) if text and not text.isspace() else refuse(Unplaced.NOTHING_GIVEN)
        answers = list(self._answers(text, point, ward))
        found = [answer if isinstance(answer, list) else [] for answer in answers]
        refused = [answer for answer in answers if isinstance(answer, Refusal)]
        if not any(found):
            return refused[0] if refused else refuse(Unplaced.NOTHING_GIVEN)
        at_point, by_text, by_ward = found
        readings = together(self.gazetteer.crosswalk, at_point, by_text, by_ward, ward)
        outside = any(refusal.reason is Unplaced.OUTSIDE_CITY for refusal in refused)
        return [candidate.doubted(_OUTSIDE if outside else "") for candidate in readings]

    def _answers(self, text: str | None, point: Point | None, ward: WardCode | None) -> Iterator[Answer]:
        """For the point, the text and the ward; an empty list for what was not given."""
        yield self.gazetteer.at(point) if point is not None else []
        yield self.gazetteer.search(text) if text and not text.isspace() else []
        yield self.gazetteer.ward(ward) if ward else []


def _water(folder: Path) -> BaseGeometry:
    """Where a pack says that there is water; nowhere when it says it in a way that cannot be read."""
    try:
        return surroundings_in(folder).water
    except (KeyError, OSError, ShapelyError, TypeError, ValueError):
        return MultiPolygon()


@cache
def shipped_city(council: str) -> City:
    """The city of a pack that is shipped, read at the first call and then kept. Raises BrokenPackError."""
    return City.load(PACKS / council)


def default_city() -> City:
    """The city that is shipped by default; what runs asks `geography.installed`, which knows of newer packs."""
    return shipped_city(DEFAULT_COUNCIL)
