"""What a worker may run for the reporting room."""

from core.work import Work
from reporting import queries
from reporting.locating import locate_report
from reporting.services import LOCATE

__all__ = ["LOCATE", "locate"]


def locate(work: Work, report_id: str) -> None:
    """Find the ward of a report; nothing to do when the report is gone."""
    report = queries.report(work.session, report_id)
    if report is not None:
        locate_report(work, report)
