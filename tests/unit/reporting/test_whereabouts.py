"""Of a point, a named place and a ward one stands: the last that was chosen, and never one that nobody touched."""

import pytest

from reporting.whereabouts import answered, has_mark, with_choice, without_mark

BARGATE, BEVOIS = "E05015491", "E05015493"
POINT = {"setting": "street", "place_words": "by the gate", "ward": "", "place": "", "point": "50.9,-1.4"}


@pytest.mark.parametrize("choice", [{"point": "50.9,-1.4"}, {"place": "Southampton Common"}, {"ward": BARGATE}])
@pytest.mark.parametrize("before", [{}, POINT, with_choice(POINT, place="Midanbury"), with_choice(POINT, ward=BEVOIS)])
def test_the_last_choice_stands_alone_beside_the_words(before: dict[str, str], choice: dict[str, str]) -> None:
    answer = with_choice(before, **choice)
    assert {name: answer[name] for name in ("point", "place", "ward") if answer[name]} == choice
    assert answer.get("place_words") == before.get("place_words")


@pytest.mark.parametrize(
    ("ward", "shown", "stands"),
    [
        ("", "", {"point": "50.9,-1.4"}),
        (BARGATE, BARGATE, {"point": "50.9,-1.4"}),
        (BARGATE, "", {"ward": BARGATE}),
        (BARGATE, BEVOIS, {"ward": BARGATE}),
        (BARGATE, None, {"ward": BARGATE}),
        ("", None, {"point": "50.9,-1.4"}),
        ("", BARGATE, {"point": "50.9,-1.4"}),
    ],
)
def test_a_ward_counts_when_it_was_touched(ward: str, shown: str | None, stands: dict[str, str]) -> None:
    answer = answered(POINT, {"setting": "street", "place_words": "", "ward": ward}, shown)
    assert {name: answer[name] for name in ("point", "place", "ward") if answer[name]} == stands
    assert answer["place_words"] == ""


def test_a_ward_may_be_taken_back() -> None:
    kept = with_choice({}, ward=BARGATE)
    assert answered(kept, {"ward": ""}, BARGATE)["ward"] == ""
    assert answered(kept, {"ward": ""}, "")["ward"] == BARGATE, "a page that never showed it takes nothing back"


def test_online_takes_the_mark_away_once() -> None:
    answer = answered(POINT, {"setting": "online", "ward": ""}, "")
    assert not has_mark(answer)
    again = with_choice(answer, point="50.91,-1.41")
    assert has_mark(answered(again, {"setting": "online", "ward": ""}, "")), "set since, on purpose"


def test_without_a_mark_the_ward_stays() -> None:
    assert without_mark({"ward": BARGATE, "place": "x", "point": "y"}) == {"ward": BARGATE, "place": "", "point": ""}
