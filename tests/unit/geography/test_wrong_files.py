"""Each wrong file has one clear message: the file, the place in it, what is wrong, what to do."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geography.sources.gathering import Order, WardFile, WrongSources, gather
from tests.unit.geography import testborough as made

Layer = dict[str, Any]


def ring(layer: Layer, number: int = 0) -> list[list[float]]:
    corners: list[list[float]] = layer["features"][number]["geometry"]["coordinates"][0]
    return corners


def to_metres(layer: Layer) -> None:
    ring(layer)[:] = [[x * 1e5 + 580_000, y * 1e5 - 4_980_000] for x, y in ring(layer)]


def swap(layer: Layer) -> None:
    ring(layer)[:] = [[y, x] for x, y in ring(layer)]


def to_france(layer: Layer) -> None:
    ring(layer)[:] = [[x + 5, y - 5] for x, y in ring(layer)]


def open_ring(layer: Layer) -> None:
    ring(layer).pop()


def cross(layer: Layer) -> None:
    ring(layer)[1], ring(layer)[2] = ring(layer)[2], ring(layer)[1]


def repeat(layer: Layer) -> None:
    layer["features"].append(layer["features"][0])


def name_projection(layer: Layer) -> None:
    layer["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def drop_codes(layer: Layer) -> None:
    for feature in layer["features"]:
        del feature["properties"]["WD23CD"]


def drop_council(layer: Layer) -> None:
    for feature in layer["features"]:
        feature["properties"]["LAD23CD"] = "E07000086"


def to_points(layer: Layer) -> None:
    layer["features"][0]["geometry"] = {"type": "Point", "coordinates": [-1.4, 50.9]}


def spoil_numbers(layer: Layer) -> None:
    ring(layer)[0] = ["west", "north"]  # type: ignore[list-item]


def empty_code(layer: Layer) -> None:
    layer["features"][0]["properties"]["WD23CD"] = ""


def rename(name: str) -> Callable[[Layer], None]:
    return lambda layer: layer["features"][2]["properties"].update(WD23NM=name)


def name_projection_only(layer: Layer) -> None:
    layer["crs"] = {"type": "name", "properties": "EPSG:27700"}


def too_large(layer: Layer) -> None:
    ring(layer)[0][0] = 10**400


def infinite(layer: Layer) -> None:
    ring(layer)[0][0] = float("inf")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            to_metres,
            "feature 1 (E05099002): 440000, 110000 are metres (eastings and northings), not degrees: the wrong",
        ),
        (swap, "feature 1 (E05099002): latitude and longitude are swapped (50.9, -1.4)"),
        (to_france, "feature 1 (E05099002): its corner 3.6, 45.9 is outside the United Kingdom"),
        (open_ring, "feature 1 (E05099002): its ring is not closed"),
        (cross, "feature 1 (E05099002): its outline crosses itself (self-intersection"),
        (repeat, "feature 4 (E05099002): the code is there already, in feature 1"),
        (name_projection, "it says that its projection is EPSG:27700"),
        (drop_codes, "its features have no ward code, such as WD23CD or code"),
        (drop_council, "no ward in it is of E06000099"),
        (to_points, "feature 1 (E05099002): it is no polygon"),
        (spoil_numbers, "feature 1 (E05099002): its coordinates cannot be read"),
        (empty_code, "feature 1: it has no WD23CD"),
        (rename("\t\n"), "feature 3 (E05099001): the ward has no name"),
        (rename("!?"), "feature 3 (E05099001): the ward has no name"),
        (rename(" eaST\u2028"), "feature 3 (E05099001): the ward's name eaST is there already, in feature 1"),
        (
            lambda layer: layer["features"][0]["properties"].update(WD23CD="E05\t1"),
            "feature 1: 'E05\\t1' is not a code",
        ),
        (name_projection_only, "it says that its projection is EPSG:27700"),
        (too_large, "feature 1 (E05099002): its coordinates cannot be read"),
        (infinite, "feature 1 (E05099002): its coordinates cannot be read"),
        (lambda layer: layer.update(type="Feature"), "it is not a FeatureCollection"),
        (lambda layer: layer.update(features=[]), "it has no features"),
        (lambda layer: layer.update(valid_from="in May"), "its valid_from is not a day"),
    ],
)
def test_wards(tmp_path: Path, change: Callable[[Layer], None], words: str) -> None:
    sentence = refused(tmp_path, made.order(tmp_path, change))
    assert sentence.startswith(f"wards.geojson: {words}"), sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps(made.wards())[:-150], "it was cut off after line 1. Download it again."),
        (json.dumps(made.wards(), indent=1).rsplit("}", 3)[0], "it was cut off after line"),
        (json.dumps(made.wards()).replace("[", "[,", 1), "it is broken JSON at line 1, column"),
        ("code,name\nE05099001,West\n", "it is not GeoJSON"),
        ("", "it is empty"),
        ('{"a":' * 100_000, "it is not GeoJSON: it is nested too deeply"),
        (json.dumps(made.wards()).replace("-1.4", "1" * 5_000, 1), "a number in it is too long to be one"),
    ],
    ids=["truncated", "truncated between features", "broken", "a table", "empty", "nested", "endless number"],
)
def test_files_that_are_no_geojson(tmp_path: Path, text: str, words: str) -> None:
    assert refused(tmp_path, made.order(tmp_path, text=text)).startswith(f"wards.geojson: {words}")


FIRST = made.CODE_POINT.splitlines(keepends=True)[0]


def test_a_projection_that_is_not_named_is_no_fault(tmp_path: Path) -> None:
    gather(made.order(tmp_path, lambda layer: layer.update(crs={"type": "name", "properties": None})))


def test_line_ends_of_any_system_are_read(tmp_path: Path) -> None:
    for ends in ("\r", "\r\n"):
        material = gather(made.order(tmp_path, postcodes=made.CODE_POINT.replace("\n", ends)))
        assert len(material.postcodes.rows) == 2


@pytest.mark.parametrize(
    ("postcodes", "words"),
    [
        ("a,b,c\n1,2,3\n", "so.csv: its columns are neither those of OS Code-Point Open"),
        (FIRST + FIRST, "so.csv, row 2: SO140AA is there already, in so.csv, row 1"),
        (FIRST + FIRST[:31], "so.csv: it is not a CSV table"),
        (FIRST + '"SO14 0AE",10,4413', "so.csv, row 2: it has 3 columns where 10 are needed. Was the file cut off?"),
        (FIRST.replace("441400", "west"), "so.csv, row 1: Eastings is not a number: 'west'"),
        (FIRST.replace("441400", "nan"), "so.csv, row 1: Eastings is not a number: 'nan'"),
        (FIRST.replace("441400", "-1.4").replace("112300", "50.9"), "so.csv, row 1: -1.4, 50.9 is not on the British"),
        (FIRST.replace("441400", "112300").replace(',112300,"E92', ',1441400,"E92'), "so.csv, row 1: 112300, 1.4"),
        (FIRST + FIRST.replace("SO14 0AA", "nowhere"), "so.csv, row 2: 'NOWHERE' is not a postcode"),
        (FIRST.replace(made.COUNCIL, "E07000086"), "so.csv: no postcode in it is of E06000099"),
        (
            FIRST.replace(made.WEST, "E05000001"),
            "so.csv: 1 of its 1 postcodes are in wards that the boundaries of 2023",
        ),
        (
            "postcode,easting,northing,ward_2011\nSO14 0AA,441400,112300,E05099001\n",
            "so.csv: it names the wards of 2011, whose boundaries were not given",
        ),
        (
            "postcode,easting,northing,ward_2023\nSO14 0AA,441400\n",
            "so.csv, row 2: it has 2 columns where the header has 4",
        ),
        ('"' + FIRST, "so.csv: it is not a CSV table"),
        ('"' + "x" * 200_000 + '",a\n' + FIRST, "so.csv: it is not a CSV table"),
        ("postcode,easting,northing,ward_2023,easting\n", "so.csv: its header names easting twice"),
    ],
)
def test_postcodes(tmp_path: Path, postcodes: str, words: str) -> None:
    sentence = refused(tmp_path, made.order(tmp_path, postcodes=postcodes))
    assert sentence.startswith(words), sentence


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("streets", "x,y\n1,2\n", "given.csv: its columns are neither those of OS Open Names"),
        ("streets", made.open_names("Far Lane", "Named Road", "445700", "118500"), "given.csv: no street in it is in"),
        (
            "streets",
            made.open_names("High Street", "Named Road", "-1.4", "50.9"),
            "given.csv, row 1: -1.4, 50.9 is not",
        ),
        ("streets", "street,lon,lat\nHigh Street,441400,112300\n", "given.csv, row 2: 112300, 441400 are not degrees"),
        ("streets", "street,lon,lat\n!!!,-1.41,50.91\n", "given.csv, row 2: the street has no name"),
        (
            "streets",
            "street,lon,lat\nHigh Street,-1.41,50.91\nFar Road,-0.1,51.5\n",
            "given.csv, row 3: 51.5, -0.1 is far from the council",
        ),
        (
            "streets",
            made.open_names("!!!", "Named Road", "441400", "112300"),
            "given.csv, row 1: the street has no name",
        ),
        ("deprivation", "code,rank\nE01,1\n", "given.csv: it has no columns 'LSOA code (2011)'"),
        ("deprivation", made.IMD.replace(",100,1\n", ",100,11\n"), "given.csv, row 2: A decile is a whole number from"),
        (
            "deprivation",
            "LSOA code (2011),Index of Multiple Deprivation (IMD) Rank\nE01099001,32845\n",
            "given.csv, row 2: A rank is a whole number from 1 to 32,844",
        ),
        ("population", "ward,people\nE05,1\n", "given.csv: its columns are neither vintage, ward"),
        ("population", made.RESIDENTS.replace("1500", "-1"), "given.csv, row 2: the population must be a whole number"),
        ("population", made.RESIDENTS.replace("2020", "20", 1), "given.csv, row 2: the year must be four digits"),
        (
            "population",
            made.RESIDENTS.replace("E01099002", "E01099001"),
            "given.csv, row 3: E01099001 is there already",
        ),
        ("small_areas", json.dumps(made.wards()), "given.csv: its features have no small area code"),
        (
            "small_areas",
            json.dumps(made.collection(made.feature("E01099777", "Far", made.ELSEWHERE, "LSOA21"))),
            "given.csv: no small area in it is in the council",
        ),
    ],
)
def test_layers(tmp_path: Path, field: str, text: str, words: str) -> None:
    path = tmp_path / "given.csv"
    path.write_text(text)
    given: dict[str, Any] = {field: (path,)}
    sentence = refused(tmp_path, replace(made.order(tmp_path), **given))
    assert sentence.startswith(words), sentence


def test_files_that_are_no_text_or_not_there(tmp_path: Path) -> None:
    order = made.order(tmp_path)
    archive = tmp_path / "wards.zip"
    archive.write_bytes(b"PK\x03\x04\xff\xfe")
    assert "taken out of its ZIP file" in refused(tmp_path, replace(order, wards=(WardFile(archive),)))
    latin = tmp_path / "latin.csv"
    latin.write_bytes(b"postcode,easting\nCaf\xe9,1\n")
    told = refused(tmp_path, replace(order, postcodes=(latin,)))
    assert told == "latin.csv, row 2: it is not text in UTF-8. Save it again as UTF-8."
    absent = refused(tmp_path, replace(order, postcodes=(tmp_path / "absent.csv",)))
    assert absent == "absent.csv: it cannot be opened (No such file or directory). Check the path."


@pytest.mark.parametrize("gap", ["\t", "\n", "\u2028", " \u00a0 "])
def test_a_name_in_several_pieces_is_one_line(tmp_path: Path, gap: str) -> None:
    path = tmp_path / "streets.csv"
    path.write_text(f'street,lon,lat\n"High{gap}Road",-1.41,50.91\nHigh Road,-1.39,50.91\n', encoding="utf-8")
    order = made.order(tmp_path, rename(f"Far{gap}West"))
    material = gather(replace(order, streets=(path,)))
    assert material.streets is not None
    assert {name: len(points) for name, points in material.streets.streets.items()} == {"High Road": 2}
    assert [area.name for area in material.wards[0].layer.areas] == ["Far West", "East"]


def test_the_same_wards_twice(tmp_path: Path) -> None:
    order = made.order(tmp_path)
    assert "Give each set of wards once" in refused(tmp_path, replace(order, wards=order.wards * 2))


def test_a_code_that_is_no_councils(tmp_path: Path) -> None:
    assert refused(tmp_path, replace(made.order(tmp_path), council="Southampton")).startswith("'Southampton' is not")


def refused(folder: Path, order: Order) -> str:
    """The one sentence that an order is refused with."""
    with pytest.raises(WrongSources) as wrong:
        gather(order)
    assert len(wrong.value.sentences) == 1, wrong.value.sentences
    return wrong.value.sentences[0]
