"""Points outside the city: refused, with the neighbouring district named when it is known."""

import pytest

from geography.locating import City
from geography.neighbours import Neighbour, outside
from geography.places import Point, Refusal
from geography.vocabulary import Unplaced, explain

EAST = Neighbour("Demo East", "Eastshire", Point(50.90, -1.20))
WEST = Neighbour("Demo West", "Westshire", Point(50.90, -1.60))


@pytest.mark.parametrize(
    ("lat", "lon", "named"),
    [
        (50.912, -1.303, "Hedge End, in the district of Eastleigh"),
        (50.919, -1.495, "Totton, in the district of New Forest"),
        (50.958, -1.447, "Rownhams, in the district of Test Valley"),
        (50.856, -1.302, "Warsash, in the district of Fareham"),
        (51.060, -1.310, "Winchester, in the district of Winchester"),
    ],
)
def test_the_neighbouring_district_is_named(city: City, lat: float, lon: float, named: str) -> None:
    answer = city.locate(point=Point(lat, lon))
    assert isinstance(answer, Refusal)
    assert answer.reason is Unplaced.OUTSIDE_CITY
    assert named in answer.words
    assert answer.words.startswith("This place is outside the city.")


def test_far_away_no_district_is_named(city: City) -> None:
    for point in (Point(51.5, -0.12), Point(50.80, -1.09), Point(0.0, 0.0), Point(-90.0, 180.0)):
        answer = city.locate(point=point)
        assert isinstance(answer, Refusal)
        assert answer.words == explain(Unplaced.OUTSIDE_CITY)


def test_every_neighbour_lies_outside_every_vintage(city: City) -> None:
    neighbours = city.gazetteer.crosswalk.neighbours
    assert len(neighbours) > 30
    inside = [each.name for each in neighbours for wards in city.gazetteer.crosswalk.sets if wards.place(each.point)]
    assert inside == []


def test_the_nearest_is_named_and_of_two_as_near_the_first_by_name() -> None:
    assert "Demo East" in outside(Point(50.90, -1.22), (WEST, EAST)).words
    twins = (Neighbour("B", "B", EAST.point), Neighbour("A", "A", EAST.point))
    assert "place we know there is A," in outside(EAST.point, twins).words
    assert outside(EAST.point, ()).words == explain(Unplaced.OUTSIDE_CITY)
