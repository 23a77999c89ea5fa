"""What a centre keeps for its visitors: notes sealed to its own people, and call-backs that were promised."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from accounts.events import TeamKeyRenewed
from accounts.queries import team
from centres.ending import call_back_ends
from centres.models import Centre
from centres.visit_models import CentreNote, Reminder
from centres.visit_rules import obstacle_to_call_back
from centres.vocabulary import NoteKind
from core import audit
from core.clock import floor_hour, local_day
from core.condemned import condemn
from core.ids import new_id
from core.sealing import PublicKey, Sealed, Secret, SecretKey, seal
from core.work import Work
from reporting.models import Report
from reporting.reading import CENTRE, key_beside


class CallBackRefused(ValueError):
    """Why a call-back cannot be promised, in words."""


@dataclass(frozen=True, slots=True, repr=False)
class OpenedNote:
    """A centre's note, opened by one of its people."""

    kind: NoteKind
    words: Secret
    written_at: datetime
    written_by: str
    keep_until: date


@dataclass(frozen=True, slots=True, repr=False)
class OpenedReminder:
    """A promised call-back, opened by one of the centre's people. `ends_at` is told once it is done."""

    id: str
    due_at: datetime
    person_id: str
    words: Secret
    done_at: datetime | None
    ends_at: datetime | None


def keep_note(
    work: Work, centre: Centre, report: Report, kind: NoteKind, words: Secret, secret: SecretKey
) -> CentreNote | None:
    """Seal a note to the centre's people; None when it is empty, or when the very same stands there already."""
    if not words or any(
        note.kind is kind and note.words.reveal() == words.reveal() for note in open_notes(work, report, secret)
    ):
        return None
    note_id, (slot, _) = new_id(), work.harbour.erasure.take()
    note = CentreNote(
        id=note_id,
        report_id=report.id,
        centre_id=centre.id,
        kind=kind,
        sealed=_sealed_to(work, centre, report, words, slot, _note_context(note_id)),
        erasure_slot=slot,
        written_at=floor_hour(work.now),
        written_by=work.actor.id or "",
        keep_until=local_day(work.now, work.harbour.settings.desk_time_zone)
        + work.harbour.settings.keep.of("centre_notes"),
    )
    work.session.add(note)
    work.session.flush()
    audit.record(work.coarsened(), "centre note kept", report.id, {"kind": kind.value})
    return note


def open_notes(work: Work, report: Report, secret: SecretKey) -> list[OpenedNote]:
    """A centre's notes beside a report, the latest first; SealBroken for anybody else's key."""
    found = select(CentreNote).where(CentreNote.report_id == report.id, CentreNote.centre_id == report.centre_id)
    notes = work.session.scalars(found.order_by(CentreNote.written_at.desc(), CentreNote.id))
    return [
        OpenedNote(
            note.kind,
            _opened(work, report, note, secret, _note_context(note.id)),
            note.written_at,
            note.written_by,
            note.keep_until,
        )
        for note in notes
    ]


def promise_call_back(
    work: Work, centre: Centre, report: Report, due_at: datetime, person_id: str, words: Secret
) -> Reminder:
    """Note a promised call-back, to the hour, with words sealed to the centre where there are any.

    CallBackRefused for a time that has passed, or lies too far ahead.
    """
    obstacle = obstacle_to_call_back(due_at, work.now)
    if obstacle:
        raise CallBackRefused(obstacle)
    reminder_id = new_id()
    slot = work.harbour.erasure.take()[0] if words else None
    sealed = _sealed_to(work, centre, report, words, slot, _reminder_context(reminder_id)) if words else None
    reminder = Reminder(
        id=reminder_id,
        report_id=report.id,
        centre_id=centre.id,
        person_id=person_id,
        due_at=floor_hour(due_at),
        sealed=sealed,
        erasure_slot=slot,
    )
    work.session.add(reminder)
    work.session.flush()
    audit.record(work.coarsened(), "call-back promised", report.id)
    return reminder


def finish_call_back(work: Work, reminder: Reminder) -> None:
    """The promise was kept; done twice is done once."""
    if reminder.done_at is None:
        reminder.done_at, reminder.done_by = floor_hour(work.now), work.actor.id
        work.session.flush()
        audit.record(work.coarsened(), "call-back done", reminder.report_id)


def open_reminders(work: Work, report: Report, secret: SecretKey) -> list[OpenedReminder]:
    """The call-backs promised for a report, the next one first."""
    found = select(Reminder).where(Reminder.report_id == report.id, Reminder.centre_id == report.centre_id)
    return [
        OpenedReminder(
            each.id,
            each.due_at,
            each.person_id,
            _opened(work, report, each, secret, _reminder_context(each.id)),
            each.done_at,
            call_back_ends(each.due_at, each.done_at, work.harbour.settings.keep) if each.done_at else None,
        )
        for each in work.session.scalars(found.order_by(Reminder.due_at, Reminder.id))
    ]


def count_sealed_to(session: Session, centre: Centre) -> tuple[int, int]:
    """How many notes, and how many call-backs with words, only this centre's key opens."""
    notes = select(func.count()).where(CentreNote.centre_id == centre.id)
    words = select(func.count()).where(Reminder.centre_id == centre.id, Reminder.sealed.is_not(None))
    return session.scalar(notes) or 0, session.scalar(words) or 0


def on_team_key_renewed(work: Work, event: TeamKeyRenewed) -> None:
    """Nobody can open what was sealed to the key before: notes go, and call-backs keep their day and no words."""
    centre = work.session.get(Centre, event.team_id)
    if centre is None:
        return
    notes, words = count_sealed_to(work.session, centre)
    _condemn_keys(work, centre)
    work.session.execute(delete(CentreNote).where(CentreNote.centre_id == centre.id))
    work.session.execute(update(Reminder).where(Reminder.centre_id == centre.id).values(sealed=None, erasure_slot=None))
    audit.record(work, "centre notes lost with their key", centre.id, {"notes": str(notes), "call-backs": str(words)})


def _condemn_keys(work: Work, centre: Centre) -> None:
    """What was sealed to the centre opens from no backup either."""
    for kept in (CentreNote, Reminder):
        condemn(work, work.session.scalars(select(kept.erasure_slot).where(kept.centre_id == centre.id)))


def _sealed_to(work: Work, centre: Centre, report: Report, words: Secret, slot: str | None, context: str) -> Sealed:
    people = team(work.session, centre.id)
    if people is None:
        raise LookupError("A centre without people keeps no notes.")
    erasure_key = key_beside(work, report, slot)
    return seal({"words": words}, {CENTRE: PublicKey(people.public_key)}, erasure_key, context)


def _opened(work: Work, report: Report, kept: CentreNote | Reminder, secret: SecretKey, context: str) -> Secret:
    """The words of a note or a call-back; empty where it has none."""
    if kept.sealed is None:
        return Secret("")
    erasure_key = key_beside(work, report, kept.erasure_slot)
    return kept.sealed.open("words", kept.sealed.content_key(CENTRE, secret, erasure_key, context), context)


def _note_context(note_id: str) -> str:
    return f"centre note/{note_id}"


def _reminder_context(reminder_id: str) -> str:
    return f"reminder/{reminder_id}"
