import random
from collections.abc import Callable, Sequence
from math import nextafter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from geography.edges import edges_of, side_of
from geography.grid import OUTSIDE, PolygonGrid
from geography.locating import City
from geography.vocabulary import Vintage

Shapes = Sequence[Polygon | MultiPolygon]
POINTS = 20_000
MANY = 200_000


def plain_test(polygons: Shapes) -> Callable[[float, float], int]:
    """The answer by shapely alone: the lowest number of those whose polygon covers the point."""
    tree = shapely.STRtree(list(polygons))

    def found(x: float, y: float) -> int:
        hits = tree.query(shapely.Point(x, y), predicate="intersects")
        return int(hits.min()) if len(hits) else OUTSIDE

    return found


def wards_of(city: City, vintage: str) -> Shapes:
    return [ward.polygon for ward in city.boundary_set(Vintage(vintage))]


@pytest.mark.parametrize("vintage", ["2011", "2023"])
def test_random_points_agree_with_the_plain_test(city: City, vintage: str) -> None:
    polygons = wards_of(city, vintage)
    grid, plain = PolygonGrid(polygons), plain_test(polygons)
    west, south, east, north = shapely.total_bounds(list(polygons))
    chance = random.Random(vintage)
    for _ in range(POINTS):
        x, y = chance.uniform(west - 0.01, east + 0.01), chance.uniform(south - 0.01, north + 0.01)
        assert grid.find(x, y) == plain(x, y), (x, y)


@pytest.mark.parametrize("vintage", ["2011", "2023"])
def test_points_on_and_beside_boundaries_agree_with_the_plain_test(city: City, vintage: str) -> None:
    polygons = wards_of(city, vintage)
    grid, plain = PolygonGrid(polygons), plain_test(polygons)
    for polygon in polygons:
        for x1, y1, x2, y2 in edges_of(polygon):
            x, y = (x1 + x2) / 2, (y1 + y2) / 2
            for spot in ((x1, y1), (x2, y2), (x, y), (nextafter(x, 9), y), (x, nextafter(y, 0))):
                assert grid.find(*spot) == plain(*spot), spot


def test_a_shared_corner_or_edge_goes_to_the_lowest_number() -> None:
    squares: Shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 1, 1, 2), box(1, 1, 2, 2)]
    for turn in range(4):
        grid = PolygonGrid([*squares[turn:], *squares[:turn]])
        assert grid.find(1, 1) == 0
    grid = PolygonGrid(squares)
    assert [grid.find(1, 0.5), grid.find(0.5, 1), grid.find(1.5, 1), grid.find(1, 2)] == [0, 0, 1, 2]
    assert grid.find(2, 2) == 3
    assert grid.find(nextafter(2, 3), 2) == OUTSIDE


def test_holes_gaps_and_islands() -> None:
    ring = Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (3, 1), (3, 3), (1, 3)]])
    shapes: Shapes = [ring, MultiPolygon([box(1, 1, 2, 3), box(6, 0, 7, 1)])]
    grid = PolygonGrid(shapes)
    assert [grid.find(0.5, 2), grid.find(1.5, 2), grid.find(2.5, 2)] == [0, 1, OUTSIDE]
    assert [grid.find(1, 2), grid.find(3, 2), grid.find(6.5, 0.5), grid.find(5, 0.5)] == [0, 0, 1, OUTSIDE]


def test_points_far_away_are_outside() -> None:
    grid = PolygonGrid([box(0, 0, 1, 1)])
    assert {grid.find(x, y) for x, y in [(-180, 0.5), (180, 0.5), (0.5, -90), (0.5, 90)]} == {OUTSIDE}


def test_the_grid_needs_polygons() -> None:
    with pytest.raises(ValueError, match="from 1 to 250"):
        PolygonGrid([])


# Corners on a coarse lattice make points on vertices, on level edges and on slanting edges common.
steps = st.integers(0, 12)
corners = st.lists(st.tuples(steps, steps), min_size=3, max_size=9, unique=True)
halves = st.lists(st.tuples(st.integers(-2, 26), st.integers(-2, 26)), min_size=30, max_size=60)


def _shapes(drawn: list[list[tuple[int, int]]], scale: float) -> list[Polygon]:
    """A polygon around each set of corners; where the first holds the second, it gets a hole of its shape."""
    spots = [[(round(x * scale, 6), round(y * scale, 6)) for x, y in corners] for corners in drawn]
    hulls = (shapely.concave_hull(shapely.MultiPoint(each), ratio=0.3) for each in spots)
    shapes = [hull for hull in hulls if isinstance(hull, Polygon) and hull.area > 0]
    if len(shapes) > 1 and shapes[0].contains_properly(shapes[1]):
        shapes[0] = Polygon(shapes[0].exterior, [shapes[1].exterior])
    return shapes


@settings(deadline=None, max_examples=150)
@given(st.lists(corners, min_size=1, max_size=4), halves, st.sampled_from([1.0, 0.1, 0.013]))
def test_any_polygons_agree_with_the_plain_test(
    drawn: list[list[tuple[int, int]]], halves: list[tuple[int, int]], scale: float
) -> None:
    shapes = _shapes(drawn, scale)
    if not shapes:
        return
    grid, plain = PolygonGrid(shapes), plain_test(shapes)
    for x, y in halves:
        spot = (round(x / 2 * scale, 6), round(y / 2 * scale, 6))
        assert grid.find(*spot) == plain(*spot), spot


unit = st.floats(0, 1, allow_nan=False)


@given(unit, unit, unit, unit, unit)
def test_the_side_of_an_edge_is_exact(x1: float, y1: float, x2: float, y2: float, along: float) -> None:
    low, high = sorted([(y1, x1), (y2, x2)])
    edge = (low[1], low[0], high[1], high[0])
    assert side_of(edge, edge[0], edge[1]) == side_of(edge, edge[2], edge[3]) == 0
    middle = edge[1] + along * (edge[3] - edge[1])
    if edge[1] < middle < edge[3]:
        assert side_of(edge, -1.0, middle) == 1
        assert side_of(edge, 2.0, middle) == -1


@pytest.mark.parametrize("vintage", ["2011", "2023"])
def test_many_points_at_once_agree_with_the_plain_test(city: City, vintage: str) -> None:
    polygons = wards_of(city, vintage)
    west, south, east, north = shapely.total_bounds(list(polygons))
    chance = np.random.default_rng(int(vintage))
    x, y = chance.uniform(west - 0.01, east + 0.01, MANY), chance.uniform(south - 0.01, north + 0.01, MANY)
    expected = np.full(MANY, OUTSIDE)
    for number in reversed(range(len(polygons))):
        shapely.prepare(polygons[number])
        expected[shapely.intersects_xy(polygons[number], x, y)] = number
    found = PolygonGrid(polygons).find_many(x, y)
    print(f"{np.count_nonzero(found == expected):,} of {MANY:,} points alike on the wards of {vintage}")
    assert np.array_equal(found, expected)


# A map drawn on a lattice: squares, each cut in two along one diagonal or the other, each half given to one of four
# polygons. All boundaries are shared edges; polygons have holes, islands and vertices in the middle of another's edge.
SIDE = 4
owners = st.lists(st.integers(0, 3), min_size=2 * SIDE * SIDE, max_size=2 * SIDE * SIDE)
diagonals = st.lists(st.booleans(), min_size=SIDE * SIDE, max_size=SIDE * SIDE)


def _patchwork(owners: list[int], diagonals: list[bool], scale: float) -> list[Polygon | MultiPolygon]:
    halves: list[list[Polygon]] = [[], [], [], []]
    for number, rises in enumerate(diagonals):
        left, bottom = number % SIDE, number // SIDE
        a, b, c, d = ((left + x, bottom + y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)))
        cut = ((a, b, c), (a, c, d)) if rises else ((a, b, d), (b, c, d))
        for owner, half in zip(owners[2 * number :], cut, strict=False):
            halves[owner].append(Polygon([(x * scale, y * scale) for x, y in half]))
    joined = (shapely.union_all(each) for each in halves if each)
    return [each for each in joined if isinstance(each, Polygon | MultiPolygon)]


@settings(deadline=None, max_examples=50)
@given(owners, diagonals, st.sampled_from([1.0, 0.1, 0.0125]))
def test_holes_and_shared_edges_give_one_stable_answer(owners: list[int], diagonals: list[bool], scale: float) -> None:
    shapes = _patchwork(owners, diagonals, scale)
    grid, plain = PolygonGrid(shapes), plain_test(shapes)
    lattice = [step / 4 * scale for step in range(-1, 4 * SIDE + 2)]
    spots = [(x, y) for x in lattice for y in lattice]
    answers = [grid.find(x, y) for x, y in spots]
    assert answers == [plain(x, y) for x, y in spots]
    assert grid.find_many(*np.array(spots).T).tolist() == answers
    for number, shape in enumerate(shapes):
        corners = shapely.get_coordinates(shape).tolist()
        assert all(0 <= grid.find(x, y) <= number for x, y in corners), "a corner goes to the lowest that has it"


def test_no_points_are_no_answers() -> None:
    assert PolygonGrid([box(0, 0, 1, 1)]).find_many(np.array([]), np.array([])).tolist() == []
