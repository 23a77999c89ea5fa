"""Reads a council's packed files. Nothing here needs a map projection."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from shapely.geometry import MultiPolygon, Polygon

from geography.crosswalk import Crosswalk, Postcode
from geography.gazetteer import Gazetteer
from geography.places import Point
from geography.small_areas import SmallAreas
from geography.sources.by_hand import read_districts, read_landmarks, read_neighbours
from geography.sources.files import SourceError
from geography.streets import Street
from geography.vocabulary import Vintage, WardCode
from geography.wards import BoundarySet, Residents, Ward

FORMAT = 1
_T = TypeVar("_T")


class BrokenPackError(Exception):
    """A pack's files are missing, unreadable, or of another format."""


class _InAFile(ValueError):
    """What is wrong, with the file and the row."""


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
    except (OSError, ValueError) as problem:
        raise BrokenPackError(
            f"The geography pack in {folder.name} cannot be read: {str(problem).rstrip('.')}."
        ) from problem


def _read(folder: Path) -> Pack:
    about = _json(folder / "pack.json")
    with _of("pack.json"):
        if about["format"] != FORMAT:
            raise BrokenPackError(
                f"The geography pack in {folder.name} has format {about['format']}; {FORMAT} is needed."
            )
        return _city(folder, about)


def _city(folder: Path, about: Any) -> Pack:
    sets = [_boundary_set(folder, entry) for entry in about["vintages"]]
    crosswalk = Crosswalk(
        sets=tuple(sorted(sets, key=lambda boundary_set: boundary_set.valid_from)),
        postcodes={postcode.code: postcode for postcode in _postcodes(folder / "postcodes.tsv")},
        official=Vintage(about["official_vintage"]),
        neighbours=_if_there(folder / "districts.tsv", read_districts, ()),
    )
    gazetteer = Gazetteer(
        city=about["name"],
        crosswalk=crosswalk,
        streets=tuple(_rows(folder / "streets.tsv", _street)),
        neighbours=_if_there(folder / "neighbours.txt", read_neighbours, frozenset()),
        landmarks=_if_there(folder / "landmarks.tsv", read_landmarks, ()),
    )
    small_areas = _small_areas(folder, about.get("small_areas", []))
    return Pack(about["name"], about["council"], about["licence"], about["attribution"], gazetteer, small_areas)


def _boundary_set(folder: Path, entry: Any) -> BoundarySet:
    vintage, first = Vintage(entry["vintage"]), date.fromisoformat(entry["valid_from"])
    last = date.fromisoformat(ended) if (ended := entry.get("valid_to")) else None
    packed = _json(folder / entry["file"])
    with _of(entry["file"]):
        return BoundarySet(vintage, first, tuple(_ward(ward, packed["scale"]) for ward in packed["wards"]), last)


def _ward(packed: Any, scale: int) -> Ward:
    residents = Residents(*packed["residents"]) if "residents" in packed else None
    return Ward(WardCode(packed["code"]), packed["name"], _polygon(packed["parts"], scale), residents)


def _small_areas(folder: Path, entries: list[Any]) -> tuple[SmallAreas, ...]:
    """The small areas of every vintage that the pack has; most packs have none."""
    rows = _rows(folder / "lsoa.tsv", _small_area_figures) if entries else []
    layers = []
    for entry in entries:
        packed = _json(folder / entry["file"])
        with _of(entry["file"]):
            polygons = {area["code"]: _polygon(area["parts"], packed["scale"]) for area in packed["areas"]}
        own = [row[1:] for row in rows if row[0] == entry["vintage"]]
        quintiles = {code: quintile for code, quintile, _ in own if quintile}
        population = {code: residents for code, _, residents in own if residents}
        layers.append(SmallAreas(entry["vintage"], polygons, quintiles, population, entry["index_year"]))
    return tuple(layers)


def _small_area_figures(cells: list[str]) -> tuple[str, str, int | None, Residents | None]:
    vintage, code, quintile, count, year = cells
    residents = Residents(int(count), int(year)) if count else None
    return vintage, code, int(quintile) if quintile else None, residents


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


def _postcodes(path: Path) -> list[Postcode]:
    """The first line is the codes of the wards, which the others name by number."""
    wards: list[WardCode] = []

    def read(cells: list[str]) -> Postcode | None:
        if not wards:
            wards.extend(map(WardCode, cells))
            return None
        code, lat, lon, number = cells
        return Postcode(code, Point(int(lat) / 1e6, int(lon) / 1e6), wards[int(number)])

    return [postcode for postcode in _rows(path, read) if postcode]


def _street(cells: list[str]) -> Street:
    name, *anchors = cells
    if not anchors:
        raise ValueError(f"{name} has no point")
    pairs = (anchor.split(",") for anchor in anchors)
    return Street(name, tuple(Point(int(lat) / 1e6, int(lon) / 1e6) for lat, lon in pairs))


def _rows(path: Path, read: Callable[[list[str]], _T]) -> list[_T]:
    """Each line of a table as `read` makes it. _InAFile says which line could not be read."""
    found = []
    # Not splitlines: it takes some odd characters of a name for the end of a line.
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line:
            try:
                found.append(read(line.split("\t")))
            except (ValueError, IndexError) as problem:
                raise _InAFile(f"{path.name}, row {number}: {problem}") from problem
    return found


def _json(path: Path) -> Any:
    with _of(path.name):
        return json.loads(path.read_text(encoding="utf-8"))


def _if_there(path: Path, read: Callable[[Path], _T], otherwise: _T) -> _T:
    return read(path) if path.exists() else otherwise


@contextmanager
def _of(name: str) -> Iterator[None]:
    """Whatever is wrong in here says which file it is wrong in, unless it said so already."""
    try:
        yield
    except (_InAFile, SourceError):
        raise
    except KeyError as problem:
        raise _InAFile(f"{name}: {problem} is missing") from problem
    except (ValueError, IndexError, TypeError, RecursionError) as problem:
        raise _InAFile(f"{name}: {problem}") from problem
