"""Watching sessions: what a request wrote must be committed or taken back, never just dropped."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

UNSAVED = "written but not yet committed"


@contextmanager
def no_uncommitted_session() -> Iterator[None]:
    """AssertionError at the end if a session was closed inside with writes neither committed nor rolled back."""
    dropped: list[str] = []

    def note_writes(session: Session, flush_context: Any) -> None:
        written = {type(row).__name__ for row in (*session.new, *session.dirty, *session.deleted)}
        session.info.setdefault(UNSAVED, set()).update(written)

    def forget(session: Session) -> None:
        # A savepoint that ends says nothing about the transaction around it.
        if not session.in_nested_transaction():
            session.info.pop(UNSAVED, None)

    def look(session: Session, transaction: SessionTransaction) -> None:
        if transaction.parent is None and session.info.get(UNSAVED):
            dropped.append(", ".join(sorted(session.info.pop(UNSAVED))))

    listeners = (
        ("after_flush", note_writes),
        ("after_commit", forget),
        ("after_rollback", forget),
        ("after_transaction_end", look),
    )
    for name, listener in listeners:
        event.listen(Session, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners:
            event.remove(Session, name, listener)
    assert not dropped, f"Written, then neither committed nor rolled back: {'; '.join(dropped)}"
