"""Invitations in the same moment: used and taken back, by whoever leaves, under a new key, with one address."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.invitations import InvitationRefused, invite, invite_back_anew, join, revoke
from accounts.models import Invitation, Person
from accounts.services import EnrolmentRefused, SignedIn, enrol, found_team
from accounts.vocabulary import Role, TeamKind
from centres.staffing import change_role, end_colleague
from core.work import SYSTEM, Work
from tests.services.centres.conftest import LONG
from tests.stack.racing import pressed_meanwhile, row


def test_an_invitation_taken_back_while_it_is_typed_is_not_used(
    installed: Flask, leading: Work, lead: SignedIn
) -> None:
    made = invite(leading, lead.person.team, lead.team_secret, Role.CENTRE_STAFF, "Demo Newcomer")
    leading.session.commit()

    def use(work: Work, _: Invitation) -> str:
        with pytest.raises(InvitationRefused) as refused:
            join(work, made.code, "new@demo.invalid", LONG)
        return str(refused.value)

    look = row(Invitation, made.invitation.id)
    words = pressed_meanwhile(installed, leading, lambda: revoke(leading, made.invitation), SYSTEM, look, use)
    assert "taken back" in words
    assert made.invitation.used_at is None


def test_an_invitation_used_while_it_is_taken_back_stays_used(
    installed: Flask, work: Work, leading: Work, lead: SignedIn
) -> None:
    made = invite(leading, lead.person.team, lead.team_secret, Role.CENTRE_STAFF, "Demo Newcomer")
    leading.session.commit()
    done = pressed_meanwhile(
        installed,
        work,
        lambda: join(work, made.code, "new@demo.invalid", LONG),
        lead.actor,
        row(Invitation, made.invitation.id),
        revoke,
    )
    assert not done
    work.session.refresh(made.invitation)
    assert made.invitation.revoked_at is None


def test_who_invited_leaves_while_their_code_is_typed(
    installed: Flask, leading: Work, lead: SignedIn, staff: Person
) -> None:
    change_role(leading, staff, Role.CENTRE_LEAD)
    theirs = leading.acting(SignedIn(staff, lead.team_secret).actor)
    made = invite(theirs, staff.team, lead.team_secret, Role.CENTRE_LEAD, "Demo Friend")
    leading.session.commit()

    def use(work: Work, _: Invitation) -> bool:
        with pytest.raises(InvitationRefused, match="taken back"):
            join(work, made.code, "friend@demo.invalid", LONG)
        return True

    assert pressed_meanwhile(
        installed, leading, lambda: end_colleague(leading, staff), SYSTEM, row(Invitation, made.invitation.id), use
    )


def test_a_lead_who_is_out_in_this_moment_invites_nobody(
    installed: Flask, leading: Work, lead: SignedIn, staff: Person
) -> None:
    change_role(leading, staff, Role.CENTRE_LEAD)
    leading.session.commit()

    def still_invite(work: Work, person: Person) -> bool:
        with pytest.raises(EnrolmentRefused, match="any more"):
            invite(work, person.team, lead.team_secret, Role.CENTRE_LEAD, "Demo Friend")
        return True

    actor = SignedIn(staff, lead.team_secret).actor
    assert pressed_meanwhile(
        installed,
        leading,
        lambda: change_role(leading, staff, Role.CENTRE_STAFF),
        actor,
        row(Person, staff.id),
        still_invite,
    )
    assert leading.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_a_new_key_and_a_colleagues_joining_do_not_wait_for_one_another(
    installed: Flask, work: Work, leading: Work, lead: SignedIn
) -> None:
    anew = invite_back_anew(work, lead.person)
    made = invite(leading, lead.person.team, lead.team_secret, Role.CENTRE_STAFF, "Demo Newcomer")
    leading.session.commit()

    def use(second: Work, _: Invitation) -> bool:
        with pytest.raises(InvitationRefused):
            join(second, made.code, "new@demo.invalid", LONG)
        return True

    assert pressed_meanwhile(
        installed,
        work,
        lambda: join(work, anew.code, lead.person.email, LONG),
        SYSTEM,
        row(Invitation, made.invitation.id),
        use,
    )


def test_two_who_take_one_address_in_the_same_moment(installed: Flask, work: Work, lead: SignedIn) -> None:
    other, secret = found_team(work, TeamKind.CENTRE, "Demo Mosque")
    work.session.commit()

    def also(second: Work, _: None) -> bool:
        with pytest.raises(EnrolmentRefused, match="enrolled with same"):
            enrol(second, second.session.merge(other), secret, Role.CENTRE_LEAD, "Two", "same@demo.invalid", LONG)
        return True

    def enrolled() -> None:
        enrol(work, lead.person.team, lead.team_secret, Role.CENTRE_STAFF, "One", "same@demo.invalid", LONG)

    assert pressed_meanwhile(installed, work, enrolled, SYSTEM, lambda _: None, also)
