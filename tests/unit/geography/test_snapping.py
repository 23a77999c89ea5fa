"""What is shown instead of a protected point, measured over every postcode of the city."""

from collections import Counter, defaultdict
from datetime import date
from math import cos, hypot, radians
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from geography.locating import City
from geography.places import Point
from geography.snapping import FEWEST_POSTCODES, Snapping
from geography.vocabulary import Vintage, WardCode
from geography.wards import BoundarySet, Ward
from tests.stack.vintages import THIRD, with_third_vintage

EAST, NORTH = box(-1.40, 50.90, -1.39, 50.91), box(-1.41, 50.91, -1.39, 50.92)
SQUARES = BoundarySet(
    Vintage("2023"), date(2023, 5, 4), (Ward(WardCode("E"), "East", EAST), Ward(WardCode("N"), "North", NORTH))
)


@pytest.fixture(scope="module")
def snapping(city: City) -> Snapping:
    return Snapping(city.boundary_set(), (each.point for each in city.gazetteer.crosswalk.postcodes.values()))


def metres(a: Point, b: Point) -> float:
    return hypot((a.lat - b.lat) * 111_240, (a.lon - b.lon) * 111_320 * cos(radians(a.lat)))


def test_at_least_eight_postcodes_share_every_shown_point(city: City, snapping: Snapping) -> None:
    points = {code: each.point for code, each in city.gazetteer.crosswalk.postcodes.items()}
    shown = {code: spot for code, point in points.items() if (spot := snapping.shown(point))}
    sharing = Counter(shown.values())
    moved = [metres(points[code], spot) for code, spot in shown.items()]
    print(
        f"{len(points):,} postcodes, {len(points) - len(shown)} shown nowhere; {len(sharing)} shown points, each "
        f"shared by {min(sharing.values())} to {max(sharing.values())} postcodes, median {median(sharing.values()):g}; "
        f"moved by {median(moved):.0f} m in the median, {max(moved):.0f} m at most"
    )
    assert len(points) == 5810
    assert len(shown) == len(points)
    assert min(sharing.values()) >= FEWEST_POSTCODES
    assert median(moved) < 150


def test_a_shown_point_lies_in_the_ward_of_what_it_stands_for(city: City, snapping: Snapping) -> None:
    wards = city.boundary_set()
    for postcode in city.gazetteer.crosswalk.postcodes.values():
        placed, shown = wards.place(postcode.point), snapping.shown(postcode.point)
        assert placed is not None
        assert shown is not None
        assert wards.ward_at(shown) == placed.ward


def test_what_is_shown_follows_from_the_cell_alone(city: City, snapping: Snapping) -> None:
    cells = defaultdict(set)
    for postcode in city.gazetteer.crosswalk.postcodes.values():
        cell = snapping.cell_at(postcode.point)
        assert cell is not None
        cells[id(cell)].add(snapping.shown(postcode.point))
    assert all(len(shown) == 1 for shown in cells.values())
    turned = Snapping(city.boundary_set(), [each.point for each in city.gazetteer.crosswalk.postcodes.values()][::-1])
    for postcode in city.gazetteer.crosswalk.postcodes.values():
        assert turned.shown(postcode.point) == snapping.shown(postcode.point)


@given(st.floats(50.85, 50.98), st.floats(-1.52, -1.30))
def test_any_point_is_shown_where_postcodes_are_or_not_at_all(
    city: City, snapping: Snapping, lat: float, lon: float
) -> None:
    point = Point(lat, lon)
    cell, placed = snapping.cell_at(point), city.boundary_set().place(point)
    assert (cell is None) == (placed is None)
    if cell and placed:
        assert cell.postcodes >= FEWEST_POSTCODES
        assert city.boundary_set().ward_at(cell.shown) == placed.ward


spots = st.tuples(st.integers(0, 6), st.integers(0, 12)).map(
    lambda spot: Point(50.901 + spot[1] * 0.0015, -1.399 + spot[0] * 0.0015)
)


@settings(deadline=None)
@given(st.lists(spots, max_size=60))
def test_postcodes_that_lie_together_stay_together(points: list[Point]) -> None:
    snapping = Snapping(SQUARES, points)
    sharing = Counter(snapping.shown(point) for point in points)
    in_ward = Counter(placed.ward for point in points if (placed := SQUARES.place(point)))
    few = sum(number for number in in_ward.values() if number < FEWEST_POSTCODES)
    assert sharing.pop(None, 0) == few
    assert all(number >= FEWEST_POSTCODES for number in sharing.values())


def test_no_day_moves_a_shown_point(city: City) -> None:
    later = with_third_vintage(city)
    days = [date(2012, 1, 1), date(2026, 11, 25), date(2027, 5, 5), date(2027, 5, 6)]
    on_days = [later.on(day) for day in days]
    assert [each.current_vintage for each in on_days] == ["2011", "2023", "2023", THIRD]
    together: Counter[tuple[Point | None, ...]] = Counter()
    for postcode in city.gazetteer.crosswalk.postcodes.values():
        shown = tuple(each.gazetteer.crosswalk.shown(postcode.point) for each in (city, later, *on_days))
        assert len(set(shown)) == 1
        together[shown] += 1
    assert min(together.values()) >= FEWEST_POSTCODES


def test_a_ward_with_too_few_postcodes_shows_nothing() -> None:
    seven = [Point(50.905, -1.395)] * 7
    assert Snapping(SQUARES, seven).shown(seven[0]) is None
    assert Snapping(SQUARES, [*seven, seven[0]]).shown(Point(50.901, -1.391)) == seven[0]


def test_a_middle_outside_the_ward_is_shown_inside_it() -> None:
    horseshoe = Polygon(
        [
            *((-1.40, 50.90), (-1.40, 50.91), (-1.39, 50.91), (-1.39, 50.90)),
            *((-1.392, 50.90), (-1.392, 50.909), (-1.398, 50.909), (-1.398, 50.90)),
        ]
    )
    two_ends = BoundarySet(Vintage("2023"), date(2023, 5, 4), (Ward(WardCode("U"), "U", horseshoe),))
    ends = [Point(50.901, lon) for lon in (-1.399, -1.391)]
    shown = Snapping(two_ends, ends * 4).shown(ends[0])
    assert shown is not None
    assert two_ends.ward_at(shown) == "U"
    assert shown not in ends
