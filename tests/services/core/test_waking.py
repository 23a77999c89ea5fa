"""A request never waits for Redis, and what it wrote stands without."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from core.queue import connect, wake
from core.settings import Settings

# Far more than is needed; what it rules out are the many seconds of a client that tries again and again.
BOUND = 2.0


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Somebody who takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=8) as listener:
        yield listener.getsockname()[1]


def away(settings: Settings, url: str) -> None:
    gone = replace(settings, redis_url=url)
    began = monotonic()
    with connect(gone, quick=True) as carrier:
        assert not wake(gone, carrier, ["an id"])
    assert monotonic() - began < BOUND


def test_a_socket_that_is_gone_is_told_at_once(settings: Settings, tmp_path: Path) -> None:
    away(settings, f"unix://{tmp_path / 'nobody.sock'}")


def test_a_port_that_refuses_is_told_at_once(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    away(settings, f"redis://127.0.0.1:{port}/0")


def test_a_server_that_never_answers_is_not_waited_for(settings: Settings, silent_port: int) -> None:
    away(settings, f"redis://127.0.0.1:{silent_port}/0")
