"""A centre's people: their training, and the end of their access."""

from datetime import date

from sqlalchemy import select

from accounts.invitations import revoke_all
from accounts.models import Person
from accounts.services import end_access, hold_team
from accounts.vocabulary import TEAM_OF_ROLE, Role, TeamKind
from centres import queries
from centres.leading import ROLE_CHANGED
from centres.models import Training
from centres.permission import today
from centres.standing import MONTHS, REQUIRED, expiry_of
from centres.vocabulary import Course
from core import audit
from core.ids import new_id
from core.work import Work

LAST_LEAD = "A centre needs a lead, and {name} is the only one. Invite another lead first."
ALREADY_SO = "{name} is that already."
NOT_YOUR_OWN = "Nobody records their own training. Ask another lead of your centre, or the Network coordinator."
AHEAD = "Enter a day that is not in the future."


class StaffingRefused(ValueError):
    """Why something cannot be done with a centre's person, in words."""


def record_training(
    work: Work, person: Person, course: Course = REQUIRED, completed_on: date | None = None, months: int | None = None
) -> Training:
    """Note a completed course, by default one of today; noted twice it is one. StaffingRefused says why not."""
    day = completed_on or today(work)
    if work.actor.id == person.id:
        raise StaffingRefused(NOT_YOUR_OWN)
    _hold(work, person)
    if person.left_at is not None:
        raise StaffingRefused(f"{person.name} has no access any more.")
    if day > today(work):
        raise StaffingRefused(AHEAD)
    training = queries.same_training(work.session, person.id, course, day)
    if training is None:
        training = Training(id=new_id(), person_id=person.id, course=course, completed_on=day)
        work.session.add(training)
    training.expires_on = expiry_of(day, months or MONTHS[course])
    training.recorded_at, training.recorded_by = work.now, work.actor.id
    work.session.flush()
    audit.record(work, "training recorded", person.id, {"course": course.value, "until": str(training.expires_on)})
    return training


def remove_training(work: Work, training: Training) -> None:
    """Take back a course that was recorded by mistake; taken back twice it is gone once."""
    if work.actor.id == training.person_id:
        raise StaffingRefused(NOT_YOUR_OWN)
    _hold(work, work.session.get_one(Person, training.person_id))
    if work.session.get(Training, training.id, populate_existing=True) is None:
        return
    work.session.delete(training)
    work.session.flush()
    audit.record(work, "training taken back", training.person_id, {"course": training.course.value})


def end_colleague(work: Work, person: Person) -> None:
    """End somebody's access at once, and take back what they invited; not the last lead's."""
    _hold(work, person)
    if person.left_at is not None:
        raise StaffingRefused(f"{person.name} has no access already.")
    if person.role is Role.CENTRE_LEAD and not _has_another_lead(work, person):
        raise StaffingRefused(LAST_LEAD.format(name=person.name))
    end_access(work, person)
    revoke_all(work, invited_by=person.id)
    revoke_all(work, person_id=person.id)


def change_role(work: Work, person: Person, role: Role) -> None:
    """Make staff a lead, or a lead staff, at once; never the last lead. StaffingRefused says why not."""
    if TEAM_OF_ROLE[role] is not TeamKind.CENTRE:
        raise StaffingRefused("That is not a role of a centre.")
    _hold(work, person)
    if person.left_at is not None:
        raise StaffingRefused(f"{person.name} has no access any more.")
    if person.role is role:
        raise StaffingRefused(ALREADY_SO.format(name=person.name))
    if role is Role.CENTRE_STAFF and not _has_another_lead(work, person):
        raise StaffingRefused(LAST_LEAD.format(name=person.name))
    before, person.role = person.role, role
    if role is Role.CENTRE_STAFF:
        revoke_all(work, invited_by=person.id)
    # A way back that was made before brings them back as what they are now.
    audit.record(work, ROLE_CHANGED, person.id, {"from": before.value, "to": role.value})
    work.session.flush()


def _hold(work: Work, person: Person) -> None:
    """One at a time: two leads must not end one another, or step down, in the same moment."""
    hold_team(work, person.team_id)
    work.session.refresh(person)


def _has_another_lead(work: Work, person: Person) -> bool:
    others = select(Person.id).where(
        Person.team_id == person.team_id,
        Person.role == Role.CENTRE_LEAD,
        Person.left_at.is_(None),
        Person.id != person.id,
    )
    return work.session.scalar(others.limit(1)) is not None
