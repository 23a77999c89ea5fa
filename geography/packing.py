"""Builds a council's pack from raw open files: `python -m geography.packing SOURCE_DIR TARGET_DIR`.

Source: wards-VINTAGE.geojson (WGS84), postcodes.csv (British National Grid), streets.csv and populations.csv
(WGS84). Target: pack.json, wards-VINTAGE.json, postcodes.tsv, streets.tsv, ATTRIBUTION.md. The same source
always gives the same bytes.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from pyproj import Transformer

RING_SCALE = 100_000
POINT_SCALE = 1_000_000
LICENCE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right 2025. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2025. "
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains police data from data.police.uk under the Open Government Licence v3.0."
)
SOURCES = {
    "wards-2023.json": "Office for National Statistics, wards 2023, generalised (20 m), clipped to coast",
    "wards-2011.json": "Office for National Statistics, wards December 2020, generalised, clipped to coast",
    "postcodes.tsv": "Ordnance Survey, Code-Point Open 2025.4, moved from British National Grid to WGS84",
    "streets.tsv": "data.police.uk, street-level anchor points, February 2022",
    "residents in wards-*.json": "best-fit sums of ONS figures for small areas (mid-2020 and Census 2021); "
    "not official ward estimates",
}

# British National Grid to WGS84 by EPSG:1314 (accurate to about 2 m), written out so that the bytes do not
# depend on which correction grids a machine happens to have.
GRID_TO_DEGREES = (
    "+proj=pipeline "
    "+step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+step +proj=push +v_3 "
    "+step +proj=cart +ellps=airy "
    "+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector "
    "+step +inv +proj=cart +ellps=WGS84 "
    "+step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)

Row = dict[str, str]


def pack(source: Path, target: Path) -> dict[str, int]:
    """Writes the pack and returns how much it holds. Raises ValueError, KeyError or OSError on bad files."""
    target.mkdir(parents=True, exist_ok=True)
    residents = _residents(_rows(source / "populations.csv"))
    collections = [json.loads(path.read_text()) for path in sorted(source.glob("wards-*.geojson"))]
    if not collections:
        raise ValueError(f"No wards-VINTAGE.geojson in {source}.")
    names = [path.stem.removeprefix("wards-") for path in sorted(source.glob("wards-*.geojson"))]
    vintages = [
        _pack_wards(target, name, collection, residents) for name, collection in zip(names, collections, strict=True)
    ]
    official, postcodes = _pack_postcodes(target, _rows(source / "postcodes.csv"))
    streets = _pack_streets(target, _rows(source / "streets.csv"))
    description = {
        "format": 1,
        "council": collections[-1]["council"],
        "name": collections[-1]["name"].split(" wards ")[0],
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "official_vintage": official,
        "vintages": vintages,
    }
    _write(target / "pack.json", json.dumps(description, ensure_ascii=False, indent=1) + "\n")
    _write(target / "ATTRIBUTION.md", _attribution(description["name"]))
    return {"vintages": len(vintages), "postcodes": postcodes, "streets": streets}


def _pack_wards(target: Path, vintage: str, collection: Any, residents: dict[tuple[str, str], Row]) -> Any:
    wards = [_ward(feature, residents, vintage) for feature in collection["features"]]
    wards.sort(key=lambda ward: str(ward["code"]))
    lines = ",\n".join(json.dumps(ward, ensure_ascii=False, separators=(",", ":")) for ward in wards)
    name = f"wards-{vintage}.json"
    _write(target / name, f'{{"scale":{RING_SCALE},"wards":[\n{lines}\n]}}\n')
    # Where the source gives no first day, the vintage's own year begins it.
    return {
        "vintage": vintage,
        "valid_from": collection.get("valid_from", f"{vintage}-01-01"),
        "valid_to": collection.get("valid_to"),
        "wards": len(wards),
        "file": name,
    }


def _ward(feature: Any, residents: dict[tuple[str, str], Row], vintage: str) -> dict[str, Any]:
    code, name = feature["properties"]["code"], feature["properties"]["name"]
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    ward: dict[str, Any] = {"code": code, "name": name}
    if count := residents.get((vintage, code)):
        ward["residents"] = [int(count["population"]), int(count["year"])]
    ward["parts"] = [[_steps(ring) for ring in part] for part in parts]
    return ward


def _steps(ring: Sequence[Sequence[float]]) -> list[int]:
    """A closed ring as its first corner and the step to each next, in hundred-thousandths of a degree."""
    corners = [(_scaled(x, RING_SCALE), _scaled(y, RING_SCALE)) for x, y in ring]
    steps = list(corners[0])
    for (x0, y0), (x1, y1) in pairwise(corners):
        steps += [x1 - x0, y1 - y0]
    return steps


def _scaled(degrees: float, scale: int) -> int:
    whole = round(degrees * scale)
    if scale == RING_SCALE and whole / scale != degrees:
        raise ValueError(f"A ward corner has more than five decimals: {degrees}.")
    return whole


def _pack_postcodes(target: Path, rows: Iterable[Row]) -> tuple[str, int]:
    table = sorted(rows, key=lambda row: row["postcode"].replace(" ", ""))
    column = next(name for name in table[0] if name.startswith("ward_"))
    wards = sorted({row[column] for row in table})
    to_degrees = Transformer.from_pipeline(GRID_TO_DEGREES)
    lons, lats = to_degrees.transform([float(r["easting"]) for r in table], [float(r["northing"]) for r in table])
    lines = ["\t".join(wards)]
    for row, lat, lon in zip(table, lats, lons, strict=True):
        postcode = row["postcode"].replace(" ", "")
        number = wards.index(row[column])
        lines.append(f"{postcode}\t{_scaled(lat, POINT_SCALE)}\t{_scaled(lon, POINT_SCALE)}\t{number}")
    _write(target / "postcodes.tsv", "\n".join(lines) + "\n")
    return column.removeprefix("ward_"), len(table)


def _pack_streets(target: Path, rows: Iterable[Row]) -> int:
    anchors: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for row in rows:
        lat, lon = _scaled(float(row["lat"]), POINT_SCALE), _scaled(float(row["lon"]), POINT_SCALE)
        anchors[row["street"]].add((lat, lon))
    lines = [
        "\t".join([name, *(f"{lat},{lon}" for lat, lon in sorted(points))]) for name, points in sorted(anchors.items())
    ]
    _write(target / "streets.tsv", "\n".join(lines) + "\n")
    return len(lines)


def _residents(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    return {(row["vintage"], row["ward"]): row for row in rows}


def _attribution(name: str) -> str:
    sources = "\n".join(f"- `{file}`: {words}" for file, words in SOURCES.items())
    return (
        f"# Where the {name} pack comes from\n\n"
        "Figures of public tables, re-laid in a compact format of our own by "
        "`python -m geography.packing`.\n\n"
        f"{sources}\n- `neighbours.txt`: place names written for this project\n"
        "- `landmarks.tsv`: written for this project, checked against the wards and postcodes\n\n"
        f"Licence of the data: [{LICENCE}]({LICENCE_ADDRESS}).\n\n"
        f"Attribution to show wherever the data or a map made from it is shown:\n\n> {ATTRIBUTION}\n\n"
        "The street points are map points on a street, not its extent, and cover about half of the names.\n"
        "Postcodes were moved to latitude and longitude by EPSG:1314, good to about 2 metres.\n"
    )


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> int:
    """The command: two folders in, one line out."""
    if len(arguments) != 2:
        print("Usage: python -m geography.packing SOURCE_DIR TARGET_DIR", file=sys.stderr)
        return 2
    counts = pack(Path(arguments[0]), Path(arguments[1]))
    print(", ".join(f"{count} {thing}" for thing, count in counts.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
