"""How long a report is kept: so long after the desk closed it. Then it goes whole, and the month's figures stay.

What the police accepted is held: evidence of a case is theirs to say when it may go.
"""

from typing import Any

from sqlalchemy import Select, and_, exists, or_, select

from core.retention import Kind, delete_row
from core.work import Work
from reporting.events import ReportEnds
from reporting.models import Report
from reporting.vocabulary import AgencyKind, State
from triage.models import Agency, QueueEntry, Referral, ReferralStep
from triage.vocabulary import ReferralState, Standing


def _reports_over(work: Work) -> Select[Any]:
    last = work.now - work.harbour.settings.keep.of("reports")
    held = exists().where(Referral.report_id == Report.id).where(or_(Referral.is_open, _accepted_by_police()))
    closed = and_(QueueEntry.standing == Standing.CLOSED, Report.state == State.CLOSED, QueueEntry.closed_at <= last)
    return select(Report).join(QueueEntry, QueueEntry.report_id == Report.id).where(closed, ~held).order_by(Report.id)


def _accepted_by_police() -> Any:
    police = exists().where(Agency.team_id == Referral.agency_id, Agency.kind == AgencyKind.POLICE)
    accepted = exists().where(ReferralStep.referral_id == Referral.id, ReferralStep.state == ReferralState.ACCEPTED)
    return and_(police, accepted)


def _end(work: Work, report: Report) -> str | None:
    """Whoever counts it is told while it is there; the database takes whatever hangs on it."""
    work.publish(ReportEnds(report.id))
    return delete_row(work, report)


KEPT = (Kind("reports", _reports_over, _end),)
"""What this room keeps for a time."""
