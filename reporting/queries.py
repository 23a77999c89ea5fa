"""Reads of the reporting room."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from reporting.models import Aside, Message, Placement, Report
from reporting.vocabulary import State


@dataclass(frozen=True, slots=True)
class CentreRow:
    """What a centre may see of a report it logged: never its words. `wards` are (vintage, code), likeliest first."""

    reference: str
    received_at: datetime
    state: State
    report_id: str
    answer_waits: bool
    desk_wrote: bool
    wards: tuple[tuple[str, str], ...]


def report(session: Session, report_id: str) -> Report | None:
    """A report by id, for somebody whose right to it was checked."""
    return session.get(Report, report_id)


def conversation(session: Session, report_id: str) -> list[Message]:
    """The conversation in its order."""
    found = select(Message).where(Message.report_id == report_id).order_by(Message.position, Message.id)
    return list(session.scalars(found))


_WAITING = (
    select(func.count())
    .where(Message.report_id == Report.id, Message.read_by_reporter.is_(False))
    .correlate(Report)
    .scalar_subquery()
)
_ASIDES = (
    select(func.count())
    .where(Aside.report_id == Report.id, Aside.read_by_centre.is_(False))
    .correlate(Report)
    .scalar_subquery()
)


def logged_by_centre(
    session: Session,
    centre_id: str,
    limit: int = 200,
    skip: int = 0,
    reference: str = "",
    after: tuple[datetime, str] | None = None,
) -> list[CentreRow]:
    """What a centre logged, latest first: reference, hour, state, wards, whether an answer waits.

    `after` is an hour and a reference: only what comes after them in that order.
    """
    found = (
        select(
            Report.reference,
            Report.received_at,
            Report.state,
            Report.id,
            _WAITING.label("waiting"),
            _ASIDES.label("asides"),
        )
        .where(*_of_centre(centre_id, reference))
        .order_by(Report.received_at.desc(), Report.reference)
        .limit(limit)
        .offset(skip)
    )
    if after is not None:
        hour, last = after
        found = found.where(Report.received_at <= hour, or_(Report.received_at < hour, Report.reference > last))
    rows = list(session.execute(found))
    wards = _wards_of(session, [row.id for row in rows])
    return [
        CentreRow(
            row.reference, row.received_at, row.state, row.id, row.waiting > 0, row.asides > 0, wards.get(row.id, ())
        )
        for row in rows
    ]


def count_logged_by_centre(session: Session, centre_id: str, reference: str = "") -> int:
    """How many reports a centre logged, or have a reference."""
    found = select(func.count()).select_from(Report).where(*_of_centre(centre_id, reference))
    return session.scalar(found) or 0


def _of_centre(centre_id: str, reference: str) -> list[ColumnElement[bool]]:
    own = [Report.centre_id == centre_id]
    return [*own, Report.reference == reference] if reference else own


def _wards_of(session: Session, report_ids: list[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Report id → its (vintage, ward) pairs, the likeliest ward first."""
    found = select(Placement).where(Placement.report_id.in_(report_ids))
    wards: dict[str, tuple[tuple[str, str], ...]] = {}
    for each in session.scalars(found.order_by(Placement.report_id, Placement.weight.desc(), Placement.ward)):
        wards[each.report_id] = (*wards.get(each.report_id, ()), (each.vintage, each.ward))
    return wards


def state_for_centre(session: Session, centre_id: str, reference: str) -> State | None:
    """The state of a report by its reference, for the centre that logged it; None for any other."""
    found = select(Report.state).where(Report.reference == reference, Report.centre_id == centre_id)
    return session.scalar(found)
