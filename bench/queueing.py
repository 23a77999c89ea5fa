"""The queue with one worker: outbox, waking, lease, work, audit and commit, beside RQ that keeps nothing."""

import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from time import perf_counter

from flask import current_app
from sqlalchemy import func, select

from app.factory import create_app
from bench.ground import KINDS, Ground, durable_ground, founded
from bench.journeys import ANSWERS
from bench.report import Row, compared
from bench.serving import Worker, variables_of
from bench.worker import NOTE, note
from core.audit import AuditEntry
from core.db import db, reading
from core.outbox import OutboxRow, hand_over, take_handed
from core.queue import wake
from core.settings import ROOT, Settings
from core.work import SYSTEM, Work, begin_work, harbour
from reporting.answers import Origin
from reporting.receipt import SEED_BYTES, Receipt
from reporting.schemas import AnswersSchema
from reporting.services import submit_report
from reporting.vocabulary import Channel
from triage.models import QueueEntry

JOBS, ROUNDS, FORK_JOBS, REPORTS = 2000, 4, 60, 400
PATIENCE = timedelta(seconds=60)


def run() -> list[Row]:
    """Both pairs of database and queue."""
    rows: list[Row] = []
    for kind in KINDS:
        with durable_ground(kind) as ground, _working(ground) as settings:
            rows.extend(_no_ops(ground, settings))
            rows.append(_chain(ground, settings))
    return rows


@contextmanager
def _working(ground: Ground) -> Iterator[Settings]:
    settings = founded(ground)
    app = create_app(settings, more_tasks={NOTE: note})
    variables = variables_of(settings)
    with Worker(variables, ground.folder / "worker.log", "bench.worker"), app.app_context():
        try:
            _filled_and_emptied(settings, lambda work: hand_over(work, NOTE, number="0"), 50)
            yield settings
        finally:
            db.session.remove()
            db.engine.dispose()


def _no_ops(ground: Ground, settings: Settings) -> list[Row]:
    pairs, forks = [], []
    for _ in range(ROUNDS):
        ours = _filled_and_emptied(settings, lambda work: hand_over(work, NOTE, number="1"), JOBS)
        pairs.append((ours, _rq("simple", JOBS // 4, settings)))
        forks.append((ours, _rq("fork", FORK_JOBS, settings)))
    done = _count(AuditEntry.action == "bench noted")
    one_by_one = _one_commit_each(settings)
    expected = 50 + ROUNDS * JOBS
    notes = (
        f"{JOBS:,} jobs, audit and lease included; {done:,} of {expected:,} done once; "
        f"{one_by_one:,.0f} jobs/s when each is committed and woken for by itself meanwhile"
    )
    return [
        compared(f"queue, one worker, {ground.kind}", "jobs/s", pairs, 5, notes),
        compared(f"queue, one worker, {ground.kind}, beside RQ's forking worker", "jobs/s", forks),
    ]


def _chain(ground: Ground, settings: Settings) -> Row:
    answers = AnswersSchema().load(_document())

    def submit(work: Work) -> None:
        submit_report(work, answers, Origin(Channel.PUBLIC), Receipt(secrets.token_bytes(SEED_BYTES)))

    rates = [_filled_and_emptied(settings, submit, REPORTS) for _ in range(2)]
    with reading():
        entries = db.session.scalar(select(func.count()).select_from(QueueEntry)) or 0
        db.session.rollback()
    notes = f"locate, then assess; {entries:,} of {2 * REPORTS:,} on the queue"
    return Row(f"queue, locate and assess, {ground.kind}", "reports/s", median(rates), notes=notes)


def _document() -> dict[str, object]:
    many = {"categories", "why", "harms", "told", "wishes", "consent"}
    flat = {name: text for answer in ANSWERS.values() for name, text in answer.items() if not name.startswith("date")}
    return {**{name: [text] if name in many else text for name, text in flat.items()}, "day": "2026-03-03"}


def _filled_and_emptied(settings: Settings, one: Callable[[Work], None], jobs: int) -> float:
    """Jobs a second from the waking to the empty outbox; all of them are committed before."""
    work = begin_work(harbour(), db.session(), SYSTEM)
    for _ in range(jobs):
        one(work)
    # A waking that an earlier job left behind would let the worker begin before the clock.
    carrier = current_app.extensions["carrier"]
    carrier.delete(f"{settings.queue_name}:awake")
    db.session.commit()
    began = perf_counter()
    wake(settings, carrier, take_handed(db.session()))
    _wait_until_empty()
    return jobs / (perf_counter() - began)


def _one_commit_each(settings: Settings) -> float:
    """Jobs a second from the first commit to the empty outbox, each with a commit and a waking of its own."""
    jobs, began = JOBS // 4, perf_counter()
    for number in range(jobs):
        hand_over(begin_work(harbour(), db.session(), SYSTEM), NOTE, number=str(number))
        db.session.commit()
        wake(settings, current_app.extensions["carrier"], take_handed(db.session()))
    _wait_until_empty()
    return jobs / (perf_counter() - began)


def _wait_until_empty() -> None:
    deadline = time.monotonic() + PATIENCE.total_seconds()
    while time.monotonic() < deadline:
        with reading():
            left = db.session.scalar(select(OutboxRow.id).limit(1))
            db.session.rollback()
        if left is None:
            return
        time.sleep(0.002)
    raise TimeoutError("The worker did not empty the outbox in time.")


def _count(condition: object) -> int:
    with reading():
        found = db.session.scalar(select(func.count()).select_from(AuditEntry).where(condition))  # type: ignore[arg-type]
        db.session.rollback()
    return found or 0


def _rq(kind: str, jobs: int, settings: Settings) -> float:
    words = [sys.executable, "-m", "bench.rq_floor", kind, str(jobs), settings.redis_url]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    return float(done.stdout.split()[-1])
