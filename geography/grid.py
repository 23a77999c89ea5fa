"""A grid over polygons: cells wholly within one polygon answer at once, the others by an exact test."""

from collections import defaultdict
from collections.abc import Sequence
from math import hypot

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geography.edges import Edge, covers, edges_of

OUTSIDE = -1
COLUMNS = 640
_NOWHERE = 254
_EDGE = 255
# Degrees by which an edge is widened when cells are marked, far more than any rounding of a cell's number.
_SLACK = 1e-9

_LocalTest = tuple[int, bool, tuple[Edge, ...]]
Degrees = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int16]


class PolygonGrid:
    """Answers which polygon covers a point; the lowest-numbered wins where several do.

    Polygons are in degrees (x longitude, y latitude), at most 250, and may have holes, gaps or overlaps.
    """

    __slots__ = ("_cells", "_columns", "_east", "_edges", "_north", "_per_x", "_per_y", "_rows", "_south",
                 "_tests", "_tree", "_west")  # fmt: skip

    def __init__(self, polygons: Sequence[Polygon | MultiPolygon]) -> None:
        if not 0 < len(polygons) <= 250:
            raise ValueError("A grid holds from 1 to 250 polygons.")
        west, south, east, north = (float(side) for side in shapely.total_bounds(list(polygons)))
        width, height = max(east - west, 1e-4), max(north - south, 1e-4)
        self._columns = COLUMNS
        self._rows = max(8, min(2 * COLUMNS, round(COLUMNS * height / (width * 0.63))))
        pad_x, pad_y = width / (COLUMNS - 4), height / (self._rows - 4)
        self._west, self._south = west - 2 * pad_x, south - 2 * pad_y
        self._east, self._north = east + pad_x, north + pad_y
        self._per_x, self._per_y = 1 / pad_x, 1 / pad_y
        self._tree = shapely.STRtree(list(polygons))
        self._edges = [tuple(edges_of(polygon)) for polygon in polygons]
        self._tests: dict[int, tuple[_LocalTest, ...]] = {}
        self._cells = bytes(self._filled())

    def find(self, x: float, y: float) -> int:
        """The number of the polygon that covers the point, or OUTSIDE."""
        if not (self._west <= x < self._east and self._south <= y < self._north):
            return OUTSIDE
        cell = int((y - self._south) * self._per_y) * COLUMNS + int((x - self._west) * self._per_x)
        found = self._cells[cell]
        if found < _NOWHERE:
            return found
        return OUTSIDE if found == _NOWHERE else self._settle(cell, x, y)

    def find_many(self, x: Degrees, y: Degrees) -> Numbers:
        """`find` for each of many points: whole cells all at once, those at edges one by one by the same exact test."""
        found = np.full(len(x), OUTSIDE, np.int16)
        (near,) = np.nonzero((self._west <= x) & (x < self._east) & (self._south <= y) & (y < self._north))
        rows = ((y[near] - self._south) * self._per_y).astype(np.int64)
        cells = rows * COLUMNS + ((x[near] - self._west) * self._per_x).astype(np.int64)
        kinds = np.frombuffer(self._cells, np.uint8)[cells]
        whole = kinds < _NOWHERE
        found[near[whole]] = kinds[whole]
        at_edge = kinds == _EDGE
        spots = zip(*(each.tolist() for each in (cells[at_edge], x[near][at_edge], y[near][at_edge])), strict=True)
        found[near[at_edge]] = [self._settle(*spot) for spot in spots]
        return found

    def edge_cells(self) -> tuple[int, int]:
        """How many cells need the exact test, and how many there are."""
        return self._cells.count(_EDGE), len(self._cells)

    def _settle(self, cell: int, x: float, y: float) -> int:
        tests = self._tests.get(cell)
        if tests is None:
            tests = self._tests[cell] = self._local_tests(cell)
        for number, inside, edges in tests:
            if covers(edges, x, y, inside):
                return number
        return OUTSIDE

    def _filled(self) -> bytearray:
        cells = bytearray([_NOWHERE]) * (self._columns * self._rows)
        for edges in self._edges:
            for edge in edges:
                self._mark(cells, edge)
        runs = self._plain_runs(cells)
        centres = [self._centre((start + end - 1) // 2) for start, end in runs]
        hits = self._tree.query(shapely.points(centres), predicate="intersects")
        lowest: defaultdict[int, int] = defaultdict(lambda: _NOWHERE)
        for run, polygon in hits.T.tolist():
            lowest[run] = min(lowest[run], polygon)
        for run, (start, end) in enumerate(runs):
            cells[start:end] = bytes([lowest[run]]) * (end - start)
        return cells

    def _mark(self, cells: bytearray, edge: Edge) -> None:
        first = int((edge[1] - _SLACK - self._south) * self._per_y)
        last = int((edge[3] + _SLACK - self._south) * self._per_y)
        for row in range(first, last + 1):
            low, high = self._reach(edge, row)
            start = row * COLUMNS + int((low - _SLACK - self._west) * self._per_x)
            end = row * COLUMNS + int((high + _SLACK - self._west) * self._per_x) + 1
            cells[start:end] = bytes([_EDGE]) * (end - start)

    def _reach(self, edge: Edge, row: int) -> tuple[float, float]:
        """The least and greatest x of the part of an edge within a row, slightly widened."""
        x1, y1, x2, y2 = edge
        bottom, top = self._band(row)
        if y2 - y1 <= _SLACK:
            return (x1, x2) if x1 < x2 else (x2, x1)
        slope = (x2 - x1) / (y2 - y1)
        a = x1 + slope * (max(bottom, y1) - y1)
        b = x1 + slope * (min(top, y2) - y1)
        widening = _SLACK * (1 + hypot(slope, 1))
        return max(min(a, b) - widening, min(x1, x2)), min(max(a, b) + widening, max(x1, x2))

    def _band(self, row: int) -> tuple[float, float]:
        bottom = self._south + row / self._per_y
        return bottom - _SLACK, bottom + 1 / self._per_y + _SLACK

    def _plain_runs(self, cells: bytearray) -> list[tuple[int, int]]:
        """Stretches of a row between edges: no edge lies inside one, so one answer holds for all of it."""
        runs = []
        for row in range(self._rows):
            at, end = row * COLUMNS, (row + 1) * COLUMNS
            while at < end:
                stop = cells.find(_EDGE, at, end)
                stop = end if stop < 0 else stop
                if stop > at:
                    runs.append((at, stop))
                at = stop + 1
        return runs

    def _centre(self, cell: int) -> tuple[float, float]:
        row, column = divmod(cell, COLUMNS)
        return self._west + (column + 0.5) / self._per_x, self._south + (row + 0.5) / self._per_y

    def _local_tests(self, cell: int) -> tuple[_LocalTest, ...]:
        """For one cell, each polygon that may cover part of it, with only the edges that can matter there."""
        row, column = divmod(cell, COLUMNS)
        left = self._west + column / self._per_x - _SLACK
        right = left + 1 / self._per_x + 2 * _SLACK
        tests = []
        for number, edges in enumerate(self._edges):
            inside, near = self._nearby(edges, row, left, right)
            if inside or near:
                tests.append((number, inside, near))
        return tuple(tests)

    def _nearby(self, edges: Sequence[Edge], row: int, left: float, right: float) -> tuple[bool, tuple[Edge, ...]]:
        bottom, top = self._band(row)
        inside, near = False, []
        for edge in edges:
            if edge[3] < bottom or edge[1] > top:
                continue
            low, high = self._reach(edge, row)
            if high < left:
                continue
            if low > right and edge[1] < bottom and edge[3] > top:
                inside = not inside
            else:
                near.append(edge)
        return inside, tuple(near)
