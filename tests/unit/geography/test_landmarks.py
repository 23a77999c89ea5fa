import random

import pytest

from geography.landmarks import distance
from geography.locating import City
from geography.phrases import LEADING, spelled
from geography.places import Candidate, Point
from geography.resolving import MOST_CANDIDATES
from geography.vocabulary import Precision, Unplaced
from tests.unit.geography.test_locating import placed, refused


def several(city: City, text: str) -> list[str]:
    answer = city.locate(text)
    assert isinstance(answer, list)
    return [candidate.place for candidate in answer]


def wards(city: City, candidate: Candidate) -> set[str]:
    return {city.boundary_set().ward_name(share.ward) for share in candidate.shares(city.current_vintage)}


def test_each_lies_in_the_city_in_every_vintage_and_is_found_by_its_name(city: City) -> None:
    landmarks = city.gazetteer.landmarks
    assert len(landmarks) > 200
    assert len({landmark.name for landmark in landmarks}) == len(landmarks)
    for landmark in landmarks:
        assert 30 <= landmark.radius <= 1000
        for vintage in city.vintages:
            assert city.boundary_set(vintage).place(landmark.point) is not None, landmark.name
        answer = city.locate(landmark.name)
        assert isinstance(answer, list), landmark.name
        same = spelled(landmark.name) in {spelled(ward.name) for ward in city.boundary_set()}
        assert same or landmark.name in [candidate.place for candidate in answer], landmark.name
        for vintage in city.vintages:
            assert sum(share.weight for share in answer[0].shares(vintage)) == pytest.approx(1), landmark.name


@pytest.mark.parametrize(
    ("text", "place", "precision"),
    [
        ("st marys stadium", "St Mary's Stadium", Precision.STREET),
        ("outside IKEA", "IKEA Southampton", Precision.ADDRESS),
        ("the common", "Southampton Common", Precision.AREA),
        ("Lord's Hill", "Lordshill", Precision.AREA),
        ("w parku Hoglands", "Hoglands Park", Precision.STREET),
        ("the hospital in Shirley", "Southampton General Hospital", Precision.AREA),
        ("University of Southampton", "University of Southampton Highfield Campus", Precision.AREA),
    ],
)
def test_landmarks_as_people_write_them(city: City, text: str, place: str, precision: Precision) -> None:
    candidate = placed(city, text)
    assert (candidate.place, candidate.precision) == (place, precision)


def test_what_stands_on_one_site_is_in_one_ward(city: City) -> None:
    assert wards(city, placed(city, "St Mary's Stadium")) == {"Bevois"}


def test_a_bridge_is_in_the_wards_of_both_banks(city: City) -> None:
    assert wards(city, placed(city, "on Cobden Bridge")) == {"Portswood", "Bitterne Park"}


def test_a_shop_of_many_in_a_district_is_the_district_and_says_so(city: City) -> None:
    candidate = placed(city, "outside the big Asda in Bitterne")
    assert (candidate.place, candidate.precision) == ("Bitterne Village", Precision.AREA)
    assert "could be in many places" in candidate.reason


def test_words_for_a_few_well_known_places_ask_which(city: City) -> None:
    assert several(city, "bus 7 near the station")[0] == "Southampton Central"
    assert several(city, "the hospital")[:2] == ["Southampton General Hospital", "Royal South Hants Hospital"]
    assert len(several(city, "the uni")) == 2


@pytest.mark.parametrize(
    "text", ["the supermarket", "outside Tesco", "car park", "the police station", "in the chapel"]
)
def test_words_for_many_places_are_refused(city: City, text: str) -> None:
    assert refused(city, text) in (Unplaced.TOO_VAGUE, Unplaced.NOT_FOUND)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("either Shirley or Freemantle", ["Shirley", "Freemantle"]),
        ("walking from St Denys to Harefield", ["St Denys", "Harefield"]),
        ("started on Oxford Street and ended up in Woolston", ["Oxford Street", "Woolston"]),
        ("I live in Lordshill but it happened on Shirley High Street", ["Shirley High Street"]),
        ("not in Shirley, it was in Weston", ["Weston"]),
        ("High Street, Shirley", ["Shirley High Street"]),
        ("hinkler rd, thornhill", ["Hinkler Road"]),
        ("Weston, Woolston", ["Weston"]),
        ("Cranbury", ["Cranbury Avenue", "Cranbury Road"]),
        ("Cobden Bridge, Bitterne Park", ["Cobden Bridge"]),
        ("Hinkler Road close to the shops", ["Hinkler Road"]),
    ],
)
def test_names_that_stand_together(city: City, text: str, places: list[str]) -> None:
    assert several(city, text) == places


def test_a_corner_is_one_candidate_where_two_streets_come_together(city: City) -> None:
    candidate = placed(city, "corner of London Road and Brunswick Place")
    assert candidate.place == "London Road and Brunswick Place"
    for name in ("London Road", "Brunswick Place"):
        street = next(street for street in city.gazetteer.streets if street.name == name)
        assert min(distance(candidate.point, anchor) for anchor in street.anchors) <= 150
    assert several(city, "from London Road to Brunswick Place") == ["London Road", "Brunswick Place"]


def test_a_street_in_an_area_is_the_part_there(city: City) -> None:
    candidate = placed(city, "Portswood Road, Swaythling")
    assert wards(city, candidate) == {"Swaythling"}
    assert "this is the part in Swaythling" in candidate.reason


@pytest.mark.parametrize(
    "text", ["he lives in Portswood and harasses me", "I am from Shirley", "it was not in Shirley"]
)
def test_where_somebody_lives_is_not_where_it_happened(city: City, text: str) -> None:
    assert refused(city, text) is Unplaced.TOO_VAGUE


@pytest.mark.parametrize(
    "text",
    ["it happened in Eastleigh but I reported it in Portswood", "Commercial Road Portsmouth", "Shirley, Solihull"],
)
def test_a_town_beside_a_name_of_ours_is_elsewhere(city: City, text: str) -> None:
    assert refused(city, text) is Unplaced.OUTSIDE_CITY


def test_the_same_text_has_the_same_answer(city: City) -> None:
    for text in ("the station", "Cranbury", "Shirley Road and Howard Road"):
        assert city.locate(text) == City.load().locate(text)


def test_any_words_in_any_order_have_an_answer(city: City) -> None:
    chance = random.Random("words")
    landmarks = (name for landmark in city.gazetteer.landmarks for name in (landmark.name, *landmark.aliases))
    names = [*landmarks, *(street.name for street in city.gazetteer.streets), *city.gazetteer.neighbours]
    others = [*LEADING, ",", "/", ";", "or", "not in", "I live in", "someone", "shouted", "12", "SO14", "something"]
    for _ in range(400):
        length = chance.randint(1, 12)
        text = " ".join(chance.choice(names if chance.random() < 0.4 else others) for _ in range(length))
        answer = city.locate(text)
        for candidate in answer if isinstance(answer, list) else ():
            for vintage in city.vintages:
                assert sum(share.weight for share in candidate.shares(vintage)) == pytest.approx(1), text
        assert not isinstance(answer, list) or 1 <= len(answer) <= MOST_CANDIDATES, text


def test_distance_is_in_metres() -> None:
    assert distance(Point(50.9, -1.4), Point(50.901, -1.4)) == pytest.approx(111.3, abs=0.1)
    assert distance(Point(50.9, -1.4), Point(50.9, -1.401)) == pytest.approx(70.2, abs=0.2)
