"""What stands on the map of a city besides its wards: main places by name, and the water."""

import json
from collections.abc import Iterator
from csv import QUOTE_NONE, DictReader
from dataclasses import dataclass, field
from pathlib import Path

from shapely import union_all
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geography.places import Point

WATER, STREET = "water", "street"


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place to draw: its name, the landmarks' word for its kind, its middle, and about how far it reaches."""

    name: str
    kind: str
    point: Point
    radius_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The main places of a city and the shape of its water; both empty when nobody wrote them down."""

    places: tuple[MapPlace, ...] = ()
    water: BaseGeometry = field(default_factory=MultiPolygon)


def surroundings_in(folder: Path) -> Surroundings:
    """What a pack's folder says about places and water."""
    names, water = _water(folder / "water.json")
    return Surroundings((*names, *_landmarks(folder / "landmarks.tsv")), water)


def _landmarks(path: Path) -> Iterator[MapPlace]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as lines:
        for row in DictReader(lines, delimiter="\t", quoting=QUOTE_NONE):
            point = Point(float(row["lat"]), float(row["lon"]))
            yield MapPlace(row["name"], row["kind"], point, float(row["radius_m"]))


def _water(path: Path) -> tuple[list[MapPlace], BaseGeometry]:
    if not path.exists():
        return [], MultiPolygon()
    written = json.loads(path.read_text(encoding="utf-8"))
    names = [MapPlace(name, WATER, Point(lat, lon)) for name, lat, lon in written["names"]]
    return names, union_all([Polygon(corners) for corners in written["areas"]])
