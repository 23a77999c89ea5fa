"""Which centres somebody is shown, and how far they are: held against distances worked out another way."""

from datetime import datetime, time
from math import asin, cos, radians, sin, sqrt

import pytest

from centres.directory import Wanted, by_name, code_of, nearest, walk_words
from centres.opening import Opening, Week
from centres.vocabulary import Scheme
from core.ids import TYPABLE
from core.languages import Language
from geography.locating import default_city
from geography.places import Point
from tests.unit.centres.listed import listed

CENTRES = {
    "Library": (50.907683, -1.406979),
    "Hub": (50.906097, -1.357079),
    "Mosque": (50.916863, -1.394401),
    "Desk": (50.934099, -1.395714),
}
# Postcode, latitude and longitude of Code-Point Open, and by hand: the nearest centre and the metres to it on a sphere.
BY_HAND = [
    ("SO15 2JJ", 50.917442, -1.405575, "Mosque", 786),
    ("SO15 1QF", 50.903666, -1.407471, "Library", 448),
    ("SO16 3NP", 50.945226, -1.403385, "Desk", 1349),
    ("SO14 5SA", 50.910885, -1.386243, "Mosque", 877),
    ("SO18 4EN", 50.916899, -1.367216, "Hub", 1396),
    ("SO16 5ET", 50.935194, -1.444228, "Desk", 3402),
    ("SO15 1JR", 50.909542, -1.426257, "Library", 1367),
    ("SO18 6AS", 50.918937, -1.355195, "Hub", 1434),
    ("SO15 4HL", 50.919955, -1.442873, "Library", 2863),
    ("SO19 7DE", 50.899551, -1.380505, "Hub", 1797),
    ("SO17 2NG", 50.926785, -1.391697, "Desk", 861),
    ("SO15 0NW", 50.91947, -1.468259, "Library", 4492),
    ("SO16 4EY", 50.923836, -1.434731, "Library", 2648),
    ("SO19 8BL", 50.907861, -1.346004, "Hub", 801),
    ("SO16 2NR", 50.940978, -1.378503, "Desk", 1428),
    ("SO19 0HS", 50.900324, -1.339341, "Hub", 1400),
    ("SO19 9HL", 50.89293, -1.359919, "Hub", 1478),
    ("SO15 2NW", 50.9214, -1.407616, "Mosque", 1055),
    ("SO14 1BT", 50.902119, -1.398716, "Library", 848),
    ("SO16 3TR", 50.947642, -1.395781, "Desk", 1506),
]


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula on a sphere of the earth's mean radius, in metres."""
    lat_one, lat_other = radians(one[0]), radians(other[0])
    half = sin((lat_other - lat_one) / 2) ** 2
    half += cos(lat_one) * cos(lat_other) * sin(radians(other[1] - one[1]) / 2) ** 2
    return 2 * 6_371_008.8 * asin(sqrt(half))


def test_the_nearest_of_twenty_postcodes_as_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    centres = [listed(name, point=Point(*place)) for name, place in CENTRES.items()]
    lines = []
    for postcode, lat, lon, name, metres in BY_HAND:
        worked_out = {each: great_circle((lat, lon), place) for each, place in CENTRES.items()}
        assert min(worked_out, key=lambda each: worked_out[each]) == name
        assert worked_out[name] == pytest.approx(metres, abs=0.6)
        answer = default_city().locate(text=postcode)
        assert isinstance(answer, list)
        found = nearest(centres, answer[0].point)
        assert found[0].centre.name == name, postcode
        assert [near.centre.name for near in found] == sorted(worked_out, key=lambda each: worked_out[each])
        for near in found:
            # The earth is no sphere: up to half a per cent apart.
            assert near.metres == pytest.approx(worked_out[near.centre.name], rel=0.005)
        lines.append(f"{postcode}  {name:8} {metres:5} m by hand  {found[0].metres:7.1f} m  {found[0].words}")
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert len(lines) == 20


def test_a_centre_whose_place_is_not_known_comes_last() -> None:
    centres = [listed("Nowhere"), listed("Somewhere", point=Point(50.9, -1.4))]
    found = nearest(centres, Point(50.95, -1.4))
    assert [near.centre.name for near in found] == ["Somewhere", "Nowhere"]
    assert found[1].words == ""


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "about 1 minute’s walk, less than 0.1 miles"),
        (120, "about 2 minutes’ walk, less than 0.1 miles"),
        (965.6, "about 12 minutes’ walk, 0.6 miles"),
        (1609.344, "about 20 minutes’ walk, 1.0 mile"),
        (2640, "about 35 minutes’ walk, 1.6 miles"),
        (4800, "about 60 minutes’ walk, 3.0 miles"),
        (6437.4, "more than an hour’s walk, 4.0 miles"),
    ],
)
def test_distances_in_plain_words(metres: float, words: str) -> None:
    assert walk_words(metres) == words


OPEN = listed(
    "Open",
    week=Week.of([Opening(1, time(9), time(17))]),
    languages=(Language.ENGLISH, Language.URDU),
    step_free=True,
    private_space=True,
    schemes=(Scheme.SAFE_PLACE,),
)
PLAIN = listed("plain")
TUESDAY = datetime(2026, 11, 24, 10)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(open_now=True),
        Wanted(language=Language.URDU),
        Wanted(step_free=True),
        Wanted(private_space=True),
        Wanted(scheme=Scheme.SAFE_PLACE),
    ],
)
def test_each_wish_is_met_or_not(wanted: Wanted) -> None:
    assert wanted.admits(OPEN, TUESDAY)
    assert not wanted.admits(PLAIN, TUESDAY)
    assert Wanted().admits(PLAIN, TUESDAY)


def test_one_that_is_closed_is_not_open() -> None:
    assert not Wanted(open_now=True).admits(OPEN, TUESDAY.replace(hour=18))


def test_by_name_whatever_the_case() -> None:
    assert [near.centre.name for near in by_name([PLAIN, OPEN, listed("Alpha")])] == ["Alpha", "Open", "plain"]


def test_a_code_is_short_plain_and_always_the_same() -> None:
    assert code_of("a") == code_of("a") == "36675H"
    codes = {code_of(str(number)) for number in range(5_000)}
    assert len(codes) == 5_000
    assert all(len(code) == 6 and set(code) <= set(TYPABLE) for code in codes)


def test_only_a_web_address_is_a_link() -> None:
    assert listed(website="https://demo.invalid/").web_address
    assert listed(website="javascript:alert(1)").web_address == ""
