"""Registering a centre, and logging a report for a visitor."""

from accounts.models import Team
from centres.models import Centre
from core import audit
from core.work import Work
from reporting.answers import Answers, Origin
from reporting.models import Report
from reporting.receipt import Receipt
from reporting.services import submit_report
from reporting.vocabulary import Channel


def register_centre(work: Work, team: Team, address: str, postcode: str) -> Centre:
    """Make a team a registered centre."""
    centre = Centre(team_id=team.id, team=team, address=address, postcode=postcode)
    work.session.add(centre)
    audit.record(work, "centre registered", team.id)
    return centre


def log_report(work: Work, centre: Centre, answers: Answers, receipt: Receipt) -> Report:
    """Log a visitor's report through the one door that every report takes; who logged it is on record.

    The visitor's time is kept to the hour, as any reporter's; so the staff member's deed is too.
    """
    origin = Origin(Channel.CENTRE, centre.team_id, centre.team.name)
    report = submit_report(work, answers, origin, receipt)
    audit.record(work.coarsened(), "report logged for a visitor", report.id)
    return report
