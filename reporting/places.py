"""The protected place: as it was given and as it was found, under the server key, never in plain columns."""

import json
from dataclasses import asdict, dataclass, replace

from core.sealing import lock, unlock
from core.work import Work
from reporting.answers import Place
from reporting.vocabulary import Precision


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Where a place was found: its name, latitude and longitude (WGS84), how exactly, and why that place.

    `by_hand` says that an officer chose it, so that looking it up again leaves it as it is.
    """

    name: str
    lat: float
    lon: float
    precision: Precision
    reason: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class GivenPlace:
    """A place as given, with what was found, or why nothing was."""

    words: str = ""
    point: tuple[float, float] | None = None
    ward: str | None = None
    found: FoundPlace | None = None
    unplaced: str = ""

    @classmethod
    def of(cls, place: Place) -> "GivenPlace":
        """An answer, not looked up yet."""
        return cls(place.words, place.point, place.ward)

    @property
    def is_given(self) -> bool:
        """Whether the reporter said anything about the place."""
        return bool(self.words or self.point or self.ward)

    @property
    def is_settled(self) -> bool:
        """Whether an officer chose the place."""
        return self.found is not None and self.found.by_hand

    def with_found(self, found: FoundPlace) -> "GivenPlace":
        """The same, found."""
        return replace(self, found=found, unplaced="")

    def with_refusal(self, words: str) -> "GivenPlace":
        """The same, with why it could not be placed."""
        return replace(self, found=None, unplaced=words)


def protect(work: Work, report_id: str, place: GivenPlace) -> bytes:
    """The place under the server key, bound to its report."""
    return lock(json.dumps(asdict(place)).encode(), work.harbour.keyring.places, f"place/{report_id}")


def place_of(work: Work, report_id: str, protected: bytes) -> GivenPlace:
    """What `protect` protected."""
    kept = json.loads(unlock(protected, work.harbour.keyring.places, f"place/{report_id}"))
    found = kept.pop("found")
    point = kept.pop("point")
    return GivenPlace(
        **kept,
        point=(point[0], point[1]) if point else None,
        found=FoundPlace(**{**found, "precision": Precision(found["precision"])}) if found else None,
    )
