"""Where the wards' names stand on a picture: in each ward's widest room, and apart."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geography.picture import Picture
from geography.places import Point
from geography.wards import BoundarySet

# The width of a bold letter and the height of a line, in sizes of the type, for a wide system font.
_LETTER, LINE = 0.64, 1.06
_STEPS = (0.0, -0.5, 0.5, -1.0, 1.0, -1.5, 1.5, -2.0, 2.0)


@dataclass(frozen=True, slots=True)
class Label:
    """A name in one or two lines, centred on x and y."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float

    def baselines(self) -> list[float]:
        """The y of each line's letters."""
        first = self.y + self.size * (0.35 - (len(self.lines) - 1) * LINE / 2)
        return [first + row * self.size * LINE for row in range(len(self.lines))]

    def overlap(self, other: "Label") -> float:
        """The area two labels share, in square units."""
        across = self._half_width + other._half_width - abs(self.x - other.x)
        down = self._half_height + other._half_height - abs(self.y - other.y)
        return across * down if across > 0 and down > 0 else 0.0

    def outside(self, width: float) -> float:
        """How far the label reaches over the picture's left or right edge."""
        return max(0.0, self._half_width - self.x, self.x + self._half_width - width)

    @property
    def _half_width(self) -> float:
        return max(map(len, self.lines)) * self.size * _LETTER / 2

    @property
    def _half_height(self) -> float:
        return len(self.lines) * self.size * LINE / 2


@lru_cache(maxsize=8)
def labels(picture: Picture, boundary_set: BoundarySet, size: float) -> tuple[Label, ...]:
    """A label for each ward, the least roomy first, each as near to its best spot as the others allow."""
    spots = [(roomiest_spot(picture, ward.polygon), ward) for ward in boundary_set]
    placed: list[Label] = []
    for (_, x, y), ward in sorted(spots, key=lambda pair: pair[0]):
        choices = [
            Label(over_two_lines(ward.name), x + size * across, y + size * down, size)
            for across, down in product(_STEPS, _STEPS)
        ]
        placed.append(min(choices, key=lambda label: _badness(label, placed, x, y, picture.width)))
    return tuple(placed)


def _badness(label: Label, placed: list[Label], x: float, y: float, width: float) -> float:
    moved = (label.x - x) ** 2 + 2 * (label.y - y) ** 2
    shared = sum(label.overlap(other) for other in placed)
    return moved + 30 * shared + 100 * label.outside(width)


def roomiest_spot(picture: Picture, shape: BaseGeometry) -> tuple[float, float, float]:
    """The radius and the middle of the widest circle inside a shape in degrees, in picture units."""
    squeezed: Any = shapely.transform(shape, lambda at: at * [picture.per_lon, -picture.per_lat])
    circle = shapely.maximum_inscribed_circle(squeezed, tolerance=1.0)
    (x, y), *_ = circle.coords
    return (float(circle.length), *picture.place(Point(-y / picture.per_lat, x / picture.per_lon)))


def over_two_lines(name: str) -> tuple[str, ...]:
    """A name over two lines when it has several words, split so that the longer line is short."""
    words = name.split()
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(ways, key=lambda way: max(map(len, way)), default=(name,))
