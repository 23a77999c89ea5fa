"""What the placing page shows an officer: what was given, what stands, and in whose words."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from geography.labels import roomiest_spot
from reporting.answers import Place
from reporting.locating import locate_report
from reporting.mapping import city_map, view_in
from tests.services.triage.conftest import Room, report_answers
from tests.services.triage.test_desk_pages import as_read, words_of
from tests.services.triage.test_placing import (
    BARGATE,
    WHY,
    checked,
    choices,
    fields_in,
    page_of,
    two_readings,
    unclear,
)
from triage import placing_views


def test_the_place_that_stands_is_chosen_already(
    room: Room, officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = unclear(room)
    assert checked(officer.get(page_of(sent)).text) == []
    readings = two_readings(monkeypatch)
    officer.post(page_of(sent), data={"place-choice": choices(officer.get(page_of(sent)).text)[1], **WHY})
    assert [choice.partition(" ")[2] for choice in checked(officer.get(page_of(sent)).text)] == [readings[1].place]
    officer.post(page_of(sent), data={"place-choice": "ward", **WHY, "place-ward": BARGATE})
    page = officer.get(page_of(sent)).text
    assert checked(page) == ["ward"] and f'value="{BARGATE}" selected' in page
    officer.post(page_of(sent), data={"place-choice": "pin", "place-pin": "50.9085,-1.4070", **WHY})
    page = officer.get(page_of(sent)).text
    assert checked(page) == ["pin"]
    assert "Bargate, at a pin." in as_read(page)


def test_everything_that_was_given_is_shown(room: Room, officer: FlaskClient) -> None:
    sent = room.send(report_answers(place=Place("behind the old shed", (50.9085, -1.4070), "E05015490")))
    room.session.commit()
    for page in (page_of(sent), f"/desk/reports/{sent.id}"):
        read = words_of(officer, page)
        assert "behind the old shed; Somewhere in " in read
        assert "chosen from the list; A point in Bargate, pressed on the map" in read


def test_officers_read_what_they_can_do_and_not_what_a_reporter_could(room: Room, officer: FlaskClient) -> None:
    sent = unclear(room)
    locate_report(room.work(), room.report(sent))
    room.session.commit()
    for page in (page_of(sent), f"/desk/reports/{sent.id}"):
        read = words_of(officer, page)
        assert "Set a pin or choose a ward" in read
        assert "Add a street" not in read
    outside = {"place-choice": "pin", "place-pin": "51.5,-0.1", "place-why": "known-locally", "save": "yes"}
    assert "tell the service" not in as_read(officer.post(page_of(sent), data=outside).text)


def test_enter_on_the_picture_says_how_to_choose(room: Room, officer: FlaskClient) -> None:
    answer = officer.post(page_of(unclear(room)), data={"at-560.x": "0", "at-560.y": "0"})
    assert answer.status_code == 200
    assert placing_views.NEEDS_A_POINTER in as_read(answer.text)
    assert '<a href="#place-choice">' in answer.text


def test_a_ward_is_asked_for_under_its_own_choice(room: Room, officer: FlaskClient) -> None:
    page = officer.get(page_of(unclear(room))).text
    under = page.partition('value="ward"')[2]
    assert under.index("govuk-radios__conditional") < under.index('name="place-ward"') < under.index('name="place-why"')


def test_a_ward_given_is_numbered_in_the_middle_of_its_room(room: Room, officer: FlaskClient) -> None:
    sent = room.send(report_answers(place=Place(ward=BARGATE)))
    room.session.commit()
    page = officer.get(page_of(sent)).text
    with room.flask.app_context():
        drawn, view = city_map(), view_in(MultiDict({k[6:]: v for k, v in fields_in(page).items()}))
        bargate = next(ward for ward in drawn.boundary_set if ward.code == BARGATE)
        radius, x, y = roomiest_spot(drawn.picture(view, 560), bargate.polygon)
        number = re.search(r'translate\(([\d.]+) ([\d.]+)\)"><circle class="harbour-map__number"', last_sheet(page))
        assert number and radius > 13
        assert (float(number[1]), float(number[2])) == pytest.approx((x, y), abs=2)


def last_sheet(page: str) -> str:
    return page.rpartition('class="harbour-map__pins"')[2]
