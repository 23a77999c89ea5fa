"""What was nearly written: a slip in a real name is read, and a real name that we lack is no slip in another."""

import random
from dataclasses import replace

import pytest

from geography.locating import City
from geography.mentions import Kind
from geography.phrases import spelled
from geography.places import Refusal
from geography.spelling import Spellings, can_only_be
from tests.unit.geography.test_misspelling import one_slip
from tests.unit.geography.test_pins import readings


@pytest.mark.parametrize(
    "text",
    ["Marlborough Road", "Wilton Road", "Brookvale", "the ferry", "Carltton Way", "in Shirly", "shurley high street"],
)
def test_what_may_be_another_name_is_doubtful(city: City, text: str) -> None:
    answer = city.locate(text)
    assert isinstance(answer, Refusal) or all(found.doubtful for found in answer)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Portswood Raod", "Portswood Road"),
        ("portswod road", "Portswood Road"),
        ("Portswoood Rd", "Portswood Road"),
        ("Burges Road", "Burgess Road"),
        ("Coxfrod road", "Coxford Road"),
        ("pear tree road", "Peartree Road"),
        ("Milbrook", "Millbrook"),
        ("Shakespeare Avenu", "Shakespeare Avenue"),
    ],
)
def test_what_can_be_no_other_name_is_not(city: City, text: str, place: str) -> None:
    assert readings(city, text) == [place]


@pytest.mark.parametrize(
    ("wanted", "name", "sure"),
    [
        ("coxfrod road", "coxford road", True),
        ("wilton road", "milton road", False),
        ("carlton road", "charlton road", False),
        ("linden road", "london road", False),
        ("oxford road", "coxford road", False),
        ("henty road", "henry road", False),
        ("queens way", "queensway", True),
        ("portswood raod", "portswood road", True),
        ("portswood ride", "portswood rise", False),
    ],
)
def test_what_can_only_be_one_name(wanted: str, name: str, sure: bool) -> None:
    assert can_only_be(wanted, name) is sure


def test_a_near_name_keeps_all_its_meanings(city: City) -> None:
    assert {"St Mary's Stadium?", "St Mary's?"} <= set(readings(city, "St Mary"))
    assert readings(city, "st marys") == ["St Mary's Stadium", "St Mary's"]


def test_a_street_that_we_lack_is_never_surely_another(city: City) -> None:
    """Each street that is nearly another one is taken out of the book in its turn, and then asked for."""
    gazetteer, today = city.gazetteer, city.current_vintage
    book = gazetteer._book.entries
    inside = tuple(phrase for phrase, meanings in book.items() if meanings[0].kind is not Kind.ELSEWHERE)
    alike = []
    for street in gazetteer.streets:
        phrase = spelled(street.name)
        if Spellings(tuple(other for other in inside if other != phrase)).near(phrase):
            alike.append(street)
    asked, alone = 0, []
    for street in alike:
        lacking = replace(gazetteer, streets=tuple(other for other in gazetteer.streets if other is not street))
        answer, true = lacking.search(street.name), gazetteer.search(street.name)
        if isinstance(answer, Refusal) or isinstance(true, Refusal):
            continue
        if len(answer) > 1 or answer[0].doubtful:
            asked += 1
            continue
        wards = [{share.ward for share in found.shares(today)} for found in (answer[0], true[0])]
        if not wards[0] & wards[1]:
            alone.append((street.name, answer[0].place))
    print(
        f"\n{len(alike)} streets of {len(gazetteer.streets)} are nearly another: "
        f"{asked} asked, {len(alone)} surely wrong"
    )
    assert len(alike) > 20
    assert alone == []


def test_one_slip_is_right_or_offered(city: City) -> None:
    chance = random.Random("offered")
    names = [street.name for street in city.gazetteer.streets if " " in street.name]
    offered = sure = wrong = 0
    for name in names:
        answer = city.locate(one_slip(name, chance))
        places = [found.place for found in answer] if isinstance(answer, list) else []
        offered += name in places
        certain = isinstance(answer, list) and len(answer) == 1 and not answer[0].doubtful
        sure += certain and name in places
        wrong += certain and name not in places
    print(f"\n{len(names)} streets with one slip: {offered} offered, {sure} of them surely; {wrong} surely another")
    assert offered / len(names) >= 0.95
    assert wrong == 0
