"""A library with a report and everything that is kept beside it for a time."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from centres.keeping import finish_call_back, keep_note, promise_call_back
from centres.models import Centre
from centres.services import log_report
from centres.visit_models import CentreNote, Reminder
from centres.vocabulary import NoteKind
from core.audit import AuditEntry
from core.clock import floor_hour
from core.retention import GONE
from core.sealing import Secret, SecretKey
from core.work import Actor, Work
from reporting.asides import write_aside
from reporting.models import Aside, Report
from reporting.receipt import Receipt
from reporting.vocabulary import Author, State
from tests.services.centres.test_logging import ANSWERS, new_centre

BESIDE = (CentreNote, Aside, Reminder)


@dataclass(frozen=True, slots=True)
class Library:
    """A centre, its key, somebody of it, and a report that it logged."""

    centre: Centre
    secret: SecretKey
    actor: Actor
    report: Report


def library_with_report(work: Work, receipt: Receipt) -> Library:
    """A report with a note of every kind, notes with the desk, a call-back done and one not; committed."""
    centre, secret, actor = new_centre(work, "library")
    mine = work.acting(actor)
    report = log_report(mine, centre, ANSWERS, receipt)
    for kind in NoteKind:
        keep_note(mine, centre, report, kind, Secret(f"canary {kind.value}"), secret)
    for author in (Author.CENTRE, Author.DESK):
        write_aside(mine, report, author, Secret("canary between them"))
    for _ in range(2):
        reminder = promise_call_back(
            mine, centre, report, work.now + timedelta(days=1), actor.id or "", Secret("canary of the call")
        )
    finish_call_back(mine, reminder)
    promise_call_back(mine, centre, report, work.now + timedelta(days=2), actor.id or "", Secret(""))
    work.session.commit()
    assert reminder.done_at == floor_hour(work.now)
    return Library(centre, secret, actor, report)


def close(work: Work, report: Report) -> None:
    """The case is closed."""
    report.state = State.CLOSED
    work.session.commit()


def slots_beside(work: Work) -> list[str]:
    """The erasure slots of everything beside reports."""
    found = [slot for table in BESIDE for slot in work.session.scalars(select(table.erasure_slot)) if slot]
    work.session.rollback()
    return found


def rows(work: Work, table: type) -> int:
    """How many rows a table has."""
    found = work.session.scalar(select(func.count()).select_from(table)) or 0
    work.session.rollback()
    return found


def counted(work: Work) -> dict[str, int]:
    """What the trail says was destroyed in its time, by kind, over all batches."""
    totals: dict[str, int] = {}
    for entry in work.session.scalars(select(AuditEntry).where(AuditEntry.action == GONE)):
        assert set(entry.detail) == {"what", "how many"}
        assert entry.subject is None
        totals[entry.detail["what"]] = totals.get(entry.detail["what"], 0) + int(entry.detail["how many"])
    work.session.rollback()
    return totals
