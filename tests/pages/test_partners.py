"""The coordinator invites a partner; they join, tell what they hear, and are let in no more."""

import re

from flask import Flask
from sqlalchemy import select

from accounts.models import Invitation, Team
from accounts.vocabulary import Role, TeamKind
from centres.models import Centre
from centres.vocabulary import CentreState
from tests.pages.conftest import SignIn, inside
from tests.pages.test_intelligence import HEARD
from tests.pages.visiting import Visitor, words_of

ASKED = {"name": "Demo Speaker", "organisation": "Demo University"}
NEW_PASSWORD = "a password of the speaker"


def invited(coordinator: Visitor, **changed: str) -> str:
    """Invite them; the code."""
    page = coordinator.post("/network/partners/invite", {**ASKED, **changed})
    shown = re.search(r'data-code="([^"]+)"', page.get_data(as_text=True))
    assert shown, words_of(page)
    return shown.group(1)


def join(app: Flask, code: str, email: str = "speaker@demo.invalid") -> Visitor:
    partner = Visitor(app)
    assert partner.post("/join", {"code": code, "email": email, "password": NEW_PASSWORD}).status_code == 302
    return partner


def test_a_partner_joins_and_has_one_page(partnership: Flask, sign_in: SignIn) -> None:
    coordinator = sign_in("coordinator")
    code = invited(coordinator)
    assert "Demo University (Demo Speaker)" in words_of(coordinator.get("/network/partners"))
    partner = join(partnership, code)
    assert partner.get("/").location == "/intelligence"
    home = partner.get("/intelligence")
    assert "Welcome, Demo Speaker" in words_of(home)
    assert re.findall(r'<a class="harbour-nav__link" href="([^"]+)"', home.get_data(as_text=True)) == ["/intelligence"]
    assert partner.post("/intelligence", HEARD).status_code == 302
    listed = words_of(sign_in("officer").get("/desk/intelligence"))
    assert "Demo University (Demo Speaker)" in listed
    assert "speaker@demo.invalid" in words_of(coordinator.get("/network/partners"))


def test_an_invitation_is_taken_back(partnership: Flask, sign_in: SignIn) -> None:
    coordinator = sign_in("coordinator")
    code = invited(coordinator)
    with inside(partnership) as session:
        found = session.scalars(select(Invitation.id).where(Invitation.role == Role.PARTNER)).one()
    address = f"/network/partners/invitations/{found}/revoke"
    assert coordinator.client.post(address, data={"csrf_token": "stale"}).status_code == 302
    assert "Demo Speaker" in words_of(coordinator.get("/network/partners"))
    coordinator.post(address, read="/network/partners")
    refused = Visitor(partnership).post(
        "/join", {"code": code, "email": "speaker@demo.invalid", "password": NEW_PASSWORD}
    )
    assert "taken back" in words_of(refused)
    assert invited(coordinator) != code


def test_access_ends_at_once_and_begins_again(partnership: Flask, sign_in: SignIn) -> None:
    coordinator = sign_in("coordinator")
    partner = join(partnership, invited(coordinator))
    with inside(partnership) as session:
        team = session.scalars(select(Team.id).where(Team.name == "Demo University (Demo Speaker)")).one()
    page = f"/network/partners/{team}"
    assert coordinator.post(f"{page}/let-in", read=page).location == page
    coordinator.post(f"{page}/end", read=page)
    assert partner.get("/intelligence").status_code == 302
    told = words_of(Visitor(partnership).sign_in("speaker@demo.invalid", NEW_PASSWORD))
    assert "Your access has ended" in told
    assert "Whose access ended" in words_of(coordinator.get("/network/partners"))
    coordinator.post(f"{page}/let-in", read=page)
    assert Visitor(partnership).sign_in("speaker@demo.invalid", NEW_PASSWORD).status_code == 302


def test_a_forgotten_password_is_made_good(partnership: Flask, sign_in: SignIn) -> None:
    coordinator = sign_in("coordinator")
    partner = join(partnership, invited(coordinator))
    partner.post("/intelligence", HEARD)
    with inside(partnership) as session:
        team = session.scalars(select(Team.id).where(Team.name == "Demo University (Demo Speaker)")).one()
    page = f"/network/partners/{team}"
    made = coordinator.post(f"{page}/way-back", read=page).get_data(as_text=True)
    back = Visitor(partnership)
    code = re.search(r'data-code="([^"]+)"', made)
    assert code
    given = {"code": code.group(1), "email": "speaker@demo.invalid", "password": "another password of theirs"}
    assert back.post("/join", given).status_code == 302
    assert "CI-" in words_of(back.get("/intelligence"))


def test_mistakes_are_told_and_other_teams_are_not_there(partnership: Flask, sign_in: SignIn) -> None:
    coordinator = sign_in("coordinator")
    page = coordinator.post("/network/partners/invite", {"name": "One, Two", "organisation": ""})
    for words in ("An invitation is for one person", "Enter the organisation"):
        assert words in words_of(page)
    invited(coordinator)
    assert "is invited already" in words_of(coordinator.post("/network/partners/invite", ASKED))
    with inside(partnership) as session:
        desk = session.scalars(select(Team.id).where(Team.kind == TeamKind.DESK)).one()
    assert coordinator.get(f"/network/partners/{desk}").status_code == 404
    for deed in ("end", "let-in", "way-back"):
        assert coordinator.post(f"/network/partners/{desk}/{deed}", read="/network/partners").status_code == 404
    lost = coordinator.post("/network/partners/invitations/nothing/revoke", read="/network/partners")
    assert lost.status_code == 404


def test_the_coordinator_sees_how_many_applications_wait(partnership: Flask, sign_in: SignIn) -> None:
    coordinator = sign_in("coordinator")
    assert "Centres Partners" in words_of(coordinator.get("/network/partners"))
    with inside(partnership) as session:
        centre = session.scalars(select(Centre)).first()
        assert centre is not None
        centre.state = CentreState.APPLIED
        session.commit()
    assert "Centres 1 application waits Partners" in words_of(coordinator.get("/network/partners"))
