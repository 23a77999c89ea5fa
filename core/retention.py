"""Keeping for a time, and then no longer: each room says what is over and how it goes, the assembly sweeps it.

A batch is one transaction: rows, the list of keys to destroy, and one entry of the trail with what kind and how many.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from core import audit
from core.condemned import condemn
from core.work import Work

BATCH = 200
GONE = "destroyed in its time"
"""The trail's words for a batch that was destroyed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that is kept for a time.

    `over` selects the rows whose time is over at the work's moment, and never one that an open report needs; `end`
    takes one of them away, and may return the slot of the key that opened it. `name` stands in the trail.
    """

    name: str
    over: Callable[[Work], Select[Any]]
    end: Callable[[Work, Any], str | None]


def count_over(work: Work, kind: Kind) -> int:
    """How many rows of this kind would go now."""
    return work.session.scalar(select(func.count()).select_from(kind.over(work).order_by(None).subquery())) or 0


def is_any_over(work: Work, kind: Kind) -> bool:
    """Whether anything of this kind is kept past its time."""
    return work.session.execute(kind.over(work).limit(1)).first() is not None


def end_batch(work: Work, kind: Kind, limit: int = BATCH) -> int:
    """Take away up to `limit` rows whose time is over; how many went. What somebody else holds is left for next time.

    The caller commits. Two at once never take the same row, and what changed meanwhile is looked at again.
    """
    rows = work.session.scalars(kind.over(work).limit(limit).with_for_update(skip_locked=True)).all()
    for row in rows:
        condemn(work, [kind.end(work, row)])
    if rows:
        audit.record(work, GONE, detail={"what": kind.name, "how many": str(len(rows))})
        work.session.flush()
    return len(rows)


def delete_row(work: Work, row: Any) -> str | None:
    """The end of most things: the row goes, and the slot of its own key with it."""
    work.session.delete(row)
    slot: str | None = getattr(row, "erasure_slot", None)
    return slot
