"""Whoever forgot their password comes back as who they were; a key that nobody can open is made anew, in words."""

import pytest
from sqlalchemy import select

from accounts.events import TeamKeyRenewed
from accounts.invitations import (
    CLOSED,
    NOT_THEIR_ADDRESS,
    REVOKED,
    CameBack,
    InvitationRefused,
    invite,
    invite_back,
    invite_back_anew,
    join,
)
from accounts.models import Invitation, OpenSession, Person
from accounts.services import AccessEnded, EnrolmentRefused, check_password, end_access, sign_in
from accounts.vocabulary import Role
from core.audit import AuditEntry
from core.sealing import PublicKey, Secret, public_key_of
from core.work import Work
from tests.services.conftest import PASSWORD, Desk

NEW = Secret("a new password of some length")
SECOND = Secret("the second one's own password")


@pytest.fixture
def second(work: Work, desk: Desk) -> Person:
    """A second officer, who is in."""
    made = invite(work, desk.team, desk.secret, Role.OFFICER, "Second Officer")
    person = join(work, made.code, "second@demo.invalid", SECOND).person
    work.session.commit()
    return person


def test_a_colleague_lets_them_back_with_the_same_key(work: Work, desk: Desk, second: Person) -> None:
    before = check_password(work, "second@demo.invalid", SECOND)
    assert before is not None
    sign_in(work, before)
    made = invite_back(work, second, desk.secret)
    work.session.commit()
    assert check_password(work, "second@demo.invalid", SECOND)
    back = join(work, made.code, "Second@demo.invalid ", NEW)
    work.session.commit()
    assert isinstance(back, CameBack)
    assert (back.person.id, back.team_secret) == (second.id, desk.secret)
    assert check_password(work, "second@demo.invalid", SECOND) is None
    found = check_password(work, "second@demo.invalid", NEW)
    assert found is not None
    assert found.team_secret == desk.secret
    assert list(work.session.scalars(select(OpenSession).where(OpenSession.subject_id == second.id))) == []
    assert "person came back" in list(work.session.scalars(select(AuditEntry.action)))


def test_the_code_is_for_their_own_address_alone(work: Work, desk: Desk, second: Person) -> None:
    made = invite_back(work, second, desk.secret)
    for email in ("other@demo.invalid", desk.officer.email):
        with pytest.raises(EnrolmentRefused, match=NOT_THEIR_ADDRESS):
            join(work, made.code, email, NEW)
    with pytest.raises(EnrolmentRefused, match="at least 12"):
        join(work, made.code, "second@demo.invalid", Secret("short"))
    assert check_password(work, "second@demo.invalid", SECOND)


def test_a_second_code_ends_the_first_and_leaving_ends_both(work: Work, desk: Desk, second: Person) -> None:
    first, later = invite_back(work, second, desk.secret), invite_back(work, second, desk.secret)
    with pytest.raises(InvitationRefused, match=REVOKED):
        join(work, first.code, "second@demo.invalid", NEW)
    end_access(work, second)
    with pytest.raises(InvitationRefused, match=CLOSED):
        join(work, later.code, "second@demo.invalid", NEW)
    with pytest.raises(EnrolmentRefused, match="no access"):
        invite_back(work, second, desk.secret)


def test_without_anybody_who_opens_the_key_it_is_made_anew_when_the_code_is_used(
    work: Work, desk: Desk, second: Person
) -> None:
    told: list[TeamKeyRenewed] = []
    work.harbour.events.connect(TeamKeyRenewed, lambda work, event: told.append(event))
    waiting = invite(work, desk.team, desk.secret, Role.OFFICER, "Third Officer")
    made = invite_back_anew(work, second)
    work.session.commit()
    found = check_password(work, desk.officer.email, Secret(PASSWORD))
    assert found is not None
    sign_in(work, found)
    back = join(work, made.code, "second@demo.invalid", NEW)
    work.session.commit()
    assert [event.team_id for event in told] == [desk.team.id]
    assert back.team_secret != desk.secret
    assert public_key_of(back.team_secret) == PublicKey(desk.team.public_key)
    with pytest.raises(AccessEnded, match="new key"):
        check_password(work, desk.officer.email, Secret(PASSWORD))
    with pytest.raises(InvitationRefused, match=REVOKED):
        join(work, waiting.code, "third@demo.invalid", NEW)
    assert list(work.session.scalars(select(OpenSession))) == []
    returned = invite_back(work, desk.officer, back.team_secret)
    assert join(work, returned.code, desk.officer.email, Secret(PASSWORD)).team_secret == back.team_secret


def test_a_code_that_makes_a_new_key_holds_no_key(work: Work, second: Person) -> None:
    invite_back_anew(work, second)
    row = work.session.scalars(select(Invitation).where(Invitation.person_id == second.id)).one()
    assert row.boxed_team_key is None
