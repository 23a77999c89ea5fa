"""The streets of a council."""

from dataclasses import dataclass

from geography.places import Point


@dataclass(frozen=True, slots=True)
class Street:
    """A street and one or more map points on it (not its extent). One without any is nowhere, and is never named."""

    name: str
    anchors: tuple[Point, ...]

    def middle(self) -> Point:
        """The anchor nearest to the mean of them all: a point that is truly on the street."""
        lat = sum(point.lat for point in self.anchors) / len(self.anchors)
        lon = sum(point.lon for point in self.anchors) / len(self.anchors)
        return min(self.anchors, key=lambda point: (point.lat - lat) ** 2 + (0.63 * (point.lon - lon)) ** 2)
