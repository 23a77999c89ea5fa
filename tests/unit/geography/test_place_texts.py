"""Place texts as people write them, written down before the code was fitted to them, and how many come out right.

A wrong placement is the worst that can happen: a report in a ward where it was not. Asking, letting an officer confirm
what was only nearly written, or saying that a place was not found, costs somebody a minute.
"""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from geography.locating import City
from geography.places import Candidate, Refusal

LIST = Path(__file__).parent / "place_texts.tsv"

PLACED = "placed right"
OFFERED = "offered right, to be confirmed"
ASKED = "ambiguous rightly"
REFUSED = "refused rightly"
WRONG = "wrong placement"
WRONGLY_REFUSED = "wrongly refused"
NOT_ASKED = "should have asked"


class PlaceText(NamedTuple):
    """One line of the list. `expected` is placed, ambiguous or refused."""

    text: str
    expected: str
    wards: frozenset[str]


def place_texts() -> list[PlaceText]:
    """The list, in its order."""
    _, *lines = LIST.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [PlaceText(text, expected, frozenset(filter(None, wards.split(",")))) for text, expected, wards, _ in rows]


def outcome(city: City, row: PlaceText) -> str:
    """What the city's answer to one text is worth."""
    answer = city.locate(row.text)
    if isinstance(answer, Refusal):
        return REFUSED if row.expected == "refused" else WRONGLY_REFUSED
    if row.expected == "refused":
        return WRONG
    best = _wards(city, answer[0])
    if row.expected == "placed":
        if not best or not best <= row.wards:
            return WRONG
        return PLACED if len(answer) == 1 and not answer[0].doubtful else OFFERED
    among = frozenset().union(*(_wards(city, candidate) for candidate in answer))
    if row.wards <= among:
        return ASKED
    return NOT_ASKED if among & row.wards else WRONG


def _wards(city: City, candidate: Candidate) -> frozenset[str]:
    return frozenset(share.ward for share in candidate.shares(city.current_vintage))


def test_the_list_is_long_and_its_wards_are_real(city: City) -> None:
    rows = place_texts()
    assert len(rows) >= 200
    assert {row.expected for row in rows} == {"placed", "ambiguous", "refused"}
    assert frozenset().union(*(row.wards for row in rows)) <= set(city.boundary_set().codes())
    assert all(row.wards for row in rows if row.expected != "refused")


def test_the_score(city: City) -> None:
    found = [(row, outcome(city, row)) for row in place_texts()]
    score = Counter(result for _, result in found)
    print(f"\n{len(found)} place texts: " + ", ".join(f"{count} {words}" for words, count in score.most_common()))
    for row, result in found:
        if result in (WRONG, WRONGLY_REFUSED, NOT_ASKED):
            print(f"  {result}: {row.text!r}")
    assert score[WRONG] == 0
    assert score[PLACED] + score[OFFERED] + score[ASKED] + score[REFUSED] >= 0.98 * len(found)
    assert score[PLACED] >= 0.55 * len(found)
