"""Reads for oversight: by centre and month, so that what is read does not grow with all reports ever made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, String, case, cast, func, or_, select
from sqlalchemy.orm import Session

from centres.models import Centre
from centres.oversight_rules import Counted
from centres.vocabulary import CentreState
from reporting.models import Facts, Message, Report
from reporting.vocabulary import Author, Channel, Precision, State

_NO_CONSENT = "[]"


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """So many reports of a centre that came in one hour and were first answered in another."""

    centre_id: str
    received_at: datetime
    answered_at: datetime
    reports: int


def centres_overseen(session: Session) -> list[Centre]:
    """Those that log or did: active, suspended and left ones, by name."""
    states = (CentreState.ACTIVE, CentreState.SUSPENDED, CentreState.LEFT)
    return list(session.scalars(select(Centre).where(Centre.state.in_(states)).order_by(Centre.name)))


def counted_by_month(session: Session, ids: Collection[str], first: date) -> dict[str, dict[date, Counted]]:
    """Centre → month from `first` on → what was logged. Months without any are not in it."""
    referred = or_(Report.state.in_((State.REFERRED, State.ACTED_ON)), Facts.outcome.is_not(None))
    found = (
        select(
            Facts.centre_id,
            Facts.reported_month,
            func.count(),
            _counted(Facts.precision != Precision.NONE),
            _counted(Facts.strands != frozenset()),
            _counted(cast(Report.consent, String) != _NO_CONSENT),
            _counted(referred),
        )
        .join(Report, Report.id == Facts.report_id)
        .where(Facts.centre_id.in_(ids), Facts.reported_month >= first)
        .group_by(Facts.centre_id, Facts.reported_month)
    )
    counts: dict[str, dict[date, Counted]] = {}
    for centre_id, month, *numbers in session.execute(found):
        counts.setdefault(centre_id or "", {})[month] = Counted(*(int(number) for number in numbers))
    return counts


def first_answers(session: Session, ids: Collection[str], first: date) -> list[FirstAnswer]:
    """When reports of months from `first` on were first answered by the desk or an agency."""
    each = (
        select(
            Facts.centre_id.label("centre_id"),
            Report.received_at.label("received_at"),
            func.min(Message.written_at).label("answered_at"),
        )
        .join(Report, Report.id == Facts.report_id)
        .join(Message, Message.report_id == Report.id)
        .where(Facts.centre_id.in_(ids), Facts.reported_month >= first, Message.author != Author.REPORTER)
        .group_by(Facts.report_id, Facts.centre_id, Report.received_at)
        .subquery()
    )
    alike = (each.c.centre_id, each.c.received_at, each.c.answered_at)
    return [FirstAnswer(*row) for row in session.execute(select(*alike, func.count()).group_by(*alike))]


def counted_by_poster(session: Session, first: date) -> dict[str | None, int]:
    """Name of the centre whose poster was followed, or None → reports from `first` on that people sent themselves."""
    came_themselves = Facts.centre_id.is_(None) & (Facts.channel != Channel.IMPORT)
    by_id = (
        select(Facts.heard_from, func.count().label("reports"))
        .where(Facts.reported_month >= first, came_themselves)
        .group_by(Facts.heard_from)
        .subquery()
    )
    found = select(Centre.name, by_id.c.reports).outerjoin_from(by_id, Centre, Centre.id == by_id.c.heard_from)
    return {row.name: row.reports for row in session.execute(found)}


def last_received(session: Session, ids: Collection[str]) -> dict[str, datetime]:
    """Centre → the hour of its last report: the end of an index for each, however many there were."""
    last = select(func.max(Report.received_at)).where(Report.centre_id == Centre.id).correlate(Centre).scalar_subquery()
    found = select(Centre.id, last.label("last")).where(Centre.id.in_(ids))
    return {row.id: row.last for row in session.execute(found) if row.last is not None}


def _counted(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((holds, 1), else_=0))
