"""Placing by hand at the desk: readings on a map, a pin that moves, a ward; always with why, and who on record."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.audit import AuditEntry
from geography.places import Candidate, Point
from geography.vocabulary import Precision
from reporting.answers import Place
from reporting.locating import city, locate_report
from reporting.models import Placement
from reporting.places import GivenPlace, place_of
from tests.services.triage.conftest import Room, Sent, report_answers
from tests.services.triage.test_desk_pages import as_read, words_of
from triage import placing_views
from triage.queueing import take
from triage.vocabulary import Standing

BARGATE = "E05015491"
WHY = {"place-ward": "", "place-why": "known-locally", "save": "yes"}
STRADDLING = "Portswood Road"


def unclear(room: Room, words: str = "behind the old shed") -> Sent:
    sent = room.send(report_answers(place=Place(words=words)))
    room.session.commit()
    return sent


def page_of(sent: Sent) -> str:
    return f"/desk/reports/{sent.id}/place"


def kept(room: Room, sent: Sent) -> GivenPlace:
    room.session.expire_all()
    return place_of(room.work(), room.report(sent))


def wards(room: Room, sent: Sent) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for placed in room.session.scalars(select(Placement).where(Placement.report_id == sent.id)):
        found.setdefault(placed.vintage, {})[placed.ward] = placed.weight
    return found


def fields_in(page: str) -> dict[str, str]:
    """The hidden fields with which the page remembers where one looks."""
    found = re.findall(r'<input type="hidden" name="(place-\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def look(officer: FlaskClient, page: str, sent: Mapping[str, str]) -> TestResponse:
    """Press something on the page and see where it leads, as a browser does; nothing exact is read in the address."""
    moved = officer.post(page, data=sent)
    assert (moved.status_code, moved.location.partition("#")[2]) == (303, "map")
    address = moved.location.removesuffix("#map")
    assert not re.search(r"\d\.\d{2}|pin|zoom|column", address)
    return officer.get(address)


def checked(page: str) -> list[str]:
    """What is chosen in the form before anybody touches it."""
    return [unescape(value) for value in re.findall(r'type="radio" value="([^"]*)" checked', page)]


def choices(page: str) -> list[str]:
    return [unescape(value) for value in re.findall(r'type="radio" value="([^"]*)"', page)]


def two_readings(monkeypatch: pytest.MonkeyPatch) -> list[Candidate]:
    """A text that means two places."""
    found = []
    for name, point in (("Demo Road, west", Point(50.9085, -1.4070)), ("Demo Road, east", Point(50.9150, -1.3600))):
        shares, _ = city().gazetteer.crosswalk.at_point(point)
        found.append(Candidate(name, point, Precision.STREET, shares, "There are two of this name."))
    monkeypatch.setattr(placing_views, "readings_of", lambda given: (found, []))
    return found


def test_each_reading_is_shown_with_its_number_reason_and_wards(
    room: Room, officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_readings(monkeypatch)
    page = officer.get(page_of(unclear(room))).text
    read = as_read(page)
    assert "1. Demo Road, west" in read and "2. Demo Road, east" in read
    assert "There are two of this name. Ward: Bargate." in read
    assert re.findall(r'harbour-map__digit"[^>]*>(\d)<', page)[:2] == ["1", "2"]
    assert "behind the old shed" in read


def test_a_street_in_several_wards_says_how_much_lies_in_each(room: Room, officer: FlaskClient) -> None:
    page = words_of(officer, page_of(unclear(room, STRADDLING)))
    assert re.search(r"Wards: \w+ \d+%, \w+ \d+%", page)


def test_a_reading_is_chosen_under_every_vintage_and_what_was_written_is_kept(
    room: Room, officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = unclear(room)
    readings = two_readings(monkeypatch)
    choice = choices(officer.get(page_of(sent)).text)[1]
    answer = officer.post(page_of(sent), data={"place-choice": choice, **WHY})
    assert answer.location == f"/desk/reports/{sent.id}"
    assert wards(room, sent) == {share.vintage: {share.ward: 1.0} for share in readings[1].wards}
    assert set(wards(room, sent)) == set(city().vintages)
    place = kept(room, sent)
    assert (place.words, place.unplaced) == ("behind the old shed", "")
    shown = words_of(officer, f"/desk/reports/{sent.id}")
    assert "Demo Road, east. Chosen by an officer: the place is known locally." in shown


def test_a_press_sets_the_pin_another_moves_it_and_it_is_placed_where_it_stands(
    room: Room, officer: FlaskClient
) -> None:
    sent = unclear(room)
    first = look(
        officer, page_of(sent), {**fields_in(officer.get(page_of(sent)).text), "at-288.x": "90", "at-288.y": "100"}
    )
    assert (first.status_code, first.text.count('class="harbour-map__pin"')) == (200, 3)
    closer = look(officer, page_of(sent), {**fields_in(first.text), "look": "in"})
    assert (fields_in(closer.text)["place-zoom"], fields_in(closer.text)["place-pin"]) == (
        "2",
        fields_in(first.text)["place-pin"],
    )
    moved = look(officer, page_of(sent), {**fields_in(closer.text), "at-560.x": "300", "at-560.y": "200"})
    pin = fields_in(moved.text)["place-pin"]
    assert pin != fields_in(first.text)["place-pin"]
    assert wards(room, sent) == {}, "looking around places nothing"
    officer.post(page_of(sent), data={**fields_in(moved.text), "place-choice": "pin", **WHY})
    found = kept(room, sent).found
    assert found is not None and f"{found.lat:.6f},{found.lon:.6f}" == pin
    by_point, _ = city().gazetteer.crosswalk.at_point(Point(found.lat, found.lon))
    assert wards(room, sent) == {share.vintage: {share.ward: 1.0} for share in by_point}
    assert fields_in(officer.get(page_of(sent)).text)["place-pin"] == pin


def test_a_whole_ward_may_be_chosen_and_a_choice_may_be_changed_with_who_and_why_on_record(
    room: Room, officer: FlaskClient
) -> None:
    sent = unclear(room)
    officer.post(page_of(sent), data={"place-choice": "ward", **WHY, "place-ward": BARGATE})
    assert wards(room, sent)[city().current_vintage] == {BARGATE: 1.0}
    again = {"place-choice": "ward", **WHY, "place-ward": "E05015490", "place-why": "reporter-said"}
    officer.post(page_of(sent), data=again)
    assert wards(room, sent)[city().current_vintage] == {"E05015490": 1.0}
    history = words_of(officer, page_of(sent))
    assert re.search(r"Demo Officer , [^:]+:\d\d[^:]*: [\w& ]+, as an area\. The reporter told us since\.", history), (
        history
    )
    assert "Bargate, as an area. The place is known locally." in history


def test_a_choice_outlives_another_look_up(room: Room, officer: FlaskClient) -> None:
    sent = unclear(room, "SO14 7LY")
    officer.post(page_of(sent), data={"place-choice": "ward", **WHY, "place-ward": "E05015490"})
    before = wards(room, sent)
    locate_report(room.work(), room.report(sent))
    room.session.commit()
    assert wards(room, sent) == before
    assert kept(room, sent).is_settled


@pytest.mark.parametrize(
    ("sent_fields", "told"),
    [
        ({"place-why": "known-locally"}, "Choose a place, the pin, or a ward"),
        ({"place-choice": "pin", "place-why": "known-locally"}, "Press the map to set the pin first"),
        ({"place-choice": "pin", "place-pin": "x,y", "place-why": "known-locally"}, "Press the map to set the pin"),
        ({"place-choice": "pin", "place-pin": "51.5,-0.1", "place-why": "known-locally"}, "outside the city"),
        ({"place-choice": "ward", "place-why": "known-locally"}, "Choose a ward"),
        ({"place-choice": "ward", "place-ward": BARGATE}, "Choose why"),
        ({"place-choice": "50.9,-1.4 Nowhere", "place-why": "known-locally"}, "not among those below any more"),
        ({"place-choice": "ward", "place-ward": "E99999999", "place-why": "known-locally"}, "Choose a ward"),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_changes_nothing(
    room: Room, officer: FlaskClient, sent_fields: dict[str, str], told: str
) -> None:
    sent = unclear(room)
    answer = officer.post(page_of(sent), data={"place-ward": "", **sent_fields, "save": "yes"})
    assert answer.status_code == 200
    assert told in as_read(answer.text)
    assert "Not a valid choice" not in answer.text
    summary = answer.text.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    assert '<a href="#place-' in summary
    assert wards(room, sent) == {}


def test_views_and_pins_that_make_no_sense_are_the_whole_city(room: Room, officer: FlaskClient) -> None:
    odd = {"place-zoom": "99", "place-column": "x", "place-row": "-1", "place-pin": "nan,nan", "look": "sideways"}
    page = look(officer, page_of(unclear(room)), odd)
    assert page.status_code == 200
    assert fields_in(page.text)["place-zoom"] == "1"


def test_a_look_is_opened_again_with_all_that_stood_in_the_form(room: Room, officer: FlaskClient) -> None:
    """Back, Forward and Reload ask for an address; none of them must be asked to send a form again."""
    sent = unclear(room)
    said = {"place-choice": "ward", "place-ward": BARGATE, "place-why": "reporter-said"}
    moved = officer.post(page_of(sent), data={**said, "look": "in"})
    for _ in range(2):
        page = officer.get(moved.location.removesuffix("#map"))
        assert (fields_in(page.text)["place-zoom"], checked(page.text)) == ("2", ["ward"])
        assert f'value="{BARGATE}" selected' in page.text
        assert 'value="reporter-said" selected' in page.text


@pytest.mark.parametrize("kept", ["", "x", "AAAA", "💥", "A" * 400])
def test_a_look_that_was_made_up_or_is_of_another_report_is_the_first_look(
    room: Room, officer: FlaskClient, kept: str
) -> None:
    one, other = unclear(room), unclear(room)
    address = officer.post(page_of(other), data={"at-288.x": "90", "at-288.y": "100"}).location
    for asked in (kept, address.partition("look=")[2].removesuffix("#map")):
        page = officer.get(page_of(one), query_string={"look": asked})
        assert page.status_code == 200
        assert fields_in(page.text)["place-pin"] == ""


def test_a_colleague_who_works_on_it_is_not_disturbed(room: Room, officer: FlaskClient) -> None:
    sent = unclear(room)
    take(room.officer(1), room.entry(sent))
    room.session.commit()
    page = officer.get(page_of(sent)).text
    assert "Demo Colleague is working on this report" in as_read(page)
    assert f'action="/desk/reports/{sent.id}/take"' in page and "Take over from Demo Colleague" in as_read(page)
    answer = officer.post(page_of(sent), data={"place-choice": "ward", **WHY, "place-ward": BARGATE})
    assert "Demo Colleague is working on this report" in as_read(answer.text)
    assert wards(room, sent) == {}
    officer.post(f"/desk/reports/{sent.id}/take", data={"over": "yes"})
    assert "is working on this report" not in words_of(officer, page_of(sent))


def test_a_closed_report_says_so_and_has_no_form(room: Room, officer: FlaskClient) -> None:
    sent = unclear(room)
    take(room.officer(0), room.entry(sent))
    room.entry(sent).standing = Standing.CLOSED
    room.session.commit()
    page = officer.get(page_of(sent))
    assert "This report is closed" in as_read(page.text)
    assert 'name="place-choice"' not in page.text and "harbour-map" not in page.text
    answer = officer.post(page_of(sent), data={"place-choice": "ward", **WHY, "place-ward": BARGATE})
    assert "This report is closed" in as_read(answer.text)
    assert wards(room, sent) == {}


def test_no_address_and_no_record_tells_the_place(room: Room, officer: FlaskClient) -> None:
    sent = unclear(room)
    page = look(officer, page_of(sent), {"at-288.x": "90", "at-288.y": "100"})
    where = re.findall(r'(?:href|src|action)="([^"]*)"', page.text)
    assert not [found for found in where if "?" in found and "/build/" not in found]
    assert page.headers["Cache-Control"] == "no-store"
    pin = fields_in(page.text)["place-pin"]
    answer = officer.post(page_of(sent), data={**fields_in(page.text), "place-choice": "pin", **WHY})
    assert answer.location == f"/desk/reports/{sent.id}"
    trail = list(room.session.scalars(select(AuditEntry).where(AuditEntry.subject == sent.id)))
    assert not [entry for entry in trail if pin[:5] in repr(entry.detail)]
    actions = [entry.action for entry in trail]
    assert {"place chosen by hand", "place reasoned"} <= set(actions)
    assert actions.count("report opened") == 1, "looking at the place is on record"


def test_only_officers_come_here_and_ids_that_are_nobodys_are_not_found(room: Room, officer: FlaskClient) -> None:
    sent = unclear(room)
    assert officer.get("/desk/reports/nothing/place").status_code == 404
    assert officer.post("/desk/reports/nothing/place", data=WHY).status_code == 404
    for caseworker in room.caseworkers.values():
        assert room.visit(caseworker).get(page_of(sent)).status_code == 403


def test_a_report_leads_to_the_map(room: Room, officer: FlaskClient) -> None:
    sent = unclear(room)
    assert f'href="{page_of(sent)}"' in officer.get(f"/desk/reports/{sent.id}").text
