"""Files that people write by hand: each fault told with the file and the row, before it can break a page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geography.building import build
from geography.check_report import report
from geography.checking import examine
from geography.locating import City
from geography.map_places import surroundings_in
from geography.pack import BrokenPackError
from geography.places import Point
from geography.sources.gathering import WrongSources, gather
from tests.unit.geography import testborough as made

DAY = date(2026, 3, 1)
LANDMARKS = "name\tkind\tlat\tlon\tradius_m\taliases\n"
PARK = "Demo Park\tpark\t50.91\t-1.41\t50\tthe park|demo gardens\n"
DISTRICTS = "name\tdistrict\tlat\tlon\n"
SQUARE = "[[-1.41,50.90],[-1.40,50.90],[-1.40,50.91],[-1.41,50.91]]"
CROSSED = "[[-1.41,50.90],[-1.40,50.91],[-1.40,50.90],[-1.41,50.91]]"


def refused(folder: Path, name: str, text: str | bytes) -> str:
    """The one sentence with which a file of people's own is refused."""
    path = folder / "mine.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WrongSources) as wrong:
        gather(replace(made.order(folder), by_hand={name: path}))
    (sentence,) = wrong.value.sentences
    return sentence


def built(folder: Path, **by_hand: str) -> City:
    """The made-up council with files by hand, under their names in a pack with a dot for __."""
    paths = {}
    for name, text in by_hand.items():
        paths[name.replace("__", ".")] = path = folder / f"given-{name}"
        path.write_text(text, encoding="utf-8")
    target = folder / "pack"
    target.mkdir()
    return build(replace(made.order(folder), by_hand=paths), target, DAY).city


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello\nworld\n", ": its first row must name the columns name, kind, lat, lon, radius_m and aliases"),
        (LANDMARKS.replace("radius_m", "radius") + PARK, ": its first row must name the columns name, kind, lat"),
        (LANDMARKS + PARK + "hello\n", ", row 3: it has 1 columns where the header has 6"),
        (LANDMARKS + PARK.replace("50.91", "north"), ", row 2: lat is not a number: 'north'"),
        (LANDMARKS + PARK.replace("50.91", "nan"), ", row 2: lat is not a number: 'nan'"),
        (LANDMARKS + PARK.replace("\t50\t", "\tnan\t"), ", row 2: radius_m is not a number: 'nan'"),
        (LANDMARKS + PARK.replace("\t50\t", "\t-5\t"), ", row 2: its radius of -5 m is not between 0 and 5,000 m"),
        (LANDMARKS + PARK.replace("\t50\t", "\t1e9\t"), ", row 2: its radius of 1e+09 m is not between"),
        (LANDMARKS + PARK.replace("50.91\t-1.41", "-1.41\t50.91"), ", row 2: -1.41, 50.91 is far from the council"),
        (LANDMARKS + PARK.replace("50.91\t-1.41", "51.5\t-0.1"), ", row 2: 51.5, -0.1 is far from the council"),
        (LANDMARKS + PARK.replace("Demo Park", " "), ", row 2: it has no name"),
        (LANDMARKS + PARK.replace("Demo Park", "?!"), ", row 2: it has no name"),
        (LANDMARKS + PARK.replace("\tpark\t", "\t\t"), ", row 2: it has no kind"),
        (LANDMARKS + PARK + PARK, ", row 3: Demo Park is there already, in row 2"),
        ((LANDMARKS + "Caf\u00e9" + PARK).encode("latin-1"), ", row 2: it is not text in UTF-8"),
    ],
)
def test_landmarks(tmp_path: Path, text: str | bytes, words: str) -> None:
    sentence = refused(tmp_path, "landmarks.tsv", text)
    assert sentence.startswith(f"mine.txt{words}"), sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello", ": it is not JSON"),
        ("[]", ": it must have names and areas"),
        ('{"names": [], "areas": 5}', ": it must have names and areas"),
        ('{"names": [["River", 500, 1]], "areas": []}', ": name 1 must be a name, a latitude and a longitude"),
        ('{"names": [["River", 50.9, -1.4], "x"], "areas": []}', ": name 2 must be a name, a latitude and a"),
        ('{"names": [["", 50.9, -1.4]], "areas": []}', ": name 1 must be a name, a latitude and a longitude"),
        ('{"names": [], "areas": [[[1, 2]]]}', ": area 1 must be a list of at least three corners"),
        (f'{{"names": [], "areas": [{SQUARE}, {CROSSED}]}}', ": area 2: its outline crosses itself"),
        (f'{{"names": [], "areas": [{SQUARE.replace("50.90", "null")}]}}', ": area 1 must be a list of at least three"),
        (f'{{"names": [], "areas": [{SQUARE.replace("50.90", "1e400")}]}}', ": area 1 must be a list of at least"),
        ('{"names": [["River", ' + "9" * 5_000 + ', 1]], "areas": []}', ": a number in it is too long"),
    ],
)
def test_water(tmp_path: Path, text: str, words: str) -> None:
    sentence = refused(tmp_path, "water.json", text)
    assert sentence.startswith(f"mine.txt{words}"), sentence


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("districts.tsv", "h\nhello\n", ": its first row must name the columns name, district, lat and lon"),
        ("districts.tsv", DISTRICTS + "A\tB\tnan\t1\n", ", row 2: lat is not a number: 'nan'"),
        ("districts.tsv", DISTRICTS + "A\tB\t5\t1\n", ", row 2: 5, 1 is not in the United Kingdom"),
        ("districts.tsv", DISTRICTS + "A\t\t50.9\t-1.3\n", ", row 2: it has no district"),
        ("neighbours.txt", b"\xff\xfe\x00", ", row 1: it is not text in UTF-8"),
        ("neighbours.txt", "Farville\n\ntestborough\n", ", row 3: testborough is the council itself"),
    ],
)
def test_places_around(tmp_path: Path, name: str, text: str | bytes, words: str) -> None:
    sentence = refused(tmp_path, name, text)
    assert sentence.startswith(f"mine.txt{words}"), sentence


@pytest.mark.parametrize("spelled", ["as it is", "byte order mark", "CRLF", "quotes and odd spaces"])
def test_landmarks_are_the_same_to_search_map_and_report(tmp_path: Path, spelled: str) -> None:
    text = LANDMARKS + PARK + "The Quay\tport\t50.905\t-1.39\t80.5\n"
    text = {
        "byte order mark": f"\ufeff{text}",
        "CRLF": text.replace("\n", "\r\n"),
        "quotes and odd spaces": text.replace("The Quay", '"The\u2028\u00a0Quay"'),
    }.get(spelled, text)
    quay = '"The Quay"' if "quotes" in spelled else "The Quay"
    city = built(tmp_path, landmarks__tsv=text)
    assert [(each.name, each.radius, each.aliases) for each in city.gazetteer.landmarks] == [
        ("Demo Park", 50.0, ("the park", "demo gardens")),
        (quay, 80.5, ()),
    ]
    drawn = surroundings_in(city.folder).places
    assert [(each.name, each.kind, each.point) for each in drawn] == [
        ("Demo Park", "park", Point(50.91, -1.41)),
        (quay, "port", Point(50.905, -1.39)),
    ]
    assert "Landmarks: 2, 2 of them in the city, 0 outside" in report(examine(city), city.folder)


def test_a_landmark_that_reaches_no_ward_is_left_out_and_told(tmp_path: Path) -> None:
    """Found in a text it would be a place without a ward."""
    outside, edge = (PARK.replace("Demo Park", name).replace("50.91", "50.921") for name in ("Far Park", "Edge Park"))
    text = LANDMARKS + outside + PARK + edge.replace("\t50\t", "\t200\t")
    city = built(tmp_path, landmarks__tsv=text.replace("\n", "\r\n"))
    assert [each.name for each in city.gazetteer.landmarks] == ["Demo Park", "Edge Park"]
    assert [each.name for each in surroundings_in(city.folder).places] == ["Demo Park", "Edge Park"]
    told = report(examine(city), city.folder)
    assert "Look at: 1 landmarks lie outside the council and were left out, the first Far Park." in told
    for name in ("Demo Park", "Edge Park"):
        found = city.locate(name)
        assert isinstance(found, list) and found[0].wards


def test_a_street_beside_the_council_is_not_of_it(tmp_path: Path) -> None:
    path = tmp_path / "streets.csv"
    path.write_text("street,lon,lat\nHigh Street,-1.41,50.91\nHigh Street,-1.41,50.93\nNext Street,-1.41,50.93\n")
    material = gather(replace(made.order(tmp_path), streets=(path,)))
    assert material.streets is not None
    assert {name: len(points) for name, points in material.streets.streets.items()} == {"High Street": 1}


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    city = built(tmp_path, landmarks__tsv="", neighbours__txt="", districts__tsv="", water__json="")
    assert (city.gazetteer.landmarks, city.gazetteer.neighbours) == ((), frozenset())
    assert surroundings_in(city.folder).places == ()


def spoilt() -> Iterator[tuple[str, str, str]]:
    """File of a pack, what somebody made of it, and how that is told."""
    yield "landmarks.tsv", LANDMARKS + "hello\n", "landmarks.tsv, row 2: it has 1 columns"
    yield "districts.tsv", DISTRICTS + "hello\n", "districts.tsv, row 2: it has 1 columns"
    yield "streets.tsv", "High Street\n", "streets.tsv, row 1: "
    yield "streets.tsv", "High Street\t50900000,-1400000\nRoad\tx\n", "streets.tsv, row 2: "
    yield "postcodes.tsv", f"{made.WEST}\nSO140AA\t1\n", "postcodes.tsv, row 2: "
    yield "wards-2023.json", "{}", "wards-2023.json: 'wards' is missing"
    yield "pack.json", "{", "pack.json: "


@pytest.mark.parametrize(("name", "text", "words"), list(spoilt()))
def test_a_pack_that_cannot_be_read_says_which_file(tmp_path: Path, name: str, text: str, words: str) -> None:
    city = built(tmp_path)
    (city.folder / name).write_text(text)
    with pytest.raises(BrokenPackError) as broken:
        City.load(city.folder)
    assert str(broken.value).startswith(f"The geography pack in pack cannot be read: {words}"), str(broken.value)


def test_a_check_finds_what_would_break_the_map(tmp_path: Path) -> None:
    city = built(tmp_path)
    (city.folder / "water.json").write_text("hello")
    assert examine(city).errors() == ("water.json: it is not JSON. Correct it, or leave the file out.",)
