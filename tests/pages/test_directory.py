"""The public directory: only active centres, found by what is needed or by place, and nothing kept of who looked."""

import re
from datetime import time
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from centres.finding import NOT_FOUND, NOTHING
from centres.models import Centre
from centres.opening import Opening, Week
from centres.vocabulary import CentreState, Scheme
from core.languages import Language
from reporting.map_page import PRESS_INSIDE
from tests.pages.conftest import inside
from tests.pages.visiting import Visitor, words_of

OFFICE = Week.of(Opening(day, time(9), time(17)) for day in range(5))
TUESDAY = "2026-11-24T10:00:00Z"


def change(app: Flask, name: str, **values: Any) -> str:
    """Change a centre as its people or the coordinator would; its id."""
    with inside(app) as session:
        centre = session.scalars(select(Centre).where(Centre.name == name)).one()
        for field, value in values.items():
            setattr(centre, field, value)
        session.commit()
        return centre.id


@pytest.fixture
def library(partnership: Flask) -> str:
    """Everything a centre can be."""
    return change(
        partnership,
        "Demo Library",
        about="On the ground floor.",
        phone="023 8000 0001",
        website="https://library.demo.invalid/",
        hours=OFFICE.to_values(),
        languages=frozenset({Language.ENGLISH, Language.URDU}),
        step_free=True,
        private_space=True,
        schemes=frozenset({Scheme.CITY_OF_SANCTUARY}),
    )


@pytest.fixture
def mosque(partnership: Flask) -> str:
    """A centre in the east of the city that has told nothing of itself."""
    return change(
        partnership, "Demo Mosque", address="3 Demo Terrace", postcode="SO19 8PF", lat=50.906097, lon=-1.357079
    )


@pytest.fixture
def visitor(partnership: Flask, library: str, mosque: str) -> Visitor:
    return Visitor(partnership)


def names(answer: TestResponse) -> list[str]:
    """The centres of a list, in their order."""
    return re.findall(r'href="/centres/[\w-]{22}"><bdi>([^<]+)<', answer.get_data(as_text=True))


def test_every_active_centre_stands_there_and_no_other(partnership: Flask, visitor: Visitor, mosque: str) -> None:
    assert names(visitor.get("/centres")) == ["Demo Library", "Demo Mosque"]
    for state in CentreState:
        change(partnership, "Demo Mosque", state=state)
        seen = state is CentreState.ACTIVE
        for path in ("/centres", "/centres/map", "/centres/print", "/centres.json", "/centres.geojson"):
            assert ("Demo Mosque" in visitor.get(path).get_data(as_text=True)) is seen, (state, path)
        assert visitor.get(f"/centres/{mosque}").status_code == (200 if seen else 404)


@pytest.mark.parametrize(
    "wish", ["open=yes", "language=ur", "step-free=yes", "private=yes", "scheme=city-of-sanctuary"]
)
def test_each_wish_leaves_those_that_meet_it(visitor: Visitor, wish: str) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        assert names(visitor.get(f"/centres?{wish}")) == ["Demo Library"]
        assert names(visitor.get(f"/centres?language=tr&{wish}")) == []
        assert "No centre has all of this" in words_of(visitor.get(f"/centres?language=tr&{wish}"))


@pytest.mark.parametrize("nonsense", ["language=xx", "scheme=%00", "language=&scheme=", "colour=red"])
def test_a_wish_that_is_none_asks_for_nothing(visitor: Visitor, nonsense: str) -> None:
    assert len(names(visitor.get(f"/centres?{nonsense}"))) == 2


def test_the_page_of_a_centre_says_all_that_is_public(visitor: Visitor, library: str) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        page = visitor.get(f"/centres/{library}")
    words = words_of(page)
    for said in (
        "Open now, until 5pm", "1 Demo Street", "SO14 7LY", "In Bargate", "023 8000 0001", "اردو (Urdu)",
        "Step-free way in", "A private space", "City of Sanctuary", "On the ground floor.",
        "Tuesday (today) 9am to 5pm", "Closed on bank holidays.",
    ):  # fmt: skip
        assert said in words, said
    assert 'href="https://library.demo.invalid/" rel="noreferrer nofollow"' in page.get_data(as_text=True)
    assert page.get_data(as_text=True).count('class="harbour-map__pin"') == 3, "one in each size of the picture"


def test_a_centre_that_told_little_has_a_page_too(partnership: Flask, visitor: Visitor, mosque: str) -> None:
    change(partnership, "Demo Mosque", lat=None, lon=None, website="javascript:alert(1)")
    page = visitor.get(f"/centres/{mosque}")
    assert "Ask for the opening hours" in words_of(page)
    assert "Where it is" not in words_of(page)
    assert "javascript:" not in page.get_data(as_text=True)


def test_the_nearest_to_a_postcode_and_how_far(visitor: Visitor) -> None:
    east = visitor.post("/centres/near", {"place": "so19 8bl"})
    assert names(east) == ["Demo Mosque", "Demo Library"]
    assert "about 10 minutes’ walk, 0.5 miles" in words_of(east)
    west = visitor.post("/centres/near?step-free=yes", {"place": "SO15 1QF"})
    assert names(west) == ["Demo Library"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", NOTHING), ("nowhere at all", NOT_FOUND), ("EC1A 1BB", NOT_FOUND), ("x" * 101, "Write a postcode, such as")],
)
def test_a_place_that_is_none_is_told_and_every_centre_is_still_there(visitor: Visitor, typed: str, told: str) -> None:
    page = visitor.post("/centres/near", {"place": typed})
    assert told in words_of(page)
    assert len(names(page)) == 2


def test_what_was_typed_or_pressed_is_in_no_address_no_cookie_and_no_log(
    visitor: Visitor, capfd: pytest.CaptureFixture[str]
) -> None:
    answers = (
        visitor.client.post("/centres/near", data={"place": "SO17 2NG"}),
        visitor.client.post("/centres/map?zoom=2&column=1&row=1", data={"at-288.x": "100", "at-288.y": "90"}),
    )
    for answer in answers:
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        for found in re.findall(r'(?:href|src|action)="([^"]*)"', answer.get_data(as_text=True)):
            assert not re.search(r"2NG|at-288|\d\.\d{2,}|lat|lon", found), found
    out, err = capfd.readouterr()
    assert "2NG" not in out + err


def test_a_press_on_the_map_puts_the_nearest_first(visitor: Visitor) -> None:
    page = visitor.client.post("/centres/map", data={"at-288.x": "250", "at-288.y": "160"})
    assert names(page)[0] == "Demo Mosque"
    assert "The nearest to your pin stand first." in words_of(page)
    assert page.get_data(as_text=True).count('class="harbour-map__pin"') == 3
    other = visitor.client.post("/centres/map", data={"at-288.x": "60", "at-288.y": "120"})
    assert names(other)[0] == "Demo Library"


def test_enter_on_the_map_says_what_to_do(visitor: Visitor) -> None:
    assert PRESS_INSIDE in words_of(visitor.client.post("/centres/map", data={"at-288.x": "0", "at-288.y": "0"}))


def test_the_list_to_print_has_every_hour_and_place(visitor: Visitor) -> None:
    words = words_of(visitor.get("/centres/print"))
    for said in (
        "Demo Library",
        "1 Demo Street, SO14 7LY",
        "Monday 9am to 5pm",
        "Demo Mosque",
        "Ask for the opening hours",
    ):
        assert said in words
    paper = visitor.get("/centres/print.pdf")
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")


def test_the_feeds_are_open_and_may_be_kept(visitor: Visitor, library: str) -> None:
    for path, kind in (("/centres.json", "application/json"), ("/centres.geojson", "application/geo+json")):
        answer = visitor.get(path)
        assert answer.mimetype == kind
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers
        assert visitor.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    feature = next(
        each for each in visitor.get("/centres.geojson").get_json(force=True)["features"] if each["id"] == library
    )
    assert feature["properties"]["page"] == f"http://localhost/centres/{library}"
    assert "Open Government Licence" in visitor.get("/centres.json").get_json()["licence"]


def test_without_any_centre_the_way_to_report_is_shown(partnership: Flask) -> None:
    for name in ("Demo Library", "Demo Mosque"):
        change(partnership, name, state=CentreState.SUSPENDED)
    somebody = Visitor(partnership)
    for path in ("/centres", "/centres/print"):
        assert "There is no reporting centre yet" in words_of(somebody.get(path))
    assert somebody.get("/centres/print.pdf").status_code == 200
    assert somebody.get("/centres.geojson").get_json(force=True)["features"] == []


@pytest.mark.parametrize("path", ["/report", "/report/not-safe", "/come-back", "/privacy"])
def test_public_pages_lead_to_the_directory(visitor: Visitor, path: str) -> None:
    assert "Reporting centres near you" in words_of(visitor.get(path))


def test_the_paper_is_not_sent_again_to_whoever_has_it_until_a_centre_changes(
    visitor: Visitor, partnership: Flask, library: str
) -> None:
    first = visitor.get("/centres/print.pdf")
    had = {"If-None-Match": first.headers["ETag"]}
    again = visitor.client.get("/centres/print.pdf", headers=had)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    change(partnership, "Demo Library", address="99 Demo Street")
    changed = visitor.client.get("/centres/print.pdf", headers=had)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_a_website_is_shown_however_its_scheme_was_written(visitor: Visitor, partnership: Flask, library: str) -> None:
    change(partnership, "Demo Library", website="HTTPS://library.demo.invalid")
    assert 'href="HTTPS://library.demo.invalid"' in visitor.get(f"/centres/{library}").get_data(as_text=True)
