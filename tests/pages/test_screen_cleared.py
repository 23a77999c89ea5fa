"""A visitor clears the handed screen: whoever has it next, and presses Back, finds nothing of theirs."""

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import OpenSession
from tests.pages.conftest import SignIn, inside
from tests.pages.test_centre import code_on
from tests.pages.test_handing_over import (
    PASSPHRASE,
    SCREEN,
    hand_over,
    open_envelope,
    sent_with_private_part,
    take_back,
    visit_id_on,
    with_envelope,
)
from tests.pages.visiting import Reporter, Visitor, words_of


@pytest.fixture
def library(sign_in: SignIn) -> Visitor:
    return sign_in("library")


def with_code_on_screen(library: Visitor) -> str:
    """A visit with a private part, its code on the handed screen; the code."""
    visit = visit_id_on(sent_with_private_part(library))
    library.post(f"/centre/visits/{visit}/hand-over", read=f"/centre/visits/{visit}")
    return code_on(library.get("/visitor").get_data(as_text=True))


def test_a_visitor_who_is_done_leaves_nothing_for_whoever_goes_back(library: Visitor) -> None:
    code = with_code_on_screen(library)
    asked = library.get("/visitor/give-back").get_data(as_text=True)
    assert 'type="password"' not in asked, "the screen is cleared before staff have it"
    before = library.cookie(SCREEN)
    assert library.post("/visitor/done", read="/visitor").location == "/visitor/give-back"
    assert library.cookie(SCREEN) != before
    for address in ("/visitor", "/visitor/give-back", "/visitor/envelope"):
        assert code not in library.get(address, follow_redirects=True).get_data(as_text=True)
    assert "Nothing of yours is on it" in words_of(library.get("/visitor/give-back"))
    assert take_back(library) == "/centre/reports"


def test_an_old_cookie_of_a_cleared_screen_opens_nothing(partnership: Flask, library: Visitor) -> None:
    with_code_on_screen(library)
    thief = Visitor(partnership)
    thief.take(SCREEN, library.cookie(SCREEN) or "")
    assert thief.get("/visitor").status_code == 200
    library.post("/visitor/done", read="/visitor")
    assert thief.get("/visitor").location == "/sign-in"


def test_an_opened_envelope_does_not_open_by_sending_it_again_once_the_visitor_is_done(library: Visitor) -> None:
    code, report = with_envelope(library)
    library.post(f"{report}/envelope", read=report)
    sent = {"csrf_token": library.token("/visitor"), "passphrase": PASSPHRASE}
    assert code in library.client.post("/visitor/open-envelope", data=sent).get_data(as_text=True)
    library.post("/visitor/done", read="/visitor")
    again = library.client.post("/visitor/open-envelope", data=sent, follow_redirects=True)
    assert code not in again.get_data(as_text=True)
    assert take_back(library) == report


def test_a_report_opened_on_a_handed_screen_is_closed_before_staff_have_it(library: Visitor, another: Reporter) -> None:
    another.answer_all()
    code = another.send()
    library.post("/centre/hand-over", read="/centre/reports")
    library.post("/come-back", {"code": code})
    assert "Sign in for staff" not in words_of(library.get("/privacy"))
    assert library.get("/your-report").status_code == 200
    library.post("/visitor/done", read="/visitor/give-back")
    assert library.get("/your-report").status_code == 302


def test_clearing_does_not_lose_a_visit_that_is_not_sent(library: Visitor) -> None:
    hand_over(library)
    library.post("/visitor/done", read="/visitor")
    assert take_back(library).startswith("/centre/visits/")


def test_no_minute_of_a_handing_over_is_kept(partnership: Flask, library: Visitor) -> None:
    library.post("/centre/hand-over", read="/centre/reports")
    with inside(partnership) as session:
        [row] = session.scalars(select(OpenSession).where(OpenSession.subject_kind == "screen"))
        assert row.ends_at.minute == row.ends_at.second == row.used_at.minute == 0


def test_an_envelope_opens_on_a_keyboard_that_puts_letters_together_otherwise(library: Visitor) -> None:
    code = with_code_on_screen(library)
    composed = "drei bl\u00e4ue \u00c4pfel rollen"
    library.post("/visitor/envelope", {"passphrase": composed, "again": composed}, read="/visitor")
    take_back(library)
    listed = library.get("/centre/reports").get_data(as_text=True)
    report = "/centre/reports/" + listed.split('href="/centre/reports/')[1].split('"')[0]
    library.post(f"{report}/envelope", read=report)
    assert code_on(open_envelope(library, "DREI bla\u0308ue A\u0308pfel rollen")) == code
