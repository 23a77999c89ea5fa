"""The protected place: as it was given and as it was found, never in plain columns.

The running application reads it, under a key of its own and the report's erasure key: whoever has one of them alone,
an old backup with the server's keys among them, reads nothing once the report was erased.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from core.sealing import Key, SealBroken, combine, lock, unlock
from core.work import Work
from reporting.answers import Place
from reporting.models import Report
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


def protect(work: Work, report_id: str, slot: str, place: GivenPlace) -> bytes:
    """The place under the server key and the report's erasure key together, bound to its report."""
    return lock(json.dumps(asdict(place)).encode(), _key(work, slot), f"place/{report_id}")


def place_of(work: Work, report: Report) -> GivenPlace:
    """The place of a report."""
    return opened_place(work, report.id, report.erasure_slot, report.place)


def opened_place(work: Work, report_id: str, slot: str, protected: bytes) -> GivenPlace:
    """What `protect` protected; SealBroken once the report's erasure key is destroyed."""
    kept = json.loads(unlock(protected, _key(work, slot), f"place/{report_id}"))
    found = kept.pop("found")
    point = kept.pop("point")
    return GivenPlace(
        **kept,
        point=(point[0], point[1]) if point else None,
        found=FoundPlace(**{**found, "precision": Precision(found["precision"])}) if found else None,
    )


def hide(work: Work, report: Report, words: Mapping[str, str]) -> str:
    """Words about the place of a report, fit for an address and unreadable there, under the same keys as the place."""
    locked = lock(json.dumps(dict(words)).encode(), _key(work, report.erasure_slot), f"look/{report.id}")
    return urlsafe_b64encode(locked).decode().rstrip("=")


def unhide(work: Work, report: Report, hidden: str) -> dict[str, str] | None:
    """What `hide` hid; None for anything else."""
    try:
        locked = urlsafe_b64decode(hidden + "=" * (-len(hidden) % 4))
        words: dict[str, str] = json.loads(unlock(locked, _key(work, report.erasure_slot), f"look/{report.id}"))
    except (SealBroken, ValueError):
        return None
    return words


def _key(work: Work, slot: str) -> Key:
    return combine(work.harbour.keyring.places, work.harbour.erasure.key(slot))
