"""A place applies, is seen to, approved, joined and agreed; suspended, taken back, let go: each step on record."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from accounts.invitations import InvitationRefused, join
from accounts.models import OpenSession, Team
from accounts.services import AccessEnded, SignedIn, check_password, sign_in
from accounts.vocabulary import Closure
from centres.becoming import (
    ApplicationRefused,
    NameTaken,
    accept_agreement,
    apply_to_become,
    approve,
    change_life,
    change_place,
    invite_lead_again,
    move,
    note_checks,
)
from centres.models import Centre
from centres.queries import PAGE, centres_in, checks_of, count_by_state, steps_of
from centres.rules import AGREEMENT, MoveRefused
from centres.vocabulary import CentreState, Check, Reason
from core.audit import AuditEntry, Chain
from core.sealing import Secret
from core.work import Work
from tests.services.centres.conftest import APPLICATION, named
from tests.services.conftest import Desk

LONG = Secret("a password of some length")
LEAD = "lead@demo.invalid"
S = CentreState


def join_as_lead(work: Work, centre: Centre, coordinator: Work) -> SignedIn:
    """See to everything, approve, and let the lead join."""
    note_checks(coordinator, centre, list(Check))
    made = approve(coordinator, centre)
    assert made is not None
    lead = join(work, made.code, LEAD, LONG)
    work.session.commit()
    work.session.refresh(centre)
    work.session.expire(centre, ["team"])
    return lead


@pytest.fixture
def lead(work: Work, applied: Centre, coordinator: Work) -> SignedIn:
    """The lead of an active centre."""
    signed_in = join_as_lead(work, applied, coordinator)
    accept_agreement(work.acting(signed_in.actor), applied)
    work.session.commit()
    return signed_in


def test_an_application_says_what_was_said(work: Work, applied: Centre) -> None:
    work.session.expire_all()
    kept = work.session.get_one(Centre, applied.id)
    assert (kept.state, kept.place, kept.life) == (S.APPLIED, APPLICATION.place, APPLICATION.life)
    assert (kept.lead_name, kept.lead_email) == ("Demo Lead", LEAD)
    assert kept.lat == pytest.approx(50.9, abs=0.1)
    entry = work.session.scalars(select(AuditEntry).where(AuditEntry.subject == kept.id)).one()
    assert (entry.action, entry.actor_role, entry.chain) == ("centre applied", "applicant", Chain.STAFF)
    assert "Lead" not in str(entry.detail)


def test_sent_twice_it_is_one_and_changed_it_is_told(work: Work, applied: Centre) -> None:
    assert apply_to_become(work, "page one", APPLICATION) is applied
    with pytest.raises(ApplicationRefused, match="sent already"):
        apply_to_become(work, "page one", replace(APPLICATION, life=replace(APPLICATION.life, about="more")))
    assert work.session.scalar(select(func.count()).select_from(Centre)) == 1


@pytest.mark.parametrize("name", ["Demo Kitchen", "DEMO KITCHEN", "triage DESK"])
def test_a_name_that_somebody_has_is_told(work: Work, desk: Desk, applied: Centre, name: str) -> None:
    with pytest.raises(NameTaken):
        apply_to_become(work, "page two", named(name))
    assert work.session.scalar(select(func.count()).select_from(Centre)) == 1


def test_an_id_cannot_be_chosen_from_outside(work: Work, desk: Desk) -> None:
    centre = apply_to_become(work, desk.team.id, APPLICATION)
    assert centre.id != desk.team.id


def test_approved_only_when_everything_was_seen_to(work: Work, applied: Centre, coordinator: Work) -> None:
    note_checks(coordinator, applied, [Check.VISITED, Check.LEAD])
    with pytest.raises(MoveRefused, match="Not seen to yet"):
        approve(coordinator, applied)
    note_checks(coordinator, applied, [Check.VISITED])
    assert set(checks_of(work.session, applied)) == {Check.VISITED}
    assert checks_of(work.session, applied)[Check.VISITED].seen_by == coordinator.actor.id
    note_checks(coordinator, applied, list(Check))
    made = approve(coordinator, applied)
    assert made is not None
    assert applied.state is S.APPROVED
    with pytest.raises(MoveRefused):
        approve(coordinator, applied)


def test_the_lead_founds_the_team_of_the_same_id_and_is_then_known_by_their_account(
    work: Work, applied: Centre, coordinator: Work
) -> None:
    lead = join_as_lead(work, applied, coordinator)
    assert lead.person.team_id == applied.id
    assert lead.person.name == "Demo Lead"
    assert (applied.lead_name, applied.lead_email) == ("", "")
    assert applied.state is S.APPROVED
    with pytest.raises(MoveRefused, match="joined already"):
        invite_lead_again(coordinator, applied)


def test_a_new_code_stops_the_one_before(work: Work, applied: Centre, coordinator: Work) -> None:
    note_checks(coordinator, applied, list(Check))
    first = approve(coordinator, applied)
    assert first is not None
    second = invite_lead_again(coordinator, applied)
    with pytest.raises(InvitationRefused):
        join(work, first.code, LEAD, LONG)
    assert join(work, second.code, LEAD, LONG).person.email == LEAD


def test_only_the_agreement_makes_it_a_centre(work: Work, applied: Centre, coordinator: Work) -> None:
    lead = join_as_lead(work, applied, coordinator)
    with pytest.raises(MoveRefused):
        move(coordinator, applied, S.ACTIVE)
    with pytest.raises(MoveRefused):
        accept_agreement(coordinator, applied)
    accept_agreement(work.acting(lead.actor), applied)
    assert (applied.state, applied.agreement, applied.agreed_at) == (S.ACTIVE, AGREEMENT, work.now)
    applied.agreement = "2020-01"
    with pytest.raises(MoveRefused):
        accept_agreement(coordinator, applied)
    accept_agreement(work.acting(lead.actor), applied)
    assert applied.agreement == AGREEMENT


def test_suspended_its_people_are_out_at_once_and_back_when_it_is_taken_back(
    work: Work, applied: Centre, coordinator: Work, lead: SignedIn
) -> None:
    sign_in(work, lead)
    with pytest.raises(MoveRefused, match="from the list"):
        move(coordinator, applied, S.SUSPENDED)
    move(coordinator, applied, S.SUSPENDED, Reason.CONCERN)
    work.session.commit()
    assert work.session.scalars(select(OpenSession)).all() == []
    assert work.session.get_one(Team, applied.id).closed is Closure.SUSPENDED
    with pytest.raises(AccessEnded, match="Demo Kitchen is suspended"):
        check_password(work, LEAD, LONG)
    move(coordinator, applied, S.ACTIVE)
    assert check_password(work, LEAD, LONG) is not None


def test_a_centre_that_left_comes_back_through_the_same_door(
    work: Work, applied: Centre, coordinator: Work, lead: SignedIn
) -> None:
    move(coordinator, applied, S.LEFT, Reason.OWN_WISH)
    with pytest.raises(AccessEnded, match="no longer works"):
        check_password(work, LEAD, LONG)
    move(coordinator, applied, S.APPLIED)
    with pytest.raises(AccessEnded):
        check_password(work, LEAD, LONG)
    assert approve(coordinator, applied) is None
    back = check_password(work, LEAD, LONG)
    assert back is not None
    accept_agreement(work.acting(back.actor), applied)
    work.session.commit()
    stood = [step.state for step in steps_of(work.session, applied)]
    assert sorted(stood) == sorted([S.APPLIED, S.APPROVED, S.ACTIVE, S.LEFT, S.APPLIED, S.APPROVED, S.ACTIVE])
    by = {step.moved_by for step in steps_of(work.session, applied)}
    assert by == {None, coordinator.actor.id, lead.person.id}


def test_one_that_never_joined_is_let_go_with_its_code(work: Work, applied: Centre, coordinator: Work) -> None:
    note_checks(coordinator, applied, list(Check))
    made = approve(coordinator, applied)
    assert made is not None
    move(coordinator, applied, S.LEFT, Reason.NEVER_JOINED)
    with pytest.raises(InvitationRefused):
        join(work, made.code, LEAD, LONG)


def test_a_rename_goes_with_the_team_and_a_taken_name_does_not(
    work: Work, applied: Centre, coordinator: Work, lead: SignedIn
) -> None:
    apply_to_become(work, "page two", named("Demo Garden"))
    with pytest.raises(NameTaken):
        change_place(coordinator, applied, replace(applied.place, name="demo garden"))
    change_place(coordinator, applied, replace(applied.place, name="Demo Kitchen and Garden", postcode="SO17 2LJ"))
    change_life(coordinator, applied, replace(applied.life, about="", phone=""))
    work.session.commit()
    work.session.expire_all()
    assert work.session.get_one(Team, applied.id).name == "Demo Kitchen and Garden"
    assert (applied.postcode, applied.about, applied.phone) == ("SO17 2LJ", "", "")
    change_place(coordinator, applied, applied.place)


def test_a_flood_stays_in_pages(work: Work) -> None:
    for number in range(PAGE + 1):
        apply_to_become(work, f"page {number}", named(f"Demo Place {number:03}"))
    work.session.commit()
    first, second = (centres_in(work.session, S.APPLIED, number) for number in (1, 2))
    assert (len(first.centres), first.has_next) == (PAGE, True)
    assert (len(second.centres), second.has_next) == (1, False)
    assert not {centre.id for centre in first.centres} & {centre.id for centre in second.centres}
    assert count_by_state(work.session) == {S.APPLIED: PAGE + 1}
