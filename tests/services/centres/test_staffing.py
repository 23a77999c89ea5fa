"""A centre's people: trained by somebody else's record, gone at once when they leave, never without a lead."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.invitations import invite, join
from accounts.models import Person, Team
from accounts.services import SignedIn, enrol, found_team
from accounts.vocabulary import Role, TeamKind
from centres.models import Training
from centres.permission import standing_of, today
from centres.queries import same_training, training_of, trainings_of, trainings_of_team
from centres.services import register_centre
from centres.staffing import StaffingRefused, change_role, end_colleague, record_training, remove_training
from centres.standing import GRACE
from centres.vocabulary import Course, Readiness
from core.audit import AuditEntry
from core.sealing import Secret
from core.work import Work, begin_work, harbour
from tests.services.conftest import Watch

LONG = Secret("a password of some length")


@pytest.fixture
def lead(work: Work) -> SignedIn:
    """The lead of a centre."""
    team, secret = found_team(work, TeamKind.CENTRE, "Demo Library")
    person = enrol(work, team, secret, Role.CENTRE_LEAD, "Demo Lead", "lead@demo.invalid", LONG)
    register_centre(work, team, "1 Demo Street", "SO14 7LY")
    work.session.commit()
    return SignedIn(person, secret)


def newcomer(work: Work, lead: SignedIn, name: str, role: Role = Role.CENTRE_STAFF) -> Person:
    """Invited by the lead, and joined."""
    made = invite(work.acting(lead.actor), lead.person.team, lead.team_secret, role, name)
    joined = join(work, made.code, f"{name.lower()}@demo.invalid", LONG)
    assert joined.team_secret == lead.team_secret
    work.session.commit()
    return joined.person


def test_a_newcomer_may_log_once_somebody_else_recorded_it(work: Work, lead: SignedIn) -> None:
    person = newcomer(work, lead, "Staff")
    assert standing_of(work, person).readiness is Readiness.NEVER
    with pytest.raises(StaffingRefused, match="their own training"):
        record_training(work.acting(lead.actor), lead.person)
    record_training(work.acting(lead.actor), person)
    assert standing_of(work, person).may_log
    assert not standing_of(work, lead.person).may_log
    entry = work.session.scalars(select(AuditEntry).where(AuditEntry.action == "training recorded")).one()
    assert (entry.subject, entry.actor_id, entry.detail["course"]) == (person.id, lead.person.id, "reporting")


def test_recorded_twice_it_is_one_with_the_later_word(work: Work, lead: SignedIn) -> None:
    person = newcomer(work, lead, "Staff")
    for months in (24, 6):
        record_training(work, person, Course.REPORTING, today(work), months)
    [training] = trainings_of(work.session, person.id)
    assert (training.expires_on - training.completed_on).days in range(180, 185)
    assert same_training(work.session, person.id, Course.TRAUMA, today(work)) is None


def test_a_day_ahead_is_told(work: Work, lead: SignedIn) -> None:
    person = newcomer(work, lead, "Staff")
    with pytest.raises(StaffingRefused, match="not in the future"):
        record_training(work, person, completed_on=today(work) + timedelta(days=1))
    assert trainings_of(work.session, person.id) == []


def test_it_runs_out_after_its_grace_and_a_new_course_brings_it_back(work: Work, lead: SignedIn, watch: Watch) -> None:
    person = newcomer(work, lead, "Staff")
    training = record_training(work, person, months=1)
    work.session.commit()
    watch.now += training.expires_on + GRACE - today(work)
    later = begin_work(harbour(), work.session, work.actor)
    assert standing_of(later, person).readiness is Readiness.LAPSED
    record_training(later, person)
    assert standing_of(later, person).readiness is Readiness.GOOD


def test_a_mistake_is_taken_back(work: Work, lead: SignedIn) -> None:
    person, other = newcomer(work, lead, "Staff"), newcomer(work, lead, "Other")
    training = record_training(work, person)
    work.session.commit()
    assert training_of(work.session, other.id, training.id) is None
    assert training_of(work.session, person.id, training.id) is training
    remove_training(work, training)
    work.session.commit()
    assert list(work.session.scalars(select(Training))) == []
    assert trainings_of_team(work.session, lead.person.team_id) == {}


def test_who_leaves_has_no_access_and_the_last_lead_stays(work: Work, lead: SignedIn) -> None:
    second = newcomer(work, lead, "Second", Role.CENTRE_LEAD)
    staff = newcomer(work, lead, "Staff")
    acting = work.acting(lead.actor)
    end_colleague(acting, staff)
    assert staff.left_at == work.now
    with pytest.raises(StaffingRefused, match="no access already"):
        end_colleague(acting, staff)
    with pytest.raises(StaffingRefused, match="no access any more"):
        record_training(acting, staff)
    end_colleague(acting, lead.person)
    with pytest.raises(StaffingRefused, match="Invite another lead first"):
        end_colleague(acting, second)
    assert second.left_at is None
    names = work.session.scalars(select(Person.name).where(Person.team_id == lead.person.team_id))
    assert sorted(names) == ["Demo Lead", "Second", "Staff"]


def test_another_centres_lead_does_not_count(work: Work, lead: SignedIn) -> None:
    team, secret = found_team(work, TeamKind.CENTRE, "Demo Mosque")
    enrol(work, team, secret, Role.CENTRE_LEAD, "Other Lead", "other@demo.invalid", LONG)
    work.session.flush()
    with pytest.raises(StaffingRefused):
        end_colleague(work, lead.person)
    assert work.session.get_one(Team, team.id).closed is None


def test_staff_become_lead_and_a_lead_staff_but_never_the_last(work: Work, lead: SignedIn) -> None:
    staff, acting = newcomer(work, lead, "Staff"), work.acting(lead.actor)
    with pytest.raises(StaffingRefused, match="only one"):
        change_role(acting, lead.person, Role.CENTRE_STAFF)
    with pytest.raises(StaffingRefused, match="already"):
        change_role(acting, staff, Role.CENTRE_STAFF)
    with pytest.raises(StaffingRefused, match="not a role"):
        change_role(acting, staff, Role.OFFICER)
    change_role(acting, staff, Role.CENTRE_LEAD)
    made = invite(acting, lead.person.team, lead.team_secret, Role.CENTRE_STAFF, "Asked by one who steps down")
    change_role(acting, lead.person, Role.CENTRE_STAFF)
    assert (staff.role, lead.person.role) == (Role.CENTRE_LEAD, Role.CENTRE_STAFF)
    assert made.invitation.revoked_at is not None
    entries = work.session.scalars(select(AuditEntry).where(AuditEntry.action == "role changed"))
    assert {(entry.subject, entry.detail["from"], entry.detail["to"]) for entry in entries} == {
        (staff.id, "centre staff", "centre lead"),
        (lead.person.id, "centre lead", "centre staff"),
    }
    end_colleague(acting, lead.person)
    with pytest.raises(StaffingRefused, match="no access any more"):
        change_role(acting, lead.person, Role.CENTRE_LEAD)
