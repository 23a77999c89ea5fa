"""Areas from GeoJSON: wards and small areas of the Office for National Statistics, or our own plain form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.validation import explain_validity

from geography.sources.files import Source, SourceError, is_a_name, read_json, tidy

Shape = Polygon | MultiPolygon
Bounds = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""
_UNITED_KINGDOM = (-9.0, 49.0, 2.5, 61.5)
_FAR = 0.5
"""Degrees: no small area is as wide."""
_PLAIN = "code"
_CODE = re.compile(r"[A-Z]\d{8}")
_NOT_DEGREES = re.compile(r"EPSG:+(?:[\d.]*:)?(?!4326\b)(\d{4,5})\b", re.IGNORECASE)
_TRANSFORM = "Download it as GeoJSON in WGS84 (EPSG:4326), or convert it."


@dataclass(frozen=True, slots=True)
class Kind:
    """What is looked for: how people call one, and how the official columns begin (WD of WD23CD)."""

    word: str
    prefix: str


WARD = Kind("ward", "WD")
SMALL_AREA = Kind("small area", "LSOA")


@dataclass(frozen=True, slots=True)
class Area:
    """One polygon with its code and name, in WGS84 degrees."""

    code: str
    name: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Layer:
    """The areas of one file, in the order of their codes. `vintage` and `valid_from` only when the file says them."""

    source: Source
    areas: tuple[Area, ...]
    vintage: str | None
    valid_from: str | None


def read_areas(source: Source, kind: Kind, council: str | None = None, near: Bounds | None = None) -> Layer:
    """The areas in a file, those of the council when the file says which are its. Raises SourceError.

    What plainly lies far from `near` is not looked at: one bad polygon of the country's need not stop a council.
    """
    collection = read_json(source)
    features = _features(source, collection)
    code_column = _column(source, features, kind)
    _refuse_other_projection(source, collection)
    kept = [each for each in _of_council(source, features, council, kind) if not _is_far(each[1], near)]
    areas: dict[str, tuple[int, Area]] = {}
    for number, feature in kept:
        area = _area(source, number, feature, code_column)
        if area.code in areas:
            raise _wrong(source, number, area.code, f"the code is there already, in feature {areas[area.code][0]}. "
                         f"Keep one {kind.word} for each code.")  # fmt: skip
        if kind is WARD:
            _check_name(source, number, area, areas)
        areas[area.code] = number, area
    vintage = f"20{code_column[len(kind.prefix) :][:2]}" if code_column != _PLAIN else None
    ordered = tuple(area for _, (_, area) in sorted(areas.items()))
    return Layer(source, ordered, vintage, collection.get("valid_from"))


def _features(source: Source, collection: Any) -> list[dict[str, Any]]:
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise source.wrong("it is not a FeatureCollection. Download the whole layer as GeoJSON.")
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise source.wrong("it has no features. Download the whole layer as GeoJSON.")
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise source.wrong(f"feature {number} has no properties. Download the whole layer as GeoJSON.")
    return features


def _column(source: Source, features: Sequence[dict[str, Any]], kind: Kind) -> str:
    pattern = re.compile(rf"{kind.prefix}\d\dCD", re.IGNORECASE)
    for name in features[0]["properties"]:
        if name == _PLAIN or pattern.fullmatch(name):
            return str(name)
    raise source.wrong(
        f"its features have no {kind.word} code, such as {kind.prefix}23CD or code. "
        f"Give the file of {kind.word} boundaries."
    )


def _refuse_other_projection(source: Source, collection: dict[str, Any]) -> None:
    crs = collection.get("crs")
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = str(named.get("name", "") if isinstance(named, dict) else named)
    if found := _NOT_DEGREES.search(name):
        raise source.wrong(f"it says that its projection is EPSG:{found[1]}. {_TRANSFORM}")


def _of_council(
    source: Source, features: Sequence[dict[str, Any]], council: str | None, kind: Kind
) -> Iterator[tuple[int, dict[str, Any]]]:
    column = next((name for name in features[0]["properties"] if re.fullmatch(r"LAD\d\dCD", name, re.I)), None)
    numbered = list(enumerate(features, start=1))
    if council is None or column is None:
        return iter(numbered)
    kept = [(number, feature) for number, feature in numbered if feature["properties"].get(column) == council]
    if not kept:
        raise source.wrong(f"no {kind.word} in it is of {council}. Check the council's code and the file.")
    return iter(kept)


def _is_far(feature: dict[str, Any], near: Bounds | None) -> bool:
    try:
        corner = feature["geometry"]["coordinates"]
        while isinstance(corner[0], list):
            corner = corner[0]
        x, y = float(corner[0]), float(corner[1])
    except (KeyError, IndexError, TypeError, ValueError, OverflowError):
        return False
    if near is None or not in_the_kingdom(x, y):
        return False
    west, south, east, north = near
    return not (west - _FAR <= x <= east + _FAR and south - _FAR <= y <= north + _FAR)


def _area(source: Source, number: int, feature: dict[str, Any], code_column: str) -> Area:
    properties = feature["properties"]
    code = str(properties.get(code_column) or "").strip()
    if not code:
        raise _wrong(source, number, "", f"it has no {code_column}. Complete it, or leave the feature out.")
    if not _CODE.fullmatch(code):
        raise _wrong(source, number, "", f"{code[:20]!r} is not a code such as E05015490. Correct it.")
    name_column = "name" if code_column == _PLAIN else f"{code_column[:-2]}{'NM' if code_column.isupper() else 'nm'}"
    return Area(
        code, tidy(str(properties.get(name_column) or "")), _shape(source, number, code, feature.get("geometry"))
    )


def _check_name(source: Source, number: int, area: Area, before: dict[str, tuple[int, Area]]) -> None:
    """Wards are chosen, counted and told by their names."""
    if not is_a_name(area.name):
        raise _wrong(source, number, area.code, "the ward has no name. Complete it.")
    for other, twin in before.values():
        if twin.name.casefold() == area.name.casefold():
            raise _wrong(source, number, area.code, f"the ward's name {area.name} is there already, in feature "
                         f"{other}. Give each ward a name of its own.")  # fmt: skip


def _shape(source: Source, number: int, code: str, geometry: Any) -> Shape:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise _wrong(source, number, code, "it is no polygon. Download the layer of boundaries, not of middle points.")
    try:
        nested = geometry["coordinates"]
        parts = [nested] if geometry["type"] == "Polygon" else nested
        rings = [[[(float(x), float(y)) for x, y, *_ in ring] for ring in part] for part in parts]
        if not rings or not all(rings):
            raise ValueError("empty")
        if not all(isfinite(x) and isfinite(y) for part in rings for ring in part for x, y in ring):
            raise ValueError("endless")
    except (KeyError, TypeError, ValueError, OverflowError) as problem:
        raise _wrong(source, number, code, "its coordinates cannot be read. Download the file again.") from problem
    for part in rings:
        for ring in part:
            _check_ring(source, number, code, ring)
    return _valid(source, number, code, [Polygon(outline, holes) for outline, *holes in rings])


def _check_ring(source: Source, number: int, code: str, ring: Sequence[tuple[float, float]]) -> None:
    for x, y in ring:
        if problem := _misplaced(x, y):
            raise _wrong(source, number, code, problem)
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise _wrong(source, number, code, "its ring is not closed: the last corner must repeat the first. "
                     "Download the file again, or close the ring.")  # fmt: skip


def _misplaced(x: float, y: float) -> str | None:
    if in_the_kingdom(x, y):
        return None
    if abs(x) > 180 or abs(y) > 90:
        return f"{x:.0f}, {y:.0f} are metres (eastings and northings), not degrees: the wrong projection. {_TRANSFORM}"
    if in_the_kingdom(y, x):
        return f"latitude and longitude are swapped ({x:g}, {y:g}). GeoJSON gives the longitude first: swap them."
    return f"its corner {x:g}, {y:g} is outside the United Kingdom. {_TRANSFORM}"


def in_the_kingdom(x: float, y: float) -> bool:
    """Whether a longitude and a latitude lie in or near the United Kingdom."""
    west, south, east, north = _UNITED_KINGDOM
    return west <= x <= east and south <= y <= north


def _valid(source: Source, number: int, code: str, parts: list[Polygon]) -> Shape:
    shape = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    if not shapely.is_valid(shape):
        why = explain_validity(shape).replace("[", " at ").rstrip("]").lower()
        raise _wrong(source, number, code, f"its outline crosses itself ({why}). Repair the polygon, or take the file "
                     "with a finer or coarser outline.")  # fmt: skip
    return shape


def _wrong(source: Source, number: int, code: str, what: str) -> SourceError:
    return source.wrong(f"feature {number}{f' ({code})' if code else ''}: {what}")
