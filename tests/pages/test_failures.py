"""When something breaks: a plain page, nothing half written, and no word of what was told in any log."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.factory import create_app
from core.access import public
from core.audit import AuditEntry
from core.db import db
from core.outbox import OutboxRow
from core.settings import Settings
from reporting.models import Draft, Facts, Report
from reporting.vocabulary import Precision
from tests.pages.conftest import SignIn, inside, run_jobs
from tests.pages.visiting import Reporter, Visitor, words_of

CANARY = "canary told in confidence"
OUR_FAULT = "Something went wrong on our side"
PARTS = 1001


@pytest.fixture
def broken(partnership: Flask) -> Flask:
    """A view that fails with what it was told."""

    def fail(*arguments: Any, **words: Any) -> str:
        raise RuntimeError(f"could not handle: {CANARY}")

    partnership.view_functions["reporting.check"] = public(fail)
    return partnership


def test_a_500_is_a_plain_page_and_its_words_are_in_no_log(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, broken: Flask, reporter: Reporter
) -> None:
    reporter.answer("own-words", words=CANARY)
    page = reporter.client.post(
        "/report/check", data={"words": CANARY, "csrf_token": reporter.token("/report/own-words")}
    )
    assert page.status_code == 500
    assert OUR_FAULT in words_of(page)
    assert CANARY not in page.get_data(as_text=True)
    told = "".join(capfd.readouterr()) + caplog.text
    assert CANARY not in told
    assert '"error": "RuntimeError"' in told
    assert CANARY in reporter.get("/report/own-words").get_data(as_text=True)


def test_a_commit_that_fails_is_a_plain_page_and_leaves_nothing(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, partnership: Flask, reporter: Reporter
) -> None:
    reporter.answer("own-words", words=CANARY)
    token = reporter.token("/report/check")

    def fail(session: Session) -> None:
        if any(isinstance(row, Report) for row in session.identity_map.values()):
            raise RuntimeError(f"the disk is full: {CANARY}")

    event.listen(Session, "before_commit", fail)
    try:
        page = reporter.client.post("/report/check", data={"csrf_token": token})
    finally:
        event.remove(Session, "before_commit", fail)
    assert page.status_code == 500
    assert OUR_FAULT in words_of(page)
    told = "".join(capfd.readouterr()) + caplog.text
    assert CANARY not in told
    assert "RuntimeError" in told
    with inside(partnership) as session:
        for model, expected in ((Report, 0), (OutboxRow, 0), (Draft, 1)):
            assert session.scalar(select(func.count()).select_from(model)) == expected
    assert len(reporter.send()) > 18


def test_a_database_error_quotes_no_value(partnership: Flask) -> None:
    with inside(partnership) as session, pytest.raises(SQLAlchemyError) as failure:
        session.execute(text("INSERT INTO no_such_table VALUES (:told)"), {"told": CANARY})
    assert CANARY not in str(failure.value)


def test_with_the_database_away_even_staff_get_a_plain_page(
    capfd: pytest.CaptureFixture[str], partnership: Flask, sign_in: SignIn, reporter: Reporter
) -> None:
    officer = sign_in("officer")

    def fail(connection: Any) -> None:
        raise RuntimeError(f"the database is away: {CANARY}")

    event.listen(Engine, "begin", fail)
    try:
        pages = [
            officer.get("/desk/queue"),
            officer.get("/report"),
            reporter.get("/come-back"),
            officer.get("/nothing"),
        ]
        pages.append(reporter.client.post("/report/own-words", data={"words": CANARY}))
    finally:
        event.remove(Engine, "begin", fail)
    assert {page.status_code for page in pages} <= {200, 404, 500}
    assert pages[0].status_code == 500
    assert OUR_FAULT in words_of(pages[0])
    assert CANARY not in "".join(capfd.readouterr())
    assert officer.get("/desk/queue").status_code == 200


def test_with_redis_away_a_report_is_still_accepted_and_done_later(
    settings: Settings, partnership: Flask, tmp_path: Path
) -> None:
    alone = create_app(replace(settings, redis_url=f"unix://{tmp_path / 'gone.sock'}"))
    reporter = Reporter(alone)
    reporter.answer_all()
    assert reporter.come_back(reporter.send()).status_code == 302
    run_jobs(alone)
    with inside(alone) as session:
        assert session.scalars(select(Facts.precision)).one() is Precision.POSTCODE
        db.engine.dispose()


def test_three_megabytes_are_told(reporter: Reporter) -> None:
    reporter.answer("what-happened", categories=["threats"])
    token = reporter.token("/report/own-words")
    page = reporter.client.post("/report/own-words", data={"csrf_token": token, "words": "x" * 3 * 1024 * 1024})
    assert page.status_code == 413
    assert "larger than we can take" in words_of(page)
    assert "Threats" in words_of(reporter.get("/report/check"))


@pytest.mark.parametrize("path", ["/report/own-words", "/report/one-page", "/report/check", "/come-back", "/sign-in"])
def test_a_thousand_and_one_form_parts_are_told(reporter: Reporter, path: str) -> None:
    boundary = "parts"
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="n"\r\n\r\nx\r\n'
    body = part * PARTS + f"--{boundary}--\r\n"
    kind = f"multipart/form-data; boundary={boundary}"
    page = reporter.client.post(path, data=body.encode(), content_type=kind)
    assert page.status_code == 413
    assert "There is a problem" in words_of(page) or "larger than we can take" in words_of(page)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00words=%ff%fe", "application/x-www-form-urlencoded"),
        (b"--x\r\nno headers", "multipart/form-data; boundary=x"),
        (b"anything", "multipart/form-data"),
        (b'{"words": "x"}', "application/json"),
        (b"", "text/plain"),
    ],
)
def test_a_body_that_is_no_form_is_no_crash(partnership: Flask, reporter: Reporter, body: bytes, kind: str) -> None:
    for rule in partnership.url_map.iter_rules():
        if "POST" in (rule.methods or set()):
            path = rule.rule.replace("<slug>", "own-words")
            answer = reporter.client.post(path, data=body, content_type=kind)
            assert answer.status_code < 500, path


@pytest.mark.parametrize("path", ["/report", "/report/check", "/report/receipt", "/privacy", "/sign-in", "/leave"])
def test_looking_at_public_pages_writes_nothing(partnership: Flask, path: str) -> None:
    def rows() -> list[int | None]:
        with inside(partnership) as session:
            return [session.scalar(select(func.count()).select_from(each)) for each in (AuditEntry, Draft, OutboxRow)]

    before = rows()
    assert Visitor(partnership).get(path).status_code < 400
    assert rows() == before


def test_what_is_not_there_and_what_is_not_allowed_have_pages_of_their_own(reporter: Reporter, sign_in: SignIn) -> None:
    assert "We cannot find that page" in words_of(reporter.get("/nothing"))
    assert "works differently" in words_of(reporter.client.put("/report"))
    forbidden = sign_in("library").get("/desk/queue")
    assert forbidden.status_code == 403
    assert "You cannot open this page" in words_of(forbidden)
