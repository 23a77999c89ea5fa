"""Small areas of the census (LSOA): which one a point is in, how deprived it is, and how many people live there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry import MultiPolygon, Polygon

from geography.grid import OUTSIDE, PolygonGrid
from geography.places import Point
from geography.wards import Residents

AREAS_OF_ENGLAND = {"2011": 32_844, "2021": 33_755}
"""How many small areas the index ranks, by their vintage."""
_IN_A_GRID = 250


def quintile_of_decile(decile: float) -> int:
    """1 for the most deprived fifth of England, 5 for the least. Raises ValueError."""
    if decile not in range(1, 11):
        raise ValueError(f"A decile is a whole number from 1 to 10, not {decile:g}.")
    return (int(decile) + 1) // 2


def quintile_of_rank(rank: float, vintage: str) -> int:
    """1 for the most deprived fifth of England, 5 for the least. Raises ValueError."""
    areas = AREAS_OF_ENGLAND[vintage]
    if not 1 <= rank <= areas or rank != int(rank):
        raise ValueError(f"A rank is a whole number from 1 to {areas:,}, not {rank:g}.")
    return (int(rank) - 1) * 5 // areas + 1


@dataclass(frozen=True, slots=True)
class SmallAreas:
    """The small areas of one vintage ("2011" or "2021"). `index_year` is None when no deprivation is loaded."""

    vintage: str
    polygons: Mapping[str, Polygon | MultiPolygon]
    quintiles: Mapping[str, int] = field(default_factory=dict)
    population: Mapping[str, Residents] = field(default_factory=dict)
    index_year: int | None = None
    _grids: list[tuple[tuple[str, ...], PolygonGrid]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def area_at(self, point: Point) -> str | None:
        """The code of the area that covers the point, on a shared edge the lowest of its codes; None outside."""
        for codes, grid in self._grids or self._build():
            found = grid.find(point.lon, point.lat)
            if found != OUTSIDE:
                return codes[found]
        return None

    def codes(self) -> tuple[str, ...]:
        """Every code, in order."""
        return tuple(sorted(self.polygons))

    def quintile(self, code: str) -> int | None:
        """The area's fifth of England, 1 the most deprived and 5 the least; None when it is not known."""
        return self.quintiles.get(code)

    def residents(self, code: str) -> Residents | None:
        """How many people live in the area, and the year of the figure; None when it is not known."""
        return self.population.get(code)

    def _build(self) -> list[tuple[tuple[str, ...], PolygonGrid]]:
        """The grids, made at the first question: a city is loaded far more often than its areas are asked for."""
        codes = self.codes()
        chunks = [codes[start : start + _IN_A_GRID] for start in range(0, len(codes), _IN_A_GRID)]
        grids = [(chunk, PolygonGrid([self.polygons[code] for code in chunk])) for chunk in chunks]
        # At once, so that another thread never sees half of them.
        self._grids[:] = grids
        return grids
