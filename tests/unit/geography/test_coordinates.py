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
        "lat 50.9097 lon 1.4044 W",
        "lat: 50.9097, lng: -1.4044",
        "N 50.9097 W 1.4044",
        "50,9097 -1,4044",
        "50,9097; -1,4044",
        "50 54 35 N 1 24 16 W",
        "+50.9097-1.4044",
        "50.9097/-1.4044",
        "geo:50.9097,-1.4044,10;crs=wgs84;u=100?z=15",
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
        "go to 12 14 Burgess Road",
        "£50.50, 1.40 each",
        "",
    ],
)
def test_other_numbers_are_no_position(written: str) -> None:
    assert read_position(written) is None


@given(st.text(max_size=80))
def test_no_text_raises(written: str) -> None:
    assert read_position(written) is None or isinstance(read_position(written), Position)


def test_a_square_of_100_metres_is_an_area(city: City) -> None:
    candidate = placed(city, "SU 420 120")
    assert candidate.precision is Precision.AREA
    assert candidate.reason.startswith("A grid square of 100 m, by the land in it.")
    assert placed(city, "SU 4200 1200").precision is Precision.POINT


@pytest.mark.parametrize(
    ("written", "side"),
    [
        ("50.9,-1.4", 11_132),
        ("geo:50.9,-1.4", 11_132),
        ("50.9N 1.4W", 11_132),
        ("lat 50.9 lon -1.4", 11_132),
        ("50.91,-1.40", 1_113),
        ("50.910,-1.404", 111),
        ("50.9097,-1.4044", 11),
        ("50.9097,-1.4", 11),
        ("50°54'35\"N 1°24'16\"W", 31),
        ("50°54'N 1°24'W", 1_855),
    ],
)
def test_a_position_is_as_large_as_its_digits_say(written: str, side: int) -> None:
    position = read_position(written)
    assert position is not None
    assert position.side_metres == side


@pytest.mark.parametrize(
    ("written", "precise"), [("50.91,-1.40", False), ("50.910,-1.404", False), ("50.9097,-1.4044", True)]
)
def test_few_digits_are_an_area_and_no_point(city: City, written: str, precise: bool) -> None:
    candidate = placed(city, written)
    assert (candidate.precision is Precision.POINT) == precise
    assert not candidate.doubtful


def test_one_digit_is_too_little_to_be_placed_by(city: City) -> None:
    candidate = placed(city, "50.9,-1.4")
    assert candidate.precision is Precision.AREA
    assert candidate.doubtful
    assert len(candidate.shares(city.current_vintage)) > 10


def test_another_reference_system_is_not_read_as_this_one(city: City) -> None:
    assert refused(city, "geo:50.9097,-1.4044;crs=osgb") is Unplaced.NOT_FOUND
    assert placed(city, "geo:50.9097,-1.4044;crs=wgs84").precision is Precision.POINT


def test_each_of_two_positions_is_a_candidate(city: City) -> None:
    answer = city.locate("50.93000, -1.37000 no 50.9097, -1.4044")
    assert isinstance(answer, list)
    assert [found.point for found in answer] == [Point(50.93, -1.37), CIVIC_CENTRE]
    coarse = city.locate("50.91,-1.40 or 50.93,-1.37")
    assert isinstance(coarse, list)
    assert len(coarse) == 2


def test_a_kilometre_square_is_an_area_with_the_wards_of_its_postcodes(city: City) -> None:
    candidate = placed(city, "SU4212")
    assert candidate.precision is Precision.AREA
    assert len(candidate.shares(city.current_vintage)) == 3
    assert sum(share.weight for share in candidate.shares(city.current_vintage)) == pytest.approx(1)


@pytest.mark.parametrize("written", ["TQ 300 804", "SU 64 00", "530000 180000", "geo:51.5,-0.1", "geo:99,-1.4"])
def test_positions_elsewhere(city: City, written: str) -> None:
    assert refused(city, written) is Unplaced.OUTSIDE_CITY
