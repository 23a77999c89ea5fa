"""How long an invitation, or a code to come back by, is kept once it was used or has ended."""

from typing import Any

from sqlalchemy import Select, and_, or_, select

from accounts.models import Invitation
from core.retention import Kind, delete_row
from core.work import Work


def _over(work: Work) -> Select[Any]:
    last = work.now - work.harbour.settings.keep.of("invitations")
    ended = and_(Invitation.used_at.is_(None), Invitation.expires_at <= last)
    return select(Invitation).where(or_(Invitation.used_at <= last, ended)).order_by(Invitation.id)


KEPT = (Kind("invitations and ways back", _over, delete_row),)
"""What this room keeps for a time."""
