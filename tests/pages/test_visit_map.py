"""Staff place a visitor's incident on the map: saved with the visit, in no address, and sent with the report."""

import pytest
from flask import Flask
from sqlalchemy import select

from core.work import SYSTEM, begin_work, harbour
from reporting.map_page import CHOOSE_AREA, TAKES_THE_PLACE
from reporting.models import Report
from reporting.places import place_of
from tests.pages.conftest import SignIn, inside, run_jobs
from tests.pages.test_visits import SAID, filled, save, send
from tests.pages.visiting import Visitor, field_value, words_of

PRESS = {"at-352.x": "170", "at-352.y": "150"}
NO_PLACE = {"place_words": "", "ward": "", "ward_shown": ""}


@pytest.fixture
def library(sign_in: SignIn) -> Visitor:
    return sign_in("library")


def to_the_map(library: Visitor, **changed: object) -> str:
    """Save what was typed and go to the map; its address."""
    answer = library.client.post("/centre/log/map", data=filled(library, words=SAID, **NO_PLACE, **changed))
    assert answer.status_code == 303
    assert library.get(answer.location).status_code == 200
    return str(answer.location)


def press(library: Visitor, address: str, **more: str) -> str:
    answer = library.post(address, {**PRESS, **more}, read=address)
    assert answer.status_code == 303, words_of(answer)
    return str(answer.location)


def resent(library: Visitor, page: str, **changed: object) -> str:
    """Send the visit as its page shows it."""
    shown = library.get(page)
    names = ("csrf_token", "visit", "point", "place", "ward_shown")
    held = {name: field_value(shown, name) for name in names}
    return send(library, {**filled(library, words=SAID, **NO_PLACE), **held, **changed})


def place_sent(app: Flask) -> tuple[bool, str]:
    """Whether the one report's place is a point, and the ward chosen for it."""
    with inside(app) as session:
        work = begin_work(harbour(), session, SYSTEM)
        given = place_of(work, session.scalars(select(Report)).one())
        return given.point is not None, given.ward or ""


def test_a_pressed_point_comes_back_to_the_visit_and_goes_with_the_report(partnership: Flask, library: Visitor) -> None:
    address = to_the_map(library)
    after = press(library, address)
    assert after == f"{address}#map"
    assert "Use this point" in words_of(library.get(address))
    page = address.removesuffix("/map")
    told = library.get(page)
    assert field_value(told, "words") == SAID
    point = field_value(told, "point")
    assert point
    assert "You chose on the map" in words_of(told)
    assert point not in after
    assert "The report is in" in resent(library, page)
    run_jobs(partnership)
    assert place_sent(partnership) == (True, "")


def test_without_a_picture_an_area_is_chosen_from_the_list(partnership: Flask, library: Visitor) -> None:
    address = to_the_map(library)
    page = library.get(address).get_data(as_text=True)
    ward = page.split('value="ward:')[1].split('"')[0]
    refused = library.post(address, {"use_area": "yes", "area": "nothing"}, read=address)
    assert CHOOSE_AREA in words_of(refused)
    back = library.post(address, {"use_area": "yes", "area": f"ward:{ward}"}, read=address)
    assert back.location == f"{address.removesuffix('/map')}#where"
    assert "The report is in" in resent(library, address.removesuffix("/map"), ward=ward)
    assert place_sent(partnership) == (False, ward)


def test_what_is_chosen_last_is_meant(partnership: Flask, library: Visitor) -> None:
    address = to_the_map(library)
    ward = library.get(address).get_data(as_text=True).split('value="ward:')[1].split('"')[0]
    library.post(address, {"use_area": "yes", "area": f"ward:{ward}"}, read=address)
    press(library, address)
    assert TAKES_THE_PLACE in words_of(library.get(address))
    removed = library.post(address, {"forget": "yes"}, read=address)
    assert removed.status_code == 303
    assert "Use this point" not in words_of(library.get(address))
    press(library, address)
    page = address.removesuffix("/map")
    assert "The report is in" in resent(library, page, ward=ward)
    assert place_sent(partnership) == (False, ward)


def test_a_point_can_be_taken_out_on_the_visits_page(partnership: Flask, library: Visitor) -> None:
    address = to_the_map(library)
    press(library, address)
    assert "The report is in" in resent(library, address.removesuffix("/map"), forget_point="yes")
    assert place_sent(partnership) == (False, "")


def test_the_map_of_a_visit_is_nobody_elses_and_ends_with_it(sign_in: SignIn, library: Visitor) -> None:
    address = to_the_map(library)
    for name in ("lead", "mosque"):
        assert sign_in(name).get(address).status_code == 404
    resent(library, address.removesuffix("/map"))
    assert library.get(address).status_code == 404
    stale = library.client.post("/centre/log/map", data={**filled(library, words=SAID), "csrf_token": "stale"})
    assert SAID in stale.get_data(as_text=True)
    assert save(library, filled(library, words=SAID)) != address
