"""Exact arithmetic on polygon edges: which side of an edge a point lies, with no rounding in the answer."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from shapely.geometry import MultiPolygon, Polygon

Edge = tuple[float, float, float, float]
"""x1, y1, x2, y2 with y1 <= y2, and x1 <= x2 when the edge is level."""

# Shewchuk's bound for the orientation of three points: beyond it the sign of the float result is certain.
_CERTAIN = (3.0 + 16.0 * 2.0**-53) * 2.0**-53


def edges_of(polygon: Polygon | MultiPolygon) -> Iterator[Edge]:
    """Every edge of every ring, holes included, each pointing upwards. Zero-length edges are left out."""
    parts = polygon.geoms if isinstance(polygon, MultiPolygon) else (polygon,)
    for part in parts:
        for ring in (part.exterior, *part.interiors):
            corners = [(float(x), float(y)) for x, y, *_ in ring.coords]
            for a, b in pairwise(corners):
                if a != b:
                    yield (*a, *b) if (a[1], a[0]) <= (b[1], b[0]) else (*b, *a)


def side_of(edge: Edge, x: float, y: float) -> int:
    """1 when the point is left of the upward edge's line, -1 when right, 0 when exactly on it."""
    x1, y1, x2, y2 = edge
    left = (x1 - x) * (y2 - y)
    right = (y1 - y) * (x2 - x)
    turn = left - right
    if abs(turn) > _CERTAIN * (abs(left) + abs(right)):
        return 1 if turn > 0 else -1
    px, py = Fraction(x), Fraction(y)
    exact = (Fraction(x1) - px) * (Fraction(y2) - py) - (Fraction(y1) - py) * (Fraction(x2) - px)
    return (exact > 0) - (exact < 0)


def covers(edges: Iterable[Edge], x: float, y: float, inside: bool = False) -> bool:
    """Whether the point is inside or on the rings the edges make, by an even-odd ray towards +x.

    `inside` is the parity of the edges left out because they are known to be crossed.
    """
    for edge in edges:
        x1, y1, x2, y2 = edge
        if y1 <= y < y2:
            side = side_of(edge, x, y)
            if side == 0:
                return True
            if side > 0:
                inside = not inside
        elif y == y2 and (x == x2 or (y1 == y2 and x1 <= x <= x2)):
            return True
    return inside
