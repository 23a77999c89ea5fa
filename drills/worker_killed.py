"""kill -9 of the worker in the middle of its jobs, again and again: every report must reach the queue, once."""

from flask import Flask
from sqlalchemy import func, select

from bench.ground import KINDS, durable_ground, founded
from bench.serving import Worker, variables_of
from core.audit import AuditEntry
from core.db import db, reading
from drills.rehearsal import leased_jobs, on_queue, opened, say, send_reports, wait_until, waiting_jobs

REPORTS, KILLS = 1000, 4
PATIENCE = 180.0


def run() -> bool:
    """Both pairs; whether nothing stayed undelivered and nothing was done twice."""
    return all([_rehearse(kind) for kind in KINDS])


def _rehearse(kind: str) -> bool:
    with durable_ground(kind) as ground:
        settings = founded(ground)
        with opened(settings) as app, Worker(variables_of(settings), ground.folder / "worker.log") as worker:
            in_mid_job = _killed_in_mid_job(app, worker)
            seconds = wait_until(lambda: waiting_jobs() == 0, PATIENCE)
            undelivered, doubled = REPORTS - on_queue(), _assessments() - REPORTS
    say(f"{kind}: {REPORTS} reports, the worker killed {KILLS} times with {in_mid_job} jobs in hand")
    say(f"{kind}: undelivered {undelivered}, done twice {doubled}, all done {seconds:.0f} s after the last kill")
    return undelivered == 0 and doubled == 0


def _killed_in_mid_job(app: Flask, worker: Worker) -> int:
    """Kill the worker whenever it has jobs in hand; how many those were."""
    in_hand = 0
    for _ in range(KILLS):
        send_reports(app, REPORTS // KILLS)
        wait_until(lambda before=in_hand: leased_jobs() > before, PATIENCE)
        worker.kill()
        in_hand = leased_jobs()
        worker.start_again()
    return in_hand


def _assessments() -> int:
    with reading():
        found = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "report assessed")
        count = db.session.scalar(found) or 0
        db.session.rollback()
    return count
