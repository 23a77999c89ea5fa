"""The screen is handed to the visitor: nothing of the centre on it, and nothing of theirs on the page afterwards."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from accounts.models import Team
from accounts.vocabulary import Closure
from centres.visit_models import Envelope, Visit
from reporting.models import Report
from tests.pages.conftest import PASSWORD, SignIn, inside, reports_in
from tests.pages.test_centre import TOLD, code_on
from tests.pages.visiting import SIGNED_IN, Reporter, Visitor, field_value, words_of

SCREEN = "harbour_screen"
ALONE = {
    "words": "canary written alone on the screen",
    "why": ["disability"],
    "offender": "carer",
    "contact": "reach-me",
    "name": "Canary Alone",
    "reach": "07700 900000",
}
PASSPHRASE = "four grey horses walking"


@pytest.fixture
def library(sign_in: SignIn) -> Visitor:
    return sign_in("library")


def by_staff(library: Visitor) -> dict[str, object]:
    """What the member of staff typed: everything but the private part."""
    page = library.get("/centre/log")
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    private = {"words", "why", "offender", "contact", "name", "reach", "safe_times"}
    return {**held, **{name: value for name, value in TOLD.items() if name not in private}}


def hand_over(library: Visitor) -> None:
    handed = library.client.post("/centre/log/hand-over", data=by_staff(library))
    assert handed.location == "/visitor", words_of(handed)


def answer_alone(library: Visitor, **changed: object) -> None:
    locked = library.post("/visitor/answers", {**ALONE, **changed}, read="/visitor")
    assert locked.location == "/visitor/give-back", words_of(locked)


def take_back(library: Visitor) -> str:
    back = library.post("/visitor/give-back", {"password": PASSWORD})
    assert back.status_code == 303, words_of(back)
    return str(back.location)


def send(library: Visitor, address: str) -> str:
    """Send the visit that stands at an address; the page after."""
    page = library.get(address)
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    kept = {name: value for name, value in by_staff(library).items() if name not in held}
    return library.client.post("/centre/log", data={**held, **kept, "agreed": "y"}).get_data(as_text=True)


def sent_with_private_part(library: Visitor) -> str:
    """A whole visit with a private part, sent; the page after."""
    hand_over(library)
    answer_alone(library)
    return send(library, take_back(library))


def visit_id_on(page: str) -> str:
    return page.split("/centre/visits/")[1].split("/")[0]


def test_a_handed_screen_opens_nothing_of_the_centre(library: Visitor) -> None:
    assert library.get("/centre/reports").status_code == 200
    hand_over(library)
    assert library.cookie(SIGNED_IN) is None
    assert library.get("/").location == "/report"
    for address in ("/centre/reports", "/centre/log", "/centre/visits", "/sign-in"):
        answer = library.get(address)
        assert answer.status_code == 403
        assert "The screen is handed over" in words_of(answer)
    page = library.get("/visitor").get_data(as_text=True)
    for of_the_centre in ("/centre", "Demo Library", "Demo library", "harbour-nav"):
        assert of_the_centre not in page
    assert "Tell us in your own words" in page
    assert "What happened, in their own words?" not in page


def test_the_old_session_of_the_centre_is_gone(partnership: Flask, library: Visitor) -> None:
    thief = Visitor(partnership)
    thief.take(SIGNED_IN, library.cookie(SIGNED_IN) or "")
    assert thief.get("/centre/reports").status_code == 200
    hand_over(library)
    assert thief.get("/centre/reports").status_code == 302


def test_what_was_sent_before_cannot_be_sent_again_from_the_visitors_screen(library: Visitor) -> None:
    sent = by_staff(library)
    assert library.client.post("/centre/log/hand-over", data=sent).status_code == 303
    again = library.client.post("/centre/log/hand-over", data=sent)
    assert again.status_code == 403
    assert str(sent["place_words"]) not in again.get_data(as_text=True)


def test_the_page_shows_what_staff_typed_and_not_what_the_visitor_wrote(library: Visitor) -> None:
    hand_over(library)
    answer_alone(library)
    page = library.get(take_back(library))
    text = page.get_data(as_text=True)
    assert field_value(page, "place_words") == TOLD["place_words"]
    assert words_of(page).count("Answered by the visitor, sealed") == 4
    for told in ("canary written alone", "Canary Alone", "07700"):
        assert told not in text
    assert 'name="words"' not in text


def test_handing_over_again_shows_nothing_of_what_was_written_and_keeps_it(
    partnership: Flask, library: Visitor, another: Reporter
) -> None:
    hand_over(library)
    answer_alone(library)
    page = library.get(take_back(library))
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    kept = {name: value for name, value in by_staff(library).items() if name not in held}
    library.client.post("/centre/log/hand-over", data={**held, **kept})
    assert "canary" not in library.get("/visitor").get_data(as_text=True).lower()
    answer_alone(library, words="")
    after = send(library, take_back(library))
    library.post(f"/centre/visits/{visit_id_on(after)}/hand-over", read=f"/centre/visits/{visit_id_on(after)}")
    another.come_back(code_on(library.get("/visitor").get_data(as_text=True)))
    assert "canary written alone on the screen" in words_of(another.get("/your-report"))


@pytest.mark.parametrize("wrong", ["", "not the password", PASSWORD.upper()])
def test_only_the_same_persons_password_brings_them_back(library: Visitor, wrong: str) -> None:
    hand_over(library)
    answer = library.post("/visitor/give-back", {"password": wrong})
    assert answer.status_code == 200
    assert library.cookie(SIGNED_IN) is None
    assert library.get("/centre/reports").status_code == 403
    assert take_back(library).startswith("/centre/visits/")
    assert library.cookie(SCREEN) is None
    assert library.get("/visitor").status_code == 302


def test_passwords_are_not_guessed_at_on_the_screen_for_ever(library: Visitor) -> None:
    hand_over(library)
    for _ in range(11):
        library.post("/visitor/give-back", {"password": "a wrong one"})
    assert library.post("/visitor/give-back", {"password": PASSWORD}).status_code == 200


def test_the_code_of_a_private_visit_is_for_the_visitor_alone(
    partnership: Flask, library: Visitor, another: Reporter
) -> None:
    page = sent_with_private_part(library)
    assert "data-code" not in page
    visit = visit_id_on(page)
    assert "data-code" not in library.get(f"/centre/visits/{visit}").get_data(as_text=True)
    handed = library.post(f"/centre/visits/{visit}/hand-over", read=f"/centre/visits/{visit}")
    assert handed.location == "/visitor"
    shown = library.get("/visitor").get_data(as_text=True)
    assert "/centre" not in shown
    assert another.come_back(code_on(shown)).status_code == 302
    read = words_of(another.get("/your-report"))
    assert "canary written alone on the screen" in read
    assert take_back(library) == "/centre/reports"
    assert library.get(f"/centre/visits/{visit}").status_code == 404
    assert reports_in(partnership) == 1


def test_the_key_in_the_page_alone_gives_no_code(library: Visitor, partnership: Flask) -> None:
    from reporting.drafts import key_of_cookie
    from reporting.receipt import receipt_of_draft

    page = library.get("/centre/log")
    token = field_value(page, "visit")
    held = {"csrf_token": field_value(page, "csrf_token"), "visit": token}
    shown = code_on(library.client.post("/centre/log", data={**held, **TOLD, "agreed": "y"}).get_data(as_text=True))
    key = key_of_cookie(token.split(".")[0])
    assert key is not None
    assert receipt_of_draft(key).code.replace(" ", "-") != shown


def test_a_lost_reply_of_a_private_visit_sent_again_is_one_report_and_still_no_code(
    partnership: Flask, library: Visitor
) -> None:
    hand_over(library)
    answer_alone(library)
    address = take_back(library)
    page = library.get(address)
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    kept = {name: value for name, value in by_staff(library).items() if name not in held}
    pages = [
        library.client.post("/centre/log", data={**held, **kept, "agreed": "y"}).get_data(as_text=True) for _ in "12"
    ]
    assert all("The report is in" in page and "data-code" not in page for page in pages)
    assert reports_in(partnership) == 1


def test_what_was_answered_alone_lies_sealed_and_goes_into_the_report(partnership: Flask, library: Visitor) -> None:
    sent_with_private_part(library)
    with inside(partnership) as session:
        report = session.scalars(select(Report)).one()
        assert report.facts.offender == "carer"
        assert report.taking is not None
        assert report.taking.by_visitor
        visit = session.scalars(select(Visit)).one()
        stored = visit.locked + (visit.private or b"") + visit.locked_key
        assert b"canary" not in stored


def with_envelope(library: Visitor) -> tuple[str, str]:
    """A visit whose code lies in an envelope: the code, and the address of the report's page."""
    after = visit_id_on(sent_with_private_part(library))
    library.post(f"/centre/visits/{after}/hand-over", read=f"/centre/visits/{after}")
    code = code_on(library.get("/visitor").get_data(as_text=True))
    sealed = library.post("/visitor/envelope", {"passphrase": PASSPHRASE, "again": PASSPHRASE}, read="/visitor")
    assert "Your envelope is sealed" in words_of(sealed)
    take_back(library)
    listed = library.get("/centre/reports").get_data(as_text=True)
    return code, "/centre/reports/" + listed.split('href="/centre/reports/')[1].split('"')[0]


def open_envelope(library: Visitor, passphrase: str) -> str:
    return library.post("/visitor/open-envelope", {"passphrase": passphrase}, read="/visitor").get_data(as_text=True)


def test_an_envelope_opens_with_the_passphrase_alone(
    partnership: Flask, library: Visitor, sign_in: SignIn, another: Reporter
) -> None:
    code, report = with_envelope(library)
    with inside(partnership) as session:
        assert code.replace("-", "").encode() not in session.scalars(select(Envelope)).one().locked
    assert "Held here for the visitor" in words_of(library.get(report))
    assert code not in library.get(report).get_data(as_text=True)
    colleague = library
    assert colleague.post(f"{report}/envelope", read=report).location == "/visitor"
    assert "data-code" not in open_envelope(colleague, "three grey horses walking")
    assert code_on(open_envelope(colleague, f"  {PASSPHRASE.upper()} ")) == code
    assert another.come_back(code).status_code == 302
    assert sign_in("mosque").client.post(f"{report}/envelope").status_code == 404


def test_envelopes_are_not_guessed_at_for_ever(library: Visitor) -> None:
    _, report = with_envelope(library)
    library.post(f"{report}/envelope", read=report)
    for _ in range(10):
        assert "That does not open an envelope" in open_envelope(library, "a wrong passphrase")
    assert "data-code" not in open_envelope(library, PASSPHRASE)


@pytest.mark.parametrize(
    ("passphrase", "again", "told"),
    [
        ("short", "short", "Use 12 letters or more"),
        (" " * 20, " " * 20, "Use 12 letters or more"),
        ("a                b", "a                b", "Use 12 letters or more"),
        ("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "This is easily guessed"),
        ("121212121212", "121212121212", "This is easily guessed"),
        (PASSPHRASE, "another one", "The two are not the same"),
    ],
)
def test_a_passphrase_that_will_not_do_is_told(library: Visitor, passphrase: str, again: str, told: str) -> None:
    after = visit_id_on(sent_with_private_part(library))
    library.post(f"/centre/visits/{after}/hand-over", read=f"/centre/visits/{after}")
    answer = library.post("/visitor/envelope", {"passphrase": passphrase, "again": again}, read="/visitor")
    assert told in words_of(answer)
    assert "data-code" in answer.get_data(as_text=True)


def test_a_visitor_comes_back_with_their_code_on_the_handed_screen(library: Visitor, another: Reporter) -> None:
    another.answer_all()
    code = another.send()
    assert library.post("/centre/hand-over", read="/centre/reports").location == "/visitor"
    page = library.get("/come-back")
    assert "Give the screen back" in words_of(page)
    library.post("/come-back", {"code": code})
    assert library.get("/your-report").status_code == 200
    assert take_back(library) == "/centre/reports"
    assert library.get("/your-report").status_code == 302, "what the visitor opened is closed again"


def test_a_centre_that_is_suspended_meanwhile_is_told_so(partnership: Flask, library: Visitor) -> None:
    hand_over(library)
    with inside(partnership) as session:
        session.execute(update(Team).where(Team.name == "Demo Library").values(closed=Closure.SUSPENDED))
        session.commit()
    told = library.post("/visitor/give-back", {"password": PASSWORD})
    assert told.status_code == 200
    assert "suspended" in words_of(told)
