"""kill -9 of a sweep of what was kept for its time: nothing is half done, and the next sweep finishes, once."""

import secrets
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.factory import create_app
from app.retention import destroy_all_over
from bench.serving import Worker, variables_of
from centres.keeping import open_notes
from centres.visit_models import CentreNote
from core.clock import utc_now
from core.condemned import CondemnedKey
from core.db import db
from core.sealing import SealBroken
from core.settings import Settings
from core.work import SYSTEM, Work, begin_work, harbour
from drills.rehearsal import wait_until
from reporting.receipt import SEED_BYTES, Receipt
from tests.faults.stalled_sweep import LATER, MOMENTS
from tests.services.centres.kept import Library, close, counted, library_with_report, rows, slots_beside

ALL = {"centre notes": 3, "notes between desk and centre": 2, "call-backs": 3}


@pytest.fixture
def work(desk: Flask) -> Work:
    """A unit of work of today."""
    return begin_work(harbour(), db.session(), SYSTEM)


@pytest.fixture
def library(work: Work) -> Library:
    """A closed report with everything beside it."""
    made = library_with_report(work, Receipt(secrets.token_bytes(SEED_BYTES)))
    close(work, made.report)
    return made


def destroyed(work: Work, slots: list[str]) -> int:
    """How many of the keys are gone."""
    gone = 0
    for slot in slots:
        try:
            work.harbour.erasure.key(slot)
        except SealBroken:
            gone += 1
    return gone


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_sweep_leaves_nothing_half_done(
    moment: str, work: Work, library: Library, settings: Settings, tmp_path: Path
) -> None:
    slots, stalled = slots_beside(work), tmp_path / "stalled"
    variables = variables_of(settings, STALLED_FILE=str(stalled), STALL_AT=moment)
    with Worker(variables, tmp_path / "sweep.log", "tests.faults.stalled_sweep") as sweep:
        assert wait_until(stalled.exists, 30) < 30, "The sweep never came there."
        sweep.kill()
    if moment == "rows taken away, nothing committed":
        assert len(open_notes(work, library.report, library.secret)) == 3, "Every row that is there opens."
        assert (counted(work), destroyed(work, slots)) == ({}, 0)
    else:
        assert rows(work, CentreNote) == 0
        assert counted(work) == ALL
        assert set(work.session.scalars(select(CondemnedKey.slot))) == set(slots), "What is left is written down."
    db.session.remove()
    later = create_app(settings, clock=lambda: utc_now() + LATER)
    with later.app_context():
        for _ in range(2):
            destroy_all_over(harbour())
        work = begin_work(harbour(), db.session(), SYSTEM)
        assert counted(work) == ALL
        assert destroyed(work, slots) == len(slots) == 7
        assert rows(work, CondemnedKey) == 0
        db.session.remove()
        db.engine.dispose()
