"""A made-up council of two square wards, in files laid out as the publishers lay theirs out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geography.sources.gathering import Order, WardFile

COUNCIL = "E06000099"
WEST, EAST = "E05099001", "E05099002"
Corners = list[list[float]]
WEST_RING: Corners = [[-1.42, 50.90], [-1.40, 50.90], [-1.40, 50.92], [-1.42, 50.92], [-1.42, 50.90]]
EAST_RING: Corners = [[-1.40, 50.90], [-1.38, 50.90], [-1.38, 50.92], [-1.40, 50.92], [-1.40, 50.90]]
ELSEWHERE: Corners = [[-2.0, 51.0], [-1.9, 51.0], [-1.9, 51.1], [-2.0, 51.0]]

# Postcode, quality, easting, northing, country, three health and county codes, district, ward.
CODE_POINT = (
    '"SO14 0AA",10,441400,112300,"E92000001","E19000003","E18000009","","E06000099","E05099001"\n'
    '"SO140AB",10,442600,112300,"E92000001","E19000003","E18000009","","E06000099","E05099002"\n'
    '"SO140AD",90,0,0,"E92000001","E19000003","E18000009","","E06000099","E05099002"\n'
    '"SO509ZZ",10,445700,118500,"E92000001","E19000003","E18000009","E10000014","E07000086","E05099777"\n'
)
IMD = (
    "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),"
    "Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile\n"
    "E01099001,Testborough 001A,E06000099,Testborough,100,1\n"
    "E01099002,Testborough 001B,E06000099,Testborough,32000,10\n"
)
RESIDENTS = "LSOA11CD,population,year\nE01099001,1500,2020\nE01099002,1800,2020\n"
WARD_RESIDENTS = f"vintage,ward,name,population,year\n2023,{WEST},West,5000,2021\n2023,{EAST},East,6000,2021\n"


def open_names(name: str, kind: str, x: str, y: str, language: str = "", second: str = "") -> str:
    """One row of OS Open Names, whose 34 columns have no header."""
    first = ["osgb1", "http://data.example/id", name, language, second, "", "transportNetwork", kind, x, y]
    return ",".join([*first, *[""] * (34 - len(first))]) + "\n"


STREETS = (
    open_names("High Street", "Named Road", "441400", "112300")
    + open_names("High Street", "Section Of Named Road", "442600", "112300")
    + open_names("M3", "Numbered Road", "441400", "112300")
    + open_names("Far Lane", "Named Road", "445700", "118500")
    + open_names("Stryd Fawr", "Named Road", "441450", "112350", "cym", "Chapel Row")
)


def feature(code: str, name: str, ring: Corners, kind: str = "WD23", **more: str) -> dict[str, Any]:
    """A polygon with the columns of the Office for National Statistics."""
    properties = {f"{kind}CD": code, f"{kind}NM": name, **more}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [[list(corner) for corner in ring]]},
    }


def collection(*features: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A layer as GeoJSON."""
    return {"type": "FeatureCollection", **more, "features": list(features)}


def wards() -> dict[str, Any]:
    """The layer of wards, with one of another council."""
    return collection(
        feature(EAST, "East", EAST_RING, LAD23CD=COUNCIL),
        feature("E05099777", "Far", ELSEWHERE, LAD23CD="E07000086"),
        feature(WEST, "West", WEST_RING, LAD23CD=COUNCIL),
        valid_from="2023-05-04",
    )


def small_areas() -> dict[str, Any]:
    """The layer of small areas, with one of another council."""
    return collection(
        feature("E01099002", "Testborough 001B", EAST_RING, "LSOA11"),
        feature("E01099001", "Testborough 001A", WEST_RING, "LSOA11"),
        feature("E01099777", "Far 001A", ELSEWHERE, "LSOA11"),
    )


def order(
    folder: Path,
    change: Callable[[dict[str, Any]], Any] | None = None,
    postcodes: str = CODE_POINT,
    text: str | None = None,
) -> Order:
    """An order whose files are written into a folder: the wards changed by `change`, or this text instead of them."""
    layer = wards()
    if change:
        change(layer)
    ward_file = _written(folder / "wards.geojson", json.dumps(layer) if text is None else text)
    return Order(
        COUNCIL,
        "Testborough",
        (WardFile(ward_file),),
        (_written(folder / "so.csv", postcodes),),
        (_written(folder / "SU40.csv", STREETS),),
    )


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
