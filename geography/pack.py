"""Reads a council's packed files. Nothing here needs a map projection."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shapely.geometry import MultiPolygon, Polygon

from geography.crosswalk import Crosswalk, Postcode
from geography.gazetteer import Gazetteer
from geography.landmarks import Landmark, read_landmark
from geography.neighbours import Neighbour
from geography.places import Point
from geography.small_areas import SmallAreas
from geography.streets import Street
from geography.vocabulary import Vintage, WardCode
from geography.wards import BoundarySet, Residents, Ward

FORMAT = 1


class BrokenPackError(Exception):
    """A pack's files are missing, unreadable, or of another format."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A council's geography as read from its folder."""

    name: str
    council: str
    licence: str
    attribution: str
    gazetteer: Gazetteer
    small_areas: tuple[SmallAreas, ...] = ()


def read_pack(folder: Path) -> Pack:
    """The pack in a folder. Raises BrokenPackError with a clear sentence."""
    try:
        return _read(folder)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as problem:
        raise BrokenPackError(f"The geography pack in {folder.name} cannot be read: {problem}.") from problem


def _read(folder: Path) -> Pack:
    about = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
    if about["format"] != FORMAT:
        raise BrokenPackError(f"The geography pack in {folder.name} has format {about['format']}; {FORMAT} is needed.")
    sets = [_boundary_set(folder, entry) for entry in about["vintages"]]
    crosswalk = Crosswalk(
        sets=tuple(sorted(sets, key=lambda boundary_set: boundary_set.valid_from)),
        postcodes={postcode.code: postcode for postcode in _postcodes(folder / "postcodes.tsv")},
        official=Vintage(about["official_vintage"]),
        neighbours=tuple(_districts(folder / "districts.tsv")),
    )
    gazetteer = Gazetteer(
        city=about["name"],
        crosswalk=crosswalk,
        streets=tuple(_streets(folder / "streets.tsv")),
        neighbours=frozenset(_neighbours(folder / "neighbours.txt")),
        landmarks=tuple(_landmarks(folder / "landmarks.tsv")),
    )
    small_areas = _small_areas(folder, about.get("small_areas", []))
    return Pack(about["name"], about["council"], about["licence"], about["attribution"], gazetteer, small_areas)


def _boundary_set(folder: Path, entry: Any) -> BoundarySet:
    packed = json.loads((folder / entry["file"]).read_text(encoding="utf-8"))
    wards = tuple(_ward(ward, packed["scale"]) for ward in packed["wards"])
    ended = entry.get("valid_to")
    valid_to = date.fromisoformat(ended) if ended else None
    return BoundarySet(Vintage(entry["vintage"]), date.fromisoformat(entry["valid_from"]), wards, valid_to)


def _ward(packed: Any, scale: int) -> Ward:
    residents = Residents(*packed["residents"]) if "residents" in packed else None
    return Ward(WardCode(packed["code"]), packed["name"], _polygon(packed["parts"], scale), residents)


def _small_areas(folder: Path, entries: list[Any]) -> tuple[SmallAreas, ...]:
    """The small areas of every vintage that the pack has; most packs have none."""
    rows = [line.split("\t") for line in (folder / "lsoa.tsv").read_text("utf-8").splitlines()] if entries else []
    layers = []
    for entry in entries:
        packed = json.loads((folder / entry["file"]).read_text(encoding="utf-8"))
        polygons = {area["code"]: _polygon(area["parts"], packed["scale"]) for area in packed["areas"]}
        own = [row[1:] for row in rows if row[0] == entry["vintage"]]
        quintiles = {code: int(quintile) for code, quintile, _, _ in own if quintile}
        population = {code: Residents(int(count), int(year)) for code, _, count, year in own if count}
        layers.append(SmallAreas(entry["vintage"], polygons, quintiles, population, entry["index_year"]))
    return tuple(layers)


def _polygon(packed: list[Any], scale: int) -> Polygon | MultiPolygon:
    parts = [Polygon(_corners(outline, scale), [_corners(hole, scale) for hole in holes]) for outline, *holes in packed]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _corners(steps: list[int], scale: int) -> list[tuple[float, float]]:
    x = y = 0
    corners = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        corners.append((x / scale, y / scale))
    return corners


def _postcodes(path: Path) -> Iterator[Postcode]:
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    wards = [WardCode(code) for code in first.split("\t")]
    for line in lines:
        code, lat, lon, number = line.split("\t")
        yield Postcode(code, Point(int(lat) / 1e6, int(lon) / 1e6), wards[int(number)])


def _streets(path: Path) -> Iterator[Street]:
    for line in path.read_text(encoding="utf-8").splitlines():
        name, *anchors = line.split("\t")
        pairs = (anchor.split(",") for anchor in anchors)
        yield Street(name, tuple(Point(int(lat) / 1e6, int(lon) / 1e6) for lat, lon in pairs))


def _districts(path: Path) -> Iterator[Neighbour]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    for line in lines:
        name, district, lat, lon = line.split("\t")
        yield Neighbour(name, district, Point(float(lat), float(lon)))


def _neighbours(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _landmarks(path: Path) -> Iterator[Landmark]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    return map(read_landmark, lines)
