"""Forgotten passwords and leads that change, by the pages: whose notes are kept, and whose are lost in plain words."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Invitation, Person
from centres.models import Centre
from centres.visit_models import CentreNote, Reminder
from tests.pages.conftest import PASSWORD, SignIn, inside
from tests.pages.places import NEW_PASSWORD, code_in, join
from tests.pages.test_afterwards import act
from tests.pages.visiting import Visitor, field_value, words_of

NOTE = "canary: a plan for the visitor"


def person(app: Flask, name: str) -> str:
    with inside(app) as session:
        return session.scalars(select(Person.id).where(Person.email == f"{name}@demo.invalid")).one()


def library_id(app: Flask) -> str:
    with inside(app) as session:
        return session.scalars(select(Centre.id).where(Centre.name == "Demo Library")).one()


@pytest.fixture
def lead(sign_in: SignIn) -> Visitor:
    return sign_in("lead")


@pytest.fixture
def report(partnership: Flask, sign_in: SignIn) -> str:
    """The address of a report that the library logged, with a note and a call-back, and a note to the desk."""
    library = sign_in("library")
    page = library.get("/centre/log")
    visit = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    library.client.post("/centre/log", data={**visit, "agreed": "y", "words": "told"})
    listed = library.get("/centre/reports").get_data(as_text=True)
    address = "/centre/reports/" + listed.split('href="/centre/reports/')[1].split('"')[0]
    note = {"note-kind": "support-plan", "note-words": NOTE}
    act(library, f"{address}/notes", note, address)
    tomorrow = date.today() + timedelta(days=1)
    due = {
        "reminder-due": [str(part) for part in (tomorrow.day, tomorrow.month, tomorrow.year)],
        "reminder-hour": "10",
        "reminder-person": person(partnership, "library"),
        "reminder-words": "canary: ring them",
    }
    act(library, f"{address}/reminders", due, address)
    act(library, f"{address}/aside", {"aside-words": "canary: to the desk"}, address)
    return address


def test_a_lead_lets_a_colleague_back_and_nothing_is_lost(partnership: Flask, lead: Visitor, report: str) -> None:
    colleague = f"/centre/people/{person(partnership, 'library')}"
    assert "Make a way back" in words_of(lead.get(colleague))
    made = lead.post(f"{colleague}/way-back", read=colleague)
    assert "Their old password stops working" in words_of(made)
    assert "Way back" in words_of(lead.get("/centre/people"))
    back = join(partnership, code_in(made), "library@demo.invalid")
    assert "Welcome back" in words_of(back.get("/", follow_redirects=True))
    assert NOTE in words_of(back.get(report))
    assert Visitor(partnership).sign_in("library@demo.invalid", PASSWORD).status_code == 200
    mine = f"/centre/people/{person(partnership, 'lead')}"
    assert "Make a way back" not in words_of(lead.get(mine))
    lead.post(f"{mine}/way-back", read=colleague)
    assert "you need no way back" in words_of(lead.get("/centre/people"))


def test_a_forgetful_only_lead_is_let_back_by_staff_whom_the_coordinator_makes_a_lead(
    partnership: Flask, sign_in: SignIn, report: str
) -> None:
    coordinator, library = sign_in("coordinator"), sign_in("library")
    people = f"/network/centres/{library_id(partnership)}/people"
    staff, only = person(partnership, "library"), person(partnership, "lead")
    assert library.get("/centre/people").status_code == 403
    coordinator.post(f"{people}/{staff}/role", {"role": "centre lead"}, read=f"{people}/{staff}")
    assert "Demo library is centre lead now" in words_of(coordinator.get(f"{people}/{staff}"))
    made = library.post(f"/centre/people/{only}/way-back", read=f"/centre/people/{only}")
    back = join(partnership, code_in(made), "lead@demo.invalid")
    back.get("/", follow_redirects=True)
    assert NOTE in words_of(back.get(report))


def test_where_nobody_opens_the_key_what_is_lost_is_said_first_and_only_that_is_lost(
    partnership: Flask, sign_in: SignIn, report: str
) -> None:
    coordinator, library = sign_in("coordinator"), sign_in("library")
    lead = f"/network/centres/{library_id(partnership)}/people/{person(partnership, 'lead')}"
    page = words_of(coordinator.get(f"{lead}/new-key"))
    assert "1 note that the centre keeps" in page
    assert "The words of 1 call-back" in page
    assert "Demo library" in page
    assert "Tick that you asked" in words_of(coordinator.post(f"{lead}/new-key", read=f"{lead}/new-key"))
    made = coordinator.post(f"{lead}/new-key", {"nobody": "y"}, read=f"{lead}/new-key")
    assert NOTE in words_of(library.get(report)), "lost before the code was used"
    back = join(partnership, code_in(made), "lead@demo.invalid")
    back.get("/", follow_redirects=True)
    shown = words_of(back.get(report))
    assert NOTE not in shown
    assert "canary" not in shown
    assert "Only the desk can still read it" in shown
    assert library.get(report).status_code == 302
    assert "new key" in words_of(Visitor(partnership).sign_in("library@demo.invalid", PASSWORD))
    with inside(partnership) as session:
        assert session.scalars(select(CentreNote)).all() == []
        assert session.scalars(select(Reminder)).one().sealed is None
    again = f"/centre/people/{person(partnership, 'library')}"
    code = code_in(back.post(f"{again}/way-back", read=again))
    assert join(partnership, code, "library@demo.invalid").get("/centre/reports").status_code == 200


def test_no_new_key_for_staff_or_for_somebody_elses_people(partnership: Flask, sign_in: SignIn, lead: Visitor) -> None:
    coordinator = sign_in("coordinator")
    people = f"/network/centres/{library_id(partnership)}/people"
    assert coordinator.get(f"{people}/{person(partnership, 'library')}/new-key").status_code == 404
    assert coordinator.get(f"{people}/{person(partnership, 'mosque')}/new-key").status_code == 404
    mosque = f"/centre/people/{person(partnership, 'mosque')}"
    for deed in ("way-back", "role"):
        assert lead.post(f"{mosque}/{deed}", {"role": "centre lead"}, read="/centre/people").status_code == 404


def test_a_lead_steps_down_only_beside_another(partnership: Flask, lead: Visitor) -> None:
    mine, other = (f"/centre/people/{person(partnership, name)}" for name in ("lead", "library"))
    lead.post(f"{mine}/role", {"role": "centre staff"}, read=mine)
    assert "is the only one" in words_of(lead.get(mine))
    lead.post(f"{other}/role", {"role": "centre lead"}, read=other)
    assert lead.post(f"{mine}/role", {"role": "centre staff"}, read=mine).location == "/centre/reports"
    assert lead.get("/centre/people").status_code == 403


def test_the_new_password_opens_and_the_page_is_not_a_joining(partnership: Flask, lead: Visitor) -> None:
    colleague = f"/centre/people/{person(partnership, 'library')}"
    code = code_in(lead.post(f"{colleague}/way-back", read=colleague))
    wrong = Visitor(partnership).post("/join", {"code": code, "email": "other@demo.invalid", "password": NEW_PASSWORD})
    assert "the email address that you signed in with before" in words_of(wrong)
    join(partnership, code, "library@demo.invalid")
    assert Visitor(partnership).sign_in("library@demo.invalid", NEW_PASSWORD).status_code == 302


def test_the_coordinator_takes_back_a_code_that_they_gave(
    partnership: Flask, sign_in: SignIn, lead: Visitor, report: str
) -> None:
    coordinator = sign_in("coordinator")
    centre = f"/network/centres/{library_id(partnership)}"
    only = f"{centre}/people/{person(partnership, 'lead')}/new-key"
    assert code_in(coordinator.post(only, {"nobody": "y"}, read=only))
    page = coordinator.get(centre)
    assert "Codes that you gave" in words_of(page)
    [invitation] = re.findall(r"/invitations/([\w-]+)/revoke", page.get_data(as_text=True))
    coordinator.post(f"{centre}/invitations/{invitation}/revoke", read=centre)
    after = words_of(coordinator.get(centre))
    assert "was taken back" in after
    assert "Codes that you gave" not in after
    with inside(partnership) as session:
        assert session.scalars(select(Invitation)).one().used_at is None


def test_the_coordinator_leaves_a_leads_own_invitations_alone(
    partnership: Flask, sign_in: SignIn, lead: Visitor
) -> None:
    invite = "/centre/people/invite"
    lead.post(invite, {"name": "Demo Newcomer", "role": "centre staff"}, read=invite)
    with inside(partnership) as session:
        made = session.scalars(select(Invitation.id)).one()
    coordinator, centre = sign_in("coordinator"), f"/network/centres/{library_id(partnership)}"
    assert "Codes that you gave" not in words_of(coordinator.get(centre))
    assert coordinator.post(f"{centre}/invitations/{made}/revoke", read=centre).status_code == 404
    assert coordinator.post(f"{centre}/invitations/unknown/revoke", read=centre).status_code == 404
