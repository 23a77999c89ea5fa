"""What officers read where a reporter would be told what to write instead."""

import pytest

from geography.neighbours import Neighbour, outside
from geography.places import Point
from geography.vocabulary import Unplaced, explain
from triage.wording import for_the_desk

NEAR = [Neighbour("Chilworth", "Test Valley", Point(50.96, -1.42))]


@pytest.mark.parametrize("words", [*map(explain, Unplaced), outside(Point(50.96, -1.42), NEAR).words])
def test_officers_are_not_told_what_a_reporter_is(words: str) -> None:
    read = for_the_desk(words)
    assert not [
        advice for advice in ("Add a", "tell the service", "Check it", "if you can", "give the") if advice in read
    ]
    assert words == explain(Unplaced.NOTHING_GIVEN) or read.lower().endswith("set a pin or choose a ward.")


def test_other_words_stay_as_they_are() -> None:
    assert for_the_desk("This could be 2 places: Here, There.") == "This could be 2 places: Here, There."
