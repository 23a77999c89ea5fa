"""When what a centre keeps is over: pure rules, the same for the pages that tell it and for the sweep that does it."""

from datetime import datetime

from centres.vocabulary import CentreState
from core.periods import Periods


def call_back_ends(due_at: datetime, done_at: datetime | None, keep: Periods) -> datetime:
    """When a promised call-back is over: some time after it was done, or long after it should have been."""
    if done_at is not None:
        return done_at + keep.of("call_backs_done")
    return due_at + keep.of("call_backs_missed")


def contact_ends(state: CentreState, moved_at: datetime, named_at: datetime | None, keep: Periods) -> datetime | None:
    """When whom to ask about a place without people is forgotten: so long after its last step, or after being named.

    None for a centre at work.
    """
    moved_at = max(moved_at, named_at or moved_at)
    if state is CentreState.APPLIED:
        return moved_at + keep.of("contacts_waiting")
    if state in {CentreState.DECLINED, CentreState.LEFT, CentreState.APPROVED}:
        return moved_at + keep.of("contacts_ended")
    return None
