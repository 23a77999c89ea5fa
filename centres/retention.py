"""What a centre keeps only for its time, and how it ends. The rules are in `ending`; here they are asked of tables.

What is kept beside a report never goes before its case is closed. An envelope goes with its report, by the database.
"""

from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from centres.models import Centre, CentreStep, IntakeSent
from centres.visit_models import CentreNote, Reminder, Visit
from centres.vocabulary import CentreState
from core.clock import local_day
from core.retention import Kind, delete_row
from core.work import Work
from reporting.models import Report
from reporting.retention import at_rest

S = CentreState


def _notes_over(work: Work) -> Select[Any]:
    today = local_day(work.now, work.harbour.settings.desk_time_zone)
    found = select(CentreNote).join(Report).where(CentreNote.keep_until <= today, at_rest())
    return found.order_by(CentreNote.keep_until, CentreNote.id)


def _call_backs_over(work: Work) -> Select[Any]:
    keep = work.harbour.settings.keep
    done = Reminder.done_at <= work.now - keep.of("call_backs_done")
    missed = and_(Reminder.done_at.is_(None), Reminder.due_at <= work.now - keep.of("call_backs_missed"))
    return select(Reminder).join(Report).where(or_(done, missed), at_rest()).order_by(Reminder.due_at, Reminder.id)


def _contacts_over(work: Work) -> Select[Any]:
    """Once its lead has joined nothing is kept here: a place with people is never found."""
    keep = work.harbour.settings.keep
    step = select(func.max(CentreStep.moved_at)).where(CentreStep.centre_id == Centre.id).correlate(Centre)
    moved_at, named_at = func.coalesce(step.scalar_subquery(), Centre.applied_at), Centre.lead_named_at
    spans = {"contacts_waiting": (S.APPLIED,), "contacts_ended": (S.DECLINED, S.LEFT, S.APPROVED)}
    over = []
    for name, states in spans.items():
        last = work.now - keep.of(name)
        over.append(and_(Centre.state.in_(states), moved_at <= last, or_(named_at.is_(None), named_at <= last)))
    known = or_(Centre.lead_name != "", Centre.lead_email != "")
    return select(Centre).where(known, or_(*over)).order_by(Centre.applied_at, Centre.id)


def _forget_contact(work: Work, centre: Centre) -> None:
    """Whom to ask, and the telephone, which no page showed: the place itself stays in the list of who asked."""
    centre.lead_name = centre.lead_email = centre.phone = ""


def _sent_keys_over(work: Work) -> Select[Any]:
    last = work.now - work.harbour.settings.keep.of("sent_keys")
    return select(IntakeSent).join(Report).where(Report.received_at <= last).order_by(IntakeSent.lookup)


def _visits_over(work: Work) -> Select[Any]:
    return select(Visit).where(Visit.ends_at <= work.now).order_by(Visit.ends_at)


KEPT = (
    Kind("centre notes", _notes_over, delete_row),
    Kind("call-backs", _call_backs_over, delete_row),
    Kind("contacts of applications", _contacts_over, _forget_contact),
    Kind("keys of sent documents", _sent_keys_over, delete_row),
    Kind("saved visits", _visits_over, delete_row),
)
"""What this room keeps for a time."""
