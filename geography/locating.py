"""The one door to a city's geography: from text, a map point or a ward to its candidates."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geography.gazetteer import Answer, Gazetteer
from geography.pack import read_pack
from geography.places import Candidate, Point, Refusal, refuse
from geography.vocabulary import Unplaced, Vintage, WardCode
from geography.wards import BoundarySet

if TYPE_CHECKING:
    from geography.geocoder import CityGeocoder

PACKS = Path(__file__).parent / "packs"
DEFAULT_COUNCIL = "E06000045"


@dataclass(frozen=True, slots=True)
class City:
    """A council's loaded geography. Safe to share between threads."""

    name: str
    council: str
    licence: str
    attribution: str
    gazetteer: Gazetteer

    @classmethod
    def load(cls, path: Path | None = None) -> "City":
        """The city in a folder, by default Southampton. Raises BrokenPackError with a clear sentence."""
        pack = read_pack(path or PACKS / DEFAULT_COUNCIL)
        return cls(pack.name, pack.council, pack.licence, pack.attribution, pack.gazetteer)

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
        """The newest vintage."""
        return self.gazetteer.crosswalk.current.vintage

    def boundary_set(self, vintage: Vintage | None = None) -> BoundarySet:
        """The wards of a vintage, by default the newest. Raises KeyError for a vintage it does not have."""
        wanted = vintage or self.current_vintage
        for boundary_set in self.gazetteer.crosswalk.sets:
            if boundary_set.vintage == wanted:
                return boundary_set
        raise KeyError(f"{self.name} has no ward boundaries called {wanted}.")

    def locate(
        self, text: str | None = None, point: Point | None = None, ward: WardCode | None = None
    ) -> list[Candidate] | Refusal:
        """Candidates, the best first, or a refusal. Never raises on what a person may have written.

        The most exact thing given that can be placed is used: the point, then the text, then the ward. When
        none can, the refusal is that of the first.
        """
        refused: Refusal | None = None
        for answer in self._answers(text, point, ward):
            if isinstance(answer, list):
                return answer
            refused = refused or answer
        return refused or refuse(Unplaced.NOTHING_GIVEN)

    def _answers(self, text: str | None, point: Point | None, ward: WardCode | None) -> Iterator[Answer]:
        if point is not None:
            yield self.gazetteer.at(point)
        if text and not text.isspace():
            yield self.gazetteer.search(text)
        if ward:
            yield self.gazetteer.ward(ward)


@cache
def default_city() -> City:
    """Southampton, read from its pack at the first call and then kept."""
    return City.load()
