"""Postcodes, their beginnings and positions beside other words: each counts as what the words make of it."""

import pytest

from geography.locating import City
from geography.places import Refusal
from geography.vocabulary import Precision, Unplaced


def readings(city: City, text: str) -> list[str]:
    """The places that a text may mean, each with a question mark when it is doubtful."""
    answer = city.locate(text)
    assert isinstance(answer, list), answer
    return [f"{found.place}{'?' * found.doubtful}" for found in answer]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I live at SO14 7LY but it happened at SO19 5AE", ["SO19 5AE"]),
        ("I live in SO14 7LY, it happened in Shirley", ["Shirley"]),
        ("I'm from SO14 7LY it happened on London Road", ["London Road"]),
        ("my postcode is SO16 7AA, it was outside the Asda in Bitterne", ["Bitterne Village"]),
        ("I live in SO23 9AA, it happened in Shirley", ["Shirley"]),
        ("I live at 50.9097,-1.4044 but it happened in Shirley", ["Shirley"]),
        ("not SO14 7LY, Sholing", ["Sholing"]),
    ],
)
def test_a_home_or_a_denied_place_gives_way(city: City, text: str, expected: list[str]) -> None:
    assert readings(city, text) == expected


@pytest.mark.parametrize(
    "text", ["I live at SO14 7LY", "my postcode is SO14 7LY", "my home address is SO14 7LY", "I live at 14 Onslow Road"]
)
def test_a_home_alone_is_doubtful(city: City, text: str) -> None:
    [found] = readings(city, text)
    assert found in ("SO14 7LY?", "Onslow Road?")


@pytest.mark.parametrize("text", ["where I live, SO14 7LY", "outside my address SO14 7LY", "at home SO14 7LY"])
def test_at_home_is_a_place_all_the_same(city: City, text: str) -> None:
    assert readings(city, text) == ["SO14 7LY"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Between SO14 7LY and SO19 5AE", ["SO14 7LY", "SO19 5AE"]),
        ("SO19 5AE and SO16 7AA", ["SO19 5AE", "SO16 7AA"]),
        ("SO14 7LY or S019 5AE", ["SO14 7LY", "SO19 5AE"]),
        ("SO14 7LY, so147ly", ["SO14 7LY"]),
        ("London Road, SO16 7AA", ["SO16 7AA", "London Road"]),
        ("Portswood Road SO14 7LY", ["SO14 7LY", "Portswood Road"]),
        ("Shirley Road SO19", ["Shirley Road", "SO19"]),
    ],
)
def test_what_does_not_agree_is_left_to_choose(city: City, text: str, expected: list[str]) -> None:
    assert readings(city, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 Bargate Street, SO14 7LY", ["SO14 7LY"]),
        ("the bus stop at SO14 7LY", ["SO14 7LY"]),
        ("Portswood Road, SO17 1", ["Portswood Road in SO17 1"]),
        ("Cobden Avenue SO18 1", ["Cobden Avenue"]),
        ("SO19, Weston", ["Weston"]),
    ],
)
def test_what_agrees_is_one_place(city: City, text: str, expected: list[str]) -> None:
    assert readings(city, text) == expected


@pytest.mark.parametrize("text", ["SO14 7LY, Winchester", "SO14 9ZZ please near SO19 5AE", "a bus to SO14 7LY"])
def test_what_was_written_beside_a_postcode_makes_it_doubtful(city: City, text: str) -> None:
    [found] = readings(city, text)
    assert found.endswith("?")


def test_only_a_place_that_is_denied_is_too_vague(city: City) -> None:
    answer = city.locate("not SO14 7LY")
    assert isinstance(answer, Refusal)
    assert answer.reason is Unplaced.TOO_VAGUE


def test_the_beginning_of_a_postcode_narrows_a_street(city: City) -> None:
    answer = city.locate("Portswood Road, SO17 1")
    assert isinstance(answer, list)
    whole = city.locate("Portswood Road")
    assert isinstance(whole, list)
    assert answer[0].precision is Precision.STREET
    assert len(answer[0].shares(city.current_vintage)) < len(whole[0].shares(city.current_vintage))


@pytest.mark.parametrize("text", ["ß SO14 7LY", "ﬃ at SO14 7LY!", "İ SO14 7LY"])
def test_letters_that_grow_in_capitals_shift_nothing(city: City, text: str) -> None:
    assert readings(city, text) == ["SO14 7LY"]
