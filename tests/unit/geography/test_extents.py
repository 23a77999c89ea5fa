"""What is larger than a point: streets known by one point, squares, and points on the water."""

from dataclasses import replace

import pytest

from geography.gazetteer import Gazetteer
from geography.locating import City
from geography.places import Candidate, Point, Refusal
from geography.streets import Street
from geography.vocabulary import WardCode
from tests.unit.geography.test_agreeing import wards
from tests.unit.geography.test_locating import placed


@pytest.mark.parametrize(
    ("street", "names"),
    [("Howard Road", {"Freemantle", "Banister & Polygon"}), ("Cumberland Place", {"Banister & Polygon", "Bargate"})],
)
def test_a_street_known_by_one_point_beside_a_boundary_is_in_both_wards(
    city: City, street: str, names: set[str]
) -> None:
    candidate = placed(city, street)
    assert set(wards(city, candidate)) == names
    assert all(0.1 < weight < 0.9 for weight in wards(city, candidate).values())
    assert "one map point" in candidate.reason


def test_a_street_known_by_one_point_says_so(city: City) -> None:
    one = [street for street in city.gazetteer.streets if len(street.anchors) == 1][5:60:5]
    for street in one:
        candidate = placed(city, street.name)
        assert "one map point" in candidate.reason, street.name
        for vintage in city.vintages:
            assert sum(share.weight for share in candidate.shares(vintage)) == pytest.approx(1)


def test_a_boundary_further_than_50_metres_takes_nothing(city: City) -> None:
    middle = city.locate(ward=WardCode("E05015505"))
    assert isinstance(middle, list)
    street = Street("Demo Way", (middle[0].point,))
    alone = replace(city.gazetteer, streets=(street,)).search("Demo Way")
    assert isinstance(alone, list)
    assert wards(city, alone[0]) == {"Thornhill": 1.0}


@pytest.mark.parametrize(("lat", "lon"), [(50.8985, -1.3857), (50.8940, -1.4060), (50.8985, -1.3850)])
def test_a_point_on_the_water_in_the_city_goes_to_the_nearest_ward(city: City, lat: float, lon: float) -> None:
    answer = city.locate(point=Point(lat, lon))
    assert isinstance(answer, list)
    [found] = answer
    assert found.reason.startswith("This is on the water. The nearest part of the city is ")
    assert not found.doubtful
    assert {share.vintage for share in found.wards} == set(city.vintages)
    as_text = city.locate(f"{lat}, {lon}")
    assert isinstance(as_text, list)
    assert as_text[0].wards == found.wards


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (50.8720, -1.3980),
        (50.9190, -1.4950),
        (50.9120, -1.3030),
        (50.9300, -1.3360),
        (50.8760, -1.3520),
        (50.8930, -1.4500),
    ],
)
def test_land_and_the_other_shore_are_outside(city: City, lat: float, lon: float) -> None:
    assert isinstance(city.locate(point=Point(lat, lon)), Refusal)


def test_without_water_no_point_is_afloat(city: City) -> None:
    dry = Gazetteer(city.name, city.gazetteer.crosswalk, city.gazetteer.streets)
    assert isinstance(dry.at(Point(50.8985, -1.3857)), Refusal)


def test_no_sliver_of_a_ward_is_named(city: City) -> None:
    answer = city.locate("Bitterne ward")
    assert isinstance(answer, list)
    assert wards(city, answer[0]) == {"Thornhill": 1.0}
    for vintage in city.vintages:
        for code in city.boundary_set(vintage).codes():
            shares = city.gazetteer.crosswalk.of_ward(code)
            assert all(share.weight >= 0.005 for share in shares)
            for other in city.vintages:
                assert sum(share.weight for share in shares if share.vintage == other) == pytest.approx(1)


def test_a_street_without_a_point_and_a_neighbour_with_our_name_break_nothing(city: City) -> None:
    odd = replace(
        city.gazetteer, streets=(Street("Nowhere Lane", ()),), neighbours=frozenset(("Bargate", "Shirley", "Portswood"))
    )
    assert isinstance(odd.search("Nowhere Lane"), Refusal)
    for name in ("Bargate", "Shirley", "Portswood", "in Shirley", "Shirley or Portswood", "Shirly"):
        answer = odd.search(name)
        assert isinstance(answer, list)
        assert all(isinstance(found, Candidate) for found in answer)
