"""Errands: jobs of the outbox that leave the house, as letters and deliveries do. Each is run alone.

An errand opens and ends its own transactions, so that none stands open while somebody else's server thinks. It may
be run again after it was done, when its runner dies before the row is gone: so it carries its own id outside, by
which whoever receives it knows it again.
"""

from sqlalchemy import select

from core.db import db
from core.outbox import OutboxRow, available, lease_rows, set_back
from core.work import Harbour


def run_errands(harbour: Harbour) -> int:
    """Run every errand that is due, one after another; how many were done. A failed one is put off, ever longer."""
    done = 0
    while True:
        row = _lease(harbour)
        if row is None:
            return done
        done += _run(harbour, row)


def _lease(harbour: Harbour) -> OutboxRow | None:
    now = harbour.clock()
    due = select(OutboxRow).where(*available(now), OutboxRow.task.in_(list(harbour.errands)))
    leased = lease_rows(db.session(), due.order_by(OutboxRow.due_at, OutboxRow.id).limit(1), now)
    return leased[0] if leased else None


def _run(harbour: Harbour, row: OutboxRow) -> bool:
    session = db.session()
    errand_id, errand, arguments = row.id, harbour.errands[row.task], row.arguments
    session.rollback()
    try:
        errand(harbour, errand_id, **arguments)
    except Exception as error:
        session.rollback()
        failed = session.get(OutboxRow, errand_id)
        if failed is not None:
            set_back(session, failed, error, harbour.clock())
        session.commit()
        return False
    session.rollback()
    done = session.get(OutboxRow, errand_id)
    if done is not None:
        session.delete(done)
    session.commit()
    return True
