"""A text, a pin and a chosen ward together: one place where they agree, and every reading where they do not."""

from typing import Any

import pytest

from geography.locating import City
from geography.places import Candidate, Point, Refusal
from geography.vocabulary import WardCode

MILLBROOK = Point(50.9185, -1.4470)


def located(city: City, text: str | None = None, point: Point | None = None, ward: str = "") -> list[Candidate]:
    answer = city.locate(text, point, code(city, ward) if ward else None)
    assert isinstance(answer, list), answer
    return answer


def code(city: City, name: str) -> WardCode:
    return next(ward.code for ward in city.boundary_set() if ward.name == name)


def wards(city: City, found: Candidate) -> dict[str, float]:
    name = city.boundary_set().ward_name
    return {name(share.ward): share.weight for share in found.shares(city.current_vintage)}


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({"text": "Church Street", "ward": "Bitterne Park"}, ["Church Street", "Bitterne Park"]),
        ({"text": "on the high street", "ward": "Woolston"}, ["High Street", "Woolston"]),
        ({"text": "SO14 7LY", "ward": "Thornhill"}, ["SO14 7LY", "Thornhill"]),
        ({"point": MILLBROOK, "ward": "Thornhill"}, ["Map point in Millbrook", "Thornhill"]),
        ({"text": "Shirley High Street", "point": MILLBROOK}, ["Map point in Millbrook", "Shirley High Street"]),
        (
            {"text": "Shirley High Street", "point": MILLBROOK, "ward": "Thornhill"},
            ["Map point in Millbrook", "Shirley High Street", "Thornhill"],
        ),
    ],
)
def test_every_reading_is_there_when_they_share_no_ward(city: City, given: dict[str, Any], places: list[str]) -> None:
    assert [found.place for found in located(city, **given)] == places


def test_a_chosen_ward_picks_among_the_readings_of_a_text(city: City) -> None:
    assert [found.place for found in located(city, "the hospital")] != ["Princess Anne Hospital"]
    assert [found.place for found in located(city, "the hospital", ward="Coxford")] == ["Princess Anne Hospital"]


def test_several_readings_in_the_chosen_ward_are_the_ward_which_says_so(city: City) -> None:
    [found] = located(city, "the station", ward="Peartree")
    assert found.place == "Peartree"
    assert "What was written could be 2 places in it." in found.reason
    assert not found.doubtful


@pytest.mark.parametrize(("text", "ward"), [("Portswood Road", "Swaythling"), ("Bitterne", "Harefield")])
def test_a_place_in_several_wards_is_its_part_in_the_chosen_one(city: City, text: str, ward: str) -> None:
    assert len(wards(city, located(city, text)[0])) > 1
    [found] = located(city, text, ward=ward)
    assert wards(city, found) == {ward: 1.0}
    for vintage in city.vintages:
        assert sum(share.weight for share in found.shares(vintage)) == pytest.approx(1)
    assert f"Only the part in {ward} is meant" in found.reason


def test_a_pin_that_agrees_is_the_place(city: City) -> None:
    [found] = located(city, "Millbrook", MILLBROOK, "Millbrook")
    assert found.point == MILLBROOK
    assert not found.doubtful


def test_a_chosen_ward_bears_out_a_slip(city: City) -> None:
    assert located(city, "ordnence road")[0].doubtful
    [found] = located(city, "ordnence road", ward="Banister & Polygon")
    assert (found.place, found.doubtful) == ("Ordnance Road", False)


def test_words_that_lie_outside_make_the_rest_doubtful(city: City) -> None:
    [found] = located(city, "Winchester High Street", ward="Thornhill")
    assert (found.place, found.doubtful) == ("Thornhill", True)
    [found] = located(city, "SO14 7LY", Point(0, 0))
    assert (found.place, found.doubtful) == ("SO14 7LY", True)


def test_words_that_say_nothing_leave_the_ward(city: City) -> None:
    [found] = located(city, "hello world", ward="Thornhill")
    assert (found.place, found.doubtful) == ("Thornhill", False)


def test_a_ward_of_an_older_vintage_agrees_by_its_postcodes(city: City) -> None:
    old = next(ward.code for ward in city.boundary_set(city.vintages[0]) if ward.name == "Bitterne")
    answer = city.locate("Hinkler Road", None, old)
    assert isinstance(answer, list)
    assert len(answer) == 1
    assert isinstance(city.locate(None, None, WardCode("E99999999")), Refusal)
