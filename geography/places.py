"""What the gazetteer answers with: points, ward shares, candidates and refusals."""

from dataclasses import dataclass, replace
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
    """One reading of what was given. `wards` holds every vintage; weights add up to 1 within each.

    `doubt` says in a clause why it may mean another place; a person confirms such a reading before it counts.
    """

    place: str
    point: Point
    precision: Precision
    wards: tuple[WardShare, ...]
    reason: str
    doubt: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether it is only a suggestion."""
        return bool(self.doubt)

    def doubted(self, doubt: str) -> "Candidate":
        """The same as a suggestion, with the doubt among its reasons; one that is doubtful keeps its first doubt."""
        if self.doubt or not doubt:
            return self
        return replace(self, doubt=doubt, reason=f"{self.reason} Doubtful: {doubt}.")

    def beyond_doubt(self) -> "Candidate":
        """The same once something else that was given bears it out."""
        if not self.doubt:
            return self
        return replace(self, doubt="", reason=self.reason.removesuffix(f" Doubtful: {self.doubt}."))

    def shares(self, vintage: Vintage) -> tuple[WardShare, ...]:
        """The shares of one vintage, the largest first; empty when it was not placed in that vintage."""
        return tuple(share for share in self.wards if share.vintage == vintage)


@dataclass(frozen=True, slots=True)
class Refusal:
    """No candidate, with the reason as a code and in words fit to show."""

    reason: Unplaced
    words: str


Answer = list[Candidate] | Refusal
"""Candidates, the best first and never none, or why there are none."""


def refuse(reason: Unplaced) -> Refusal:
    """A refusal in the standard words for its reason."""
    return Refusal(reason, explain(reason))
