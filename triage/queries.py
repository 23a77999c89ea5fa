"""Reads of the desk, and of agencies: each agency sees its own referrals and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from core.audit import AuditEntry
from reporting.models import Message, Report
from reporting.vocabulary import Author
from triage.models import Agency, QueueEntry, Referral
from triage.rules import NOT_ACCEPTED_YET, SHELVES
from triage.vocabulary import PLACE_REASONED, Shelf

PAGE = 50
MOST_REFERRALS = 200


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a shelf: its entries in order, and whether there are more on either side."""

    entries: Sequence[QueueEntry]
    number: int
    has_next: bool


def queue_page(session: Session, shelf: Shelf, number: int) -> QueuePage:
    """A page of a shelf, numbered from 1: by risk, then clock, then age; the closed by their clock, latest first."""
    wanted = select(QueueEntry)
    if shelf is Shelf.TO_DO:
        order = (QueueEntry.rank, QueueEntry.turn, QueueEntry.due_at, QueueEntry.received_at, QueueEntry.report_id)
        wanted = wanted.where(QueueEntry.on_desk.is_(True)).order_by(*order)
    else:
        wanted = wanted.where(QueueEntry.standing == SHELVES[shelf])
        latest = (QueueEntry.due_at.desc(), QueueEntry.report_id.desc())
        order_by_clock = (QueueEntry.due_at, QueueEntry.report_id)
        wanted = wanted.order_by(*(latest if shelf is Shelf.CLOSED else order_by_clock))
    found = session.scalars(wanted.options(*_for_listing()).limit(PAGE + 1).offset((number - 1) * PAGE)).all()
    return QueuePage(found[:PAGE], number, len(found) > PAGE)


def waiting_count(session: Session, overdue_at: datetime | None = None) -> int:
    """How many reports are on the queue; with a moment, only those whose clock has run out by then."""
    wanted = select(func.count()).select_from(QueueEntry).where(QueueEntry.on_desk.is_(True))
    if overdue_at is not None:
        wanted = wanted.where(QueueEntry.due_at < overdue_at)
    return session.scalar(wanted) or 0


def next_to_take(session: Session) -> QueueEntry | None:
    """The first report on the queue that nobody has taken."""
    order = (QueueEntry.rank, QueueEntry.turn, QueueEntry.due_at, QueueEntry.received_at, QueueEntry.report_id)
    free = (QueueEntry.on_desk.is_(True), QueueEntry.taken_by.is_(None))
    return session.scalar(select(QueueEntry).where(*free).order_by(*order).limit(1))


def entry(session: Session, report_id: str) -> QueueEntry | None:
    """A report's entry on the queue, with its report; for the desk."""
    return session.get(QueueEntry, report_id)


def reporter_waits(session: Session, report_id: str) -> bool:
    """Whether the reporter wrote something that the desk has not read."""
    unread = (Message.author == Author.REPORTER, Message.read_by_desk.is_(False))
    found = select(Message.id).where(Message.report_id == report_id, *unread).limit(1)
    return session.scalar(found) is not None


def agencies(session: Session) -> list[Agency]:
    """Every agency, by name."""
    return sorted(session.scalars(select(Agency)), key=lambda agency: agency.team.name)


def referrals_of(session: Session, report_id: str) -> list[Referral]:
    """A report's referrals with their steps, oldest first; for the desk."""
    found = select(Referral).where(Referral.report_id == report_id).options(selectinload(Referral.steps))
    return list(session.scalars(found.order_by(Referral.sent_at, Referral.id)))


def referral_of_desk(session: Session, referral_id: str) -> Referral | None:
    """A referral by id; for the desk."""
    return session.get(Referral, referral_id)


def open_referrals(session: Session, report_id: str) -> list[Referral]:
    """A report's referrals that have not ended."""
    return list(session.scalars(select(Referral).where(Referral.report_id == report_id, Referral.is_open)))


def not_accepted_yet(session: Session, report_id: str) -> list[Referral]:
    """A report's referrals that consent taken back still reaches."""
    return list(
        session.scalars(select(Referral).where(Referral.report_id == report_id, Referral.state.in_(NOT_ACCEPTED_YET)))
    )


def referrals_for_agency(session: Session, team_id: str) -> list[Referral]:
    """What reached an agency: open ones first, each by its clock."""
    found = (
        select(Referral)
        .where(Referral.agency_id == team_id, Referral.delivered_at.is_not(None))
        .options(joinedload(Referral.report).options(defer(Report.sealed), defer(Report.place)))
        .order_by(Referral.is_open.desc(), Referral.due_at, Referral.sent_at.desc(), Referral.id)
        .limit(MOST_REFERRALS)
    )
    return list(session.scalars(found))


def referral_for_agency(session: Session, team_id: str, referral_id: str) -> Referral | None:
    """A referral that reached this agency; another agency's is not found."""
    return session.scalar(
        select(Referral)
        .where(Referral.id == referral_id, Referral.agency_id == team_id, Referral.delivered_at.is_not(None))
        .options(selectinload(Referral.steps))
    )


def _for_listing() -> tuple[ExecutableOption, ...]:
    report = joinedload(QueueEntry.report)
    return (
        defer(QueueEntry.officer_reason),
        report.defer(Report.sealed),
        report.joinedload(Report.facts),
        report.selectinload(Report.placements),
    )


def placings(session: Session, report_id: str) -> Sequence[AuditEntry]:
    """The trail's entries of the places that officers chose for a report, the latest first."""
    wanted = select(AuditEntry).where(AuditEntry.subject == report_id, AuditEntry.action == PLACE_REASONED)
    return session.scalars(wanted.order_by(AuditEntry.happened_at.desc(), AuditEntry.id)).all()
