"""What several drills do: send reports, count what reached the queue, wait for a state."""

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import func, select

from app.factory import create_app
from bench.journeys import ANSWERS, CHECK, RECEIPT
from bench.load import Answer, Visitor
from core.db import db, reading
from core.outbox import OutboxRow, take_handed
from core.queue import wake
from core.settings import Settings
from core.work import SYSTEM, begin_work, harbour
from reporting.answers import Answers, Origin, Place
from reporting.receipt import SEED_BYTES, Receipt
from reporting.services import submit_report
from reporting.vocabulary import Category, Channel
from triage.models import QueueEntry

_CODE = re.compile(rb'data-code="([^"]+)"')


def say(words: str) -> None:
    """One line of a drill's figures."""
    print(f"   {words}", flush=True)


@contextmanager
def opened(settings: Settings) -> Iterator[Flask]:
    """The application in this process, for looking and for sending."""
    app = create_app(settings)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def send_reports(app: Flask, count: int, *, with_waking: bool = True) -> None:
    """Send so many reports in one transaction, then wake a worker, as a request does."""
    work = begin_work(harbour(), db.session(), SYSTEM)
    answers = Answers(categories=frozenset({Category.THREATS}), place=Place("SO14 7LY"))
    for _ in range(count):
        submit_report(work, answers, Origin(Channel.PUBLIC), Receipt(secrets.token_bytes(SEED_BYTES)))
    db.session.commit()
    handed = take_handed(db.session())
    if with_waking:
        wake(harbour().settings, app.extensions["carrier"], handed)


def on_queue() -> int:
    """How many reports are assessed and on the desk's queue."""
    return _count(select(func.count()).select_from(QueueEntry))


def waiting_jobs() -> int:
    """How many jobs are not done."""
    return _count(select(func.count()).select_from(OutboxRow))


def leased_jobs() -> int:
    """How many jobs a worker has taken."""
    return _count(select(func.count()).select_from(OutboxRow).where(OutboxRow.leased_until.is_not(None)))


def wait_until(holds: Callable[[], bool], patience: float) -> float:
    """Seconds until a state holds; infinite when it does not within `patience`."""
    began = time.monotonic()
    while time.monotonic() - began < patience:
        if holds():
            return time.monotonic() - began
        time.sleep(0.01)
    return float("inf")


def answer(visitor: Visitor, slug: str, more: dict[str, str] | None = None) -> Answer:
    """Answer one question page."""
    token = visitor.get(f"/report/{slug}").hidden("csrf_token")
    return visitor.post(f"/report/{slug}", {**ANSWERS[slug], **(more or {}), "csrf_token": token})


def send(visitor: Visitor) -> Answer:
    """Send the draft from the check page."""
    return visitor.post(CHECK, {"csrf_token": visitor.get(CHECK).hidden("csrf_token")})


def shown_code(visitor: Visitor) -> str:
    """The code on the receipt page, or nothing when there is no receipt yet."""
    page = visitor.get(RECEIPT)
    found = _CODE.search(page.body)
    return found[1].decode() if page.status == 200 and found else ""


def _count(question: object) -> int:
    with reading():
        found: int = db.session.scalar(question) or 0  # type: ignore[call-overload]
        db.session.rollback()
    return found
