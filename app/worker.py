"""The worker: runs the outbox when RQ wakes it, and never ends because Redis did."""

import signal
from types import FrameType

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq.job import Job
from rq.queue import Queue
from rq.serializers import JSONSerializer

from app.errand_runner import ErrandRunner
from app.factory import create_app
from app.stopping import Stopping
from app.sweeper import Sweeper
from core.db import db
from core.outbox import drain
from core.queue import OutboxWorker, connect, open_queue
from core.settings import Settings
from core.work import harbour

_FIRST_WAIT = 0.2
_LONGEST_WAIT = 5.0
ERRANDS_AT_ONCE = 4
"""Errands that may be out together, so that a slow receiver does not hold up the others."""
_STOPS = (signal.SIGTERM, signal.SIGINT)
_WORKER_SECONDS = 60
"""How long RQ believes in a worker without a sign of life; it waits for jobs a little less."""

log = structlog.get_logger()


class HarbourWorker(OutboxWorker):
    """An outbox worker that can be asked to stop at any moment and takes no commands from Redis."""

    max_connection_wait_time = 2.0
    log_job_description = False

    def __init__(self, queues: list[Queue], connection: Redis, stopping: Stopping) -> None:
        super().__init__(queues, connection=connection, serializer=JSONSerializer, worker_ttl=_WORKER_SECONDS)
        self._stopping = stopping

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Finish the job at hand, then stop."""
        self._stopping.ask()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def check_for_suspension(self, burst: bool) -> None:
        """Before each job: stop, if that was asked while RQ was not listening yet. Nobody suspends us through Redis."""
        self._stop_requested = self._stop_requested or self._stopping.is_asked()

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run a job; whatever it did, the next one gets a session of its own."""
        try:
            super().execute_job(job, queue)
        finally:
            db.session.remove()

    def set_shutdown_requested_date(self) -> None:
        """Keep the request to ourselves: Redis may be away, and a job is under way."""

    def subscribe(self) -> None:
        """Listen to nobody: whoever can write to Redis could stop us."""

    def unsubscribe(self) -> None:
        """There was nobody to listen to."""


def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; the job at hand is finished first."""
    stopping = Stopping()
    stopping.listen(_STOPS)
    app = create_app(settings)
    threads: list[Sweeper | ErrandRunner] = [Sweeper(app), *(ErrandRunner(app) for _ in range(ERRANDS_AT_ONCE))]
    for thread in threads:
        thread.start()
    try:
        with app.app_context():
            _drain_first(stopping)
            _work_until(stopping, settings)
    finally:
        for thread in threads:
            thread.stop()
    log.info("worker stopped")


def _drain_first(stopping: Stopping) -> None:
    """What was left by whoever worked before; a database that is away is waited for below."""
    try:
        drain(harbour())
    except Exception as error:
        log.warning("outbox not drained at start", error=type(error).__name__)
    finally:
        db.session.remove()


def _work_until(stopping: Stopping, settings: Settings) -> None:
    """One RQ worker after another: each ends with its connection, and the next waits a little longer."""
    wait = _FIRST_WAIT
    while not stopping.is_asked():
        began_well = _work_once(stopping, settings)
        stopping.listen(_STOPS)
        wait = _FIRST_WAIT if began_well else min(wait * 2, _LONGEST_WAIT)
        stopping.wait(wait)


def _work_once(stopping: Stopping, settings: Settings) -> bool:
    """Work until stopped or until Redis is gone; whether it had been there."""
    with connect(settings) as connection:
        try:
            connection.ping()
            worker = HarbourWorker([open_queue(settings, connection)], connection, stopping)
            worker.work(logging_level="CRITICAL")
        except RedisError as error:
            log.warning("queue away", error=type(error).__name__)
            return False
    return True
