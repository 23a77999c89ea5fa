from math import inf, nan

import pytest

from geography.places import Point, refuse
from geography.vocabulary import Unplaced, explain


@pytest.mark.parametrize(("lat", "lon"), [(nan, 0), (0, inf), (90.1, 0), (-91, 0), (0, 180.5), (0, -181)])
def test_a_point_must_be_on_the_earth(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        Point(lat, lon)


@pytest.mark.parametrize("reason", list(Unplaced))
def test_every_refusal_has_a_sentence(reason: Unplaced) -> None:
    assert refuse(reason).words == explain(reason)
    assert explain(reason).endswith(".")
