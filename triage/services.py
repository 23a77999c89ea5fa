"""What the desk does with a report besides: open it, write to the reporter, close it; and enrolling agencies."""

from collections.abc import Sequence

from accounts.models import Team
from core import audit
from core.sealing import Secret, SecretKey
from core.work import Work
from reporting.asides import OpenedAside, mark_asides_read, open_asides, write_aside
from reporting.models import Message
from reporting.reading import DESK
from reporting.services import mark_read_by_desk, move_state, write_message
from reporting.vocabulary import AgencyKind, Author, State
from triage import plain_words, queries
from triage.models import Agency, QueueEntry
from triage.moving import desk_name
from triage.packages import Content
from triage.queueing import begin_reading, settle, take
from triage.reading import open_content
from triage.rules import outcome_to_keep, why_not_close
from triage.vocabulary import CalledBack, Outcome, Standing


class CannotClose(ValueError):
    """Why a report cannot be closed, in words for the officer."""


def register_agency(work: Work, team: Team, kind: AgencyKind) -> Agency:
    """Let a team of caseworkers receive referrals, as the kind of agency that consent is given for."""
    agency = Agency(team_id=team.id, team=team, kind=kind)
    work.session.add(agency)
    work.session.flush()
    audit.record(work, "agency registered", team.id, {"kind": kind.value})
    return agency


def open_for_desk(work: Work, entry: QueueEntry, secret: SecretKey) -> Content:
    """Open a whole report as an officer; the opening is recorded."""
    content = open_content(work, entry.report, secret)
    audit.record(work, "report opened", entry.report_id)
    entry.opened_at = entry.opened_at or work.now
    begin_reading(work, entry.report)
    return content


def mark_conversation_read(work: Work, entry: QueueEntry, shown: Sequence[Message]) -> None:
    """The messages that the page shows are read; one that came meanwhile is not."""
    mark_read_by_desk(work, shown)
    if queries.reporter_waits(work.session, entry.report_id):
        return
    entry.called_back = entry.called_back - {CalledBack.REPORTER_WROTE}


def write_to_reporter(work: Work, entry: QueueEntry, words: Secret) -> None:
    """An officer's own words, behind the reporter's code."""
    take(work, entry)
    write_message(work, entry.report, Author.DESK, desk_name(work), words)


def read_asides(work: Work, entry: QueueEntry, secret: SecretKey) -> list[OpenedAside]:
    """The notes with the centre that logged the report; those that the page shows are read."""
    asides = open_asides(work, entry.report, DESK, secret)
    if any(aside.is_new for aside in asides):
        mark_asides_read(work, entry.report, DESK)
        entry.called_back = entry.called_back - {CalledBack.CENTRE_WROTE}
    return asides


def write_to_centre(work: Work, entry: QueueEntry, words: Secret) -> None:
    """A note to the centre that logged the report, which its reporter does not read; NoCentre where none did."""
    write_aside(work, entry.report, Author.DESK, words)


def close_report(work: Work, entry: QueueEntry, outcome: Outcome, words: Secret) -> None:
    """Close a report with an outcome and words to the reporter; CannotClose says why not."""
    take(work, entry)
    held = queries.open_referrals(work.session, entry.report_id)
    unread = queries.reporter_waits(work.session, entry.report_id)
    obstacle = why_not_close(entry.level_in_force, entry.opened_at is not None, len(held), unread)
    if obstacle:
        raise CannotClose(obstacle)
    report = entry.report
    report.facts.outcome = outcome_to_keep(report.facts.outcome, outcome)
    move_state(work, report, State.CLOSED)
    write_message(work, report, Author.DESK, desk_name(work), Secret(plain_words.closed(words.reveal())))
    entry.called_back = frozenset()
    entry.due_at = entry.closed_at = work.now
    settle(entry, Standing.CLOSED)
    audit.record(work, "report closed", report.id, {"outcome": outcome.value})
