import json
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from geography.building import build
from geography.locating import PACKS, City
from geography.sources.gathering import Order, WardFile
from geography.vocabulary import Vintage

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
SHIPPED = PACKS / "E06000045"
BUILT = (
    "pack.json", "wards-2011.json", "wards-2023.json", "postcodes.tsv", "streets.tsv", "provenance.json",
    "ATTRIBUTION.md",
)  # fmt: skip


@pytest.fixture(scope="module")
def source() -> Path:
    if not DATA.exists():
        pytest.skip("The open data that the pack is built from is not beside this checkout.")
    return DATA / "pack"


@pytest.fixture(scope="module")
def order(source: Path) -> Order:
    return Order(
        council="E06000045",
        name="Southampton",
        wards=(
            WardFile(source / "wards-2011.geojson", "2011", date(2011, 1, 1)),
            WardFile(source / "wards-2023.geojson"),
        ),
        postcodes=(source / "postcodes.csv",),
        streets=(source / "streets.csv",),
        population=(source / "populations.csv",),
        licence_year=2025,
    )


def test_the_same_source_gives_the_installed_bytes(order: Order, tmp_path: Path) -> None:
    day = date.fromisoformat(json.loads((SHIPPED / "provenance.json").read_text())["built"])
    build(order, tmp_path, day)
    for name in BUILT:
        assert (tmp_path / name).read_bytes() == (SHIPPED / name).read_bytes(), name


def test_every_corner_survives_packing(source: Path, city: City) -> None:
    for vintage in ("2011", "2023"):
        features = json.loads((source / f"wards-{vintage}.geojson").read_text())["features"]
        for feature in features:
            ward = city.boundary_set(Vintage(vintage)).ward(feature["properties"]["code"])
            assert ward is not None
            assert shapely.equals_exact(ward.polygon, shape(feature["geometry"]), 0.0)


def test_the_pack_carries_its_licence() -> None:
    about = json.loads((SHIPPED / "pack.json").read_text(encoding="utf-8"))
    words = (SHIPPED / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert about["licence"] in words
    assert about["attribution"] in words
