"""Reads of the centres room, each for one centre alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Person
from centres.models import Centre
from centres.visit_models import Envelope, Reminder
from reporting.models import Report
from reporting.queries import CentreRow, count_logged_by_centre, logged_by_centre

PAGE = 25
"""Reports on one page of the list."""


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A promised call-back that is not done: when, whose, for which report."""

    id: str
    due_at: datetime
    person_id: str
    report_id: str
    reference: str
    is_due: bool


def centre_of(session: Session, team_id: str) -> Centre | None:
    """The centre whose people a team is."""
    return session.get(Centre, team_id)


def reports_of(session: Session, centre: Centre, page: int = 1, reference: str = "") -> list[CentreRow]:
    """One page of what the centre logged, latest first, or what has a reference: never a report's words."""
    return logged_by_centre(session, centre.id, PAGE, (page - 1) * PAGE, reference)


def pages_of_reports(session: Session, centre: Centre, reference: str = "") -> int:
    """How many pages the list has, at least one."""
    return max(1, -(-count_logged_by_centre(session, centre.id, reference) // PAGE))


def report_of(session: Session, centre: Centre, report_id: str) -> Report | None:
    """A report that the centre logged; None for anybody else's."""
    report = session.get(Report, report_id)
    return report if report is not None and report.centre_id == centre.id else None


def has_envelope(session: Session, report: Report) -> bool:
    """Whether the centre holds an envelope for the report's visitor."""
    return session.scalar(select(Envelope.report_id).where(Envelope.report_id == report.id)) is not None


def open_reminders_of(session: Session, centre: Centre, now: datetime, limit: int = 20) -> list[DueReminder]:
    """Promised call-backs that are not done, the earliest first."""
    found = (
        select(Reminder.id, Reminder.due_at, Reminder.person_id, Reminder.report_id, Report.reference)
        .join(Report, Report.id == Reminder.report_id)
        .where(Reminder.centre_id == centre.id, Reminder.done_at.is_(None))
        .order_by(Reminder.due_at, Reminder.id)
        .limit(limit)
    )
    return [
        DueReminder(row.id, row.due_at, row.person_id, row.report_id, row.reference, row.due_at <= now)
        for row in session.execute(found)
    ]


def reminder_of(session: Session, centre: Centre, reminder_id: str) -> Reminder | None:
    """A reminder of the centre; None for anybody else's."""
    reminder = session.get(Reminder, reminder_id)
    return reminder if reminder is not None and reminder.centre_id == centre.id else None


def people_of(session: Session, centre: Centre) -> list[tuple[str, str]]:
    """Id and name of everybody who works at the centre, by name."""
    found = select(Person.id, Person.name).where(Person.team_id == centre.id, Person.left_at.is_(None))
    return [(row.id, row.name) for row in session.execute(found.order_by(Person.name, Person.id))]
