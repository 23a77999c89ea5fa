"""Holds the wards of every vintage against the postcodes and against one another: are all of them this council's?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geography.crosswalk import Crosswalk
from geography.grid import OUTSIDE
from geography.postcodes import spaced
from geography.vocabulary import Vintage
from geography.wards import BoundarySet

MOST_NOWHERE = 0.05
"""The share of postcodes in no ward of a vintage from which its wards are not those of this council."""
MOST_AREA_APART = 0.02
MOST_OUTLINE_APART = 0.03
"""Of the city's area: how far the wards of a vintage may differ from those that the postcodes name, in size and in
outline. A council's own boundary moves by a field or a street, far less than this, and the same outline drawn anew
differs by about a thousandth. What differs more lacks a ward, lies elsewhere, or was cut at another shore."""


@dataclass(frozen=True, slots=True)
class VintageFound:
    """One boundary set beside the one that the postcodes name.

    `nowhere` are postcodes in none of its wards, `postcodes` is how many there are. `larger` is by how much of the
    other's area it is larger (below nought: smaller), `apart` how much of that area is in one outline only.
    """

    vintage: Vintage
    beside: Vintage
    postcodes: int
    nowhere: tuple[str, ...]
    larger: float = 0.0
    apart: float = 0.0

    @property
    def _share(self) -> float:
        return len(self.nowhere) / max(self.postcodes, 1)

    def errors(self) -> Iterator[str]:
        """Why these cannot be older or newer wards of the same council."""
        wards = f"Wards {self.vintage}"
        if self._share > MOST_NOWHERE:
            yield (
                f"{wards}: {self._share:.1%} of the postcodes lie in none of them, the first "
                f"{spaced(self.nowhere[0])}. Give all wards of this council, as they were published."
            )
        if abs(self.larger) > MOST_AREA_APART:
            word = "larger" if self.larger > 0 else "smaller"
            yield (
                f"{wards}: together they are {abs(self.larger):.1%} {word} than those of {self.beside}. Is a ward "
                "missing, or one too many? Take both from layers of one kind, clipped to the coast or not."
            )
        elif self.apart > MOST_OUTLINE_APART:
            yield (
                f"{wards}: their outline differs from that of {self.beside} by {self.apart:.1%} of the city. Take both "
                "from layers of one kind, of this council, in WGS84."
            )

    def warnings(self) -> Iterator[str]:
        """What a person should look at."""
        if self.nowhere and self._share <= MOST_NOWHERE:
            yield (
                f"{len(self.nowhere):,} of the postcodes ({self._share:.1%}) lie in none of the wards of "
                f"{self.vintage}, the first {spaced(self.nowhere[0])}."
            )


def compare_vintages(crosswalk: Crosswalk) -> Iterator[VintageFound]:
    """Every boundary set, the newest first, beside the one that the postcodes name."""
    codes = list(crosswalk.postcodes)
    lat, lon = (
        np.array([getattr(postcode.point, axis) for postcode in crosswalk.postcodes.values()], np.float64)
        for axis in ("lat", "lon")
    )
    outlines = {wards.vintage: _outline(wards) for wards in crosswalk.sets}
    official = outlines[crosswalk.official]
    for wards in reversed(crosswalk.sets):
        outline = outlines[wards.vintage]
        nowhere = np.flatnonzero(wards.place_many(lat, lon) == OUTSIDE).tolist()
        yield VintageFound(
            wards.vintage,
            crosswalk.official,
            len(codes),
            tuple(codes[number] for number in nowhere),
            outline.area / official.area - 1,
            # Degrees will do, as both lie at one latitude. Of the larger, so that it is never more than all.
            outline.symmetric_difference(official).area / outline.union(official).area,
        )


def _outline(wards: BoundarySet) -> BaseGeometry:
    return shapely.union_all([shapely.make_valid(ward.polygon) for ward in wards])
