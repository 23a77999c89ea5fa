"""A city with a third vintage of wards and with small areas: made up, and drawn from the shipped wards."""

from dataclasses import replace
from datetime import date

import shapely
from shapely.geometry import MultiPolygon, Polygon, box

from geography.locating import City
from geography.small_areas import SmallAreas
from geography.vocabulary import Vintage, WardCode
from geography.wards import BoundarySet, Residents, Ward

THIRD = Vintage("2027")
NORTH, SOUTH = WardCode("E05099901"), WardCode("E05099902")
PARTED_AT = 50.92
WEST, EAST = "E01099901", "E01099902"


def with_third_vintage(city: City) -> City:
    """The city with two more wards, its north and its south, in force from May 2027."""
    whole = shapely.union_all([ward.polygon for ward in city.boundary_set()])
    west, south, east, north = city.boundary_set().bounds()
    wards = []
    for code, name, half in (
        (NORTH, "Demo North", box(west, PARTED_AT, east, north)),
        (SOUTH, "Demo South", box(west, south, east, PARTED_AT)),
    ):
        polygon = shapely.intersection(whole, half)
        assert isinstance(polygon, Polygon | MultiPolygon)
        wards.append(Ward(code, name, polygon, Residents(125_000, 2026)))
    crosswalk = city.gazetteer.crosswalk
    third = BoundarySet(THIRD, date(2027, 5, 6), tuple(wards))
    gazetteer = replace(city.gazetteer, crosswalk=replace(crosswalk, sets=(*crosswalk.sets, third)))
    return replace(city, gazetteer=gazetteer)


def two_areas(parted_at: float = -1.40, vintage: str = "2011", index_year: int | None = 2019) -> SmallAreas:
    """Small areas west and east of a line, the west among the most deprived."""
    polygons = {WEST: box(-2, 50, parted_at, 52), EAST: box(parted_at, 50, 0, 52)}
    return SmallAreas(vintage, polygons, {WEST: 1, EAST: 4}, {}, index_year)
