import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geography.locating import City
from geography.places import Candidate, Refusal
from geography.postcodes import find_postcode
from geography.vocabulary import Precision, Unplaced

KNOWN = frozenset(("SO147LY", "SO151AA", "SO190HQ"))


@pytest.mark.parametrize(
    "written",
    [
        "SO14 7LY",
        "so14 7ly",
        "SO147LY",
        "so147ly",
        "  so14   7ly ",
        "s o 1 4 7 l y",
        "SO1 47LY",
        "SO14-7LY",
        "S014 7LY",
        "SOI4 7LY",
        "sol4 7ly",
        "SO14 71Y",
        "so14\u00a07ly",
        "\uff33\uff2f\uff11\uff14 \uff17\uff2c\uff39",
        "\u202eSO14 7LY",
        "flat over the shop, SO14 7LY",
        "SO14 7LY (the back door)",
        "it was at so147ly I think",
        "near S014 7LY ok",
        "\U0001f614 SO14 7LY \U0001f614",
        "شارع SO14 7LY",
    ],
)
def test_one_postcode_written_many_ways(city: City, written: str) -> None:
    answer = city.locate(written)
    assert isinstance(answer, list)
    assert [(c.place, c.precision) for c in answer] == [("SO14 7LY", Precision.POSTCODE)]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("SO14 9ZZ", Unplaced.UNKNOWN_POSTCODE),
        ("a flat, so199zz", Unplaced.UNKNOWN_POSTCODE),
        ("S014 9ZZ", Unplaced.UNKNOWN_POSTCODE),
        ("SO23 9AA", Unplaced.OUTSIDE_CITY),
        ("12 High Street, SO23 9AA", Unplaced.OUTSIDE_CITY),
        ("sw1a1aa", Unplaced.OUTSIDE_CITY),
        ("M1 1AE", Unplaced.OUTSIDE_CITY),
        ("SO23", Unplaced.OUTSIDE_CITY),
        ("SO40 3", Unplaced.OUTSIDE_CITY),
        ("SO14 8", Unplaced.UNKNOWN_POSTCODE),
    ],
)
def test_postcodes_that_are_refused(city: City, written: str, reason: Unplaced) -> None:
    answer = city.locate(written)
    assert isinstance(answer, Refusal)
    assert answer.reason == reason


@pytest.mark.parametrize(
    "words",
    ["Shirley", "the B18 2nd floor", "about 10 5pm", "bus 18 2am", "Bitterne", "A33", "M27 junction", ""],
)
def test_words_that_are_no_postcode(words: str) -> None:
    assert find_postcode(words, KNOWN) is None


def test_every_postcode_of_the_city_has_its_official_ward(city: City) -> None:
    wrong = []
    for postcode in city.gazetteer.crosswalk.postcodes.values():
        answer = city.locate(f"{postcode.code[:-3]} {postcode.code[-3:]}")
        shares = answer[0].shares(city.current_vintage) if isinstance(answer, list) else ()
        if [(share.ward, share.weight) for share in shares] != [(postcode.ward, 1.0)]:
            wrong.append(postcode.code)
    assert wrong == []


def test_a_postcode_has_a_ward_of_the_older_vintage(city: City) -> None:
    answer = city.locate("SO14 7LY")
    assert isinstance(answer, list)
    assert [share.vintage for share in answer[0].wards] == ["2011", "2023"]


@given(st.sampled_from(sorted(KNOWN)), st.data())
def test_spaces_and_case_never_matter(postcode: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "  "]), min_size=6, max_size=6))
    written = "".join(c + gap for c, gap in zip(postcode, [*gaps, ""], strict=True))
    assert find_postcode(written.swapcase(), KNOWN) == postcode


@given(st.text(alphabet=string.ascii_letters + " ,.\n", max_size=200))
def test_text_without_a_digit_holds_no_postcode(text: str) -> None:
    assert find_postcode(text, KNOWN) is None


def test_answers_are_plain_values(city: City) -> None:
    answer = city.locate("SO14 7LY")
    assert isinstance(answer, list)
    assert isinstance(answer[0], Candidate)
    assert hash(answer[0]) == hash(answer[0])


@pytest.mark.parametrize(
    ("written", "place", "wards"),
    [
        ("SO14", "SO14", {"E05015491", "E05015493"}),
        ("so15 2", "SO15 2", {"E05015490"}),
        ("SO152", "SO15 2", {"E05015490"}),
        ("S017", "SO17", {"E05015500", "E05015504"}),
        ("SO19 6P, cannot remember the last letter", "SO19 6P", {"E05015505"}),
    ],
)
def test_the_beginning_of_a_postcode_is_an_area(city: City, written: str, place: str, wards: set[str]) -> None:
    answer = city.locate(written)
    assert isinstance(answer, list)
    assert [(found.place, found.precision) for found in answer] == [(place, Precision.AREA)]
    for vintage in city.vintages:
        assert sum(share.weight for share in answer[0].shares(vintage)) == pytest.approx(1)
    assert {share.ward for share in answer[0].shares(city.current_vintage)} == wards
