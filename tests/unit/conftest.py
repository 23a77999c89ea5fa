"""Unit tests are pure: one that opens a database or a connection fails, whoever opened it."""

import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

FORBIDDEN = {"socket.connect", "socket.bind", "socket.getaddrinfo", "sqlite3.connect", "subprocess.Popen"}


class Guard:
    """Listens to what the interpreter does; refuses while a unit test runs."""

    def __init__(self) -> None:
        self.watching = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """RuntimeError for anything outside the process."""
        if self.watching and event in FORBIDDEN:
            raise RuntimeError(f"A unit test may not do this: {event}. Put the test in tests/services.")


GUARD = Guard()
sys.addaudithook(GUARD)


@pytest.fixture(autouse=True)
def outside_world_is_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No database, no network, no other process."""

    def refuse(*arguments: object, **words: object) -> None:
        raise RuntimeError("A unit test may not open a database. Put the test in tests/services.")

    monkeypatch.setattr(psycopg.Connection, "connect", refuse)
    GUARD.watching = True
    yield
    GUARD.watching = False
