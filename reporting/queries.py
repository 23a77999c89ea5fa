"""Reads of the reporting room."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from reporting.models import Message, Report
from reporting.vocabulary import State


@dataclass(frozen=True, slots=True)
class CentreRow:
    """What a centre may see of a report it logged: never its words."""

    reference: str
    received_at: datetime
    state: State
    report_id: str
    answer_waits: bool


def report(session: Session, report_id: str) -> Report | None:
    """A report by id, for somebody whose right to it was checked."""
    return session.get(Report, report_id)


def conversation(session: Session, report_id: str) -> list[Message]:
    """The conversation in its order."""
    found = select(Message).where(Message.report_id == report_id).order_by(Message.position, Message.id)
    return list(session.scalars(found))


def logged_by_centre(
    session: Session, centre_id: str, limit: int = 200, after: tuple[datetime, str] | None = None
) -> list[CentreRow]:
    """What a centre logged, latest first: reference, hour, state, whether an answer waits.

    `after` is an hour and a reference: only what comes after them in that order.
    """
    waits = (
        select(func.count())
        .where(Message.report_id == Report.id, Message.read_by_reporter.is_(False))
        .correlate(Report)
        .scalar_subquery()
    )
    found = (
        select(Report.reference, Report.received_at, Report.state, Report.id, waits.label("waiting"))
        .where(Report.centre_id == centre_id)
        .order_by(Report.received_at.desc(), Report.reference)
        .limit(limit)
    )
    if after is not None:
        hour, reference = after
        found = found.where(Report.received_at <= hour, or_(Report.received_at < hour, Report.reference > reference))
    return [
        CentreRow(row.reference, row.received_at, row.state, row.id, row.waiting > 0) for row in session.execute(found)
    ]


def state_for_centre(session: Session, centre_id: str, reference: str) -> State | None:
    """The state of a report by its reference, for the centre that logged it; None for any other."""
    found = select(Report.state).where(Report.reference == reference, Report.centre_id == centre_id)
    return session.scalar(found)
