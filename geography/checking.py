"""Holds a pack against itself: do the wards fit, and do postcodes by table and by polygon agree?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import shapely
from pyproj import Geod
from shapely.geometry import Polygon

from geography.crosswalk import Postcode
from geography.locating import City
from geography.map_places import surroundings_in
from geography.places import Point
from geography.postcodes import spaced
from geography.sources.files import SourceError
from geography.vintages import VintageFound, compare_vintages
from geography.vocabulary import WardCode
from geography.wards import BoundarySet

LEAST_AREA = 1.0
"""Square metres from which an overlap or a gap counts: less is how the corners were rounded."""
MOST_DISAGREEMENT = 0.05
"""The share of postcodes in another ward by polygon from which the files cannot belong together."""
_GEOID = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two wards and the square metres that both claim."""

    first: str
    second: str
    area: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole between wards: its square metres and a point in it."""

    point: Point
    area: float


@dataclass(frozen=True, slots=True)
class WardsFound:
    """One boundary set: square metres of all its wards, overlaps and gaps, and wards with a crossing outline."""

    wards: BoundarySet
    area: float
    overlaps: tuple[Overlap, ...]
    gaps: tuple[Gap, ...]
    crossing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A postcode whose official ward is not that of the polygon; None is outside every polygon."""

    postcode: str
    official: WardCode
    polygon: WardCode | None
    nearest: WardCode | None

    @property
    def is_left(self) -> bool:
        """Whether the nearest ward does not settle it."""
        return self.nearest != self.official


@dataclass(frozen=True, slots=True)
class PostcodesFound:
    """The postcodes by both routes. `empty_wards` have no postcode."""

    wards: BoundarySet
    count: int
    disagreements: tuple[Disagreement, ...]
    empty_wards: tuple[WardCode, ...]

    @property
    def left(self) -> tuple[Disagreement, ...]:
        """What still disagrees after the nearest rule."""
        return tuple(each for each in self.disagreements if each.is_left)


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that a check found out about a city. `unreadable` says what the map cannot be drawn from."""

    city: City
    wards: tuple[WardsFound, ...]
    vintages: tuple[VintageFound, ...]
    postcodes: PostcodesFound
    anchors: int
    streets_outside: tuple[str, ...]
    landmarks_outside: tuple[str, ...]
    unreadable: tuple[str, ...]

    def errors(self) -> tuple[str, ...]:
        """Each thing that is wrong, with what to do; with any of them a pack is not installed."""
        return tuple(_errors(self))

    def warnings(self) -> tuple[str, ...]:
        """What a person should look at."""
        return tuple(_warnings(self))


def examine(city: City) -> Findings:
    """Check a city. It takes about a second."""
    crosswalk = city.gazetteer.crosswalk
    streets = city.gazetteer.streets
    landmarks = city.gazetteer.landmarks
    return Findings(
        city,
        tuple(_wards(boundary_set) for boundary_set in reversed(crosswalk.sets)),
        tuple(compare_vintages(crosswalk)),
        _postcodes(city.boundary_set(crosswalk.official), list(crosswalk.postcodes.values())),
        sum(len(street.anchors) for street in streets),
        tuple(s.name for s in streets if all(crosswalk.current.place(anchor) is None for anchor in s.anchors)),
        tuple(each.name for each in landmarks if crosswalk.current.place(each.point) is None),
        tuple(_unreadable(city)),
    )


def _unreadable(city: City) -> Iterator[str]:
    try:
        surroundings_in(city.folder)
    except SourceError as problem:
        yield str(problem)


def square_metres(shape: shapely.Geometry) -> float:
    """The area on the ellipsoid."""
    return abs(float(_GEOID.geometry_area_perimeter(shape)[0]))


def _wards(boundary_set: BoundarySet) -> WardsFound:
    wards = boundary_set.wards
    crossing = tuple(ward.name for ward in wards if not shapely.is_valid(ward.polygon))
    # A crossing outline has no certain area; the check goes on with the nearest outline that has one.
    shapes = [shapely.make_valid(ward.polygon) for ward in wards]
    return WardsFound(
        boundary_set,
        sum(square_metres(part) for shape in shapes for part in _polygons(shape)),
        tuple(_overlaps([ward.name for ward in wards], shapes)),
        tuple(_gaps(shapes)),
        crossing,
    )


def _overlaps(names: Sequence[str], shapes: Sequence[shapely.Geometry]) -> Iterator[Overlap]:
    for first, second in sorted(zip(*shapely.STRtree(shapes).query(shapes, "intersects"), strict=True)):
        if first < second:
            shared = shapely.intersection(shapes[first], shapes[second])
            area = sum(square_metres(part) for part in _polygons(shared))
            if area > LEAST_AREA:
                yield Overlap(names[first], names[second], area)


def _gaps(shapes: Sequence[shapely.Geometry]) -> Iterator[Gap]:
    for part in _polygons(shapely.union_all(shapes)):
        for ring in part.interiors:
            hole = Polygon(ring)
            area, middle = square_metres(hole), hole.representative_point()
            if area > LEAST_AREA:
                yield Gap(Point(middle.y, middle.x), area)


def _polygons(shape: shapely.Geometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shapely.get_parts(shape)) if isinstance(part, Polygon)]


def _postcodes(boundary_set: BoundarySet, postcodes: Sequence[Postcode]) -> PostcodesFound:
    disagreements = []
    for postcode in postcodes:
        polygon = boundary_set.ward_at(postcode.point)
        if polygon != postcode.ward:
            nearest = boundary_set.place(postcode.point)
            disagreements.append(Disagreement(postcode.code, postcode.ward, polygon, nearest.ward if nearest else None))
    used = {postcode.ward for postcode in postcodes}
    empty = tuple(code for code in boundary_set.codes() if code not in used)
    return PostcodesFound(boundary_set, len(postcodes), tuple(disagreements), empty)


def _errors(found: Findings) -> Iterable[str]:
    yield from found.unreadable
    for each in found.wards:
        vintage = each.wards.vintage
        for name in each.crossing:
            yield f"Wards {vintage}: the outline of {name} crosses itself. Repair it, or take another file."
        for overlap in each.overlaps:
            yield (
                f"Wards {vintage}: {overlap.first} and {overlap.second} overlap by {overlap.area:,.0f} m². "
                "Take all wards from one file."
            )
        for gap in each.gaps:
            yield (
                f"Wards {vintage}: there is a gap of {gap.area:,.0f} m² at {gap.point.lat:.5f}, {gap.point.lon:.5f}. "
                "Is a ward missing? Take all wards from one file."
            )
    for beside in found.vintages:
        yield from beside.errors()
    share = len(found.postcodes.disagreements) / max(found.postcodes.count, 1)
    if share > MOST_DISAGREEMENT:
        yield (
            f"{share:.1%} of the postcodes lie in another ward than their table says. Boundaries and postcodes do not "
            "belong together: check that both are of the same time and council."
        )
    if len(found.postcodes.empty_wards) * 2 > len(found.postcodes.wards.wards):
        yield (
            f"{len(found.postcodes.empty_wards)} of {len(found.postcodes.wards.wards)} wards have no postcode. The "
            "file of wards seems to hold more than this council: keep only its wards."
        )


def _warnings(found: Findings) -> Iterable[str]:
    postcodes = found.postcodes
    for code in postcodes.empty_wards:
        yield f"The ward {postcodes.wards.ward_name(code)} ({code}) has no postcode."
    if postcodes.left:
        listed = ", ".join(spaced(each.postcode) for each in postcodes.left[:5])
        more = f" and {len(postcodes.left) - 5} more" if len(postcodes.left) > 5 else ""
        yield f"Even by the nearest rule in another ward than the table says: {listed}{more}."
    for each in found.vintages:
        yield from each.warnings()
    if found.landmarks_outside:
        yield f"{len(found.landmarks_outside)} landmarks lie outside the city, the first {found.landmarks_outside[0]}."
    if found.streets_outside:
        yield f"{len(found.streets_outside)} streets lie outside the city, the first {found.streets_outside[0]}."
