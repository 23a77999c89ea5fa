"""The worker as a process: it waits for Redis as long as it must, and does what is there meanwhile."""

import os
import select as waiting
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select

from core import outbox
from core.ids import new_id
from core.outbox import OutboxRow
from core.queue import connect, wake
from core.settings import Settings
from core.valkey import PrivateValkey
from core.work import Work
from reporting.services import LOCATE
from tests.stack.served import ROOT, environment, stop

PATIENCE = 30


def start(settings: Settings) -> subprocess.Popen[bytes]:
    """`safeharbour worker`."""
    call = "from app.command import main; main(['worker'])"
    return subprocess.Popen([sys.executable, "-c", call], cwd=ROOT, env=environment(settings), stderr=subprocess.PIPE)


def hand_over(work: Work) -> list[str]:
    """A job, for a report that is gone, as a committed transaction leaves it."""
    outbox.hand_over(work, LOCATE, report_id=new_id())
    work.session.commit()
    return outbox.take_handed(work.session)


def outbox_empties(settings: Settings) -> bool:
    """Whether the outbox is empty before patience ends."""
    engine = create_engine(settings.database_url)
    try:
        for _ in range(PATIENCE * 20):
            with engine.connect() as connection:
                if not connection.scalar(select(func.count()).select_from(OutboxRow)):
                    return True
            # A pipe that nobody writes to: a twentieth of a second.
            waiting.select([], [], [], 0.05)
    finally:
        engine.dispose()
    return False


def test_it_does_what_was_left_and_stops_when_asked(work: Work, settings: Settings) -> None:
    hand_over(work)
    worker = start(settings)
    assert outbox_empties(settings)
    worker.terminate()
    _, told = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0
    assert b"Traceback" not in told


def test_without_redis_it_works_and_when_redis_comes_it_listens(work: Work, settings: Settings, tmp_path: Path) -> None:
    folder = Path(os.fsencode(tmp_path).decode()) / "q"
    settings = replace(settings, redis_url=f"unix://{folder / 'valkey.sock'}")
    worker = start(settings)
    try:
        hand_over(work)
        assert outbox_empties(settings)
        for _ in range(2):
            with PrivateValkey(folder), connect(settings) as connection:
                ids = hand_over(work)
                assert wake(settings, connection, ids)
                assert outbox_empties(settings)
        assert worker.poll() is None
    finally:
        stop(worker)
    assert worker.returncode == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_without_redis_it_stops_when_asked(settings: Settings, tmp_path: Path, how: signal.Signals) -> None:
    worker = start(replace(settings, redis_url=f"unix://{tmp_path / 'nothing.sock'}"))
    assert worker.stderr
    assert b"queue away" in worker.stderr.readline()
    worker.send_signal(how)
    worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0
