"""Views of the map: a small grid, every step of which stays on it, and presses that mean what is drawn there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geography.locating import default_city
from geography.map_view import CLOSEST, MapView, whole_picture
from geography.picture import Picture
from geography.places import Point

VIEWS = [
    MapView(zoom, column, row)
    for zoom in range(1, CLOSEST + 1)
    for column in range(2**zoom - 1)
    for row in range(2**zoom - 1)
]
views = st.sampled_from(VIEWS)
shares = st.floats(0, 1)


def whole() -> Picture:
    return whole_picture(default_city().boundary_set(), 288, 229)


@pytest.mark.parametrize("numbers", [(0, 0, 0), (5, 0, 0), (-1, 0, 0), (2, 3, 0), (2, 0, -1), (1, 1, 0), (10**9, 0, 0)])
def test_there_are_no_other_views(numbers: tuple[int, int, int]) -> None:
    assert MapView.of(*numbers) is None


def test_there_are_few_views_so_that_an_address_says_little() -> None:
    assert len(VIEWS) == 1 + 9 + 49 + 225
    assert all(MapView.of(view.zoom, view.column, view.row) == view for view in VIEWS)


@given(views)
def test_every_step_from_a_view_is_a_view(view: MapView) -> None:
    steps = [view.closer(whole()), view.wider(), *(view.moved(*way) for way in ((1, 0), (-1, 0), (0, 1), (0, -1)))]
    assert all(step is None or step in VIEWS for step in steps)
    assert (view.closer(whole()) is None) is (view.zoom == CLOSEST)
    assert (view.wider() is None) is view.is_whole


@given(views)
def test_closer_keeps_the_middle(view: MapView) -> None:
    closer = view.closer(whole())
    if closer:
        middle = view.picture(whole()).point(144, 114.5)
        assert closer.picture(whole()).place(middle) == pytest.approx((144, 114.5), abs=1e-6)


@given(views)
def test_the_views_inside_one_are_closer_and_lie_in_it(view: MapView) -> None:
    frame = view.picture(whole()).frame(1e-9)
    inside = view.inside()
    assert len(inside) == (0 if view.zoom == CLOSEST else 9)
    assert all(each in VIEWS and frame.contains(each.picture(whole()).frame()) for each in inside)


@given(views, shares, shares)
def test_a_press_is_the_inverse_of_the_drawing(view: MapView, across: float, down: float) -> None:
    picture = view.picture(whole())
    assert picture.place(picture.point(288 * across, 229 * down)) == pytest.approx((288 * across, 229 * down), abs=1e-6)


@given(views, shares, shares)
def test_zooming_in_towards_a_pin_keeps_it_in_sight(view: MapView, across: float, down: float) -> None:
    pin = view.picture(whole()).point(288 * across, 229 * down)
    in_city = whole().place(pin)
    closer = view.closer(whole(), pin)
    if closer and 0 <= in_city[0] <= 288 and 0 <= in_city[1] <= 229:
        assert closer.shows(whole(), pin)
        assert closer.zoom <= view.zoom + 1


@given(st.lists(st.tuples(shares, shares), min_size=1, max_size=6))
def test_a_view_around_points_shows_them_all(spots: list[tuple[float, float]]) -> None:
    points = [whole().point(288 * x, 229 * y) for x, y in spots]
    view = MapView.around(whole(), points)
    assert view in VIEWS
    assert all(view.shows(whole(), point, room=1 + 1e-9) for point in points)


def test_a_view_around_one_place_is_close_and_around_nothing_is_the_city() -> None:
    assert MapView.around(whole(), [Point(50.9085, -1.4070)]).zoom == CLOSEST
    assert MapView.around(whole(), []) == MapView()
