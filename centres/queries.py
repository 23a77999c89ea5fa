"""Reads of the centres room, each for one centre alone."""

from sqlalchemy.orm import Session

from centres.models import Centre
from reporting.queries import CentreRow, logged_by_centre


def centre_of(session: Session, team_id: str) -> Centre | None:
    """The centre whose people a team is."""
    return session.get(Centre, team_id)


def reports_of(session: Session, centre: Centre) -> list[CentreRow]:
    """What the centre logged, latest first: never a report's words."""
    return logged_by_centre(session, centre.id)
