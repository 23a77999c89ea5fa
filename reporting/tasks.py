"""What a worker may run for the reporting room."""

from core import outbox
from core.work import Work
from geography.reaggregation import Reaggregation
from geography.vocabulary import Vintage
from reporting import queries
from reporting.locating import city, locate_report
from reporting.replacing import place_next
from reporting.services import LOCATE

__all__ = ["LOCATE", "PLACE_AGAIN", "locate", "place_again"]

PLACE_AGAIN = "reporting.place_again"


def locate(work: Work, report_id: str) -> None:
    """Find the ward of a report; nothing to do when the report is gone."""
    report = queries.report(work.session, report_id)
    if report is not None:
        locate_report(work, report)


def place_again(work: Work, vintage: str, begun_on: str = "") -> None:
    """Place the next batch of all reports in a vintage, and leave the rest to a job after this one."""
    found = city()
    again = Reaggregation(found, Vintage(vintage))
    if place_next(work, found, again, begun_on):
        outbox.hand_over(work, PLACE_AGAIN, vintage=vintage, begun_on=again.pack)
