"""Event → handler, and the list of tasks a worker may run. What crosses rooms is joined here and nowhere else."""

from collections.abc import Callable

import accounts.notices
import centres.becoming
import centres.keeping
import reporting.tasks
import trends.keeping
import triage.tasks
from accounts.events import PersonJoined, TeamKeyRenewed
from core.events import Events
from reporting.events import CentreWrote, ConsentChanged, ReportEnds, ReporterWrote, ReportLocated


def connect_events(events: Events) -> None:
    """Let the rooms above hear of what happens in the rooms below."""
    events.connect(PersonJoined, centres.becoming.on_person_joined)
    events.connect(TeamKeyRenewed, centres.keeping.on_team_key_renewed)
    events.connect(ReportLocated, triage.tasks.on_report_located)
    events.connect(ReporterWrote, triage.tasks.on_reporter_wrote)
    events.connect(CentreWrote, triage.tasks.on_centre_wrote)
    events.connect(ReportEnds, trends.keeping.on_report_ends)
    events.connect(ConsentChanged, triage.tasks.on_consent_changed)


def tasks() -> dict[str, Callable[..., None]]:
    """The allow-list: a worker runs these, by name, with ids, and nothing else."""
    return {
        reporting.tasks.LOCATE: reporting.tasks.locate,
        reporting.tasks.PLACE_AGAIN: reporting.tasks.place_again,
        reporting.tasks.PLACE_INTELLIGENCE: reporting.tasks.place_heard,
        triage.tasks.ASSESS: triage.tasks.assess,
        triage.tasks.DELIVER: triage.tasks.deliver,
    }


def errands() -> dict[str, Callable[..., None]]:
    """What leaves the house: letters and deliveries. Each is run alone, outside any transaction."""
    return {accounts.notices.SEND: accounts.notices.send}
