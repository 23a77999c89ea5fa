"""Valkey or Redis killed, and so emptied, with jobs queued."""

from os import kill
from pathlib import Path
from signal import SIGKILL

from flask import Flask

from bench.serving import Worker, variables_of
from core.settings import Settings
from core.valkey import PrivateValkey
from drills.rehearsal import on_queue, send_reports, wait_until, waiting_jobs

REPORTS, PATIENCE = 10, 30.0


def test_reports_sent_while_the_queue_is_away_reach_the_desk(
    desk: Flask, settings: Settings, queue: PrivateValkey, tmp_path: Path
) -> None:
    with Worker(variables_of(settings), tmp_path / "worker.log"):
        send_reports(desk, 1)
        assert wait_until(lambda: on_queue() == 1, PATIENCE) < PATIENCE
        _kill(queue)
        send_reports(desk, REPORTS)
        assert wait_until(lambda: on_queue() == 1 + REPORTS, PATIENCE) < PATIENCE
    assert waiting_jobs() == 0


def test_a_worker_that_lives_on_hears_of_new_reports_when_the_queue_is_back(
    desk: Flask, settings: Settings, queue: PrivateValkey, tmp_path: Path
) -> None:
    with Worker(variables_of(settings), tmp_path / "worker.log"):
        send_reports(desk, 1)
        assert wait_until(lambda: on_queue() == 1, PATIENCE) < PATIENCE
        _kill(queue)
        send_reports(desk, REPORTS)
        queue.start()
        assert wait_until(lambda: on_queue() == 1 + REPORTS, PATIENCE) < PATIENCE
    assert waiting_jobs() == 0


def test_a_request_does_not_wait_for_a_queue_that_is_away(desk: Flask, queue: PrivateValkey) -> None:
    _kill(queue)
    send_reports(desk, REPORTS)
    assert waiting_jobs() == REPORTS


def _kill(queue: PrivateValkey) -> None:
    assert queue.pid is not None
    kill(queue.pid, SIGKILL)
    assert wait_until(lambda: queue.pid is None, PATIENCE) < PATIENCE
