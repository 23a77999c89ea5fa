"""Registering a centre, and logging a report for a visitor."""

from datetime import date

from accounts.models import Team
from centres.models import Centre
from centres.vocabulary import CentreState
from core import audit
from core.work import Work
from geography.places import Point
from geography.vocabulary import Precision
from reporting.answers import Answers, Origin
from reporting.locating import city
from reporting.models import Report
from reporting.receipt import Receipt
from reporting.services import submit_report
from reporting.vocabulary import Channel


def register_centre(work: Work, team: Team, address: str, postcode: str) -> Centre:
    """Make a team a registered centre."""
    spot = _spot_of(postcode)
    centre = Centre(
        id=team.id,
        state=CentreState.ACTIVE,
        name=team.name,
        address=address,
        postcode=postcode,
        lat=spot.lat if spot else None,
        lon=spot.lon if spot else None,
        applied_at=work.now,
    )
    work.session.add(centre)
    audit.record(work, "centre registered", team.id)
    return centre


def _spot_of(postcode: str) -> Point | None:
    """Where a postcode is; None for one that the city's geography does not know."""
    found = city().locate(text=postcode)
    return found[0].point if isinstance(found, list) and found[0].precision is Precision.POSTCODE else None


def log_report(work: Work, centre: Centre, answers: Answers, receipt: Receipt, dated: date | None = None) -> Report:
    """Log a visitor's report through the one door that every report takes; who logged it is on record.

    The visitor's time is kept to the hour, as any reporter's; so the staff member's deed is too. `dated` is the day
    on which the visitor came, where it is keyed later.
    """
    origin = Origin(Channel.CENTRE, centre.id, centre.name, dated)
    report = submit_report(work, answers, origin, receipt)
    audit.record(work.coarsened(), "report logged for a visitor", report.id)
    return report
