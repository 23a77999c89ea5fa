"""Signing in: slowed, told alike, never led astray, and new each time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from accounts.models import OpenSession, Person, Team
from core.audit import AuditEntry, Chain
from core.clock import utc_now
from core.settings import Settings
from tests.pages.conftest import PASSWORD, SignIn, inside, reports_in
from tests.pages.visiting import SIGNED_IN, Reporter, Visitor, field_value, words_of

OFFICER = "officer@demo.invalid"
WRONG = "That email address and password do not belong together"
TOO_MANY = "Too many tries for this address"


@pytest.fixture
def visitor(partnership: Flask) -> Visitor:
    return Visitor(partnership)


@pytest.mark.parametrize(
    ("email", "password"),
    [(OFFICER, "not the password"), ("nobody@demo.invalid", PASSWORD), (OFFICER, PASSWORD + " "), ("' --", PASSWORD)],
)
def test_a_wrong_address_and_a_wrong_password_look_alike(visitor: Visitor, email: str, password: str) -> None:
    answer = visitor.sign_in(email, password)
    assert answer.status_code == 200
    assert WRONG in words_of(answer)
    assert password not in answer.get_data(as_text=True)
    assert visitor.cookie(SIGNED_IN) is None


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "http:evil.example",
        "///evil.example", "/\t/evil.example", "/%09/evil.example", "\t//evil.example", " //evil.example",
        "javascript:alert(1)", "data:text/html,x", "evil.example", "//evil.example\\@localhost", "/\n/evil.example", "",
    ],
)  # fmt: skip
def test_nobody_is_led_to_another_site(partnership: Flask, target: str) -> None:
    visitor = Visitor(partnership)
    token = visitor.token("/sign-in")
    sent = {"email": OFFICER, "password": PASSWORD, "csrf_token": token}
    answer = visitor.client.post("/sign-in", query_string={"next": target}, data=sent)
    assert answer.status_code == 302
    where = str(answer.location)
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert where == "/" or where == "/%09/evil.example"


def test_somebody_is_led_to_where_they_were_going(visitor: Visitor) -> None:
    asked = visitor.get("/desk/queue")
    answer = visitor.sign_in(OFFICER, PASSWORD, str(asked.location))
    assert str(answer.location).rstrip("?") == "/desk/queue"
    assert visitor.get("/sign-in").location == "/"


def test_the_session_is_new_at_every_sign_in_and_none_is_taken_over(partnership: Flask, sign_in: SignIn) -> None:
    visitor = Visitor(partnership)
    visitor.take(SIGNED_IN, "A" * 64)
    visitor.sign_in(OFFICER, PASSWORD)
    first = visitor.cookie(SIGNED_IN)
    second = sign_in("officer").cookie(SIGNED_IN)
    assert first not in {None, "A" * 64}
    assert second not in {None, first}


def test_signing_out_leaves_no_key_behind(partnership: Flask, sign_in: SignIn) -> None:
    officer = sign_in("officer")
    cookie = officer.cookie(SIGNED_IN) or ""
    answer = officer.post("/sign-out", read="/desk/queue")
    assert answer.location == "/sign-in"
    assert officer.cookie(SIGNED_IN) is None
    with inside(partnership) as session:
        assert session.scalars(select(OpenSession)).all() == []
    officer.take(SIGNED_IN, cookie)
    assert officer.get("/desk/queue").status_code == 302


@pytest.mark.parametrize(("password", "action"), [(PASSWORD, "signed in"), ("not the password", "sign-in refused")])
def test_a_sign_in_is_on_the_chain_of_staff_with_its_minute(
    partnership: Flask, visitor: Visitor, password: str, action: str
) -> None:
    with time_machine.travel(datetime(2026, 7, 1, 9, 47, tzinfo=UTC)):
        visitor.sign_in(OFFICER, password)
    with inside(partnership) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == action)).one()
    assert (entry.chain, entry.happened_at.minute) == (Chain.STAFF, 47)


def test_guesses_at_one_address_are_slowed_and_others_are_not(partnership: Flask, visitor: Visitor) -> None:
    for _ in range(10):
        assert WRONG in words_of(visitor.sign_in(OFFICER, "not the password"))
    assert TOO_MANY in words_of(visitor.sign_in(OFFICER, PASSWORD))
    assert TOO_MANY in words_of(Visitor(partnership).sign_in(OFFICER.upper(), PASSWORD))
    assert visitor.sign_in("library@demo.invalid", PASSWORD).status_code == 302


def test_a_session_left_idle_ends(sign_in: SignIn) -> None:
    officer = sign_in("officer")
    with time_machine.travel(utc_now() + timedelta(minutes=59)):
        assert officer.get("/desk/queue").status_code == 200
    with time_machine.travel(utc_now() + timedelta(minutes=110)):
        assert officer.get("/desk/queue").status_code == 200
    with time_machine.travel(utc_now() + timedelta(minutes=171)):
        assert officer.get("/desk/queue").status_code == 302


def test_a_session_ends_however_much_it_is_used(sign_in: SignIn, settings: Settings) -> None:
    officer = sign_in("officer")
    for minutes in range(50, settings.session_minutes, 50):
        with time_machine.travel(utc_now() + timedelta(minutes=minutes)):
            assert officer.get("/desk/queue").status_code == 200
    with time_machine.travel(utc_now() + timedelta(minutes=settings.session_minutes)):
        assert officer.get("/desk/queue").status_code == 302


@pytest.mark.parametrize("minutes", [6, 30])
def test_a_form_that_was_typed_for_a_while_is_taken(sign_in: SignIn, minutes: int) -> None:
    library = sign_in("library")
    page = library.get("/centre/log").get_data(as_text=True)
    held = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "visit")}
    with time_machine.travel(utc_now() + timedelta(minutes=minutes)):
        sent = library.client.post("/centre/log", data={**held, "agreed": "y", "words": "told over a while"})
        assert sent.status_code == 200
        assert "data-code" in sent.get_data(as_text=True)


@pytest.fixture
def code_file(settings: Settings, app: Flask) -> str:
    """The set-up code, as the start command writes it."""
    (settings.key_folder / "set-up.code").write_text("abc123-def456-abc123-def456")
    return "abc123-def456-abc123-def456"


NEWCOMER = {"name": "First Officer", "email": "first@demo.invalid", "password": PASSWORD}


def test_the_first_officer_makes_the_desk(app: Flask, code_file: str) -> None:
    visitor = Visitor(app)
    assert visitor.post("/set-up", {**NEWCOMER, "code": code_file}).location == "/sign-in"
    assert visitor.sign_in("first@demo.invalid", PASSWORD).status_code == 302
    assert visitor.get("/desk/queue").status_code == 200
    assert Visitor(app).get("/set-up").status_code == 404


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"code": "wrong"}, "not the code"),
        ({"code": ""}, "Enter the set-up code"),
        ({"password": "short"}, "Use 12 characters or more"),
        ({"name": ""}, "Enter your name"),
    ],
)
def test_set_up_refuses_in_words_and_makes_nothing(
    app: Flask, code_file: str, changed: dict[str, str], told: str
) -> None:
    page = Visitor(app).post("/set-up", {**NEWCOMER, "code": code_file, **changed})
    assert told in words_of(page)
    with inside(app) as session:
        assert session.scalars(select(Team)).all() == []
        assert session.scalars(select(Person)).all() == []


def test_set_up_codes_are_not_guessed(app: Flask, code_file: str) -> None:
    visitor = Visitor(app)
    for _ in range(10):
        visitor.post("/set-up", {**NEWCOMER, "code": "wrong"})
    assert "not the code" in words_of(visitor.post("/set-up", {**NEWCOMER, "code": code_file}))


def test_before_there_is_a_desk_nothing_is_accepted_and_the_page_says_so(app: Flask) -> None:
    reporter = Reporter(app)
    reporter.answer("own-words", words="too early")
    assert reporter.post("/report/check").status_code == 503
    assert "too early" in reporter.get("/report/own-words").get_data(as_text=True)


def test_a_visit_that_outlasts_the_session_keeps_every_word(partnership: Flask, sign_in: SignIn) -> None:
    library = sign_in("library")
    page = library.get("/centre/log")
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    told = {**held, "agreed": "y", "words": "told over an hour <b>", "categories": ["threats", "graffiti"]}
    with time_machine.travel(utc_now() + timedelta(minutes=75)):
        kept = library.client.post("/centre/log", data=told)
        assert "Nothing you wrote is lost" in words_of(kept)
        assert field_value(kept, "words") == "told over an hour <b>"
        assert kept.get_data(as_text=True).count('name="categories"') == 2
        assert reports_in(partnership) == 0
        assert library.sign_in("library@demo.invalid", PASSWORD).status_code == 302
        again = {name: field_value(kept, name) for name in ("csrf_token", "visit", "words", "agreed")}
        sent = library.client.post("/centre/log", data={**told, **again})
        assert "data-code" in sent.get_data(as_text=True)
        assert reports_in(partnership) == 1


def test_a_form_of_another_site_is_not_kept_for_anybody(partnership: Flask) -> None:
    visitor = Visitor(partnership)
    visitor.get("/sign-in")
    answer = visitor.client.post("/centre/log", data={"words": "not theirs", "csrf_token": "forged"})
    assert answer.status_code == 302
    assert "not theirs" not in answer.get_data(as_text=True)
