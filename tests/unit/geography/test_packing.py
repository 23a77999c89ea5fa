import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from geography.locating import PACKS, City
from geography.packing import main, pack
from geography.vocabulary import Vintage

SOURCE = Path(__file__).resolve().parents[4] / "shared" / "data" / "pack"
BUILT = ("pack.json", "wards-2011.json", "wards-2023.json", "postcodes.tsv", "streets.tsv", "ATTRIBUTION.md")


@pytest.fixture
def source() -> Path:
    if not SOURCE.exists():
        pytest.skip("The open data that the pack is built from is not beside this checkout.")
    return SOURCE


def test_the_same_source_gives_the_installed_bytes(source: Path, tmp_path: Path) -> None:
    assert main([str(source), str(tmp_path)]) == 0
    for name in BUILT:
        assert (tmp_path / name).read_bytes() == (PACKS / "E06000045" / name).read_bytes(), name


def test_every_corner_survives_packing(source: Path, city: City) -> None:
    for vintage in ("2011", "2023"):
        features = json.loads((source / f"wards-{vintage}.geojson").read_text())["features"]
        for feature in features:
            ward = city.boundary_set(Vintage(vintage)).ward(feature["properties"]["code"])
            assert ward is not None
            assert shapely.equals_exact(ward.polygon, shape(feature["geometry"]), 0.0)


def test_a_built_pack_loads(source: Path, tmp_path: Path) -> None:
    assert pack(source, tmp_path) == {"vintages": 2, "postcodes": 5810, "streets": 905}
    assert City.load(tmp_path).name == "Southampton"


def test_the_pack_carries_its_licence() -> None:
    about = json.loads((PACKS / "E06000045" / "pack.json").read_text(encoding="utf-8"))
    words = (PACKS / "E06000045" / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert about["licence"] in words
    assert about["attribution"] in words


def test_the_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "SOURCE_DIR" in capsys.readouterr().err
