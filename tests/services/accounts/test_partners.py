"""Community partners: a team of one each, invited by name, whose access ends and begins again."""

import pytest
from sqlalchemy import select

from accounts.invitations import InvitationRefused, NewInvitation, join
from accounts.models import Person, Team
from accounts.partners import (
    LONGEST_NAME,
    PartnerRefused,
    end_partner,
    invite_partner,
    let_back_in,
    make_way_back,
)
from accounts.queries import open_invitations_as, people_in_kind
from accounts.services import AccessEnded, SignedIn, check_password
from accounts.vocabulary import Role, TeamKind
from core.sealing import Secret
from core.work import Work

PASSWORD = Secret("a password for tests alone")


def joined(work: Work, made: NewInvitation, email: str = "speaker@test.invalid") -> SignedIn:
    found = join(work, made.code, email, PASSWORD)
    work.session.flush()
    return found


def test_each_is_a_team_of_one_with_a_key_of_their_own(work: Work) -> None:
    first = joined(work, invite_partner(work, "First Speaker", "Test Council"))
    second = joined(work, invite_partner(work, "Second Speaker", "Test Council"), "second@test.invalid")
    assert first.person.role is Role.PARTNER
    assert first.person.team.kind is TeamKind.PARTNER
    assert first.person.team.name == "Test Council (First Speaker)"
    assert first.person.team_id != second.person.team_id
    assert first.team_secret != second.team_secret
    assert people_in_kind(work.session, TeamKind.PARTNER) == [first.person, second.person]


def test_nobody_is_invited_twice(work: Work) -> None:
    made = invite_partner(work, "Speaker", "Test Forum")
    work.session.flush()
    with pytest.raises(PartnerRefused, match="invited already"):
        invite_partner(work, "Speaker", "Test Forum")
    joined(work, made)
    assert open_invitations_as(work.session, Role.PARTNER, work.now) == []
    with pytest.raises(PartnerRefused, match="a partner already"):
        invite_partner(work, "Speaker", "Test Forum")
    with pytest.raises(PartnerRefused, match="letters or fewer"):
        invite_partner(work, "S" * 60, "T" * (LONGEST_NAME - 62))


def test_ended_they_are_nobody_and_let_in_again_they_are_themselves(work: Work) -> None:
    partner = joined(work, invite_partner(work, "Speaker", "Test Forum"))
    way_back = make_way_back(work, partner.person)
    end_partner(work, partner.person.team)
    work.session.flush()
    with pytest.raises(AccessEnded, match="Your access has ended"):
        check_password(work, "speaker@test.invalid", PASSWORD)
    with pytest.raises(InvitationRefused):
        joined(work, way_back)
    for refused in (lambda: end_partner(work, partner.person.team), lambda: make_way_back(work, partner.person)):
        with pytest.raises(PartnerRefused, match="no access any more"):
            refused()
    let_back_in(work, partner.person.team)
    back = check_password(work, "speaker@test.invalid", PASSWORD)
    assert back is not None
    assert back.person.id == partner.person.id
    with pytest.raises(PartnerRefused, match="has access"):
        let_back_in(work, partner.person.team)


def test_a_forgotten_password_brings_back_the_same_person(work: Work) -> None:
    partner = joined(work, invite_partner(work, "Speaker", "Test Forum"))
    before = partner.person.id
    back = joined(work, make_way_back(work, partner.person))
    assert back.person.id == before
    assert work.session.scalars(select(Person.id)).all() == [before]
    assert len(work.session.scalars(select(Team)).all()) == 1
