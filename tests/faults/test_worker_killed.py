"""kill -9 of the worker in the middle of a job."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.factory import create_app
from bench.serving import Worker, variables_of
from core.clock import utc_now
from core.db import db
from core.outbox import LEASE, OutboxRow, drain
from core.settings import Settings
from core.work import harbour
from drills.rehearsal import on_queue, send_reports, wait_until, waiting_jobs

REPORTS = 5


@pytest.fixture
def killed(desk: Flask, settings: Settings, tmp_path: Path) -> Flask:
    """A worker took every report's job, had found a ward, and was killed before it committed anything."""
    stalled = tmp_path / "stalled"
    send_reports(desk, REPORTS)
    variables = variables_of(settings, STALLED_FILE=str(stalled))
    with Worker(variables, tmp_path / "worker.log", "tests.faults.stalled_worker") as worker:
        assert wait_until(stalled.exists, 30) < 30, "The worker never began."
        worker.kill()
    return desk


def test_what_a_killed_worker_had_in_hand_is_neither_done_nor_forgotten(killed: Flask) -> None:
    assert (on_queue(), waiting_jobs()) == (0, REPORTS)
    assert drain(harbour()) == 0, "Its lease still runs."
    assert {row.attempts for row in db.session.scalars(select(OutboxRow))} == {1}


def test_another_worker_does_it_once_the_lease_has_ended(killed: Flask, settings: Settings) -> None:
    db.session.remove()
    later = create_app(settings, clock=lambda: utc_now() + LEASE + timedelta(seconds=1))
    with later.app_context():
        drain(harbour())
        assert (on_queue(), waiting_jobs()) == (REPORTS, 0)
        db.session.remove()
        db.engine.dispose()
