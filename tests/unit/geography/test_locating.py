from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geography.locating import City, default_city
from geography.pack import BrokenPackError
from geography.phrases import is_numbered_road
from geography.places import Candidate, Point, Refusal
from geography.vocabulary import Precision, Unplaced, WardCode

BARGATE = WardCode("E05015491")


def placed(city: City, text: str) -> Candidate:
    answer = city.locate(text)
    assert isinstance(answer, list), answer
    assert len(answer) == 1
    return answer[0]


def refused(city: City, text: str | None) -> Unplaced:
    answer = city.locate(text)
    assert isinstance(answer, Refusal), answer
    return answer.reason


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Portswood Road", "Portswood Road"),
        ("portswood rd", "Portswood Road"),
        ("PORTSWOOD RD.", "Portswood Road"),
        ("12a Portswood Rd, Southampton", "Portswood Road"),
        ("near Portswood Road", "Portswood Road"),
        ("outside the shop on Portswood Road near the library", "Portswood Road"),
        ("Flat 2, 14 Dale Road, Southampton, Hampshire", "Dale Road"),
        ("Saint Mary St", "St Mary Street"),
        ("St Mary\u2019s Rd", "St Mary's Road"),
        ("st marys road", "St Mary's Road"),
        ("shirley high st", "Shirley High Street"),
        ("The Avenue", "The Avenue"),
        ("portswod road", "Portswood Road"),
        ("Portswoood Rd", "Portswood Road"),
        ("Winchester Road", "Winchester Road"),
    ],
)
def test_streets_as_people_write_them(city: City, text: str, street: str) -> None:
    candidate = placed(city, text)
    assert (candidate.place, candidate.precision) == (street, Precision.STREET)


def test_a_street_across_wards_keeps_every_share(city: City) -> None:
    candidate = placed(city, "Portswood Road")
    shares = candidate.shares(city.current_vintage)
    assert len(shares) > 1
    assert sum(share.weight for share in shares) == pytest.approx(1)
    assert "crosses a ward boundary" in candidate.reason


def test_two_streets_are_two_candidates(city: City) -> None:
    answer = city.locate("corner of Shirley Road and Howard Road")
    assert isinstance(answer, list)
    assert [candidate.place for candidate in answer] == ["Shirley Road", "Howard Road"]


@pytest.mark.parametrize(
    ("text", "ward"),
    [("Bargate", "Bargate"), ("in Shirley", "Shirley"), ("Banister and Polygon", "Banister & Polygon"),
     ("12 Nowhere Street, Swaythling", "Swaythling"), ("Bitterne ward", "Bitterne"), ("shirly", "Shirley")],
)  # fmt: skip
def test_ward_names_are_areas(city: City, text: str, ward: str) -> None:
    candidate = placed(city, text)
    assert (candidate.place, candidate.precision) == (ward, Precision.AREA)
    for vintage in city.vintages:
        assert sum(share.weight for share in candidate.shares(vintage)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Unplaced.NOTHING_GIVEN),
        (" \n\t ", Unplaced.NOTHING_GIVEN),
        (None, Unplaced.NOTHING_GIVEN),
        ("the bus stop", Unplaced.TOO_VAGUE),
        ("car park by the supermarket", Unplaced.TOO_VAGUE),
        ("Southampton", Unplaced.TOO_VAGUE),
        ("hello world", Unplaced.NOT_FOUND),
        ("Thornhill Park Road", Unplaced.NOT_FOUND),
        ("Portswood Lane", Unplaced.NOT_FOUND),
        # Only the west of it is known, and the east lies in another ward.
        ("Millbrook Road East", Unplaced.NOT_FOUND),
        ("South Front Street East", Unplaced.NOT_FOUND),
        ("on the drive", Unplaced.NOT_FOUND),
        ("\U0001f600\U0001f3e0", Unplaced.NOT_FOUND),
        ("شارع البحر", Unplaced.NOT_FOUND),
        ("\u202e\u200f", Unplaced.NOTHING_GIVEN),
        ("\ud800", Unplaced.NOT_FOUND),
        ("<script>alert(1)</script>", Unplaced.NOT_FOUND),
        ("High Street, Winchester", Unplaced.OUTSIDE_CITY),
        ("a shop in Eastleigh", Unplaced.OUTSIDE_CITY),
        ("51.5, -0.12", Unplaced.OUTSIDE_CITY),
        ("999.5, 2.0", Unplaced.OUTSIDE_CITY),
    ],
)
def test_what_cannot_be_placed(city: City, text: str | None, reason: Unplaced) -> None:
    assert refused(city, text) == reason


@pytest.mark.parametrize("text", ["Millbrook Road", "Millbrook Rd near the station"])
def test_half_a_street_name_is_no_area(city: City, text: str) -> None:
    answer = city.locate(text)
    assert isinstance(answer, list)
    assert [candidate.place for candidate in answer] == ["Millbrook Road West", "Millbrook"]


def test_every_station_is_offered_for_the_station(city: City) -> None:
    answer = city.locate("the train station")
    assert isinstance(answer, list)
    assert len(answer) == 8


@pytest.mark.parametrize("text", ["x" * 50_000, "a " * 25_000, "zz99 " * 10_000, "\U0001f600" * 50_000, ",1" * 25_000])
def test_long_text_is_refused_without_fuss(city: City, text: str) -> None:
    assert refused(city, text) in (Unplaced.NOT_FOUND, Unplaced.TOO_VAGUE)


def test_a_place_at_the_start_of_long_text_is_found(city: City) -> None:
    assert placed(city, "SO14 7LY " + "and then " * 6_000).place == "SO14 7LY"


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    answer = default_city().locate(text)
    assert isinstance(answer, Refusal) or answer


@pytest.mark.parametrize("text", ["50.9001, -1.4001", "50.9001,-1.4001", "(50.9001 -1.4001)", "50.9001° ; -1.4001°"])
def test_latitude_and_longitude_as_text(city: City, text: str) -> None:
    candidate = placed(city, text)
    assert (candidate.point, candidate.precision) == (Point(50.9001, -1.4001), Precision.POINT)
    assert candidate.shares(city.current_vintage)[0].ward == BARGATE


def test_a_map_point(city: City) -> None:
    answer = city.locate(point=Point(50.9, -1.4))
    assert isinstance(answer, list)
    assert {share.ward for share in answer[0].wards} == {BARGATE, "E05002455"}


def test_a_point_just_off_the_quay_says_so(city: City) -> None:
    south = city.boundary_set().bounds()[1]
    tip = min(city.boundary_set().ward(WardCode("E05015506")).polygon.exterior.coords, key=lambda at: at[1])  # type: ignore[union-attr]
    assert tip[1] == south
    near = city.locate(point=Point(south - 0.0002, tip[0]))
    assert isinstance(near, list)
    assert "nearest ward" in near[0].reason
    far = city.locate(point=Point(south - 0.008, tip[0]))
    assert isinstance(far, Refusal)
    assert far.reason == Unplaced.OUTSIDE_CITY


def test_a_ward_by_code_in_every_vintage(city: City) -> None:
    for vintage in city.vintages:
        for code in city.boundary_set(vintage).codes():
            answer = city.locate(ward=code)
            assert isinstance(answer, list)
            assert answer[0].precision == Precision.AREA
            assert [(s.ward, s.weight) for s in answer[0].shares(vintage)] == [(code, 1.0)]
            assert city.boundary_set(vintage).ward_at(answer[0].point) == code


def test_a_ward_of_elsewhere_is_not_found(city: City) -> None:
    answer = city.locate(ward=WardCode("E05000001"))
    assert isinstance(answer, Refusal)
    assert answer.reason == Unplaced.NOT_FOUND


def test_the_first_thing_that_can_be_placed_is_used(city: City) -> None:
    by_ward = city.locate(text="hello world", ward=BARGATE)
    assert isinstance(by_ward, list)
    assert by_ward[0].place == "Bargate"
    by_text = city.locate(text="SO14 7LY", point=Point(0, 0), ward=BARGATE)
    assert isinstance(by_text, list)
    assert by_text[0].place == "SO14 7LY"
    neither = city.locate(text="hello world", point=Point(0, 0))
    assert isinstance(neither, Refusal)
    assert neither.reason == Unplaced.OUTSIDE_CITY


def test_what_was_written_is_not_repeated_back(city: City) -> None:
    for text in ("hello world", "portswod road", "Flat 9, SO14 7LY"):
        answer = city.locate(text)
        words = answer.words if isinstance(answer, Refusal) else answer[0].reason
        assert not {"hello", "portswod", "Flat"} & set(words.split())


def test_every_street_of_the_pack_is_found_as_written(city: City) -> None:
    names = [street.name for street in city.gazetteer.streets if not is_numbered_road(street.name.lower())]
    assert len(names) > 900
    assert [name for name in names if placed(city, name).place != name] == []


def test_a_missing_pack_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(BrokenPackError, match="cannot be read"):
        City.load(tmp_path)


def test_the_default_city_is_read_once() -> None:
    assert default_city() is default_city()
    assert (default_city().name, default_city().council) == ("Southampton", "E06000045")
    assert "Crown copyright" in default_city().attribution
