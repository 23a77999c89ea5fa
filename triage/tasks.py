"""What a worker may run for the desk, and what the desk does when it hears of something."""

from core import outbox
from core.work import Work
from reporting import queries as reports
from reporting.events import CentreWrote, ConsentChanged, ReporterWrote, ReportLocated
from triage.assessing import assess_report
from triage.queueing import call_back
from triage.referring import deliver_referral, revoke_what_consent_no_longer_covers
from triage.vocabulary import ASSESS, DELIVER, CalledBack

__all__ = ["ASSESS", "DELIVER", "assess", "deliver"]


def assess(work: Work, report_id: str) -> None:
    """Score a report and put it on the queue."""
    assess_report(work, report_id)


def deliver(work: Work, referral_id: str) -> None:
    """Let a sent referral reach its agency."""
    deliver_referral(work, referral_id)


def on_report_located(work: Work, event: ReportLocated) -> None:
    """A report has its ward, or none: it can be assessed."""
    outbox.hand_over(work, ASSESS, report_id=event.report_id)


def on_reporter_wrote(work: Work, event: ReporterWrote) -> None:
    """A reporter wrote: their report comes back in sight, and a closed one opens again."""
    call_back(work, event.report_id, CalledBack.REPORTER_WROTE)


def on_centre_wrote(work: Work, event: CentreWrote) -> None:
    """A centre wrote to the desk about a report that it logged: it comes back in sight."""
    call_back(work.coarsened(), event.report_id, CalledBack.CENTRE_WROTE)


def on_consent_changed(work: Work, event: ConsentChanged) -> None:
    """A reporter changed what may be shared: what no agency accepted yet is taken back."""
    report = reports.report(work.session, event.report_id)
    if report is not None:
        revoke_what_consent_no_longer_covers(work, report)
