"""RQ as the carrier: it wakes a worker, and a worker runs the outbox and nothing else.

Whoever can write to Redis can plant a job. So a restored job keeps no callback, webhook, repetition or
instance; only the one entry point is ever called, with ids that are looked up in the database.
"""

from collections.abc import Callable
from typing import Any

import structlog
from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from core.outbox import drain
from core.settings import Settings
from core.work import harbour

ENTRY = "core.queue.run_outbox"
_WAKE_SECONDS = 0.05
_JOB_SECONDS = 600

log = structlog.get_logger()


class RefusedJob(Exception):
    """A job in Redis asked for something that is not the platform's entry point."""


class OutboxJob(Job):
    """An RQ job that can only ever run the outbox."""

    def restore(self, raw_data: Any) -> None:
        """Restore, then drop everything that would call out or run again."""
        super().restore(raw_data)
        self._success_callback_name = self._failure_callback_name = self._stopped_callback_name = None
        self.webhooks = []
        self.repeats_left = None
        self.retries_left = None

    @property
    def func(self) -> Callable[..., Any]:
        """The entry point; RefusedJob for any other name or for a method of an instance."""
        if self.func_name != ENTRY or self.instance is not None or self.kwargs:
            raise RefusedJob("Not a job of this platform.")
        return run_outbox


class OutboxQueue(Queue):
    """A queue of outbox jobs."""

    job_class = OutboxJob


class OutboxWorker(SimpleWorker):
    """A worker that restores outbox jobs only, and runs them in its own process."""

    job_class = OutboxJob
    queue_class = OutboxQueue


def connect(settings: Settings, *, quick: bool = False) -> Redis:
    """A connection; a quick one gives up within 50 ms, for a request must not wait for Redis."""
    limit = _WAKE_SECONDS if quick else None
    return Redis.from_url(settings.redis_url, socket_timeout=limit, socket_connect_timeout=limit or 5)


def open_queue(settings: Settings, connection: Redis) -> Queue:
    """The installation's queue on a connection."""
    return OutboxQueue(settings.queue_name, connection=connection, serializer=JSONSerializer)


def wake(settings: Settings, connection: Redis, ids: list[str]) -> bool:
    """Wake a worker for these outbox ids; False when Redis did not answer, which only makes them late.

    One waking is enough until a worker has begun: it drains whatever is due, not these ids alone.
    """
    try:
        if connection.set(_awake(settings), "1", nx=True, ex=5):
            open_queue(settings, connection).enqueue_call(
                ENTRY, args=(ids[:1],), timeout=_JOB_SECONDS, result_ttl=0, failure_ttl=60, ttl=3600
            )
    except RedisError:
        return False
    return True


def run_outbox(ids: list[str]) -> None:
    """What a worker runs: drain the outbox. The ids only say why it was woken."""
    installation = harbour()
    carrier: Redis = current_app.extensions["carrier"]
    carrier.delete(_awake(installation.settings))
    done = drain(installation)
    log.debug("outbox drained", done=done, woken_for=len(ids))


def _awake(settings: Settings) -> str:
    return f"{settings.queue_name}:awake"
