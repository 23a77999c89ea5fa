import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely.geometry import box

from geography.building import build
from geography.places import Point
from geography.small_areas import SmallAreas, quintile_of_decile, quintile_of_rank
from geography.sources.gathering import WardFile
from tests.stack.totals import NO_REFERENCE_DATA
from tests.unit.geography import testborough as made
from tests.unit.geography.conftest import REFERENCE


def test_quintiles_of_deciles_and_ranks() -> None:
    assert [quintile_of_decile(decile) for decile in range(1, 11)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [quintile_of_rank(rank, "2011") for rank in (1, 6569, 6570, 32_844)] == [1, 1, 2, 5]
    assert [quintile_of_rank(rank, "2021") for rank in (1, 6751, 6752, 33_755)] == [1, 1, 2, 5]
    for wrong in (0, 11, 2.5):
        with pytest.raises(ValueError, match="from 1 to 10"):
            quintile_of_decile(wrong)


def test_more_areas_than_one_grid_holds() -> None:
    polygons = {f"E{number:03}": box(number / 100, 50.0, (number + 1) / 100, 50.1) for number in range(600)}
    areas = SmallAreas("2021", polygons)
    for number in (0, 249, 250, 499, 500, 599):
        assert areas.area_at(Point(50.05, number / 100 + 0.005)) == f"E{number:03}"
    # The edge between the last of one grid and the first of the next goes to the lower code.
    assert areas.area_at(Point(50.05, polygons["E249"].bounds[2])) == "E249"
    assert areas.area_at(Point(50.05, 6.5)) is None


def test_the_index_of_2025_is_of_the_areas_of_2021(tmp_path: Path) -> None:
    areas, imd = tmp_path / "lsoa.geojson", tmp_path / "imd.csv"
    areas.write_text(json.dumps(made.small_areas()).replace("LSOA11", "LSOA21"))
    imd.write_text(
        "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),Local Authority District name (2024),"
        "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)\n"
        'E01099001,A,E06000099,T,"33,755"\n'
    )
    target = tmp_path / "pack"
    target.mkdir()
    order = replace(made.order(tmp_path), small_areas=(areas,), deprivation=(imd,))
    (found,) = build(order, target, date(2026, 3, 1)).city.small_areas
    assert (found.vintage, found.index_year) == ("2021", 2025)
    assert (found.quintile("E01099001"), found.quintile("E01099002")) == (5, None)


def test_a_bad_polygon_far_away_stops_nobody(tmp_path: Path) -> None:
    layer = made.small_areas()
    far = layer["features"][2]["geometry"]["coordinates"][0]
    far[1], far[2] = far[2], far[1]
    far.append([-2.0, 51.2])
    areas = tmp_path / "lsoa.geojson"
    areas.write_text(json.dumps(layer))
    (tmp_path / "pack").mkdir()
    city = build(replace(made.order(tmp_path), small_areas=(areas,)), tmp_path / "pack", date(2026, 3, 1)).city
    assert city.small_areas[0].codes() == ("E01099001", "E01099002")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> SmallAreas:
    """The city's own small areas, from files that lie beside the project and never in it."""
    if not REFERENCE.exists():
        pytest.skip(f"The boundaries of small areas are {NO_REFERENCE_DATA}.")
    folder, pack = tmp_path_factory.mktemp("lsoa"), REFERENCE.parent / "pack"
    order = replace(
        made.order(folder),
        council="E06000045",
        wards=(WardFile(pack / "wards-2023.geojson"),),
        postcodes=(pack / "postcodes.csv",),
        streets=(),
        small_areas=(REFERENCE / "lsoa-2011.geojson",),
        deprivation=(REFERENCE / "lsoa.csv",),
        population=(REFERENCE / "lsoa.csv",),
    )
    target = tmp_path_factory.mktemp("pack")
    (areas,) = build(order, target, date(2026, 3, 1)).city.small_areas
    return areas


def test_every_real_area_is_found_and_known(real: SmallAreas) -> None:
    features = json.loads((REFERENCE / "lsoa-2011.geojson").read_text())["features"]
    assert len(real.codes()) == 148
    for feature in features:
        middle = shapely.geometry.shape(feature["geometry"]).representative_point()
        code = feature["properties"]["LSOA11CD"]
        assert real.area_at(Point(middle.y, middle.x)) == code
        assert real.quintile(code) in range(1, 6)
    assert all(shapely.is_valid(polygon) for polygon in real.polygons.values())
    assert sum(residents.count for code in real.codes() if (residents := real.residents(code))) == 252_872


def test_quintiles_by_rank_are_those_by_decile(real: SmallAreas) -> None:
    with (REFERENCE / "lsoa.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["IMD_rank"]]
    for row in rows:
        assert real.quintile(row["lsoa11_code"]) == quintile_of_rank(float(row["IMD_rank"]), "2011")


def test_packed_outlines_keep_to_a_few_centimetres(real: SmallAreas) -> None:
    for feature in json.loads((REFERENCE / "lsoa-2011.geojson").read_text())["features"]:
        code = feature["properties"]["LSOA11CD"]
        outline = shapely.geometry.shape(feature["geometry"])
        assert outline.hausdorff_distance(real.polygons[code]) < 1e-6
