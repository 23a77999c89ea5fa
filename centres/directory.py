"""The public directory: what is public of a centre, which ones somebody is looking for, and how far they are."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from centres.opening import Week
from centres.vocabulary import CentreKind, Scheme
from core.ids import TYPABLE
from core.languages import Language
from geography.distance import metres_between
from geography.places import Point

CODE_LENGTH = 6
METRES_A_MINUTE = 80.0
"""Somebody who walks at three miles an hour."""
_METRES_A_MILE = 1609.344
_LONGEST_WALK = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """What the public may know of an active centre. `point` is that of its postcode, where that is known."""

    id: str
    name: str
    kind: CentreKind
    about: str
    address: str
    postcode: str
    point: Point | None
    phone: str
    website: str
    week: Week
    languages: tuple[Language, ...]
    step_free: bool
    private_space: bool
    schemes: tuple[Scheme, ...]

    @property
    def code(self) -> str:
        """What stands in its short address: six letters and figures that cannot be misread."""
        return code_of(self.id)

    @property
    def web_address(self) -> str:
        """Its website, if that is an address a browser may follow."""
        return self.website if self.website.lower().startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks of a centre; everything may be left open."""

    open_now: bool = False
    language: Language | None = None
    step_free: bool = False
    private_space: bool = False
    scheme: Scheme | None = None

    def admits(self, centre: Listed, local: datetime) -> bool:
        """Whether a centre has what is asked, at a moment of its own time."""
        return (
            (not self.open_now or centre.week.is_open(local))
            and (self.language is None or self.language in centre.languages)
            and (not self.step_free or centre.step_free)
            and (not self.private_space or centre.private_space)
            and (self.scheme is None or self.scheme in centre.schemes)
        )


@dataclass(frozen=True, slots=True)
class Near:
    """A centre and how far it is in metres as the crow flies; None where either place is not known."""

    centre: Listed
    metres: float | None = None

    @property
    def words(self) -> str:
        """How far, as people say it; empty when it is not known."""
        return "" if self.metres is None else walk_words(self.metres)


def code_of(centre_id: str) -> str:
    """The short code of a centre, the same for ever: it is on posters."""
    number = int.from_bytes(hashlib.sha256(f"centre/{centre_id}".encode()).digest())
    letters = []
    for _ in range(CODE_LENGTH):
        number, letter = divmod(number, len(TYPABLE))
        letters.append(TYPABLE[letter])
    return "".join(letters)


def by_name(centres: Iterable[Listed]) -> list[Near]:
    """Every centre in the order of the alphabet, nobody's place being known."""
    return [Near(centre) for centre in sorted(centres, key=lambda each: each.name.casefold())]


def nearest(centres: Iterable[Listed], spot: Point) -> list[Near]:
    """The centres from the nearest on; those whose place is not known come last."""
    known = [Near(each, metres_between(spot, each.point) if each.point else None) for each in centres]
    return sorted(known, key=lambda near: (near.metres is None, near.metres or 0.0, near.centre.name.casefold()))


def walk_words(metres: float) -> str:
    """A straight line as a walk and in miles: `about 12 minutes’ walk, 0.6 miles`."""
    miles = f"{max(metres / _METRES_A_MILE, 0.1):.1f}"
    far = "less than 0.1 miles" if metres < 0.1 * _METRES_A_MILE else f"{miles} mile{'' if miles == '1.0' else 's'}"
    minutes = metres / METRES_A_MINUTE
    if minutes > _LONGEST_WALK:
        return f"more than an hour’s walk, {far}"
    # Nobody walks a straight line: beyond twenty minutes a single one means nothing.
    whole = round(minutes / 5) * 5 if minutes > 20 else max(round(minutes), 1)
    return f"about {whole} minute{'’s' if whole == 1 else 's’'} walk, {far}"
