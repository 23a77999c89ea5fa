"""Every kind of thing that is kept for a time, swept together; a batch a transaction, so that it may be killed."""

from collections.abc import Callable

import accounts.retention
import centres.retention
import reporting.retention
import triage.retention
from core.condemned import count_condemned, destroy_condemned
from core.db import db, reading, writing
from core.retention import Kind, count_over, end_batch, is_any_over
from core.work import SYSTEM, Harbour, Work, begin_work

_ROOMS = (accounts.retention, reporting.retention, centres.retention, triage.retention)
KEPT: tuple[Kind, ...] = tuple(kind for room in _ROOMS for kind in room.KEPT)
"""In the order in which they are told and swept."""


def is_anything_over(harbour: Harbour) -> bool:
    """Whether there is anything to destroy. Reads alone, without a lock."""
    with reading():
        work = _work(harbour)
        found = count_condemned(work.session) > 0 or any(is_any_over(work, kind) for kind in KEPT)
        work.session.rollback()
    return found


def count_all_over(harbour: Harbour) -> dict[str, int]:
    """What would go now, by kind, in the order of `KEPT`, and the keys still to be destroyed at the end."""
    with reading():
        work = _work(harbour)
        counts = {kind.name: count_over(work, kind) for kind in KEPT}
        counts["keys of what is gone"] = count_condemned(work.session)
        work.session.rollback()
    return counts


def destroy_all_over(harbour: Harbour, goes_on: Callable[[], bool] = lambda: True) -> dict[str, int]:
    """Destroy what is over, how many of each kind; asks before each batch whether it may go on. Commits by itself.

    Killed at any moment it leaves whole batches behind, and the next run does the rest.
    """
    gone: dict[str, int] = {}
    with writing():
        for kind in KEPT:
            while goes_on() and (ended := _batch(harbour, kind)):
                gone[kind.name] = gone.get(kind.name, 0) + ended
        if goes_on():
            destroy_condemned(db.session(), harbour.erasure)
    return gone


def _batch(harbour: Harbour, kind: Kind) -> int:
    ended = end_batch(_work(harbour), kind)
    db.session.commit()
    return ended


def _work(harbour: Harbour) -> Work:
    return begin_work(harbour, db.session(), SYSTEM)
