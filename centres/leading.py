"""Who led a centre and leads it no more, and which tokens they may still have a copy of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Person
from accounts.services import ACCESS_ENDED, ENROLLED
from accounts.vocabulary import Role
from centres.models import IntakeToken
from core.audit import AuditEntry

ROLE_CHANGED = "role changed"
"""What the trail calls it."""


@dataclass(frozen=True, slots=True)
class Led:
    """A time through which somebody led a centre, and that is over."""

    name: str
    since: datetime
    until: datetime


def past_leads(session: Session, team_id: str) -> list[Led]:
    """Through which times those who lead a centre no more led it, by the trail: it forgets nothing."""
    people = session.scalars(select(Person).where(Person.team_id == team_id)).all()
    gone = {each.id: each.name for each in people if each.left_at is not None or each.role is not Role.CENTRE_LEAD}
    deeds = (ENROLLED, ROLE_CHANGED, ACCESS_ENDED)
    found = select(AuditEntry).where(AuditEntry.subject.in_(gone), AuditEntry.action.in_(deeds))
    entries = session.scalars(found.order_by(AuditEntry.happened_at)).all()
    of_each = {who: [entry for entry in entries if entry.subject == who] for who in gone}
    return [led for who, name in gone.items() for led in _times(name, of_each[who])]


def copied_by(token: IntakeToken, past: Iterable[Led]) -> list[str]:
    """Who was a lead when a token was made, and is none any more; nobody of one that was rotated since."""
    if token.replaced:
        return []
    return sorted({led.name for led in past if led.since <= token.made_at <= led.until})


def _times(name: str, entries: Iterable[AuditEntry]) -> Iterable[Led]:
    since: datetime | None = None
    for entry in entries:
        leads = Role.CENTRE_LEAD.value in (entry.detail.get("role"), entry.detail.get("to"))
        if leads:
            since = since or entry.happened_at
        elif since is not None:
            yield Led(name, since, entry.happened_at)
            since = None
