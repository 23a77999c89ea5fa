"""Valkey or Redis killed, and so emptied, with jobs queued: the database's outbox sends all again."""

from os import kill
from signal import SIGKILL

from bench.ground import KINDS, Ground, durable_ground, founded
from bench.serving import Worker, variables_of
from core.settings import Settings
from drills.rehearsal import on_queue, opened, say, send_reports, wait_until

REPORTS = 1000
PATIENCE = 120.0


def run() -> bool:
    """Both pairs, with the queue back at once and with the queue away; whether everything was delivered."""
    return all([_rehearse(kind) for kind in KINDS])


def _rehearse(kind: str) -> bool:
    with durable_ground(kind) as ground:
        settings = founded(ground)
        undelivered = _emptied(ground, settings) + _away(ground, settings)
        return undelivered == 0


def _emptied(ground: Ground, settings: Settings) -> int:
    """Jobs are queued while no worker lives; the queue dies and comes back empty before one does."""
    with opened(settings) as app:
        send_reports(app, REPORTS)
        _kill_queue(ground)
        ground.queue.start()
        with Worker(variables_of(settings), ground.folder / "worker.log"):
            seconds = wait_until(lambda: on_queue() == REPORTS, PATIENCE)
        undelivered = REPORTS - on_queue()
    say(f"{ground.kind}: queue killed and emptied with {REPORTS} reports queued")
    say(f"{ground.kind}: undelivered {undelivered}, all on the desk {seconds:.1f} s after the worker's start")
    return undelivered


def _away(ground: Ground, settings: Settings) -> int:
    """The queue dies under a living worker and stays away; what is sent meanwhile must not wait for it."""
    with opened(settings) as app, Worker(variables_of(settings), ground.folder / "worker.log"):
        send_reports(app, 1)
        wait_until(lambda: on_queue() == REPORTS + 1, PATIENCE)
        _kill_queue(ground)
        send_reports(app, REPORTS)
        seconds = wait_until(lambda: on_queue() == 2 * REPORTS + 1, PATIENCE)
        undelivered = 2 * REPORTS + 1 - on_queue()
        ground.queue.start()
    say(f"{ground.kind}: undelivered {undelivered} with the queue away; {REPORTS} on the desk in {seconds:.1f} s")
    return undelivered


def _kill_queue(ground: Ground) -> None:
    if ground.queue.pid is not None:
        kill(ground.queue.pid, SIGKILL)
    wait_until(lambda: ground.queue.pid is None, PATIENCE)
