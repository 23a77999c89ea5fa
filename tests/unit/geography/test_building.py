import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geography.building import PackRefused, build
from geography.layers import Layer
from geography.places import Point
from geography.sources.gathering import Order, WardFile, WrongSources
from geography.vocabulary import Precision, Vintage, WardCode
from tests.unit.geography import testborough as made

DAY = date(2026, 3, 1)


def built_lines(order: Order, folder: Path) -> str:
    folder.mkdir()
    return "\n".join(build(order, folder, DAY).lines)


def full_order(folder: Path) -> Order:
    areas, imd, people, by_ward = (folder / name for name in ("lsoa.geojson", "imd.csv", "pop.csv", "wards.csv"))
    areas.write_text(json.dumps(made.small_areas()))
    imd.write_text(made.IMD)
    people.write_text(made.RESIDENTS)
    by_ward.write_text(made.WARD_RESIDENTS)
    return replace(made.order(folder), small_areas=(areas,), deprivation=(imd,), population=(people, by_ward))


def test_the_official_formats_make_a_city(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    target.mkdir()
    city = build(full_order(tmp_path), target, DAY).city
    assert (city.name, city.council, city.vintages) == ("Testborough", made.COUNCIL, ("2023",))
    assert [(ward.code, ward.name) for ward in city.boundary_set()] == [(made.WEST, "West"), (made.EAST, "East")]
    found = city.locate("so14 0aa")
    assert isinstance(found, list)
    assert (found[0].precision, found[0].wards[0].ward) == (Precision.POSTCODE, made.WEST)
    assert city.boundary_set().ward_at(found[0].point) == made.WEST
    assert {street.name: len(street.anchors) for street in city.gazetteer.streets} == {
        "High Street": 2,
        "Chapel Row": 1,
    }
    ward = city.boundary_set().ward(WardCode(made.EAST))
    assert ward is not None and ward.residents is not None
    assert (ward.residents.count, ward.residents.year) == (6000, 2021)


def test_small_areas_carry_deprivation_and_residents(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    target.mkdir()
    city = build(full_order(tmp_path), target, DAY).city
    (areas,) = city.small_areas
    assert (areas.vintage, areas.index_year, areas.codes()) == ("2011", 2019, ("E01099001", "E01099002"))
    code = areas.area_at(Point(50.91, -1.39))
    assert code == "E01099002"
    assert (areas.quintile(code), areas.quintile("E01099001"), areas.quintile("E01000001")) == (5, 1, None)
    residents = areas.residents(code)
    assert residents is not None
    assert (residents.count, residents.year) == (1800, 2020)
    assert areas.area_at(Point(50.95, -1.39)) is None
    assert city.layers_missing() == ()


def test_what_is_absent_is_said_with_the_command_that_loads_it(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    target.mkdir()
    city = build(replace(made.order(tmp_path), streets=()), target, DAY).city
    missing = {each.layer: each for each in city.layers_missing()}
    assert set(missing) == set(Layer)
    assert "2023" in missing[Layer.WARD_RESIDENTS].words
    for each in missing.values():
        assert each.command.startswith(f"safeharbour geography build --council {made.COUNCIL} ")
    assert "--deprivation FILE" in missing[Layer.DEPRIVATION].command


def test_the_same_files_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    order = full_order(tmp_path)
    for name in ("one", "two", "later"):
        (tmp_path / name).mkdir()
    build(order, tmp_path / "one", DAY)
    build(order, tmp_path / "two", DAY)
    build(order, tmp_path / "later", date(2026, 3, 2))
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert {"lsoa-2011.json", "lsoa.tsv", "provenance.json", "ATTRIBUTION.md"} < set(files)
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    differing = [n for n in files if (tmp_path / "one" / n).read_bytes() != (tmp_path / "later" / n).read_bytes()]
    assert differing == ["provenance.json"]


def test_provenance_and_licence_words_are_those_of_the_files(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    target.mkdir()
    city = build(full_order(tmp_path), target, DAY).city
    about = json.loads((target / "provenance.json").read_text())
    assert about["built"] == "2026-03-01"
    rows = {source["file"]: source["rows"] for source in about["sources"]}
    expected = {"wards.geojson": 2, "so.csv": 4, "SU40.csv": 5, "lsoa.geojson": 2, "imd.csv": 2, "pop.csv": 2}
    assert rows == {**expected, "wards.csv": 2}
    assert all(len(source["sha256"]) == 64 for source in about["sources"])
    assert "right 2026" in city.attribution
    assert "Indices of Deprivation" in city.attribution
    assert "police" not in city.attribution
    assert city.attribution in (target / "ATTRIBUTION.md").read_text(encoding="utf-8")


def test_the_report_says_what_was_found(tmp_path: Path) -> None:
    report = built_lines(full_order(tmp_path), tmp_path / "pack")
    assert "2 wards, 6.26 km², no overlaps, no gaps" in report
    assert "by polygon alone: 2 agree (100.00%), 0 disagree" in report
    assert "1 postcodes have no coordinates" in report
    assert "Postcodes of other councils in the same files: 1, 0 inside" in report
    assert "Small areas of 2011: 2, 2 with the deprivation index 2019, 2 with residents" in report


def test_postcodes_that_disagree_are_listed(tmp_path: Path) -> None:
    rows = "".join(made.CODE_POINT.splitlines(keepends=True)[:1])
    many = "".join(rows.replace("SO14 0AA", f"SO15 {n // 20 % 10}A{'ABDEFGHJLNPQRSTUWXYZ'[n % 20]}") for n in range(60))
    strayed = rows.replace("SO14 0AA", "SO14 9ZZ").replace(made.WEST, made.EAST)
    report = built_lines(made.order(tmp_path, postcodes=many + strayed), tmp_path / "pack")
    assert "by polygon alone: 60 agree (98.36%), 1 disagree (1.64%)" in report
    assert "SO14 9ZZ: East by the table, West by polygon" in report
    assert "Look at: Even by the nearest rule in another ward than the table says: SO14 9ZZ." in report


def test_a_second_vintage_ends_the_first(tmp_path: Path) -> None:
    old = made.collection(
        made.feature("E05011111", "Both", made.WEST_RING[:1] + made.EAST_RING[1:3] + made.WEST_RING[3:])
    )
    path = tmp_path / "old.geojson"
    path.write_text(json.dumps(old))
    order = made.order(tmp_path)
    target = tmp_path / "pack"
    target.mkdir()
    city = build(replace(order, wards=(*order.wards, WardFile(path, "2015"))), target, DAY).city
    assert city.vintages == ("2015", "2023")
    assert city.gazetteer.crosswalk.official == Vintage("2023")
    about = json.loads((target / "pack.json").read_text())
    assert [(v["valid_from"], v["valid_to"]) for v in about["vintages"]] == [
        ("2015-01-01", "2023-05-03"),
        ("2023-05-04", None),
    ]
    assert "old.geojson: nothing says from which day" in (target / "provenance.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "valid_from", "vintage"),
    [
        ("wards-2023.geojson", None, "2023"),
        ("wards.geojson", "2024-05-02", "2024"),
        ("2022.geojson", "2021-05-06", "2022"),
    ],
)
def test_the_plain_form_says_its_year_by_name_or_first_day(
    tmp_path: Path, name: str, valid_from: str | None, vintage: str
) -> None:
    layer = made.wards()
    for feature in layer["features"]:
        properties = feature["properties"]
        feature["properties"] = {"code": properties["WD23CD"], "name": properties["WD23NM"]}
    del layer["features"][1], layer["valid_from"]
    (tmp_path / "pack").mkdir()
    order = replace(made.order(tmp_path), wards=(WardFile(tmp_path / name),))
    (tmp_path / name).write_text(json.dumps({**layer, "valid_from": valid_from} if valid_from else layer))
    city = build(order, tmp_path / "pack", DAY).city
    assert city.current_vintage == vintage
    assert city.boundary_set().valid_from.isoformat() == (valid_from or f"{vintage}-01-01")


def _shift_east(metres: float) -> Callable[[dict[str, Any]], None]:
    """Move the western edge of the eastern ward."""

    def change(layer: dict[str, Any]) -> None:
        ring = layer["features"][0]["geometry"]["coordinates"][0]
        for corner in (ring[0], ring[3], ring[4]):
            corner[0] += metres / 70_200

    return change


def _enclose_a_gap(layer: dict[str, Any]) -> None:
    layer["features"][0]["geometry"]["coordinates"].append(
        [[-1.390, 50.910], [-1.389, 50.910], [-1.389, 50.911], [-1.390, 50.910]]
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_shift_east(-30.0), "Wards 2023: West and East overlap by 66,"),
        (_enclose_a_gap, "Wards 2023: there is a gap of 3,9"),
    ],
    ids=["overlap", "gap"],
)
def test_wards_that_do_not_fit_are_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    target = tmp_path / "pack"
    target.mkdir()
    with pytest.raises(PackRefused) as refused:
        build(made.order(tmp_path, change), target, DAY)
    assert len(refused.value.sentences) == 1
    assert words in refused.value.sentences[0]
    assert any(line.startswith("Wrong: ") for line in refused.value.lines)


def test_an_overlap_of_less_than_a_square_metre_is_rounding(tmp_path: Path) -> None:
    report = built_lines(made.order(tmp_path, _shift_east(-0.0003)), tmp_path / "pack")
    assert "no overlaps" in report


def test_postcodes_of_other_places_than_the_wards_are_refused(tmp_path: Path) -> None:
    swapped = made.CODE_POINT.replace(made.WEST, "?").replace(made.EAST, made.WEST).replace("?", made.EAST)
    target = tmp_path / "pack"
    target.mkdir()
    with pytest.raises(PackRefused, match="do not belong together"):
        build(made.order(tmp_path, postcodes=swapped), target, DAY)


def test_every_wrong_file_is_told_at_once(tmp_path: Path) -> None:
    order = made.order(tmp_path, postcodes="hello\n", text="{")
    with pytest.raises(WrongSources) as wrong:
        build(order, tmp_path, DAY)
    assert [sentence.split(":")[0] for sentence in wrong.value.sentences] == ["wards.geojson", "so.csv"]
