"""One place in the wards of every vintage: points by polygon, wards by the postcodes they share."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from geography.neighbours import Neighbour, outside
from geography.places import Point, Refusal, WardShare
from geography.snapping import Snapping
from geography.vocabulary import Vintage, WardCode
from geography.wards import BoundarySet, Placement

# Boundaries are drawn by hand: a ward with fewer of another's postcodes than this holds none of it.
_SLIVER = 0.005


@dataclass(frozen=True, slots=True)
class Postcode:
    """A unit postcode such as SO147LY, the middle of its addresses, and its official ward."""

    code: str
    point: Point
    ward: WardCode


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Boundary sets, the oldest first, the postcodes that tie them together, and places around them.

    `day` is the day whose wards are meant where nobody names a vintage.
    """

    sets: tuple[BoundarySet, ...]
    postcodes: Mapping[str, Postcode]
    official: Vintage
    neighbours: tuple[Neighbour, ...] = ()
    day: date | None = None
    _shares: dict[WardCode, tuple[WardShare, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _snapping: list[Snapping] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def current(self) -> BoundarySet:
        """The boundary set in force on `day`; the newest without a day, and on one that has none."""
        return (self.in_force(self.day) if self.day else None) or self.sets[-1]

    def in_force(self, day: date) -> BoundarySet | None:
        """The boundary set of a day; of several the one that began last; None before the first and in gaps."""
        return next((found for found in reversed(self.sets) if found.is_in_force(day)), None)

    def at_point(self, point: Point) -> tuple[tuple[WardShare, ...], Placement | None]:
        """The ward of a point in every vintage that has one, and its placement in the current one."""
        placed = {boundary_set.vintage: boundary_set.place(point) for boundary_set in self.sets}
        shares = tuple(WardShare(vintage, found.ward, 1.0) for vintage, found in placed.items() if found)
        return shares, placed[self.current.vintage]

    def outside(self, point: Point) -> Refusal:
        """Why a point that `at_point` does not place is refused, with the neighbouring district when known."""
        return outside(point, self.neighbours)

    def at_postcode(self, postcode: Postcode) -> tuple[WardShare, ...]:
        """The official ward in its own vintage, and the ward by polygon in the others."""
        return tuple(
            WardShare(boundary_set.vintage, ward, 1.0)
            for boundary_set in self.sets
            if (ward := self._ward_of(postcode, boundary_set)) is not None
        )

    def along(self, anchors: Iterable[Point]) -> tuple[WardShare, ...]:
        """The wards that several points of one place lie in, weighted by how many lie in each."""
        points = tuple(anchors)
        shares: list[WardShare] = []
        for boundary_set in self.sets:
            placed = (boundary_set.place(point) for point in points)
            shares += _weighted(boundary_set.vintage, Counter(found.ward for found in placed if found))
        return tuple(shares)

    def of_ward(self, code: WardCode) -> tuple[WardShare, ...]:
        """A ward in its own vintage, and the wards of the others by the share of its postcodes in each."""
        if code not in self._shares:
            self._shares[code] = self._counted_shares(code)
        return self._shares[code]

    @property
    def shown_in(self) -> BoundarySet:
        """The boundary set whose wards part the shown points: that which the pack names for its postcodes."""
        return next(found for found in self.sets if found.vintage == self.official)

    def shown(self, point: Point) -> Point | None:
        """Where a protected point may be shown, the same on every day; None outside the city."""
        if not self._snapping:
            # Two threads may both make it: it is the same each time.
            self._snapping.append(Snapping(self.shown_in, (postcode.point for postcode in self.postcodes.values())))
        return self._snapping[0].shown(point)

    def home_of(self, code: WardCode) -> BoundarySet | None:
        """The newest boundary set that has this ward."""
        return next((found for found in reversed(self.sets) if found.ward(code)), None)

    def _counted_shares(self, code: WardCode) -> tuple[WardShare, ...]:
        home = self.home_of(code)
        if home is None:
            return ()
        inside = [postcode for postcode in self.postcodes.values() if self._ward_of(postcode, home) == code]
        shares: list[WardShare] = []
        for boundary_set in self.sets:
            if boundary_set is home:
                shares.append(WardShare(home.vintage, code, 1.0))
                continue
            wards = Counter(ward for each in inside if (ward := self._ward_of(each, boundary_set)) is not None)
            least = _SLIVER * wards.total()
            kept = Counter({ward: count for ward, count in wards.items() if count >= least})
            shares += _weighted(boundary_set.vintage, kept)
        return tuple(shares)

    def _ward_of(self, postcode: Postcode, boundary_set: BoundarySet) -> WardCode | None:
        if boundary_set.vintage == self.official:
            return postcode.ward
        found = boundary_set.place(postcode.point)
        return found.ward if found else None


def _weighted(vintage: Vintage, counts: Counter[WardCode]) -> list[WardShare]:
    total = counts.total()
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [WardShare(vintage, ward, count / total) for ward, count in ranked]
