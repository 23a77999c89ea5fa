"""A lead's people, page and training; a centre that is suspended; and never anybody else's."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from accounts.models import Person, Team
from accounts.vocabulary import Closure
from centres.models import Centre, Training
from centres.standing import GRACE
from centres.vocabulary import CentreState
from core.clock import utc_now
from core.ids import new_id
from reporting.models import Report
from tests.pages.conftest import PASSWORD, SignIn, inside, reports_in
from tests.pages.places import NEW_PASSWORD, apply, approve, id_of, join, state_of
from tests.pages.visiting import Visitor, field_value, words_of

LOG = "/centre/log"


@pytest.fixture
def lead(sign_in: SignIn) -> Visitor:
    return sign_in("lead")


@pytest.fixture
def library(sign_in: SignIn) -> Visitor:
    return sign_in("library")


def person(app: Flask, name: str) -> str:
    """Somebody's id."""
    with inside(app) as session:
        return session.scalars(select(Person.id).where(Person.email == f"{name}@demo.invalid")).one()


def training_ends(app: Flask, name: str, days: int) -> None:
    """Let somebody's training run out so many days from now."""
    until, whose = utc_now().date() + timedelta(days=days), person(app, name)
    with inside(app) as session:
        session.execute(update(Training).where(Training.person_id == whose).values(expires_on=until))
        session.commit()


def visit_of(library: Visitor) -> dict[str, str]:
    """A visit that was begun, with something told."""
    page = library.get(LOG)
    return {
        **{name: field_value(page, name) for name in ("csrf_token", "visit")},
        "agreed": "y",
        "words": "told by a visitor",
    }


def test_training_is_reminded_of_then_warned_of_then_stops_new_reports(
    partnership: Flask, library: Visitor, lead: Visitor
) -> None:
    assert "training" not in words_of(library.get("/centre/reports")).lower()
    training_ends(partnership, "library", 20)
    assert "Your training is due by" in words_of(library.get("/centre/reports"))
    training_ends(partnership, "library", -3)
    assert "You can log reports until" in words_of(library.get("/centre/reports"))
    assert library.get(LOG).status_code == 200
    training_ends(partnership, "library", -GRACE.days)
    stopped = library.get(LOG)
    assert stopped.status_code == 403
    assert "Ask your centre’s lead" in words_of(stopped)
    assert "Taking a report for a visitor" in words_of(stopped)
    listed = library.get("/centre/reports")
    assert listed.status_code == 200
    assert "You cannot log reports at the moment" in words_of(listed)
    assert "Demo library" in words_of(lead.get("/centre/details"))


def test_a_visit_is_not_lost_when_training_ran_out_meanwhile(
    partnership: Flask, library: Visitor, lead: Visitor
) -> None:
    visit = visit_of(library)
    training_ends(partnership, "library", -30)
    kept = library.client.post(LOG, data=visit)
    assert kept.status_code == 403
    assert "Nothing you wrote is lost" in words_of(kept)
    assert field_value(kept, "words") == "told by a visitor"
    assert reports_in(partnership) == 0
    colleague = f"/centre/people/{person(partnership, 'library')}"
    day = utc_now().date()
    done = {"course": "reporting", "completed_on": [str(day.day), str(day.month), str(day.year)]}
    assert lead.post(f"{colleague}/training", done, read=colleague).status_code == 302
    again = {name: field_value(kept, name) for name in visit}
    assert "data-code" in library.client.post(LOG, data=again).get_data(as_text=True)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"course": ""}, "Choose the course"),
        ({"completed_on": ["31", "2", "2026"]}, "There is no such date"),
        ({"completed_on": ["", "", ""]}, "Enter the day, such as"),
        ({"completed_on": ["1", "1", "2999"]}, "not in the future"),
        ({"completed_on": ["1", "1", "1926"]}, "Check the year"),
        ({"months": "0"}, "from 1 to 60"),
        ({"months": "999"}, "from 1 to 60"),
        ({"months": "two years"}, "from 1 to 60"),
    ],
)
def test_a_training_that_cannot_be_is_told(
    partnership: Flask, lead: Visitor, given: dict[str, object], told: str
) -> None:
    colleague = f"/centre/people/{person(partnership, 'library')}"
    sent = {"course": "trauma", "completed_on": ["1", "6", "2026"], "months": "", **given}
    page = lead.post(f"{colleague}/training", sent, read=colleague)
    assert page.status_code == 200
    assert told in words_of(page)
    with inside(partnership) as session:
        assert session.scalars(select(Training).where(Training.course == "trauma")).all() == []


def test_nobody_records_or_takes_back_their_own_training(partnership: Flask, lead: Visitor) -> None:
    me = person(partnership, "lead")
    mine = f"/centre/people/{me}"
    assert "Nobody records their own training" in words_of(lead.get(mine))
    sent = {"course": "trauma", "completed_on": ["1", "6", "2026"]}
    assert "Nobody records" in words_of(lead.post(f"{mine}/training", sent, read="/centre/people/invite"))
    with inside(partnership) as session:
        training = session.scalars(select(Training.id).where(Training.person_id == me)).one()
    lead.post(f"{mine}/training/{training}/remove", read="/centre/people/invite")
    with inside(partnership) as session:
        assert session.get(Training, training) is not None


def test_a_record_made_by_mistake_is_taken_back(partnership: Flask, lead: Visitor, library: Visitor) -> None:
    colleague = person(partnership, "library")
    with inside(partnership) as session:
        training = session.scalars(select(Training.id).where(Training.person_id == colleague)).one()
    lead.post(f"/centre/people/{colleague}/training/{training}/remove", read=f"/centre/people/{colleague}")
    assert library.get(LOG).status_code == 403


def test_whose_access_ends_is_out_at_once(partnership: Flask, lead: Visitor, library: Visitor) -> None:
    colleague = f"/centre/people/{person(partnership, 'library')}"
    lead.post(f"{colleague}/end", read=colleague)
    assert str(library.get("/centre/reports").location).startswith("/sign-in")
    assert Visitor(partnership).sign_in("library@demo.invalid", PASSWORD).status_code == 200
    assert "Who left" in words_of(lead.get("/centre/people"))
    assert "no access any more" in words_of(lead.get(colleague))


def test_the_last_lead_is_told_to_invite_another_first(partnership: Flask, lead: Visitor) -> None:
    mine = f"/centre/people/{person(partnership, 'lead')}"
    refused = lead.post(f"{mine}/end", read=mine, follow_redirects=True)
    assert "Invite another lead first" in words_of(refused)
    assert lead.get("/centre/people").status_code == 200


def test_a_suspended_centre_loses_access_in_an_open_session_and_gets_it_back(
    partnership: Flask, lead: Visitor, library: Visitor, sign_in: SignIn
) -> None:
    visit, coordinator = visit_of(library), sign_in("coordinator")
    assert "data-code" in library.client.post(LOG, data=visit).get_data(as_text=True)
    begun = visit_of(library)
    centre_id = id_of(partnership, "Demo Library")
    coordinator.post(f"/network/centres/{centre_id}/move/suspended", {"reason": "concern"})
    for path in ("/centre/reports", LOG, "/centre/people", "/centre/details", "/centre/agreement"):
        for who in (lead, library):
            assert str(who.get(path).location).startswith("/sign-in"), path
    kept = library.client.post(LOG, data=begun)
    assert "Nothing you wrote is lost" in words_of(kept)
    assert reports_in(partnership) == 1
    refused = Visitor(partnership).sign_in("library@demo.invalid", PASSWORD)
    assert "Access for Demo Library is suspended" in words_of(refused)
    wrong = Visitor(partnership).sign_in("library@demo.invalid", "not the password")
    assert "suspended" not in words_of(wrong)
    with inside(partnership) as session:
        assert session.scalars(select(Report.centre_id)).one() == centre_id
    coordinator.post(f"/network/centres/{centre_id}/move/active")
    assert library.sign_in("library@demo.invalid", PASSWORD).status_code == 302
    assert library.get(LOG).status_code == 200


def test_a_new_lead_agrees_first_and_then_everything_opens(partnership: Flask, sign_in: SignIn) -> None:
    apply(Visitor(partnership))
    centre_id = id_of(partnership, "Demo Kitchen")
    code = approve(sign_in("coordinator"), centre_id)
    newcomer = join(partnership, code, "applicant@demo.invalid")
    for path in ("/centre/reports", "/centre/people", "/centre/details", LOG):
        assert newcomer.get(path).location == "/centre/agreement", path
    assert state_of(partnership, centre_id) is CentreState.APPROVED
    accepted = newcomer.post("/centre/agreement/accept", read="/centre/agreement")
    assert accepted.location == "/centre/details"
    assert state_of(partnership, centre_id) is CentreState.ACTIVE
    assert newcomer.get("/centre/people").status_code == 200
    assert newcomer.get(LOG).status_code == 403
    place = f"/network/centres/{centre_id}/people/{person(partnership, 'applicant')}"
    coordinator = sign_in("coordinator")
    day = utc_now().date() - timedelta(days=1)
    done = {"course": "reporting", "completed_on": [str(day.day), str(day.month), str(day.year)]}
    assert coordinator.post(f"{place}/training", done, read=place).status_code == 302
    assert newcomer.get(LOG).status_code == 200
    assert Visitor(partnership).sign_in("applicant@demo.invalid", NEW_PASSWORD).status_code == 302


def test_a_lead_keeps_the_page_true_and_a_mistake_loses_nothing(partnership: Flask, lead: Visitor) -> None:
    change = "/centre/details/change"
    page = {"languages": ["en", "pl"], "tuesday-opens": "9", "tuesday-closes": "8", "about": "Upstairs <now>"}
    refused = lead.post(change, page)
    assert "closing time must come after" in words_of(refused)
    assert field_value(refused, "about") == "Upstairs <now>"
    assert field_value(refused, "tuesday-closes") == "8"
    assert lead.post(change, {**page, "tuesday-closes": "8pm"}).location == "/centre/details"
    shown = lead.get("/centre/details")
    assert "Tuesday: 09:00 to 20:00" in words_of(shown)
    assert "Upstairs <now>" in words_of(shown)
    assert field_value(lead.get(change), "tuesday-closes") == "20:00"
    with inside(partnership) as session:
        changed = {centre.name for centre in session.scalars(select(Centre)) if centre.week.openings}
    assert changed == {"Demo Library"}


def test_another_centres_people_and_records_are_not_there(partnership: Flask, lead: Visitor) -> None:
    theirs, own = person(partnership, "mosque"), person(partnership, "library")
    with inside(partnership) as session:
        training = session.scalars(select(Training.id).where(Training.person_id == theirs)).one()
    token = {"csrf_token": field_value(lead.get("/centre/people/invite"), "csrf_token")}
    for path in (
        f"/centre/people/{theirs}/training",
        f"/centre/people/{theirs}/end",
        f"/centre/people/{theirs}/training/{training}/remove",
        f"/centre/people/{own}/training/{training}/remove",
        f"/centre/people/invitations/{new_id()}/revoke",
    ):
        assert lead.client.post(path, data=token).status_code == 404, path
    assert lead.get(f"/centre/people/{theirs}").status_code == 404
    with inside(partnership) as session:
        assert session.get_one(Person, theirs).left_at is None
        assert session.get(Training, training) is not None


def test_a_coordinator_finds_nobody_under_the_wrong_centre(partnership: Flask, sign_in: SignIn) -> None:
    coordinator, library = sign_in("coordinator"), id_of(partnership, "Demo Library")
    for path in (
        f"/network/centres/{new_id()}",
        f"/network/centres/{library}/people/{person(partnership, 'mosque')}",
        f"/network/centres/{library}/people/{person(partnership, 'officer')}",
        f"/network/centres/{new_id()}/people/{person(partnership, 'library')}",
    ):
        assert coordinator.get(path).status_code == 404, path


def test_the_agreement_waits_for_a_lead_who_never_saw_it(partnership: Flask, lead: Visitor, library: Visitor) -> None:
    assert "An agreement waits for you" in words_of(lead.get("/centre/details"))
    assert library.client.post("/centre/agreement/accept").status_code == 403
    assert "I accept this" not in words_of(library.get("/centre/agreement"))
    lead.post("/centre/agreement/accept", read="/centre/agreement")
    assert "An agreement waits" not in words_of(lead.get("/centre/details"))


def test_a_person_whose_training_lapses_while_signed_in_is_told_on_the_day(
    partnership: Flask, library: Visitor
) -> None:
    training_ends(partnership, "library", 1)
    with time_machine.travel(utc_now() + timedelta(days=1 + GRACE.days)):
        assert library.sign_in("library@demo.invalid", PASSWORD).status_code == 302
        assert library.get(LOG).status_code == 403


def test_a_session_opened_in_the_moment_of_closing_opens_nothing(partnership: Flask, library: Visitor) -> None:
    centre_id = id_of(partnership, "Demo Library")
    with inside(partnership) as session:
        session.get_one(Team, centre_id).closed = Closure.SUSPENDED
        session.commit()
    assert str(library.get("/centre/reports").location).startswith("/sign-in")
