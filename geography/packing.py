"""Writes a council's pack from what was read. The same material and day always give the same bytes."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from shutil import copyfile
from typing import Any

import shapely

from geography.provenance import LICENCE, Origin, Publisher, attribution, notice
from geography.sources.boundaries import Layer, Shape
from geography.sources.files import Source
from geography.sources.gathering import Material, WardSet

FORMAT = 1
POINT_SCALE = 1_000_000
# A ward's corners are kept exactly where they have few enough digits; the finest step is a tenth of a millimetre.
WARD_SCALES = (100_000, 1_000_000, 10_000_000, 1_000_000_000)
SMALL_AREA_SCALE = 1_000_000


def write_pack(material: Material, target: Path, day: date) -> None:
    """Write every file of the pack into a folder that is there."""
    order = material.order
    vintages = [_write_wards(target, wards, material) for wards in material.wards]
    small_areas = [_write_small_areas(target, layer, material) for layer in material.small_areas]
    if small_areas:
        _write(target / "lsoa.tsv", _small_area_figures(material))
    _write_postcodes(target, material)
    _write_streets(target, material)
    for name, given in order.by_hand.items():
        copyfile(given, target / name)
    if material.landmarks_left_out:
        _leave_out(target / "landmarks.tsv", material.landmarks_left_out)
    origins = list(_origins(material))
    shown = attribution(origins, order.licence_year or day.year)
    about: dict[str, Any] = {
        "format": FORMAT, "council": order.council, "name": order.name, "licence": LICENCE, "attribution": shown,
        "official_vintage": material.official, "vintages": vintages,
    }  # fmt: skip
    if small_areas:
        about["small_areas"] = small_areas
    _write_json(target / "pack.json", about)
    _write_json(target / "provenance.json", _provenance(origins, material, day))
    _write(target / "ATTRIBUTION.md", notice(order.name, origins, shown))


def _write_wards(target: Path, wards: WardSet, material: Material) -> dict[str, Any]:
    scale = _fine_enough(area.shape for area in wards.layer.areas)
    packed = []
    for area in wards.layer.areas:
        ward: dict[str, Any] = {"code": area.code, "name": area.name}
        if count := material.population.wards.get((wards.vintage, area.code)):
            ward["residents"] = list(count)
        packed.append({**ward, "parts": _parts(area.shape, scale)})
    name = f"wards-{wards.vintage}.json"
    _write_areas(target / name, "wards", packed, scale)
    return {
        "vintage": wards.vintage,
        "valid_from": wards.valid_from.isoformat(),
        "valid_to": wards.valid_to.isoformat() if wards.valid_to else None,
        "wards": len(packed),
        "file": name,
    }


def _write_small_areas(target: Path, layer: Layer, material: Material) -> dict[str, Any]:
    packed = [{"code": area.code, "parts": _parts(area.shape, SMALL_AREA_SCALE)} for area in layer.areas]
    name = f"lsoa-{layer.vintage}.json"
    _write_areas(target / name, "areas", packed, SMALL_AREA_SCALE)
    year = next((each.index_year for each in material.deprivation if each.vintage == layer.vintage), None)
    return {"vintage": layer.vintage, "areas": len(packed), "index_year": year, "file": name}


def _small_area_figures(material: Material) -> str:
    """A line for each area: vintage, code, quintile, residents and their year; what is not known is left empty."""
    quintiles = {each.vintage: each.quintiles for each in material.deprivation}
    lines = []
    for layer in material.small_areas:
        vintage = layer.vintage or ""
        for area in layer.areas:
            count, year = material.population.small_areas.get((vintage, area.code), ("", ""))
            quintile = quintiles.get(vintage, {}).get(area.code, "")
            lines.append(f"{vintage}\t{area.code}\t{quintile}\t{count}\t{year}\n")
    return "".join(lines)


def _write_areas(path: Path, key: str, areas: Sequence[dict[str, Any]], scale: int) -> None:
    lines = ",\n".join(json.dumps(area, ensure_ascii=False, separators=(",", ":")) for area in areas)
    _write(path, f'{{"scale":{scale},"{key}":[\n{lines}\n]}}\n')


def _fine_enough(shapes: Iterable[Shape]) -> int:
    degrees = shapely.get_coordinates(list(shapes)).ravel().tolist()
    exact = (scale for scale in WARD_SCALES if all(round(each * scale) / scale == each for each in degrees))
    return next(exact, WARD_SCALES[-1])


def _parts(shape: Shape, scale: int) -> list[list[list[int]]]:
    polygons = shape.geoms if isinstance(shape, shapely.MultiPolygon) else [shape]
    return [[_steps(ring.coords, scale) for ring in (polygon.exterior, *polygon.interiors)] for polygon in polygons]


def _steps(ring: Iterable[Sequence[float]], scale: int) -> list[int]:
    """A closed ring as its first corner and the step to each next, in whole parts of a degree."""
    corners = [(round(x * scale), round(y * scale)) for x, y, *_ in ring]
    steps = list(corners[0])
    for (x0, y0), (x1, y1) in pairwise(corners):
        steps += [x1 - x0, y1 - y0]
    return steps


def _write_postcodes(target: Path, material: Material) -> None:
    wards = sorted({row.ward for row in material.postcodes.rows})
    numbers = {ward: number for number, ward in enumerate(wards)}
    lines = ["\t".join(wards)]
    for row in material.postcodes.rows:
        lat, lon = round(row.lat * POINT_SCALE), round(row.lon * POINT_SCALE)
        lines.append(f"{row.code}\t{lat}\t{lon}\t{numbers[row.ward]}")
    _write(target / "postcodes.tsv", "\n".join(lines) + "\n")


def _write_streets(target: Path, material: Material) -> None:
    streets = material.streets.streets if material.streets else {}
    lines = []
    for name, points in streets.items():
        anchors = sorted({(round(lat * POINT_SCALE), round(lon * POINT_SCALE)) for lat, lon in points})
        lines.append("\t".join([name, *(f"{lat},{lon}" for lat, lon in anchors)]) + "\n")
    _write(target / "streets.tsv", "".join(lines))


def _leave_out(path: Path, rows: frozenset[int]) -> None:
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    _write(path, "\n".join(line for row, line in enumerate(lines, start=1) if row not in rows))


def _origins(material: Material) -> Iterable[Origin]:
    statistics = (Publisher.STATISTICS,)
    for wards in reversed(material.wards):
        words = f"electoral wards of {wards.vintage}, Office for National Statistics"
        yield _origin(f"wards {wards.vintage}", wards.layer, statistics, words)
    postal = (Publisher.ORDNANCE_SURVEY, Publisher.ROYAL_MAIL)
    words = "Ordnance Survey, Code-Point Open, moved from British National Grid to WGS84"
    headed = bool(material.postcodes.vintage)
    yield from (_table("postcodes", source, postal, words, headed) for source in material.postcodes.sources)
    if material.streets:
        maker, words = Publisher.POLICE, "data.police.uk, street-level anchor points"
        if material.streets.official:
            maker, words = Publisher.ORDNANCE_SURVEY, "Ordnance Survey, OS Open Names"
        headed = not material.streets.official
        yield from (_table("streets", source, (maker,), words, headed) for source in material.streets.sources)
    for layer in material.small_areas:
        yield _origin(
            f"small areas {layer.vintage}", layer, statistics, "LSOA boundaries, Office for National Statistics"
        )
    for index in material.deprivation:
        words = f"Index of Multiple Deprivation {index.index_year}"
        yield _table("deprivation", index.source, (Publisher.HOUSING,), words)
    for source in material.population.sources:
        yield _table("residents", source, statistics, "figures of the Office for National Statistics")


def _table(layer: str, source: Source, publishers: tuple[Publisher, ...], words: str, headed: bool = True) -> Origin:
    return Origin(layer, source.name, source.fingerprint, source.rows - headed, publishers, words)


def _origin(layer: str, read: Layer, publishers: tuple[Publisher, ...], words: str) -> Origin:
    return Origin(layer, read.source.name, read.source.fingerprint, len(read.areas), publishers, words)


def _provenance(origins: Iterable[Origin], material: Material, day: date) -> dict[str, Any]:
    listed = []
    for origin in origins:
        kept = asdict(origin)
        del kept["publishers"], kept["words"]
        listed.append(kept)
    return {"built": day.isoformat(), "sources": listed, "warnings": list(material.warnings)}


def _write_json(path: Path, value: dict[str, Any]) -> None:
    _write(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
