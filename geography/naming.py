"""From what a name means to its candidate: a street, a crossing of two, a landmark or a ward."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from geography.crosswalk import Crosswalk
from geography.extents import shares_near
from geography.landmarks import Landmark, considerable, distance
from geography.mentions import Kind, Named
from geography.places import Candidate, Point, WardShare
from geography.postcodes import in_partial
from geography.streets import Street
from geography.vocabulary import Precision, WardCode

CROSSING_METRES = 150
BESIDE_METRES = 150


@dataclass(frozen=True, slots=True)
class Namer:
    """The candidates of one city, each made once. `wards` are codes by name."""

    crosswalk: Crosswalk
    streets: Mapping[str, Street]
    landmarks: Mapping[str, Landmark]
    wards: Mapping[str, WardCode]
    _made: dict[Named, Candidate] = field(default_factory=dict, init=False, repr=False, compare=False)

    def candidate(self, named: Named) -> Candidate:
        """What a name means, in the wards of every vintage."""
        if named not in self._made:
            makers = {Kind.STREET: self._street, Kind.WARD: self._ward, Kind.POSTCODES: self._postcodes}
            self._made[named] = makers.get(named.kind, self._landmark)(named.key)
        return self._made[named]

    def part_of_street(self, named: Named, area: Candidate) -> Candidate:
        """A street as far as it lies in an area, or the whole of it where none of its map points does."""
        street, whole = self.streets[named.key], self.candidate(named)
        wards = {share.ward for share in area.shares(self.crosswalk.current.vintage)}
        inside = tuple(point for point in street.anchors if self.crosswalk.current.ward_at(point) in wards)
        if not inside or len(inside) == len(street.anchors):
            return whole
        part = Street(f"{street.name} in {area.place}", inside)
        reason = f"{street.name} crosses a ward boundary; this is the part in {area.place}."
        return Candidate(part.name, part.middle(), Precision.STREET, self.crosswalk.along(inside), reason)

    def crossing(self, one: Named, other: Named) -> Candidate | None:
        """Where two streets come within 150 metres of each other, or None when they never do."""
        streets = self.streets[one.key], self.streets[other.key]
        pairs = ((a, b) for a in streets[0].anchors for b in streets[1].anchors)
        nearest = min(pairs, key=lambda pair: distance(*pair))
        if distance(*nearest) > CROSSING_METRES:
            return None
        middle = Point(*((a + b) / 2 for a, b in zip(_pair(nearest[0]), _pair(nearest[1]), strict=True)))
        place = f"{streets[0].name} and {streets[1].name}"
        reason = (
            f"Where {streets[0].name} and {streets[1].name} come together, by the map points nearest to each other."
        )
        return Candidate(place, middle, Precision.STREET, self.crosswalk.along((*nearest, middle)), reason)

    def stands_on(self, landmark: Named, street: Named) -> bool:
        """Whether a landmark is beside a street."""
        place = self.landmarks[landmark.key]
        return any(place.covers(point, BESIDE_METRES) for point in self.streets[street.key].anchors)

    def _street(self, name: str) -> Candidate:
        street = self.streets[name]
        alone = len(street.anchors) == 1
        shares = shares_near(self.crosswalk, street.anchors[0]) if alone else self.crosswalk.along(street.anchors)
        several = len({share.ward for share in shares if share.vintage == self.crosswalk.current.vintage}) > 1
        reason = f"{name} crosses a ward boundary." if several else f"{name} is a street of the city."
        if alone:
            beside = f"{name} is placed by one map point, which is beside a ward boundary."
            reason = beside if several else f"{name} is a street of the city, placed by one map point."
        return Candidate(name, street.middle(), Precision.STREET, shares, reason)

    def _postcodes(self, partial: str) -> Candidate:
        found = partial_candidate(self.crosswalk, partial)
        if found is None:
            raise KeyError(partial)
        return found

    def _landmark(self, name: str) -> Candidate:
        landmark = self.landmarks[name]
        what = landmark.kind if landmark.kind in ("district", "street") else "landmark"
        reason = f"{name} is a {what} of the city."
        return Candidate(name, landmark.point, landmark.precision, landmark.shares(self.crosswalk), reason)

    def _ward(self, name: str) -> Candidate:
        return ward_candidate(self.crosswalk, self.wards[name])


def ward_candidate(crosswalk: Crosswalk, code: WardCode) -> Candidate:
    """The whole area of a ward of any vintage. Raises KeyError for a code that is none of the city's."""
    home = crosswalk.home_of(code)
    ward = home.ward(code) if home else None
    if home is None or ward is None:
        raise KeyError(code)
    middle = ward.polygon.representative_point()
    words = f"The {ward.name} area, as the ward of {home.vintage}."
    return Candidate(ward.name, Point(middle.y, middle.x), Precision.AREA, crosswalk.of_ward(code), words)


def partial_candidate(crosswalk: Crosswalk, partial: str) -> Candidate | None:
    """The area of the postcodes that begin so, or None when there are none."""
    inside = [known for known in crosswalk.postcodes.values() if in_partial(known.code, partial)]
    if not inside:
        return None
    wards = Counter(share.ward for known in inside for share in crosswalk.at_postcode(known))
    shares: list[WardShare] = []
    for boundary_set in crosswalk.sets:
        own = Counter({ward: count for ward, count in wards.items() if boundary_set.ward(ward)})
        shares += considerable(boundary_set, own)
    middle = Street(partial, tuple(known.point for known in inside)).middle()
    words = f"{partial} is the beginning of {len(inside)} postcodes of the city, weighed by their wards."
    return Candidate(partial, middle, Precision.AREA, tuple(shares), words)


def wards_of(candidate: Candidate) -> frozenset[WardCode]:
    """The wards of a candidate in every vintage."""
    return frozenset(share.ward for share in candidate.wards)


def _pair(point: Point) -> tuple[float, float]:
    return point.lat, point.lon
