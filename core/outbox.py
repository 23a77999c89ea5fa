"""The outbox: a job is a row written in the caller's transaction, and done when a worker has deleted it.

The database is the truth. Redis only wakes a worker, and may vanish at any moment: the sweeper hands over
again whatever is not done when its lease ends.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import JSON, ColumnElement, Index, Select, String, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.clock import floor_hour
from core.db import Base, UtcDateTime, db
from core.ids import new_id
from core.work import SYSTEM, Harbour, Work, begin_work

LEASE = timedelta(seconds=60)
BATCH = 40
TRIES_TOGETHER = 8
"""Tries in a batch. After that a job is never given up, but tried alone, at each quarter of an hour."""
QUARTER = timedelta(minutes=15)
_HANDED = "outbox rows handed over in this transaction"

log = structlog.get_logger()


class OutboxRow(Base):
    """One job to do. `arguments` are ids, never content. A finished job leaves no row."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "due_at"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    task: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[dict[str, str]] = mapped_column(JSON)
    coarse: Mapped[bool]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(String(80))


def hand_over(work: Work, task: str, **arguments: str) -> None:
    """Write a job into the caller's transaction; KeyError for a task that is not on the allow-list.

    An errand is done by those who run errands, so it wakes no worker.
    """
    if task not in work.harbour.tasks and task not in work.harbour.errands:
        raise KeyError(f"{task} is not a task of this platform.")
    row = OutboxRow(id=new_id(), task=task, arguments=arguments, coarse=work.coarse, due_at=work.now)
    work.session.add(row)
    if task in work.harbour.tasks:
        work.session.info.setdefault(_HANDED, []).append(row.id)


def take_handed(session: Session) -> list[str]:
    """The ids of jobs handed over since the last call: what a committed transaction wakes a worker for."""
    handed: list[str] = session.info.pop(_HANDED, [])
    return handed


def has_waiting(harbour: Harbour, session: Session) -> bool:
    """Whether any job for a worker is due and nobody holds its lease."""
    due = (*available(harbour.clock()), _for_workers(harbour))
    return session.scalar(select(OutboxRow.id).where(*due).limit(1)) is not None


def often_failed() -> ColumnElement[bool]:
    """The jobs that failed so often that somebody should look why."""
    return OutboxRow.attempts >= TRIES_TOGETHER


def drain(harbour: Harbour) -> int:
    """Do every due job, a batch to a transaction, until none is left; how many were done.

    A lease is committed before the work, so that a job that kills its worker is counted as tried.
    """
    done = 0
    while True:
        leased = _lease(harbour, db.session())
        if not leased:
            return done
        done += _perform_all(harbour, leased) or sum(_perform_alone(harbour, row) for row in leased)
        db.session.commit()
        take_handed(db.session())


def available(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The jobs and errands that are due and that nobody holds."""
    free = or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until < now)
    return OutboxRow.due_at <= now, free


def lease_rows(session: Session, rows: Select[OutboxRow], now: datetime) -> list[OutboxRow]:
    """Take these rows for a while and commit that, so that a job which kills its worker is counted as tried."""
    found = list(session.scalars(rows.with_for_update(skip_locked=True)))
    if found:
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_([row.id for row in found]))
            .values(leased_until=now + LEASE, attempts=OutboxRow.attempts + 1)
            .execution_options(synchronize_session=False)
        )
    session.commit()
    return found


def set_back(session: Session, row: OutboxRow, error: Exception, now: datetime) -> None:
    """Put a failed job off, longer each time; only the error's class is kept, for its words may quote people."""
    attempts = row.attempts + 1
    log.warning("job failed", task=row.task, attempts=attempts, error=type(error).__name__)
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row.id)
        .values(
            failure=type(error).__name__,
            leased_until=None,
            due_at=_next_try(attempts, now),
        )
    )


def _for_workers(harbour: Harbour) -> ColumnElement[bool]:
    return OutboxRow.task.not_in(list(harbour.errands))


def _lease(harbour: Harbour, session: Session) -> list[OutboxRow]:
    """A batch of jobs; when there is none, one of those that failed, or killed their worker, too often."""
    now = harbour.clock()
    due = select(OutboxRow).where(*available(now), _for_workers(harbour))
    together = due.where(OutboxRow.attempts < TRIES_TOGETHER).limit(BATCH)
    return lease_rows(session, together, now) or lease_rows(session, due.where(often_failed()).limit(1), now)


def _perform_all(harbour: Harbour, rows: list[OutboxRow]) -> int:
    """Run a batch inside one savepoint; when any job fails all of it is undone, and 0 is returned."""
    session = db.session()
    try:
        with session.begin_nested():
            for row in rows:
                _run(harbour, row)
            session.flush()
            session.execute(delete(OutboxRow).where(OutboxRow.id.in_([row.id for row in rows])))
    except Exception:
        return 0
    return len(rows)


def _perform_alone(harbour: Harbour, row: OutboxRow) -> int:
    """Run one job inside a savepoint of its own: its failure undoes it alone."""
    session = db.session()
    try:
        with session.begin_nested():
            _run(harbour, row)
            session.flush()
            session.execute(delete(OutboxRow).where(OutboxRow.id == row.id))
    except Exception as error:
        set_back(session, row, error, harbour.clock())
        return 0
    return 1


def _run(harbour: Harbour, row: OutboxRow) -> None:
    work = begin_work(harbour, db.session(), SYSTEM)
    harbour.tasks[row.task](work.coarsened() if row.coarse else work, **row.arguments)


def _next_try(attempts: int, now: datetime) -> datetime:
    """Seconds, longer each time; then the next quarter of an hour, which tells no minute of what a reporter did."""
    if attempts < TRIES_TOGETHER:
        return now + timedelta(seconds=2**attempts)
    return floor_hour(now) + QUARTER * ((now - floor_hour(now)) // QUARTER + 1)
