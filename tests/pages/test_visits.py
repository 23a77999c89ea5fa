"""Within a visit: saved for later today, typed from paper, read aloud, noted for the centre; nobody else's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from centres.visit_models import CentreNote, Visit
from core.clock import utc_now
from core.db import db
from core.work import harbour
from reporting.models import Report, Taking
from reporting.vocabulary import AgencyKind, Detail, Present
from tests.pages.conftest import SignIn, inside, reports_in
from tests.pages.test_centre import TOLD, code_on
from tests.pages.visiting import Visitor, field_value, words_of

SAID = "canary that was saved for later"


@pytest.fixture
def library(sign_in: SignIn) -> Visitor:
    return sign_in("library")


def filled(library: Visitor, **changed: object) -> dict[str, object]:
    page = library.get("/centre/log")
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    return {**held, **TOLD, "agreed": "y", **changed}


def send(library: Visitor, form: dict[str, object]) -> str:
    return library.client.post("/centre/log", data=form).get_data(as_text=True)


def save(library: Visitor, form: dict[str, object]) -> str:
    """Save a visit; the address it is found again at."""
    assert library.client.post("/centre/log/save", data=form).location == "/centre/visits"
    page = library.get("/centre/visits").get_data(as_text=True)
    return "/centre/visits/" + page.split('href="/centre/visits/')[1].split('"')[0]


def test_a_saved_visit_is_found_again_with_every_word_and_mistake(library: Visitor) -> None:
    address = save(library, filled(library, words=SAID, **{"date-day": "31", "date-month": "2"}))
    listed = library.get("/centre/visits")
    assert SAID not in listed.get_data(as_text=True)
    assert str(TOLD["name"]) not in listed.get_data(as_text=True)
    page = library.get(address)
    assert field_value(page, "words") == SAID
    assert (field_value(page, "date-day"), field_value(page, "date-month")) == ("31", "2")
    form = filled(library, words=SAID, visit=field_value(page, "visit"))
    assert "The report is in" in send(library, form)


def test_what_is_saved_is_ciphertext_that_neither_database_nor_server_opens(
    partnership: Flask, library: Visitor
) -> None:
    save(library, filled(library, words=SAID))
    with inside(partnership) as session:
        row = session.scalars(select(Visit)).one()
        assert SAID.encode() not in row.locked + row.locked_key


def test_the_page_saves_itself_and_goes_on_under_the_same_visit(partnership: Flask, library: Visitor) -> None:
    form = filled(library, words=SAID)
    for _ in range(3):
        told = library.client.post("/centre/log/save", data=form, headers={"Accept": "application/json"}).get_json()
        assert told["state"] == "saved"
        form["visit"] = told["visit"]
    with inside(partnership) as session:
        assert len(session.scalars(select(Visit)).all()) == 1
    assert "The report is in" in send(library, form)
    told = library.client.post("/centre/log/save", data=form, headers={"Accept": "application/json"}).get_json()
    assert told["state"] == "sent"


def test_a_saved_visit_is_gone_by_closing_time_and_that_is_said(partnership: Flask, library: Visitor) -> None:
    address = save(library, filled(library, words=SAID))
    with inside(partnership) as session:
        session.execute(update(Visit).values(ends_at=utc_now() - timedelta(minutes=1)))
        session.commit()
    answer = library.get(address)
    assert answer.status_code == 404
    assert "gone by closing time" in words_of(answer)
    assert "No visit is open" in words_of(library.get("/centre/visits"))


def test_nobody_else_opens_a_saved_visit(library: Visitor, sign_in: SignIn, partnership: Flask) -> None:
    address = save(library, filled(library, words=SAID))
    other_browser = sign_in("library")
    assert other_browser.get(address).status_code == 404
    assert "saved in another browser" in words_of(other_browser.get("/centre/visits"))
    mosque = sign_in("mosque")
    mosque.take("harbour_visits", library.cookie("harbour_visits") or "")
    for method, path in (("GET", ""), ("POST", "/close"), ("POST", "/hand-over")):
        assert mosque.client.open(address + path, method=method).status_code == 404
    assert library.get(address).status_code == 200


def test_a_visit_of_another_centre_is_not_sent_under_its_key(
    partnership: Flask, library: Visitor, sign_in: SignIn
) -> None:
    theirs = field_value(sign_in("mosque").get("/centre/log"), "visit")
    page = library.client.post("/centre/log", data=filled(library, visit=theirs))
    assert "somebody else began it" in words_of(page)
    assert field_value(page, "words") == TOLD["words"]
    assert field_value(page, "visit") != theirs
    assert reports_in(partnership) == 0
    again = filled(library, visit=field_value(page, "visit"))
    assert "The report is in" in send(library, again)


def test_a_saved_visit_can_be_deleted(partnership: Flask, library: Visitor) -> None:
    address = save(library, filled(library, words=SAID))
    assert library.post(f"{address}/close", read="/centre/visits").location == "/centre/visits"
    with inside(partnership) as session:
        assert session.scalars(select(Visit)).all() == []
    assert library.get(address).status_code == 404


def test_a_code_is_not_shown_again_once_the_visitor_has_it(library: Visitor) -> None:
    page = send(library, filled(library))
    visit = page.split("/centre/visits/")[1].split("/")[0]
    code = code_on(page)
    assert code_on(library.get(f"/centre/visits/{visit}").get_data(as_text=True)) == code
    closed = library.post(f"/centre/visits/{visit}/close", read=f"/centre/visits/{visit}")
    assert closed.location == "/centre/reports"
    assert library.get(f"/centre/visits/{visit}").status_code == 404


def test_what_was_not_read_aloud_is_not_agreed(partnership: Flask, library: Visitor) -> None:
    page = send(library, filled(library, read=["police:what-happened"]))
    assert "May we tell your landlord or housing association what happened to you?" in page
    assert "and tick that they answered" in page
    assert reports_in(partnership) == 0
    send(library, filled(library, read=["police:what-happened", "housing:what-happened", "council:who-i-am"]))
    with inside(partnership) as session:
        taking = session.scalars(select(Taking)).one()
        read = {(AgencyKind(agency), Detail(detail)) for agency, detail in taking.read_aloud}
    assert (AgencyKind.COUNCIL, Detail.WHO_I_AM) in read
    assert len(read) == 3


def test_every_sentence_that_is_read_stands_on_the_page(library: Visitor) -> None:
    page = library.get("/centre/log").get_data(as_text=True)
    assert page.count('name="read"') == page.count('name="consent"') == len(AgencyKind) * len(Detail)
    for voice in ("Their name", "They are not sure", "On a day they know"):
        assert voice in page
    for own_voice in ("Your name", "I am not sure", "reach me"):
        assert own_voice not in page


def test_who_was_there_and_which_language_reach_the_desk(partnership: Flask, library: Visitor) -> None:
    form = filled(library, present=["child", "interpreter"], language="fa", interpreting="phone-or-video")
    send(library, form)
    with inside(partnership) as session:
        report = session.scalars(select(Report)).one()
        assert report.language == "fa"
        assert report.taking is not None
        assert report.taking.present == {Present.CHILD, Present.INTERPRETER}


def test_the_sheet_is_in_the_visitors_language_with_the_english_beside_what_matters(library: Visitor) -> None:
    page = send(library, filled(library, language="fa"))
    sheet = page.split('<section class="harbour-sheet"')[1].split("</section>")[0]
    assert sheet.startswith(' lang="fa" dir="rtl"')
    assert "کد شما" in sheet
    assert "In danger, call 999." in sheet
    assert "Keep this code. Only you can use it." in sheet
    assert "What happens next" not in sheet
    english = send(library, filled(library, language="ti"))
    assert '<section class="harbour-sheet" lang="en" dir="ltr"' in english


def paper(library: Visitor, day: str, month: str, year: str, **more: object) -> dict[str, object]:
    return filled(library, paper="y", dated=[day, month, year], read=[], **more)


def test_a_paper_form_keeps_its_own_date(partnership: Flask, library: Visitor) -> None:
    with partnership.app_context():
        day = harbour().clock() - timedelta(days=40)
    page = send(library, paper(library, str(day.day), str(day.month), str(day.year)))
    assert "The report is in" in page
    with inside(partnership) as session:
        report = session.scalars(select(Report)).one()
        assert report.taking is not None
        assert report.taking.dated == day.date()
        assert (report.facts.reported_month.month, report.facts.reported_month.year) == (day.month, day.year)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (("31", "2", "2026"), "There is no such date"),
        (("1", "1", "2999"), "in the future"),
        (("", "", ""), "Give the day that is on the paper form"),
        (("x", "1", "2026"), "Write the whole date in numbers"),
        (("3", "3", "2020"), "more than a year ago"),
    ],
)
def test_a_date_that_cannot_be_is_told_and_loses_nothing(
    partnership: Flask, library: Visitor, day: tuple[str, str, str], told: str
) -> None:
    answer = library.client.post("/centre/log", data=paper(library, *day))
    assert told in words_of(answer)
    assert field_value(answer, "words") == TOLD["words"]
    assert reports_in(partnership) == 0


def test_an_old_paper_form_that_was_checked_is_taken(partnership: Flask, library: Visitor) -> None:
    assert "The report is in" in send(library, paper(library, "3", "3", "2020", dated_sure="y"))


def test_a_note_without_agreement_is_neither_kept_nor_dropped(partnership: Flask, library: Visitor) -> None:
    answer = library.client.post("/centre/log", data=filled(library, note="canary for the visitor"))
    assert "Ask whether you may keep this note" in words_of(answer)
    assert field_value(answer, "note") == "canary for the visitor"
    form = filled(library, note="canary for the visitor", note_agreed="y", support_plan="canary plan", debrief="tired")
    pages = [send(library, form) for _ in "12"]
    assert all("The report is in" in page for page in pages)
    with inside(partnership) as session:
        assert len(session.scalars(select(CentreNote)).all()) == 3, "sent twice, each is kept once"
        assert all(b"canary" not in note.sealed.to_bytes() for note in session.scalars(select(CentreNote)))


@pytest.mark.parametrize("field", ["words", "note", "support_plan", "debrief"])
def test_over_long_words_are_told_and_kept(partnership: Flask, library: Visitor, field: str) -> None:
    told = "word " * 5000
    answer = library.client.post("/centre/log", data=filled(library, note_agreed="y", **{field: told}))
    assert "Nothing you wrote is lost" in words_of(answer)
    assert field_value(answer, field).strip() == told.strip()
    assert reports_in(partnership) == 0


def test_a_busy_hour_of_one_address_is_never_refused(
    partnership: Flask, library: Visitor, sign_in: SignIn, new_visit: Callable[[], str]
) -> None:
    first = filled(library, words="", name="", contact="", reach="")
    codes = {code_on(send(library, {**first, "visit": new_visit()})) for _ in range(200)}
    assert len(codes) == 200
    assert reports_in(partnership) == 200


@pytest.fixture
def new_visit(partnership: Flask, library: Visitor) -> Callable[[], str]:
    """The token of a further visit, as its page would carry it."""
    from accounts.models import Person
    from centres.queries import centre_of
    from centres.visits import begin_visit, token_of
    from core.work import Actor, begin_work

    with inside(partnership) as session:
        person = session.scalars(select(Person).where(Person.email == "library@demo.invalid")).one()
        actor = Actor(person.role.value, person.id, person.team_id)

    def make() -> str:
        with inside(partnership) as session:
            work = begin_work(harbour(), session, actor)
            centre = centre_of(session, actor.team_id or "")
            assert centre is not None
            token = token_of(work, begin_visit(work, centre))
            db.session.rollback()
            return token

    return make
