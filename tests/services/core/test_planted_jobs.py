"""Whoever can write to Redis can plant a job, and nothing of it runs but the outbox."""

import json
import logging
import pickle
import sys
import types
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from rq import Queue
from rq.job import Job, JobStatus
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer

from core.outbox import OutboxRow
from core.queue import ENTRY, OutboxWorker, connect, open_queue, wake
from core.settings import Settings
from core.work import Work
from tests.services.conftest import Desk

RAN: list[str] = []
OURS = "a_module_of_the_attacker"


def run(*arguments: object, **words: object) -> None:
    """What the attacker wants to run."""
    RAN.append("ran")


@pytest.fixture(autouse=True)
def attackers_module() -> Iterator[None]:
    """A module that any import by name would find."""
    module = types.ModuleType(OURS)
    module.run = run  # type: ignore[attr-defined]
    sys.modules[OURS] = module
    RAN.clear()
    yield
    del sys.modules[OURS]


@pytest.fixture
def carrier(settings: Settings) -> Iterator[Redis]:
    """A connection to the queue."""
    with connect(settings) as connection:
        yield connection


@pytest.fixture
def webhooks(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would be called over the network."""
    called: list[Any] = []

    def call(*arguments: Any, **words: Any) -> None:
        called.append(arguments)

    monkeypatch.setattr("rq.webhook.Webhook.send", call)
    return called


class CountingWorker(OutboxWorker):
    """The worker itself, which also tells how its jobs ended."""

    def __init__(self, *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        self.outcomes: list[str] = []

    def handle_job_success(self, *arguments: Any, **words: Any) -> None:
        """Note it."""
        self.outcomes.append("success")
        super().handle_job_success(*arguments, **words)

    def handle_job_failure(self, *arguments: Any, **words: Any) -> None:
        """Note it."""
        self.outcomes.append("failure")
        super().handle_job_failure(*arguments, **words)


def work_once(settings: Settings, carrier: Redis) -> list[str]:
    """Work until the queue is empty; how each job ended."""
    worker = CountingWorker([open_queue(settings, carrier)], connection=carrier, serializer=JSONSerializer)
    logging.disable(logging.CRITICAL)
    try:
        worker.work(burst=True)
    finally:
        logging.disable(logging.NOTSET)
    return worker.outcomes


def plant(settings: Settings, carrier: Redis, data: Any, **fields: str) -> None:
    """A job written by hand, as the attacker would."""
    key = Job.key_for("planted")
    packed = data if isinstance(data, bytes) else json.dumps(data).encode()
    written: dict[Any, Any] = {
        "data": zlib.compress(packed),
        "origin": settings.queue_name,
        "status": "queued",
        "timeout": "20",
        "created_at": "2026-11-17T14:37:22.000000Z",
        **fields,
    }
    carrier.hset(key, mapping=written)
    carrier.rpush(Queue.redis_queue_namespace_prefix + settings.queue_name, "planted")


@pytest.mark.parametrize(
    "data",
    [
        ["os.system", None, ["true"], {}],
        [f"{OURS}.run", None, [], {}],
        [f"{OURS}.run", "core.queue.run_outbox", [], {}],
        ["run", {"planted": "instance"}, [], {}],
        [ENTRY, {"planted": "instance"}, [["id"]], {}],
        [ENTRY, None, [["id"]], {"command": "true"}],
        [ENTRY, None, [], {}],
        [ENTRY, None, [1, 2, 3], {}],
        [ENTRY, None, 7, {}],
        "not a job at all",
        {"func": "os.system"},
        pickle.dumps((f"{OURS}.run", None, (), {})),
        b"\x80\x04\x95",
        b"",
    ],
)
def test_a_planted_job_runs_nothing(installed: Flask, settings: Settings, carrier: Redis, data: Any) -> None:
    plant(settings, carrier, data)
    outcomes = work_once(settings, carrier)
    assert RAN == []
    assert "success" not in outcomes
    assert open_queue(settings, carrier).count == 0


@pytest.mark.parametrize("outcome", ["success", "failure"])
def test_callbacks_and_webhooks_of_a_planted_job_are_not_called(
    installed: Flask, settings: Settings, carrier: Redis, webhooks: list[Any], outcome: str
) -> None:
    arguments = [["id"]] if outcome == "success" else []
    plant(
        settings,
        carrier,
        [ENTRY, None, arguments, {}],
        success_callback_name=f"{OURS}.run",
        failure_callback_name=f"{OURS}.run",
        stopped_callback_name=f"{OURS}.run",
        webhooks=json.dumps(
            [{"url": "http://127.0.0.1:9/", "job_status": status} for status in ("finished", "failed", "stopped")]
        ),
    )
    assert work_once(settings, carrier) == [outcome]
    assert RAN == []
    assert webhooks == []


def test_a_job_planted_as_abandoned_calls_nothing_when_it_is_tidied_away(
    installed: Flask, settings: Settings, carrier: Redis, webhooks: list[Any]
) -> None:
    plant(
        settings,
        carrier,
        [f"{OURS}.run", None, [], {}],
        status=JobStatus.STARTED.value,
        failure_callback_name=f"{OURS}.run",
        webhooks=json.dumps([{"url": "http://127.0.0.1:9/", "job_status": "failed"}]),
        retries_left="3",
    )
    carrier.delete(Queue.redis_queue_namespace_prefix + settings.queue_name)
    registry = StartedJobRegistry(settings.queue_name, connection=carrier, serializer=JSONSerializer)
    carrier.zadd(registry.key, {"planted:execution": 1})
    work_once(settings, carrier)
    assert carrier.zcard(registry.key) == 0
    assert RAN == []
    assert webhooks == []


@pytest.mark.parametrize("arguments", [[["id"]], []])
def test_a_planted_job_is_neither_repeated_nor_retried(
    installed: Flask, settings: Settings, carrier: Redis, arguments: list[Any]
) -> None:
    plant(
        settings,
        carrier,
        [ENTRY, None, arguments, {}],
        repeats_left="5",
        repeat_intervals="[0]",
        retries_left="5",
        retry_intervals="[0]",
    )
    assert len(work_once(settings, carrier)) == 1
    assert open_queue(settings, carrier).count == 0
    assert open_queue(settings, carrier).scheduled_job_registry.count == 0


def test_our_own_waking_runs_the_outbox_and_leaves_no_job_behind(
    installed: Flask, settings: Settings, carrier: Redis, work: Work, desk: Desk
) -> None:
    assert wake(settings, carrier, ["one", "two"])
    assert wake(settings, carrier, ["three"])
    assert open_queue(settings, carrier).count == 1
    assert work_once(settings, carrier) == ["success"]
    assert open_queue(settings, carrier).count == 0
    assert not carrier.keys(Job.redis_job_namespace_prefix + "*")
    assert work.session.query(OutboxRow).count() == 0


def test_redis_holds_no_more_of_a_job_than_an_id(installed: Flask, settings: Settings, carrier: Redis) -> None:
    wake(settings, carrier, ["an-outbox-id"])
    [job] = open_queue(settings, carrier).jobs
    assert (job.func_name, job.args, job.kwargs) == (ENTRY, [["an-outbox-id"]], {})
