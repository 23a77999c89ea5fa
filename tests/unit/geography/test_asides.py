"""Words that are no place of the event: people, journeys, other towns, and streets of which every part has one."""

import pytest

from geography.locating import City
from geography.places import Refusal
from geography.vocabulary import Unplaced
from tests.unit.geography.test_pins import readings


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a man called Shirley hit me", "Shirley"),
        ("a woman named Shirley", "Shirley"),
        ("Shirley hit me", "Shirley"),
        ("he said go back to Portswood", "Portswood"),
        ("the number 7 bus to Sholing", "Sholing"),
        ("on my way home to Sholing", "Sholing"),
        ("I was going to Shirley", "Shirley"),
        ("on the way from Woolston to the hospital", "Woolston"),
        ("Weston-super-Mare", "Weston"),
        ("Portswood, Cape Town", "Portswood"),
        ("Millbrook, Cornwall", "Millbrook"),
        ("Bargate, Boston", "Bargate"),
        ("Woolston, Warrington", "Woolston"),
        ("Redbridge tube station", "Redbridge"),
        ("on the high street", "High Street"),
        ("high street", "High Street"),
    ],
)
def test_a_name_that_may_be_something_else_is_doubtful(city: City, text: str, place: str) -> None:
    assert readings(city, text) == [f"{place}?"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a man called Shirley hit me on Onslow Road", ["Onslow Road"]),
        ("I was going to Shirley and it happened in Portswood", ["Portswood"]),
        ("the number 7 bus to Sholing, at Portswood Road", ["Portswood Road"]),
        ("high street in Woolston", ["Woolston"]),
        ("High Street, Shirley", ["Shirley High Street"]),
        ("High Street, Bargate", ["High Street"]),
        ("never been to Portswood it was Sholing", ["Sholing"]),
        ("it didn't happen in Shirley, it was in Weston", ["Weston"]),
        ("next to Shirley Towers", ["Shirley Towers"]),
        ("the road called Onslow Road", ["Onslow Road"]),
        ("Onslow Road, yesterday evening", ["Onslow Road"]),
        ("Onslow Road, next to the shop", ["Onslow Road"]),
        ("walking from St Denys to Harefield", ["St Denys", "Harefield"]),
    ],
)
def test_it_gives_way_to_a_place_and_takes_none_with_it(city: City, text: str, expected: list[str]) -> None:
    assert readings(city, text) == expected


def test_both_ends_of_a_journey_are_doubtful(city: City) -> None:
    assert readings(city, "bus from Lordshill to city centre") == ["Lordshill?", "Southampton city centre?"]


@pytest.mark.parametrize("text", ["A33", "the A3057", "M27 junction 5", "A3024", "a bus on the A33"])
def test_a_numbered_road_is_too_vague_and_says_what_to_add(city: City, text: str) -> None:
    answer = city.locate(text)
    assert isinstance(answer, Refusal)
    assert answer.reason is Unplaced.TOO_VAGUE
    assert "numbered road" in answer.words


def test_a_numbered_road_beside_a_part_of_the_city_is_that_part(city: City) -> None:
    assert readings(city, "A33, Redbridge") == ["Redbridge"]


@pytest.mark.parametrize("text", ["north", "in the north", "south east"])
def test_a_point_of_the_compass_is_no_street(city: City, text: str) -> None:
    answer = city.locate(text)
    assert isinstance(answer, Refusal)
    assert answer.reason is Unplaced.TOO_VAGUE
