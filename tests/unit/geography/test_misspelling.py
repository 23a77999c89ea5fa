"""Every street of the pack as written, with one slip and with two."""

import random
import string
from collections import Counter

import pytest

from geography.locating import City
from geography.phrases import is_numbered_road
from geography.spelling import Spellings, sound_of

RIGHT, AMBIGUOUS, REFUSED, WRONG = "right", "ambiguous", "refused", "wrong"


def one_slip(name: str, chance: random.Random) -> str:
    """A name with one letter dropped, doubled, mistaken or changed round."""
    at = chance.randrange(1, len(name) - 1)
    while name[at] == " " or name[at + 1] == " ":
        at = chance.randrange(1, len(name) - 1)
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + chance.choice(string.ascii_lowercase) + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def written_with(slips: int, name: str, chance: random.Random) -> str:
    """A name after some slips, one upon the other."""
    for _ in range(slips):
        name = one_slip(name, chance)
    return name


def outcome(city: City, written: str, name: str) -> str:
    """Whether the street was found, among others or alone."""
    answer = city.locate(written)
    if not isinstance(answer, list):
        return REFUSED
    places = [candidate.place for candidate in answer]
    if name not in places:
        return WRONG
    return RIGHT if len(places) == 1 else AMBIGUOUS


def tally(city: City, slips: int) -> tuple[Counter[str], int]:
    """Every street once, and how many there are; prints the figures and each wrong one."""
    chance = random.Random(slips)
    streets = [street.name for street in city.gazetteer.streets if not is_numbered_road(street.name.lower())]
    names = [name for name in streets if slips == 0 or " " in name]
    texts = [(written_with(slips, name, chance), name) for name in names]
    found = [(outcome(city, text, name), text, name) for text, name in texts]
    counts = Counter(result for result, _, _ in found)
    print(f"\n{len(names)} streets, {slips} slips: {dict(counts)}")
    for result, text, name in found:
        if result == WRONG:
            print(f"  {name} as {text!r}")
    return counts, len(names)


def test_every_street_as_written(city: City) -> None:
    counts, number = tally(city, 0)
    assert counts[RIGHT] + counts[AMBIGUOUS] == number


def test_one_slip_in_every_street(city: City) -> None:
    counts, number = tally(city, 1)
    assert counts[RIGHT] / number >= 0.95
    assert counts[WRONG] / number <= 0.002


def test_two_slips_in_every_street(city: City) -> None:
    counts, number = tally(city, 2)
    assert counts[WRONG] / number <= 0.01
    assert counts[RIGHT] / number >= 0.6


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("kartoom road", "Khartoum Road"),
        ("Megison Avenue", "Meggeson Avenue"),
        ("portswud rd", "Portswood Road"),
        ("west key shopping centre", "WestQuay"),
        ("somebody near Portswod Road shouted at my daughter", "Portswood Road"),
        ("guildhal sqare", "Guildhall Square"),
        ("st maris stadium", "St Mary's Stadium"),
        ("in Shirly", "Shirley"),
        ("Burges Road, Bassett", "Burgess Road"),
    ],
)
def test_written_as_it_sounds_or_in_a_sentence(city: City, written: str, place: str) -> None:
    answer = city.locate(written)
    assert isinstance(answer, list)
    assert [candidate.place for candidate in answer] == [place]
    assert "nearly this spelling" in answer[0].reason


def test_two_names_equally_close_are_both_asked_about() -> None:
    assert sorted(Spellings(("harland road", "garland road")).near("warland road")) == ["garland road", "harland road"]


def test_a_lane_is_no_misspelt_road() -> None:
    assert Spellings(("portswood road",)).near("portswood lane") == []


def test_sounds_leave_out_what_is_not_heard() -> None:
    assert sound_of("khartoum road") == sound_of("kartoom road")
    assert sound_of("portswood road") != sound_of("portswood lane")
