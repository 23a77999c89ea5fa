"""Registering a centre, and logging a report for a visitor."""

from accounts.models import Team
from centres.models import Centre, CentreStep
from centres.permission import check_may_log
from centres.premises import find_postcode
from centres.vocabulary import CentreState
from core import audit
from core.ids import new_id
from core.work import Work
from geography.places import Point
from reporting.answers import Answers, Origin
from reporting.models import Report
from reporting.receipt import Receipt
from reporting.services import submit_report
from reporting.taking import Taken, note_taking
from reporting.vocabulary import Channel


def register_centre(work: Work, team: Team, address: str, postcode: str) -> Centre:
    """Make a team a registered centre, without an application: whoever runs the installation vouches for it."""
    spot = find_postcode(postcode)
    centre = Centre(
        id=team.id,
        state=CentreState.ACTIVE,
        name=team.name,
        address=address,
        postcode=postcode,
        lat=spot.lat if isinstance(spot, Point) else None,
        lon=spot.lon if isinstance(spot, Point) else None,
        applied_at=work.now,
    )
    work.session.add(centre)
    work.session.flush()
    work.session.add(
        CentreStep(id=new_id(), centre_id=centre.id, state=centre.state, moved_at=work.now, moved_by=work.actor.id)
    )
    audit.record(work, "centre registered", team.id)
    return centre


def log_report(work: Work, centre: Centre, answers: Answers, receipt: Receipt, taken: Taken | None = None) -> Report:
    """Log a visitor's report through the one door that every report takes; who logged it is on record.

    The visitor's time is kept to the hour, as any reporter's; so the staff member's deed is too. LoggingRefused unless
    the centre is active and whoever logs is trained, whatever their page said when they opened it.
    """
    check_may_log(work, centre, held=True)
    origin = Origin(Channel.CENTRE, centre.id, centre.name, taken.dated if taken else None)
    report = submit_report(work, answers, origin, receipt)
    if taken is not None:
        note_taking(work, report, taken)
    audit.record(work.coarsened(), "report logged for a visitor", report.id)
    return report
