"""A report's way over the queue: placed on it, taken, given back, called back, settled with agencies."""

from sqlalchemy import or_, update

from accounts.queries import names_of_people
from core import audit
from core.work import Work
from core.working_time import DeskHours
from reporting.models import Report
from reporting.services import move_state
from reporting.vocabulary import State
from triage import clocks, queries
from triage.models import QueueEntry
from triage.rules import ON_DESK, RANKS, at_rest, turn_of
from triage.scoring import RULES_VERSION, Assessment
from triage.vocabulary import CalledBack, Standing


class AlreadyTaken(ValueError):
    """Somebody else works on this report; the message says who."""


class NotOnDesk(ValueError):
    """The report is closed: there is nothing to work on."""


def desk_hours(work: Work) -> DeskHours:
    """The hours of this installation's desk."""
    return DeskHours.of(work.harbour.settings)


def place_on_queue(work: Work, report: Report, assessment: Assessment) -> QueueEntry:
    """Put a report on the queue, or renew its score where it stands."""
    entry = queries.entry(work.session, report.id)
    if entry is None:
        waits = queries.reporter_waits(work.session, report.id)
        entry = QueueEntry(
            report_id=report.id,
            report=report,
            received_at=report.received_at,
            clock_from=report.received_at,
            called_back=frozenset({CalledBack.REPORTER_WROTE} if waits else ()),
            standing=Standing.WAITING,
        )
        work.session.add(entry)
    entry.level, entry.score = assessment.level, assessment.score
    entry.reasons, entry.rules_version = list(assessment.reasons), RULES_VERSION
    if not entry.called_back or entry.due_at is None:
        entry.due_at = clocks.seen_by(entry.level_in_force, report.received_at, desk_hours(work))
    settle(entry, entry.standing)
    return entry


def take(work: Work, entry: QueueEntry, *, over: bool = False) -> None:
    """Work on a report. AlreadyTaken when another officer does, unless it is taken `over` on purpose."""
    _hold(work, entry)
    if entry.standing is Standing.CLOSED:
        raise NotOnDesk("This report is closed.")
    free = (QueueEntry.taken_by.is_(None), QueueEntry.taken_by == work.actor.id)
    wanted = update(QueueEntry).where(QueueEntry.report_id == entry.report_id)
    wanted = wanted if over else wanted.where(or_(*free))
    changed = work.session.execute(wanted.values(taken_by=work.actor.id).execution_options(synchronize_session=False))
    before = entry.taken_by
    work.session.refresh(entry, ["taken_by"])
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise AlreadyTaken(_whose(work, entry))
    settle(entry, Standing.TAKEN)
    if before != work.actor.id:
        entry.taken_at = work.now
        audit.record(work, "report taken", entry.report_id)
    begin_reading(work, entry.report)


def give_back(work: Work, entry: QueueEntry) -> None:
    """Stop working on a report: back to the queue, or to wait for the agencies that have it."""
    if entry.taken_by != work.actor.id:
        raise AlreadyTaken(_whose(work, entry))
    rest(work, entry)
    audit.record(work, "report given back", entry.report_id)


def rest(work: Work, entry: QueueEntry) -> None:
    """Nobody works on it any more: it waits here, or with the agencies that have it."""
    held = queries.open_referrals(work.session, entry.report_id)
    settle(entry, at_rest(len(held), entry.called_back))
    if entry.standing is Standing.REFERRED:
        follow_agencies(work, entry)


def call_back(work: Work, report_id: str, why: CalledBack) -> None:
    """Bring a report back in sight, on a fresh clock; nothing to do for one that was not queued yet."""
    entry = queries.entry(work.session, report_id)
    if entry is None:
        return
    _hold(work, entry)
    was_closed = entry.standing is Standing.CLOSED
    entry.called_back = entry.called_back | {why}
    entry.clock_from = work.now
    entry.due_at = clocks.seen_by(entry.level_in_force, work.now, desk_hours(work))
    settle(entry, entry.standing if entry.standing in ON_DESK else Standing.WAITING)
    audit.record(work, "report called back", report_id, {"why": why.value})
    if was_closed or not queries.open_referrals(work.session, report_id):
        _read_again(work, entry.report)


def follow_agencies(work: Work, entry: QueueEntry) -> None:
    """Let the clock of a report that waits for agencies be the first of theirs to run out."""
    clock = [held.due_at for held in queries.open_referrals(work.session, entry.report_id) if held.due_at]
    if entry.standing is Standing.REFERRED and clock:
        entry.due_at = min(clock)


def settle(entry: QueueEntry, standing: Standing) -> None:
    """Give an entry its standing, and the columns that order the queue."""
    entry.standing = standing
    entry.on_desk = standing in ON_DESK
    entry.rank = RANKS[entry.level_in_force]
    entry.turn = turn_of(entry.called_back)
    if standing is not Standing.CLOSED:
        entry.closed_at = None
    if standing is not Standing.TAKEN:
        entry.taken_by = entry.taken_at = None


def begin_reading(work: Work, report: Report) -> None:
    """Tell the reporter that somebody reads, the first time somebody does."""
    if report.state is State.RECEIVED:
        move_state(work, report, State.BEING_READ)


def _hold(work: Work, entry: QueueEntry) -> None:
    """See where the entry stands now, and let nobody move it before this transaction has ended."""
    work.session.flush()
    moving = ["standing", "called_back", "due_at", "clock_from", "level", "officer_level", "taken_by", "taken_at"]
    work.session.refresh(entry, moving, with_for_update={"of": QueueEntry})


def _read_again(work: Work, report: Report) -> None:
    if report.state in {State.REFERRED, State.CLOSED}:
        move_state(work, report, State.BEING_READ)


def _whose(work: Work, entry: QueueEntry) -> str:
    name = names_of_people(work.session, [entry.taken_by or ""]).get(entry.taken_by or "")
    if name is None:
        return "You have not taken this report. Take it first."
    return f"{name} is working on this report. Talk to them, or take it over."
