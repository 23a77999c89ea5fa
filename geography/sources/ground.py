"""Where a council is, so that a spot that lies in another part of the country is noticed for the mistake it is."""

from dataclasses import dataclass, field
from math import cos, radians

import shapely
from shapely.affinity import scale

from geography.grid import OUTSIDE, PolygonGrid
from geography.landmarks import METRES_PER_DEGREE
from geography.places import Point
from geography.sources.boundaries import Layer
from geography.sources.files import Source
from geography.wards import NEAREST_WITHIN_METRES

FAR = 0.1
"""Degrees beyond the outermost corners, 11 km north and 7 km east: places are named on the edge, not beyond that."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The land of one layer of wards."""

    wards: Layer
    _grid: PolygonGrid = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_grid", PolygonGrid([area.shape for area in self.wards.areas]))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north, in degrees."""
        west, south, east, north = shapely.total_bounds([area.shape for area in self.wards.areas])
        return float(west), float(south), float(east), float(north)

    def holds(self, point: Point) -> bool:
        """Whether a point is in one of the wards."""
        return self._grid.find(point.lon, point.lat) != OUTSIDE

    def reaches(self, point: Point, metres: float = NEAREST_WITHIN_METRES) -> bool:
        """Whether a point is in one of the wards or at most so many metres from them."""
        if self.holds(point):
            return True
        east, north = METRES_PER_DEGREE * cos(radians(point.lat)), METRES_PER_DEGREE
        spot = shapely.Point(point.lon, point.lat)
        return any(
            scale(area.shape, east, north, origin=(0, 0)).distance(scale(spot, east, north, origin=(0, 0))) <= metres
            for area in self.wards.areas
        )

    def refuse_far(self, point: Point, source: Source, row: int) -> None:
        """SourceError for a point that has nothing to do with the council."""
        west, south, east, north = self.bounds
        if not (west - FAR <= point.lon <= east + FAR and south - FAR <= point.lat <= north + FAR):
            raise source.wrong(
                f"{point.lat:g}, {point.lon:g} is far from the council. Correct the place (latitude and longitude in "
                "degrees), or leave the row out.",
                row,
            )
