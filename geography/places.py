"""What the gazetteer answers with: points, ward shares, candidates and refusals."""

from dataclasses import dataclass
from math import isfinite

from geography.vocabulary import Precision, Unplaced, Vintage, WardCode, explain


@dataclass(frozen=True, slots=True)
class Point:
    """A WGS84 position in degrees. Raises ValueError when not finite or out of range."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (isfinite(self.lat) and isfinite(self.lon)):
            raise ValueError("Latitude and longitude must be ordinary numbers.")
        if not (-90.0 <= self.lat <= 90.0 and -180.0 <= self.lon <= 180.0):
            raise ValueError("Latitude must be between -90 and 90, and longitude between -180 and 180.")


@dataclass(frozen=True, slots=True)
class WardShare:
    """How much of a place, from 0 to 1, lies in a ward of one vintage."""

    vintage: Vintage
    ward: WardCode
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of what was given. `wards` holds every vintage; weights add up to 1 within each."""

    place: str
    point: Point
    precision: Precision
    wards: tuple[WardShare, ...]
    reason: str

    def shares(self, vintage: Vintage) -> tuple[WardShare, ...]:
        """The shares of one vintage, the largest first; empty when it was not placed in that vintage."""
        return tuple(share for share in self.wards if share.vintage == vintage)


@dataclass(frozen=True, slots=True)
class Refusal:
    """No candidate, with the reason as a code and in words fit to show."""

    reason: Unplaced
    words: str


def refuse(reason: Unplaced) -> Refusal:
    """A refusal in the standard words for its reason."""
    return Refusal(reason, explain(reason))
