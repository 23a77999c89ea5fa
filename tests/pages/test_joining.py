"""Invitations by the pages: a code shown once, typed, used once; what is wrong is told and nothing leaks."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from accounts.invitations import EXPIRED, REVOKED, UNKNOWN, USED
from accounts.models import Invitation, Person
from centres.staff_forms import ONE_PERSON
from core.clock import utc_now
from core.codes import SEED_BYTES, code_of
from tests.pages.conftest import SignIn, inside
from tests.pages.places import NEW_PASSWORD, code_in, join
from tests.pages.visiting import SIGNED_IN, Visitor, field_value, words_of

EMAIL = "new@demo.invalid"


@pytest.fixture
def lead(sign_in: SignIn) -> Visitor:
    return sign_in("lead")


@pytest.fixture
def code(lead: Visitor) -> str:
    """The code of a new colleague."""
    return code_in(lead.post("/centre/people/invite", {"name": "New Colleague", "role": "centre staff"}))


def try_to_join(app: Flask, code: str, email: str = EMAIL, password: str = NEW_PASSWORD) -> str:
    """What somebody reads who could not join."""
    visitor = Visitor(app)
    page = visitor.post("/join", {"code": code, "email": email, "password": password})
    assert page.status_code == 200
    assert visitor.cookie(SIGNED_IN) is None
    assert password not in page.get_data(as_text=True)
    return words_of(page)


def test_an_invited_colleague_joins_and_works(partnership: Flask, lead: Visitor, code: str) -> None:
    assert "New Colleague" in words_of(lead.get("/centre/people"))
    newcomer = join(partnership, f" {code.lower()} ", EMAIL)
    page = newcomer.get("/", follow_redirects=True)
    assert "You have joined Demo Library" in words_of(page)
    assert "You cannot log reports yet" in words_of(page)
    people = words_of(lead.get("/centre/people"))
    assert EMAIL in people
    assert "Invited" not in people
    assert Visitor(partnership).sign_in(EMAIL, NEW_PASSWORD).status_code == 302


def test_the_code_is_shown_once_and_stands_in_no_address(partnership: Flask, lead: Visitor, code: str) -> None:
    for path in ("/centre/people", "/centre/people/invite", "/centre/details"):
        assert code.replace("-", "") not in lead.get(path).get_data(as_text=True).replace("-", "").replace(" ", "")
    assert not [rule for rule in partnership.url_map.iter_rules() if "code" in rule.arguments]


def test_used_revoked_and_expired_are_told(partnership: Flask, lead: Visitor, code: str) -> None:
    join(partnership, code, EMAIL)
    assert USED in try_to_join(partnership, code, "second@demo.invalid")
    second = code_in(lead.post("/centre/people/invite", {"name": "Second", "role": "centre lead"}))
    with inside(partnership) as session:
        invitation = session.scalars(select(Invitation.id).where(Invitation.name == "Second")).one()
    lead.post(f"/centre/people/invitations/{invitation}/revoke", read="/centre/people")
    assert REVOKED in try_to_join(partnership, second)
    third = code_in(lead.post("/centre/people/invite", {"name": "Third", "role": "centre staff"}))
    with time_machine.travel(utc_now() + timedelta(days=7)):
        assert EXPIRED in try_to_join(partnership, third)
    for told in (USED, REVOKED, EXPIRED):
        assert "Demo Library" not in told


def test_an_unknown_code_tells_nothing_and_guesses_are_slowed_while_a_right_code_still_works(
    partnership: Flask, code: str
) -> None:
    guesses = [code_of(number.to_bytes(SEED_BYTES)) for number in range(12)]
    told = [try_to_join(partnership, guess) for guess in guesses]
    assert UNKNOWN in told[0]
    assert "Demo Library" not in told[0]
    assert "Too many wrong codes" in told[-1]
    join(partnership, code, EMAIL)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"code": ""}, "Enter your code"),
        ({"code": "K7QF"}, "You typed 4"),
        ({"code": "O" * 18}, "never have O"),
        ({"code": "x" * 300}, "longer than a code"),
        ({"email": ""}, "Enter your email address"),
        ({"email": "nobody"}, "in the usual form"),
        ({"email": "officer@demo.invalid"}, "enrolled with officer@demo.invalid already"),
        ({"password": "short"}, "Use 12 characters or more"),
    ],
)
def test_a_mistake_is_told_and_spends_no_invitation(
    partnership: Flask, code: str, changed: dict[str, str], told: str
) -> None:
    sent = {"code": code, "email": EMAIL, "password": NEW_PASSWORD, **changed}
    page = Visitor(partnership).post("/join", sent)
    assert told in words_of(page)
    assert field_value(page, "code") == sent["code"]
    assert field_value(page, "email") == sent["email"]
    join(partnership, code, EMAIL)


def test_somebody_signed_in_does_not_join_as_another(lead: Visitor) -> None:
    assert lead.get("/join").location == "/"


@pytest.mark.parametrize(
    "pasted",
    [
        "Anna Demo\r\nBen Demo\r\nCara Demo",
        "Anna Demo\tanna@demo.invalid\tstaff",
        "Anna Demo, Ben Demo",
        "Anna Demo; Ben Demo",
        "anna@demo.invalid",
        "\r\n".join(f"Person {number}\tperson{number}@demo.invalid" for number in range(400)),
    ],
)
def test_a_list_of_staff_is_told_and_kept_as_it_was_pasted(partnership: Flask, lead: Visitor, pasted: str) -> None:
    page = lead.post("/centre/people/invite", {"name": pasted, "role": "centre staff"})
    assert ONE_PERSON in words_of(page)
    assert field_value(page, "name").replace("\r\n", "\n") == pasted.replace("\r\n", "\n")
    with inside(partnership) as session:
        assert session.scalars(select(Invitation)).all() == []


@pytest.mark.parametrize("role", ["", "triage officer", "network coordinator", "made up"])
def test_a_lead_invites_for_their_centre_alone(partnership: Flask, lead: Visitor, role: str) -> None:
    page = lead.post("/centre/people/invite", {"name": "Somebody", "role": role})
    assert page.status_code == 200
    assert "data-code" not in page.get_data(as_text=True)
    with inside(partnership) as session:
        assert session.scalars(select(Invitation)).all() == []


def test_names_are_names_however_they_are_written(partnership: Flask, lead: Visitor) -> None:
    for name in ("Zoë O’Neill-Łukasz", "  محمد   علي  ", "<b>Bo</b>"):
        page = lead.post("/centre/people/invite", {"name": name, "role": "centre staff"})
        assert code_in(page)
        assert "<b>Bo</b>" not in page.get_data(as_text=True)
    with inside(partnership) as session:
        names = set(session.scalars(select(Invitation.name)))
        assert names == {"Zoë O’Neill-Łukasz", "محمد علي", "<b>Bo</b>"}
        assert session.scalars(select(Person.name).where(Person.name == "<b>Bo</b>")).all() == []
