import pytest
from hypothesis import given
from hypothesis import strategies as st

from geography.coordinates import Position, read_position
from geography.landmarks import distance
from geography.locating import City
from geography.places import Point
from geography.vocabulary import Precision, Unplaced
from tests.unit.geography.test_locating import placed, refused

CIVIC_CENTRE = Point(50.9097, -1.4044)


@pytest.mark.parametrize(
    "written",
    [
        "50.9097, -1.4044",
        "geo:50.9097,-1.4044",
        "geo:50.9097,-1.4044,12;u=35",
        "GEO:50.9097,-1.4044?z=17",
        "lat 50.9097 long -1.4044",
        "Latitude: 50.9097, Longitude: -1.4044",
        "50.9097N 1.4044W",
        "50.9097° N, 1.4044° W",
        "50°54'35\"N 1°24'16\"W",
        "50° 54′ 35″ N, 1° 24′ 16″ W",
        "50°54.582'N 1°24.264'W",
        "my phone says 50.9097,-1.4044 I think",
    ],
)
def test_one_point_written_many_ways(written: str) -> None:
    position = read_position(written)
    assert position is not None
    assert position.point is not None
    assert distance(position.point, CIVIC_CENTRE) < 5


@pytest.mark.parametrize(
    ("written", "side"),
    [("SU 42000 12200", 1), ("SU4200012200", 1), ("su 4200 1220", 10), ("SU 420 122", 100), ("442000 112200", 1),
     ("E442000, N112200", 1), ("I was at SU 420 122 then", 100)],
)  # fmt: skip
def test_grid_references(written: str, side: int) -> None:
    position = read_position(written)
    assert position is not None
    assert position.point is not None
    assert position.side_metres == side
    # By the Ordnance Survey's own numbers for this corner, to the middle of the square.
    assert distance(position.point, Point(50.90775, -1.40403)) < 2 + side


@pytest.mark.parametrize(
    "written",
    [
        "12 3",
        "14 Onslow Road",
        "07700 900123",
        "SO14 7LY",
        "SO 1472",
        "SU 123",
        "flat 3, 45",
        "SO14 2",
        "page 12.5",
        "",
    ],
)
def test_other_numbers_are_no_position(written: str) -> None:
    assert read_position(written) is None


@given(st.text(max_size=80))
def test_no_text_raises(written: str) -> None:
    assert read_position(written) is None or isinstance(read_position(written), Position)


def test_a_small_square_is_a_point_which_says_so(city: City) -> None:
    candidate = placed(city, "SU 420 120")
    assert candidate.precision is Precision.POINT
    assert candidate.reason.startswith("The middle of a grid square of 100 m.")


def test_a_kilometre_square_is_an_area_with_the_wards_of_its_postcodes(city: City) -> None:
    candidate = placed(city, "SU4212")
    assert candidate.precision is Precision.AREA
    assert len(candidate.shares(city.current_vintage)) == 3
    assert sum(share.weight for share in candidate.shares(city.current_vintage)) == pytest.approx(1)


@pytest.mark.parametrize("written", ["TQ 300 804", "SU 64 00", "530000 180000", "geo:51.5,-0.1", "geo:99,-1.4"])
def test_positions_elsewhere(city: City, written: str) -> None:
    assert refused(city, written) is Unplaced.OUTSIDE_CITY
