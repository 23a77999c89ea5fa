"""Leases in the database: of many workers, one sweeps; when it dies, another takes over."""

from datetime import datetime, timedelta

from sqlalchemy import String, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, UtcDateTime


class Lease(Base):
    """A named duty and who has it until when."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(22))
    held_until: Mapped[datetime] = mapped_column(UtcDateTime)


def hold(session: Session, name: str, holder: str, now: datetime, span: timedelta) -> bool:
    """Take, keep or be refused the duty; True when it is the holder's until now + span. Commits by itself."""
    mine = or_(Lease.holder == holder, Lease.held_until < now)
    changed = session.execute(
        update(Lease).where(Lease.name == name, mine).values(holder=holder, held_until=now + span)
    )
    held = bool(changed.rowcount) or _first(session, name, holder, now + span)  # type: ignore[attr-defined]
    session.commit()
    return held


def _first(session: Session, name: str, holder: str, until: datetime) -> bool:
    if session.scalar(select(Lease.name).where(Lease.name == name)) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(Lease(name=name, holder=holder, held_until=until))
    except IntegrityError:
        return False
    return True
