"""A centre's lead makes, rotates and revokes tokens; a token is shown once and belongs to one centre."""

import re

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from centres.models import IntakeToken
from tests.pages.conftest import SignIn, inside
from tests.pages.partners import Partner, partner_of
from tests.pages.visiting import Visitor, field_value, words_of

MADE = re.compile(r"harbour_[\w-]{43}")


def make(lead: Visitor, **changed: object) -> TestResponse:
    chosen = {"name": "Case system", "scopes": ["reports:write", "reports:read"], **changed}
    return lead.post("/centre/tokens", chosen, read="/centre/tokens")


def shown(answer: TestResponse) -> str:
    found = MADE.search(answer.get_data(as_text=True))
    assert found is not None
    return found[0]


def id_of(app: Flask, name: str) -> str:
    with inside(app) as session:
        found = select(IntakeToken.id).where(IntakeToken.name == name, IntakeToken.replaced.is_(False))
        return session.scalars(found).one()


def test_a_token_is_shown_once_and_works(partnership: Flask, sign_in: SignIn) -> None:
    lead = sign_in("lead")
    token = shown(make(lead))
    assert Partner(partnership, token).send().status_code == 201
    page = lead.get("/centre/tokens")
    assert "Case system" in words_of(page)
    assert not MADE.search(page.get_data(as_text=True))


def test_rotated_and_revoked(partnership: Flask, sign_in: SignIn) -> None:
    lead = sign_in("lead")
    old = shown(make(lead))
    rotate = f"/centre/tokens/{id_of(partnership, 'Case system')}/rotate"
    new = shown(lead.post(rotate, {}, read="/centre/tokens"))
    assert Partner(partnership, old).ask().status_code == Partner(partnership, new).ask().status_code == 200
    revoke = f"/centre/tokens/{id_of(partnership, 'Case system')}/revoke"
    assert lead.post(revoke, {}, read="/centre/tokens").status_code == 302
    assert Partner(partnership, new).ask().status_code == 401
    assert "Tokens that ended (1)" in words_of(lead.get("/centre/tokens"))


def test_a_mistake_is_told_and_nothing_is_lost(partnership: Flask, sign_in: SignIn) -> None:
    lead = sign_in("lead")
    page = make(lead, scopes=[])
    assert "Choose what the token may do" in words_of(page)
    assert field_value(page, "name") == "Case system"
    make(lead)
    assert "There is a working token of that name" in words_of(make(lead))
    assert "Use 80 letters or fewer" in words_of(make(lead, name="x" * 81))
    lead.client.post(f"/centre/tokens/{id_of(partnership, 'Case system')}/revoke", data={"csrf_token": "stale"})
    assert id_of(partnership, "Case system")
    with inside(partnership) as session:
        assert session.scalars(select(IntakeToken.revoked_at)).one() is None


def test_another_centres_token_is_not_there(partnership: Flask, sign_in: SignIn) -> None:
    partner_of(partnership, "Demo Mosque")
    with inside(partnership) as session:
        theirs = session.scalars(select(IntakeToken)).one()
        token_id, name = theirs.id, theirs.name
    lead = sign_in("lead")
    assert name not in words_of(lead.get("/centre/tokens"))
    for deed in ("rotate", "revoke"):
        assert lead.post(f"/centre/tokens/{token_id}/{deed}", {}, read="/centre/tokens").status_code == 404
    with inside(partnership) as session:
        assert session.scalars(select(IntakeToken.revoked_at)).one() is None
