"""What stands on the map of a city besides its wards: main places by name, and the water."""

from dataclasses import dataclass, field
from pathlib import Path

from shapely import union_all
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geography.places import Point
from geography.sources.by_hand import read_landmarks, read_water

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
    """What a pack's folder says about places and water. Raises SourceError, with the file and the row."""
    landmarks, water = folder / "landmarks.tsv", folder / "water.json"
    found = read_landmarks(landmarks) if landmarks.exists() else ()
    names, areas = read_water(water) if water.exists() else ((), ())
    return Surroundings(
        (
            *(MapPlace(name, WATER, point) for name, point in names),
            *(MapPlace(each.name, each.kind, each.point, each.radius) for each in found),
        ),
        union_all(areas) if areas else MultiPolygon(),
    )
