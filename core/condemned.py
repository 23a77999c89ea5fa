"""Keys to destroy: written down in the transaction that deletes what they opened, destroyed once that is committed.

A key destroyed before the commit would leave a row that nobody can open if the process died in between; one destroyed
after it without a word in the database would be forgotten. This way a sweep that is killed at any moment leaves either
everything as it was, or rows that are gone and a list that the next sweep finishes. Destroying twice is destroying
once.
"""

from collections.abc import Iterable

import structlog
from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base
from core.erasure import ErasureStore
from core.work import Work

BATCH = 100

log = structlog.get_logger()


class CondemnedKey(Base):
    """The slot of an erasure key that opens nothing any more and is still to be overwritten."""

    __tablename__ = "condemned_key"

    slot: Mapped[str] = mapped_column(String(40), primary_key=True)


def condemn(work: Work, slots: Iterable[str | None]) -> None:
    """Let these keys be destroyed once the caller's transaction stands; without a slot there is nothing to do."""
    for slot in slots:
        if slot is not None:
            work.session.merge(CondemnedKey(slot=slot))


def count_condemned(session: Session) -> int:
    """How many keys are still to be destroyed."""
    return session.scalar(select(func.count()).select_from(CondemnedKey)) or 0


def destroy_condemned(session: Session, erasure: ErasureStore) -> int:
    """Destroy every condemned key, a batch a transaction; how many were. Commits by itself.

    A key whose block is not here stays on the list: the folder may be away, and must not be taken for empty.
    """
    destroyed, after, missing = 0, "", 0
    while slots := _after(session, after):
        gone = [slot for slot in slots if _destroy(erasure, slot)]
        session.execute(delete(CondemnedKey).where(CondemnedKey.slot.in_(gone)))
        session.commit()
        destroyed, missing, after = destroyed + len(gone), missing + len(slots) - len(gone), slots[-1]
    if missing:
        log.warning("erasure keys not here", keys=missing)
    return destroyed


def _after(session: Session, slot: str) -> list[str]:
    found = select(CondemnedKey.slot).where(CondemnedKey.slot > slot).order_by(CondemnedKey.slot).limit(BATCH)
    return list(session.scalars(found))


def _destroy(erasure: ErasureStore, slot: str) -> bool:
    try:
        erasure.destroy(slot)
    except FileNotFoundError:
        return False
    return True
