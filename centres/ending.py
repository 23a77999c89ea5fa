"""When what a centre keeps is over: pure rules, the same for the pages that tell it and for the sweep that does it."""

from datetime import datetime

from centres.vocabulary import CentreState
from core.periods import Periods


def call_back_ends(due_at: datetime, done_at: datetime | None, keep: Periods) -> datetime:
    """When a promised call-back is over: some time after it was done, or long after it should have been."""
    if done_at is not None:
        return done_at + keep.of("call_backs_done")
    return due_at + keep.of("call_backs_missed")


def contact_ends(state: CentreState, moved_at: datetime, keep: Periods) -> datetime | None:
    """When whom to ask about an application is forgotten; `moved_at` is its last step. None for a place with people."""
    if state is CentreState.APPLIED:
        return moved_at + keep.of("contacts_waiting")
    if state in {CentreState.DECLINED, CentreState.LEFT, CentreState.APPROVED}:
        return moved_at + keep.of("contacts_ended")
    return None
