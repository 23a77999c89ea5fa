"""Reads of the centres room, each for one centre alone."""

from datetime import datetime

from sqlalchemy.orm import Session

from centres.models import Centre
from reporting.queries import CentreRow, logged_by_centre, state_for_centre
from reporting.vocabulary import State


def centre_of(session: Session, team_id: str) -> Centre | None:
    """The centre whose people a team is."""
    return session.get(Centre, team_id)


def reports_of(session: Session, centre: Centre) -> list[CentreRow]:
    """What the centre logged, latest first: never a report's words."""
    return logged_by_centre(session, centre.id)


def page_of_reports(
    session: Session, centre: Centre, limit: int, after: tuple[datetime, str] | None
) -> list[CentreRow]:
    """So many of what the centre logged, latest first, from after an hour and a reference on."""
    return logged_by_centre(session, centre.id, limit, after)


def state_of_report(session: Session, centre: Centre, reference: str) -> State | None:
    """The state of a report that this centre logged; None for any other."""
    return state_for_centre(session, centre.id, reference)
