"""After a visit: the centre's list, its notes and call-backs, and what it and the desk write to each other."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from centres.visit_models import Reminder
from core.clock import utc_now
from reporting.models import Aside, Report
from tests.pages.conftest import SignIn, inside, run_jobs
from tests.pages.test_centre import TOLD
from tests.pages.test_visits import filled, send
from tests.pages.visiting import Visitor, field_value, words_of


@pytest.fixture
def library(sign_in: SignIn) -> Visitor:
    return sign_in("library")


@pytest.fixture
def report(partnership: Flask, library: Visitor) -> Report:
    """A report that the library logged, placed and on the desk's queue."""
    send(library, filled(library))
    run_jobs(partnership)
    with inside(partnership) as session:
        return session.scalars(select(Report)).one()


def act(somebody: Visitor, address: str, data: Mapping[str, object], read: str) -> str:
    """Send one form of a page; the page after."""
    prefix = next(iter(data)).split("-")[0]
    answer = somebody.post(address, {f"{prefix}-csrf_token": somebody.token(read), **data}, read=read)
    return words_of(somebody.get(str(answer.location)) if answer.status_code in {302, 303} else answer)


def test_the_list_shows_reference_ward_and_state_and_no_word(library: Visitor, report: Report) -> None:
    page = library.get("/centre/reports")
    for shown in (report.reference, "Bargate", "Received, waiting to be read", "Nothing new"):
        assert shown in words_of(page)
    assert str(TOLD["words"]) not in page.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["{0}", "{1}", " {2} "])
def test_a_reference_is_found_however_it_is_typed(library: Visitor, report: Report, typed: str) -> None:
    reference = report.reference
    sought = typed.format(reference, reference.lower().replace("-", " "), reference[3:].replace("-", ""))
    assert reference in words_of(library.get("/centre/reports", query_string={"reference": sought}))


def test_another_centres_reference_is_not_found(sign_in: SignIn, report: Report) -> None:
    page = words_of(sign_in("mosque").get("/centre/reports", query_string={"reference": report.reference}))
    assert "No report of this centre has the reference" in page


@pytest.mark.parametrize("page", ["0", "-3", "99", "x"])
def test_a_page_that_is_not_there_is_the_nearest(library: Visitor, report: Report, page: str) -> None:
    assert report.reference in words_of(library.get("/centre/reports", query_string={"page": page}))


def test_a_long_list_has_pages(library: Visitor, partnership: Flask) -> None:
    for _ in range(27):
        send(library, filled(library))
    first, second = (library.get("/centre/reports", query_string={"page": page}) for page in (1, 2))
    assert "Page 1 of 2" in words_of(first)
    assert first.get_data(as_text=True).count('<tr role="row">') == 26
    assert second.get_data(as_text=True).count('<tr role="row">') == 3


def test_notes_are_for_the_centres_own_people(
    partnership: Flask, library: Visitor, sign_in: SignIn, report: Report
) -> None:
    address = f"/centre/reports/{report.id}"
    note = {"note-kind": "support-plan", "note-words": "canary of the plan"}
    assert "canary of the plan" in act(library, f"{address}/notes", note, address)
    officer = sign_in("officer").get(f"/desk/reports/{report.id}")
    assert officer.status_code == 200
    assert "canary of the plan" not in officer.get_data(as_text=True)


def test_an_empty_or_unknown_note_is_told(library: Visitor, report: Report) -> None:
    address = f"/centre/reports/{report.id}"
    page = act(library, f"{address}/notes", {"note-kind": "for-the-visitor", "note-words": ""}, address)
    assert "Write the note" in page
    assert "Not a valid choice" in page or "Choose what kind of note it is" in page


def test_a_promised_call_back_stands_on_top_until_it_is_done(
    partnership: Flask, library: Visitor, report: Report
) -> None:
    address = f"/centre/reports/{report.id}"
    person = library.get(address).get_data(as_text=True).split('name="reminder-person"')[1].split('value="')[1]
    day = utc_now() + timedelta(days=2)
    promise = {
        "reminder-due": [str(day.day), str(day.month), str(day.year)],
        "reminder-hour": "10",
        "reminder-person": person.split('"')[0],
        "reminder-words": "canary about the call",
    }
    assert "canary about the call" in act(library, f"{address}/reminders", promise, address)
    top = words_of(library.get("/centre/reports"))
    assert "Call-backs you promised" in top
    assert "canary" not in top
    with inside(partnership) as session:
        reminder = session.scalars(select(Reminder)).one()
        assert (reminder.due_at.minute, reminder.due_at.second) == (0, 0)
        assert b"canary" not in (reminder.sealed.to_bytes() if reminder.sealed else b"")
    library.post(f"/centre/reminders/{reminder.id}/done", read=address)
    assert "Call-backs you promised" not in words_of(library.get("/centre/reports"))


@pytest.mark.parametrize(
    "day", [["1", "1", "2020"], ["1", "6", "2062"], ["31", "2", "2027"], ["", "", ""], ["", "6", "2027"]]
)
def test_a_call_back_on_a_day_that_cannot_be_is_told(library: Visitor, report: Report, day: list[str]) -> None:
    address = f"/centre/reports/{report.id}"
    page = act(library, f"{address}/reminders", {"reminder-due": day, "reminder-hour": "10"}, address)
    assert "There is a problem" in page


def test_the_centre_and_the_desk_write_to_each_other_and_not_to_the_visitor(
    partnership: Flask, library: Visitor, sign_in: SignIn, report: Report
) -> None:
    centre, desk = f"/centre/reports/{report.id}", f"/desk/reports/{report.id}"
    officer = sign_in("officer")
    act(library, f"{centre}/aside", {"aside-words": "canary from the centre"}, centre)
    assert "The centre wrote" in words_of(officer.get("/desk/queue"))
    page = words_of(officer.get(desk))
    assert "Notes with the centre" in page
    assert "canary from the centre" in page
    act(officer, f"{desk}/aside", {"aside-words": "canary from the desk"}, desk)
    assert "The desk wrote to you" in words_of(library.get("/centre/reports"))
    assert "canary from the desk" in words_of(library.get(centre))
    assert "The desk wrote to you" not in words_of(library.get("/centre/reports"))
    with inside(partnership) as session:
        rows = list(session.scalars(select(Aside)))
        assert len(rows) == 2
        assert all(b"canary" not in row.sealed.to_bytes() for row in rows)


def test_a_report_of_no_centre_has_nobody_to_write_to(partnership: Flask, sign_in: SignIn, reporter: object) -> None:
    from tests.pages.visiting import Reporter

    assert isinstance(reporter, Reporter)
    reporter.answer_all()
    reporter.send()
    run_jobs(partnership)
    with inside(partnership) as session:
        desk = f"/desk/reports/{session.scalars(select(Report.id)).one()}"
    officer = sign_in("officer")
    assert "Notes with the centre" not in words_of(officer.get(desk))
    page = act(officer, f"{desk}/aside", {"aside-words": "to nobody"}, desk)
    assert "No centre with people of its own logged this report" in page


def test_another_centre_opens_none_of_it(partnership: Flask, library: Visitor, sign_in: SignIn, report: Report) -> None:
    mosque = sign_in("mosque")
    address = f"/centre/reports/{report.id}"
    assert mosque.get(address).status_code == 404
    for part in ("notes", "aside", "reminders", "envelope"):
        assert mosque.client.post(f"{address}/{part}", data={}).status_code == 404
    assert field_value(library.get(address), "aside-words") == ""
