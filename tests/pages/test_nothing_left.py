"""What stays where: nothing in the browser, ciphertext in the database, and after sending not even that."""

import base64
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select, text, update
from sqlalchemy.engine import Engine

from core.clock import utc_now
from core.settings import Settings
from core.work import harbour
from reporting.models import Draft
from tests.pages.conftest import SignIn, inside, run_jobs
from tests.pages.visiting import CODE, DRAFT, SESSION, SIGNED_IN, Reporter

CANARY = "canary-told-in-confidence"
CANARIES = (CANARY, "Canary-Name", "07000 900777", "Canary-Street")
ADDRESS, BROWSER = "203.0.113.77", "canary-browser/9"
HELD = {
    "own_words": {"words": CANARY},
    "contact": {"contact": "reach-me", "name": "Canary-Name", "reach": "07000 900777"},
    "where": {"place_words": "Canary-Street"},
}


@pytest.fixture
def reporter(partnership: Flask) -> Reporter:
    """Somebody with an address and a browser that would be known again."""
    visitor = Reporter(partnership)
    visitor.client.environ_base.update({"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": BROWSER})
    return visitor


def stored(app: Flask, settings: Settings) -> bytes:
    """Every byte that the database keeps, as it lies on the disk."""
    with inside(app) as session:
        if settings.is_sqlite:
            place = Path(settings.database_url.removeprefix("sqlite:///"))
            return b"".join(path.read_bytes() for path in place.parent.iterdir() if path.is_file())
        session.execute(text("CHECKPOINT"))
        folder = Path(str(session.scalar(text("SHOW data_directory"))))
        session.rollback()
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def drafts_in(app: Flask) -> list[Draft]:
    with inside(app) as session:
        return list(session.scalars(select(Draft)))


def test_a_draft_is_ciphertext_and_goes_when_it_is_sent(
    partnership: Flask, reporter: Reporter, settings: Settings
) -> None:
    reporter.answer_all(**HELD)
    [draft] = drafts_in(partnership)
    key = base64.urlsafe_b64decode(reporter.cookie(DRAFT) or "")
    on_disk = stored(partnership, settings)
    assert draft.lookup.encode() in on_disk, "the search sees what is there"
    for canary in (*CANARIES, ADDRESS, BROWSER):
        assert canary.encode() not in on_disk, canary
    assert key not in on_disk
    reporter.send()
    assert drafts_in(partnership) == []


def test_a_report_and_its_conversation_are_ciphertext(
    partnership: Flask, reporter: Reporter, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    reporter.answer_all(**HELD)
    code = reporter.send()
    reporter.keep_code()
    reporter.come_back(code)
    reporter.post("/your-report", {"words": f"again {CANARY}"})
    run_jobs(partnership)
    on_disk = stored(partnership, settings)
    told = "".join(capfd.readouterr())
    for canary in (*CANARIES, ADDRESS, BROWSER, code, code.replace("-", "")):
        assert canary.encode() not in on_disk, canary
        assert canary not in told
    with partnership.app_context():
        kept = harbour().settings.instance
    assert not any(CANARY.encode() in path.read_bytes() for path in kept.rglob("*") if path.is_file())


def test_after_the_code_is_kept_the_browser_holds_nothing(reporter: Reporter) -> None:
    reporter.answer_all()
    reporter.send()
    kept = reporter.keep_code()
    assert kept.location == "/report/thanks"
    reporter.get("/report/thanks")
    assert [reporter.cookie(name) for name in (DRAFT, CODE, SESSION, SIGNED_IN)] == [None] * 4
    assert reporter.get("/report/receipt").location == "/report"


def test_exit_wipes_the_draft_and_the_browser(partnership: Flask, reporter: Reporter, settings: Settings) -> None:
    reporter.answer("own-words", words=CANARY)
    cookie = reporter.cookie(DRAFT) or ""
    left = reporter.leave()
    assert (left.status_code, left.location) == (303, settings.safe_exit_url)
    assert left.headers["Referrer-Policy"] == "no-referrer"
    assert drafts_in(partnership) == []
    assert [reporter.cookie(name) for name in (DRAFT, CODE, SESSION)] == [None] * 3
    reporter.take(DRAFT, cookie)
    assert CANARY not in reporter.get("/report/own-words").get_data(as_text=True)


def test_exit_leads_away_at_once_with_the_database_away(
    partnership: Flask, reporter: Reporter, sign_in: SignIn, settings: Settings
) -> None:
    reporter.answer("own-words", words=CANARY)
    officer = sign_in("officer")

    def fail(connection: object) -> None:
        raise RuntimeError("the database is away")

    event.listen(Engine, "begin", fail)
    try:
        for visitor in (reporter, officer):
            left = visitor.leave()
            assert (left.status_code, left.location) == (303, settings.safe_exit_url)
    finally:
        event.remove(Engine, "begin", fail)
    assert [reporter.cookie(name) for name in (DRAFT, CODE, SESSION)] == [None] * 3


def test_exit_waits_for_no_lock(partnership: Flask, reporter: Reporter, settings: Settings) -> None:
    reporter.answer("own-words", words=CANARY)
    with inside(partnership) as session:
        session.execute(update(Draft).values(ends_at=Draft.ends_at))
        left = reporter.client.get("/leave")
        assert (left.status_code, left.location) == (303, settings.safe_exit_url)
        session.rollback()
    left.close()
    assert drafts_in(partnership) == []


def test_a_receipt_is_not_shown_days_later(reporter: Reporter) -> None:
    reporter.answer_all()
    reporter.send()
    with time_machine.travel(utc_now() + timedelta(hours=26)):
        late = reporter.get("/report/receipt")
    assert late.location == "/report"
    assert reporter.cookie(DRAFT) is None


def test_exit_closes_a_report_that_was_opened_with_its_code(reporter: Reporter) -> None:
    reporter.answer_all()
    reporter.come_back(reporter.send())
    cookie = reporter.cookie(CODE) or ""
    reporter.leave()
    reporter.take(CODE, cookie)
    assert reporter.get("/your-report").location == "/come-back"


def test_closing_needs_the_code_again(reporter: Reporter) -> None:
    reporter.answer_all()
    code = reporter.send()
    reporter.keep_code()
    reporter.come_back(code)
    cookie = reporter.cookie(CODE) or ""
    assert reporter.post("/your-report/close", read="/your-report").location == "/come-back"
    assert reporter.cookie(CODE) is None
    reporter.take(CODE, cookie)
    assert reporter.get("/your-report").location == "/come-back"
    assert reporter.come_back(code).location == "/your-report"


def test_starting_again_wipes_the_draft_before(partnership: Flask, reporter: Reporter) -> None:
    reporter.answer("own-words", words=CANARY)
    assert reporter.post("/report/again", read="/report/own-words").status_code == 302
    assert drafts_in(partnership) == []
    assert CANARY not in reporter.get("/report/own-words").get_data(as_text=True)


def test_the_code_is_in_no_address_and_in_no_cookie(reporter: Reporter) -> None:
    reporter.answer_all()
    sent = reporter.post("/report/check")
    code = reporter.code()
    for form in (code, code.replace("-", ""), code.replace("-", " "), code.lower()):
        assert form not in (sent.location or "")
        assert all(form not in (reporter.cookie(name) or "") for name in (DRAFT, CODE, SESSION))
    back = reporter.come_back(code)
    assert back.location == "/your-report"
    assert code not in (reporter.cookie(CODE) or "")


def test_the_signed_session_holds_no_id_and_no_hash_of_an_address(sign_in: SignIn, reporter: Reporter) -> None:
    officer = sign_in("officer")
    officer.get("/desk/queue")
    reporter.answer_all()
    reporter.send()
    for visitor in (officer, reporter):
        payload = (visitor.cookie(SESSION) or "").lstrip(".").split(".")[0]
        held = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()
        assert set(re.findall(r'"(\w+)":', held)) <= {"csrf_token", "_flashes"}, held


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(sign_in: SignIn, reporter: Reporter) -> None:
    reporter.answer_all()
    reporter.come_back(reporter.send())
    officer = sign_in("officer")
    officer.get("/report/own-words")
    expected = {DRAFT: "Strict", CODE: "Strict", SESSION: "Lax"}
    for name, same_site in expected.items():
        cookie = reporter.client.get_cookie(name)
        assert cookie is not None
        assert (cookie.http_only, cookie.same_site, cookie.max_age, cookie.expires) == (True, same_site, None, None)
    staff = officer.client.get_cookie(SIGNED_IN)
    assert staff is not None
    assert (staff.http_only, staff.same_site, staff.max_age) == (True, "Lax", None)
