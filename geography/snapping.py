"""What is shown instead of a protected point: one spot for all the addresses of at least eight postcodes.

The postcodes of a ward are parted at the median, across the longer side, again and again while both parts keep
eight. Each part is a cell of the ward. Every point of a cell is shown at the same spot, which follows from the
cell alone: nobody can work back from the spot to the point.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, inf, radians

from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry import Point as Spot

from geography.places import Point
from geography.vocabulary import WardCode
from geography.wards import BoundarySet

FEWEST_POSTCODES = 8
_DECIMALS = 5
"""Of a degree: about a metre, far finer than any cell."""

_Spot = tuple[float, float]
_Box = tuple[_Spot, _Spot]


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a ward. `shown` stands for every point in it, `postcodes` is how many share that."""

    shown: Point
    postcodes: int


@dataclass(frozen=True, slots=True)
class _Parting:
    """A cut across one axis (0 longitude, 1 latitude): what is less than `at` lies below."""

    axis: int
    at: float
    below: "_Parting | Cell"
    above: "_Parting | Cell"


class Snapping:
    """The cells of one set of wards. A ward with fewer than eight postcodes has none, and shows no points."""

    __slots__ = ("_cells", "_wards")

    def __init__(self, wards: BoundarySet, postcodes: Iterable[Point]) -> None:
        spots: dict[WardCode, list[_Spot]] = {code: [] for code in wards.codes()}
        for point in postcodes:
            if placed := wards.place(point):
                spots[placed.ward].append((point.lon, point.lat))
        self._wards = wards
        self._cells = {
            ward.code: _parted(sorted(spots[ward.code]), ward.polygon, ((-inf, -inf), (inf, inf)))
            for ward in wards
            if len(spots[ward.code]) >= FEWEST_POSTCODES
        }

    def cell_at(self, point: Point) -> Cell | None:
        """The cell that a point is in; None outside the city."""
        placed = self._wards.place(point)
        found = self._cells.get(placed.ward) if placed else None
        spot = (point.lon, point.lat)
        while isinstance(found, _Parting):
            found = found.below if spot[found.axis] < found.at else found.above
        return found

    def shown(self, point: Point) -> Point | None:
        """Where a point may be shown; None where it may not be shown at all."""
        cell = self.cell_at(point)
        return cell.shown if cell else None


def _parted(spots: Sequence[_Spot], ward: Polygon | MultiPolygon, around: _Box) -> _Parting | Cell:
    for axis in _longer_first(spots):
        at = _median_cut(sorted(spot[axis] for spot in spots))
        if at is not None:
            low, high = _cut(around, axis, at)
            below = _parted([spot for spot in spots if spot[axis] < at], ward, low)
            above = _parted([spot for spot in spots if spot[axis] >= at], ward, high)
            return _Parting(axis, at, below, above)
    return Cell(_middle(spots, ward, around), len(spots))


def _longer_first(spots: Sequence[_Spot]) -> tuple[int, int]:
    lons, lats = zip(*spots, strict=True)
    width = (max(lons) - min(lons)) * cos(radians(lats[0]))
    return (0, 1) if width >= max(lats) - min(lats) else (1, 0)


def _median_cut(values: Sequence[float]) -> float | None:
    """Where to cut so that each part keeps eight, the nearest to the median; None where equal values forbid it."""
    cuts = [
        place
        for place in range(FEWEST_POSTCODES, len(values) - FEWEST_POSTCODES + 1)
        if values[place - 1] < values[place]
    ]
    if not cuts:
        return None
    best = min(cuts, key=lambda place: abs(2 * place - len(values)))
    middle = (values[best - 1] + values[best]) / 2
    # Between two neighbouring floats there is no middle: the upper one parts them as well.
    return middle if values[best - 1] < middle else values[best]


def _cut(around: _Box, axis: int, at: float) -> tuple[_Box, _Box]:
    (west, south), (east, north) = around
    if axis == 0:
        return ((west, south), (at, north)), ((at, south), (east, north))
    return ((west, south), (east, at)), ((west, at), (east, north))


def _middle(spots: Sequence[_Spot], ward: Polygon | MultiPolygon, around: _Box) -> Point:
    """The middle of the postcodes when it lies in the ward, else a spot of the cell that does."""
    for lon, lat in _middles(spots, ward, around):
        shown = Point(round(lat, _DECIMALS), round(lon, _DECIMALS))
        if ward.covers(Spot(shown.lon, shown.lat)):
            return shown
    inside = ward.representative_point()
    return Point(inside.y, inside.x)


def _middles(spots: Sequence[_Spot], ward: Polygon | MultiPolygon, around: _Box) -> Iterator[_Spot]:
    yield sum(lon for lon, _ in spots) / len(spots), sum(lat for _, lat in spots) / len(spots)
    west, south, east, north = ward.bounds
    (left, bottom), (right, top) = around
    cell = ward.intersection(box(max(left, west), max(bottom, south), min(right, east), min(top, north)))
    if not cell.is_empty:
        inside = cell.representative_point()
        yield inside.x, inside.y
