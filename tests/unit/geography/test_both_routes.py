"""Every postcode of the shipped pack to its official ward, by the table and by polygon."""

import pytest

from geography.checking import examine
from geography.locating import City
from geography.places import Candidate, Point, Refusal
from geography.postcodes import spaced

# Middles of places around the city, the nearest under a kilometre from its outline.
AROUND = {
    "Eastleigh": (50.9692, -1.3500), "Totton": (50.9190, -1.4880), "Hedge End": (50.9130, -1.3010),
    "Hythe": (50.8690, -1.3990), "Netley Abbey": (50.8720, -1.3430), "Chandlers Ford": (50.9840, -1.3790),
    "West End": (50.9270, -1.3330), "Rownhams": (50.9560, -1.4530), "Chilworth": (50.9640, -1.4210),
    "Marchwood": (50.8900, -1.4530), "Bursledon": (50.8850, -1.3100), "Winchester": (51.0630, -1.3100),
}  # fmt: skip
OUT_OF_CITY = ("SO50 9FT", "SO53 2DW", "SO40 3WX", "SO30 4QU", "SO45 6AU", "SO31 5GA", "PO1 2EF", "SO23 8UJ", "W1A 1AA")


def test_the_table_gives_every_postcode_its_official_ward(city: City) -> None:
    crosswalk = city.gazetteer.crosswalk
    assert len(crosswalk.postcodes) == 5810
    for postcode in crosswalk.postcodes.values():
        answer = city.locate(spaced(postcode.code))
        assert isinstance(answer, list)
        assert [share.ward for share in answer[0].shares(crosswalk.official)] == [postcode.ward], postcode.code


def test_the_polygons_disagree_on_under_two_in_a_thousand(city: City) -> None:
    found = examine(city).postcodes
    listed = [spaced(each.postcode) for each in found.disagreements]
    print(f"by polygon alone: {found.count - len(listed)} of {found.count} agree; not {', '.join(listed)}")
    assert found.count == 5810
    assert len(listed) / found.count < 0.002
    assert [spaced(each.postcode) for each in found.left] == ["SO19 5AE"]


def test_the_pack_that_is_shipped_is_sound(city: City) -> None:
    found = examine(city)
    assert found.errors() == ()
    assert [(len(each.wards.wards), each.overlaps, each.gaps) for each in found.wards] == [(17, (), ()), (16, (), ())]


@pytest.mark.parametrize("postcode", OUT_OF_CITY)
def test_postcodes_of_other_places_are_none_of_the_citys(city: City, postcode: str) -> None:
    assert postcode.replace(" ", "") not in city.gazetteer.crosswalk.postcodes
    assert isinstance(city.locate(postcode), Refusal)


@pytest.mark.parametrize("name", AROUND)
def test_places_around_are_outside_in_every_vintage(city: City, name: str) -> None:
    point = Point(*AROUND[name])
    assert all(city.boundary_set(vintage).place(point) is None for vintage in city.vintages)
    answer: list[Candidate] | Refusal = city.locate(point=point)
    assert isinstance(answer, Refusal)
