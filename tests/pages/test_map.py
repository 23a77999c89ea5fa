"""The map of the public form: pressed or read as a list, without a script, and telling no address where it was."""

import re
from html import unescape
from math import cos, radians, sin
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.work import REPORTER, begin_work, harbour
from geography.map_places import MapPlace, Surroundings
from geography.places import Point
from reporting import drafts, mapping
from reporting.map_page import CHOOSE_AREA, NEEDS_A_POINTER, STALE_LIST, STALE_PRESS
from reporting.mapping import WIDTHS
from reporting.models import Report
from reporting.places import GivenPlace, place_of
from tests.pages.conftest import inside
from tests.pages.visiting import DRAFT, Reporter, Visitor, words_of

PAGE = "/report/where/map"
ONE_PAGE = "/report/one-page"
STATION = MapPlace("Southampton Central", "station", Point(50.90743, -1.41363), 120)
COMMON = MapPlace("Southampton Common", "park", Point(50.92750, -1.41050), 900)
BARGATE = "E05015491"


@pytest.fixture(autouse=True)
def two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """A city with two main places, whatever else the pack says."""
    monkeypatch.setattr(mapping, "surroundings_of", lambda _: Surroundings((STATION, COMMON)))


def addresses(answer: TestResponse) -> list[str]:
    """Every address that a page holds or leads to."""
    page = answer.get_data(as_text=True)
    found = re.findall(r'(?:href|src|action|formaction)="([^"]*)"', page)
    return [unescape(address) for address in found] + ([answer.location] if answer.location else [])


def ways(answer: TestResponse) -> dict[str, str]:
    """The links that move the map, by their words."""
    found = re.findall(
        r'<a href="([^"]*#map)"><span>(?:<span[^>]*>.</span> )?([^<]+)</span></a>', answer.get_data(as_text=True)
    )
    return {words: unescape(address) for address, words in found}


def size(answer: TestResponse, width: int) -> tuple[int, int]:
    found = re.search(rf'name="at-{width}"[^>]*width="(\d+)" height="(\d+)"', answer.get_data(as_text=True))
    assert found
    return int(found[1]), int(found[2])


def press(reporter: Reporter, across: float, down: float, width: int = 288, page: str = PAGE) -> TestResponse:
    wide, high = size(reporter.get(page), width)
    return reporter.post(page, {f"at-{width}.x": str(round(across * wide)), f"at-{width}.y": str(round(down * high))})


def kept(reporter: Reporter) -> dict[str, Any]:
    """What the draft says about the place."""
    with inside(reporter.client.application) as session:
        work = begin_work(harbour(), session, REPORTER)
        draft = drafts.open_draft(work, reporter.cookie(DRAFT))
        return dict(draft.answers.get("where", {})) if draft else {}


def point_of(reporter: Reporter) -> tuple[float, float] | None:
    lat, _, lon = (kept(reporter).get("point") or "").partition(",")
    return (float(lat), float(lon)) if lat else None


def test_a_press_sets_a_pin_that_can_be_moved_used_and_removed(reporter: Reporter) -> None:
    pressed = press(reporter, 0.5, 0.6)
    assert pressed.status_code == 302
    page = reporter.get(PAGE)
    assert re.search(r"A point in [A-Z]\w+", words_of(page))
    assert page.get_data(as_text=True).count('class="harbour-map__pin"') == len(WIDTHS)
    first = point_of(reporter)
    press(reporter, 0.4, 0.5)
    assert point_of(reporter) not in (None, first)
    assert "Use this point" in words_of(reporter.get(PAGE))
    assert reporter.post(PAGE, {"forget": "yes"}).status_code == 302
    assert point_of(reporter) is None
    assert "harbour-map__pin" not in reporter.get(PAGE).get_data(as_text=True).replace("harbour-map__pins", "")


def test_no_address_tells_where_somebody_pressed(reporter: Reporter) -> None:
    pressed = press(reporter, 0.47, 0.53, page=f"{PAGE}?zoom=3&column=3&row=3")
    point = point_of(reporter)
    assert point is not None
    for answer in (pressed, reporter.get(PAGE), reporter.get(str(pressed.location).removesuffix("#map"))):
        for address in addresses(answer):
            assert not re.search(r"\d\.\d{2,}|point|lat|lon", address), address
            assert re.fullmatch(r"[^?]*(\?(&?(width|zoom|column|row)=\d+)*)?(#\w*)?", address) or "/build/" in address


@pytest.mark.parametrize("width", WIDTHS)
def test_every_size_of_the_picture_means_the_same_place(reporter: Reporter, width: int) -> None:
    press(reporter, 0.5, 0.5, width)
    lat, lon = point_of(reporter) or (0, 0)
    assert (lat, lon) == pytest.approx((50.918, -1.3997), abs=1e-3)


def test_links_zoom_and_move_and_a_closer_press_is_more_exact(reporter: Reporter) -> None:
    page, path = reporter.get(PAGE), PAGE
    assert set(ways(page)) == {"Zoom in"}
    for _ in range(3):
        path = ways(page)["Zoom in"].removesuffix("#map")
        page = reporter.get(path)
    assert "Zoom in" not in ways(page)
    assert {"Zoom out", "Whole city", "West", "North", "South", "East"} == set(ways(page))
    press(reporter, 0.5, 0.5, page=path)
    middle = point_of(reporter)
    press(reporter, 0.5, 0.5, page=ways(page)["East"].removesuffix("#map"))
    east = point_of(reporter)
    assert middle and east and east[0] == pytest.approx(middle[0]) and 0.005 < east[1] - middle[1] < 0.015


def test_at_the_edge_there_is_no_further_and_nothing_hidden_from_those_who_listen(reporter: Reporter) -> None:
    page = reporter.get(f"{PAGE}?zoom=2&column=0&row=0")
    assert {"West", "North"}.isdisjoint(ways(page))
    assert "West (no further)" in words_of(page)


@pytest.mark.parametrize("numbers", ["zoom=9", "zoom=x&column=1", "zoom=2&column=7&row=0", "zoom=-1", "zoom=2&row=-1"])
def test_views_that_are_not_there_are_the_whole_city(reporter: Reporter, numbers: str) -> None:
    assert "The whole city." in words_of(reporter.get(f"{PAGE}?{numbers}"))
    assert reporter.get(f"/map/city.svg?{numbers}&width=17").data == reporter.get("/map/city.svg").data


def test_a_pin_out_of_sight_is_said_and_can_be_found_again(reporter: Reporter) -> None:
    press(reporter, 0.1, 0.45)
    page = reporter.get(f"{PAGE}?zoom=4&column=10&row=7")
    assert "It is outside this picture" in words_of(page)
    found = re.search(r'href="([^"]*)">show my pin', page.get_data(as_text=True))
    assert found
    assert "outside this picture" not in words_of(reporter.get(unescape(found[1]).removesuffix("#map")))


def test_a_press_outside_the_city_is_told(reporter: Reporter) -> None:
    assert press(reporter, 0.02, 0.02).status_code == 302
    assert "outside the city" in words_of(reporter.get(PAGE))


def test_the_picture_is_the_same_for_everybody_and_is_not_kept(reporter: Reporter, partnership: Flask) -> None:
    picture = reporter.get("/map/city.svg?zoom=3&column=2&row=3&width=560")
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    ElementTree.fromstring(picture.get_data(as_text=True))
    press(reporter, 0.5, 0.5)
    again = reporter.get("/map/city.svg?zoom=3&column=2&row=3&width=560")
    assert again.data == picture.data == Visitor(partnership).get("/map/city.svg?zoom=3&column=2&row=3&width=560").data


def test_the_list_names_every_ward_and_its_places(reporter: Reporter) -> None:
    page = reporter.get(PAGE)
    assert page.get_data(as_text=True).count("<summary>") == 17
    assert "Somewhere in Bargate" in words_of(page)
    assert STATION.name in words_of(page)


@pytest.mark.parametrize("at", [(0.5, 0.01), (0.01, 0.5), (0.99, 0.5), (0.01, 0.01), (0.99, 0.99)])
def test_a_pin_near_an_edge_is_whole(reporter: Reporter, at: tuple[float, float]) -> None:
    press(reporter, *at)
    page = reporter.get(PAGE).get_data(as_text=True)
    for width, (x, y, turn) in zip(WIDTHS, pins_in(page), strict=True):
        _, high = size(reporter.get(PAGE), width)
        across, down = x + 22 * sin(radians(turn)), y - 22 * cos(radians(turn))
        assert 11 <= across <= width - 11 and 11 <= down <= high - 11


def pins_in(page: str) -> list[tuple[float, float, int]]:
    """Where the tip of the pin stands on each sheet, and how far it is turned."""
    found = re.findall(r'<g transform="translate\(([\d.]+) ([\d.]+)\)">(<path[^>]*>)', page)
    turns = [re.search(r"rotate\((-?\d+)\)", path) for _, _, path in found]
    return [(float(x), float(y), int(turn[1]) if turn else 0) for (x, y, _), turn in zip(found, turns, strict=True)]


def given_in(partnership: Flask) -> GivenPlace:
    """The place of the one report there is."""
    with inside(partnership) as session:
        return place_of(begin_work(harbour(), session, REPORTER), session.scalars(select(Report)).one())


@pytest.mark.parametrize("area", ["", "ward:", "ward:E99999999", "place:Nowhere", "place:", "💥"])
def test_an_area_that_is_not_in_the_list_changes_nothing(reporter: Reporter, area: str) -> None:
    page = reporter.post(PAGE, {"use_area": "yes", "area": area})
    assert page.status_code == 200
    assert CHOOSE_AREA in words_of(page)
    assert reporter.cookie(DRAFT) is None


def test_enter_on_the_picture_says_how_to_choose(reporter: Reporter) -> None:
    page = reporter.post(PAGE, {"at-288.x": "0", "at-288.y": "0"})
    assert NEEDS_A_POINTER in words_of(page)
    assert "Error: Where on the map?" in words_of(page)
    assert reporter.cookie(DRAFT) is None


@pytest.mark.parametrize("sent", [{"at-288.x": "0", "at-288.y": "0"}, {"at-288.x": "x"}, {"use_area": "yes"}])
def test_what_is_wrong_stands_above_the_title_and_leads_to_the_list(reporter: Reporter, sent: dict[str, str]) -> None:
    page = reporter.post(PAGE, sent).get_data(as_text=True)
    assert 0 < page.index('data-module="govuk-error-summary"') < page.index("<h1")
    assert '<a href="#areas">' in page


def test_an_old_page_is_told_so_and_nothing_is_kept(reporter: Reporter) -> None:
    page = reporter.client.post(PAGE, data={"csrf_token": "old", "at-288.x": "90", "at-288.y": "90"})
    assert STALE_PRESS in words_of(page)
    page = reporter.client.post(PAGE, data={"csrf_token": "old", "use_area": "yes", "area": f"ward:{BARGATE}"})
    assert STALE_LIST in words_of(page)
    assert f'value="ward:{BARGATE}" id="area-1-{BARGATE}" checked' in page.get_data(as_text=True)
    assert reporter.cookie(DRAFT) is None


def test_no_link_leads_to_a_picture_without_the_city_and_one_says_so(reporter: Reporter) -> None:
    seen, left = {PAGE}, [PAGE]
    while left:
        page = reporter.get(left.pop())
        assert "Nothing of the city is here" not in words_of(page)
        new = {address.removesuffix("#map") for address in ways(page).values()} - seen
        seen |= new
        left += sorted(new)
    assert 150 < len(seen) < 284
    nowhere = reporter.get(f"{PAGE}?zoom=4&column=0&row=0")
    assert "Nothing of the city is here. Show the whole city" in words_of(nowhere)
    assert "Zoom out" in ways(nowhere)


def test_the_way_out_is_in_view(reporter: Reporter) -> None:
    assert "Exit this page" in words_of(reporter.get(PAGE))
