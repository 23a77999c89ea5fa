"""Two people press a button in the same moment: two real sessions, and the second looked before the first acted."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.db import db, writing
from core.work import Actor, Work, begin_work, harbour

Looked = TypeVar("Looked")
Found = TypeVar("Found")


def pressed_meanwhile(
    app: Flask,
    first: Work,
    press: Callable[[], object],
    actor: Actor,
    look: Callable[[Work], Looked],
    then: Callable[[Work, Looked], Found],
) -> Found:
    """What the second press gave, whose session had loaded what `look` loads before the first press.

    On PostgreSQL the first transaction is open until the second waits for it, or is done. SQLite has one writer: there
    the second goes on after the first has committed, still with the rows as they were.
    """
    first.session.commit()
    with Session(db.engine, expire_on_commit=False) as session:
        second = begin_work(harbour(), session, actor)
        looked = look(second)
        waits = session.get_bind().dialect.name == "postgresql"
        # Read committed: what was looked at may change before the next statement.
        session.commit()
        press()
        first.session.flush()

        backend: Future[int] = Future()

        def go_on() -> Found:
            with app.app_context(), writing():
                if waits:
                    backend.set_result(session.execute(text("SELECT pg_backend_pid()")).scalar_one())
                found = then(second, looked)
                session.commit()
                return found

        with ThreadPoolExecutor(1) as pool:
            if not waits:
                first.session.commit()
            going = pool.submit(go_on)
            try:
                if waits:
                    _until_it_waits(backend.result(timeout=30), going)
            finally:
                first.session.commit()
            return going.result(timeout=30)


def row(table: type[Any], key: str) -> Callable[[Work], Any]:
    """A look at one row."""
    return lambda work: work.session.get_one(table, key)


def _until_it_waits(backend: int, going: "Future[Found]") -> None:
    """Ask the database, over and over, whether somebody holds the other session up; it may also be done already."""
    blocked = text("SELECT cardinality(pg_blocking_pids(:backend)) > 0")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        while not going.done() and not watching.scalar(blocked, {"backend": backend}):
            pass
