"""An invitation brings one named person the team's key, once, and nobody else anything."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from accounts.events import PersonJoined
from accounts.invitations import (
    CLOSED,
    EXPIRED,
    REVOKED,
    UNKNOWN,
    USED,
    VALID,
    InvitationRefused,
    invite,
    invite_founder,
    join,
    rename_team,
    revoke,
    revoke_all,
)
from accounts.models import Invitation, OpenSession, Person, Team
from accounts.queries import invitation_of, open_invitations, people_of, person_of
from accounts.services import (
    AccessEnded,
    EnrolmentRefused,
    check_password,
    close_team,
    end_access,
    reopen_team,
    sign_in,
)
from accounts.vocabulary import Closure, Role
from core.audit import AuditEntry
from core.codes import SEED_BYTES, MistypedCode, code_of
from core.ids import new_id
from core.sealing import SealBroken, Secret, SecretKey, unbox
from core.work import Work, begin_work, harbour
from tests.services.conftest import PASSWORD, Desk, Watch

LONG = Secret("a password of some length")
EMAIL = "new@demo.invalid"


@pytest.fixture
def code(work: Work, desk: Desk) -> str:
    """The code of a second officer."""
    made = invite(work, desk.team, desk.secret, Role.OFFICER, "Second Officer")
    work.session.commit()
    return made.code


def the_invitation(work: Work) -> Invitation:
    return work.session.scalars(select(Invitation)).one()


def test_the_newcomer_opens_the_teams_key_with_their_own_password(work: Work, desk: Desk, code: str) -> None:
    joined = join(work, code.lower(), EMAIL, LONG)
    work.session.commit()
    assert joined.team_secret == desk.secret
    assert (joined.person.name, joined.person.role) == ("Second Officer", Role.OFFICER)
    found = check_password(work, EMAIL, LONG)
    assert found is not None
    assert found.team_secret == desk.secret


def test_the_row_alone_opens_nothing_and_keeps_no_code(work: Work, desk: Desk, code: str) -> None:
    kept = the_invitation(work)
    assert kept.boxed_team_key is not None
    assert desk.secret not in kept.boxed_team_key
    with pytest.raises(SealBroken):
        unbox(kept.boxed_team_key, SecretKey(bytes(32)))
    plain = code.replace(" ", "")
    for value in (kept.id, kept.lookup, kept.team_id, kept.name):
        assert plain not in value
    for entry in work.session.scalars(select(AuditEntry)):
        assert plain not in f"{entry.detail}{entry.subject}{entry.action}"


def test_it_works_once_and_leaves_no_key_behind(work: Work, code: str) -> None:
    join(work, code, EMAIL, LONG)
    assert the_invitation(work).boxed_team_key is None
    with pytest.raises(InvitationRefused, match=USED):
        join(work, code, "other@demo.invalid", LONG)
    assert len(list(work.session.scalars(select(Person)))) == 2


@pytest.mark.parametrize(("later", "works"), [(VALID.total_seconds() - 1, True), (VALID.total_seconds(), False)])
def test_it_runs_out_to_the_second(work: Work, watch: Watch, code: str, later: float, works: bool) -> None:
    watch.on(seconds=later)
    late = begin_work(harbour(), work.session, work.actor)
    if works:
        assert join(late, code, EMAIL, LONG).person.email == EMAIL
    else:
        with pytest.raises(InvitationRefused, match=EXPIRED):
            join(late, code, EMAIL, LONG)
        assert open_invitations(work.session, the_invitation(work).team_id, late.now) == []


def test_one_taken_back_opens_nothing(work: Work, code: str) -> None:
    revoke(work, the_invitation(work))
    assert the_invitation(work).boxed_team_key is None
    with pytest.raises(InvitationRefused, match=REVOKED):
        join(work, code, EMAIL, LONG)


@pytest.mark.parametrize("typed", ["", "K7QF", "O" * 18, "2" * 17 + "3"])
def test_a_mistyped_code_is_told_before_any_look_up(work: Work, code: str, typed: str) -> None:
    with pytest.raises(MistypedCode):
        join(work, typed, EMAIL, LONG)


def test_an_unknown_code_tells_nothing(work: Work, code: str) -> None:
    with pytest.raises(InvitationRefused, match=UNKNOWN):
        join(work, code_of(bytes(SEED_BYTES)), EMAIL, LONG)
    assert work.session.scalars(select(Person.email)).all() == ["officer@demo.invalid"]


@pytest.mark.parametrize(("email", "password"), [("officer@demo.invalid", LONG), (EMAIL, Secret("short"))])
def test_what_is_wrong_with_the_rest_spends_no_invitation(
    work: Work, desk: Desk, code: str, email: str, password: Secret
) -> None:
    with pytest.raises(EnrolmentRefused):
        join(work, code, email, password)
    work.session.commit()
    assert join(work, code, EMAIL, LONG).team_secret == desk.secret


def test_a_founder_makes_the_team_under_the_id_that_waited(work: Work, desk: Desk) -> None:
    heard: list[PersonJoined] = []
    harbour().events.connect(PersonJoined, lambda _, event: heard.append(event))
    team_id = new_id()
    made = invite_founder(work, team_id, "Demo Place", Role.CENTRE_LEAD, "First Lead")
    rename_team(work, team_id, "Demo Place By The Sea")
    with pytest.raises(EnrolmentRefused):
        join(work, made.code, "officer@demo.invalid", LONG)
    assert work.session.get(Team, team_id) is None
    joined = join(work, made.code, EMAIL, LONG)
    work.session.commit()
    assert (joined.person.team_id, joined.person.team.name) == (team_id, "Demo Place By The Sea")
    assert heard == [PersonJoined(joined.person.id, team_id, Role.CENTRE_LEAD)]
    found = check_password(work, EMAIL, LONG)
    assert found is not None
    assert found.team_secret == joined.team_secret


def test_a_team_is_not_founded_twice(work: Work, desk: Desk) -> None:
    team_id = new_id()
    codes = [invite_founder(work, team_id, "Demo Place", Role.CENTRE_LEAD, name).code for name in ("One", "Two")]
    join(work, codes[0], EMAIL, LONG)
    with pytest.raises(InvitationRefused, match=CLOSED):
        join(work, codes[1], "two@demo.invalid", LONG)


def test_a_role_of_another_team_is_not_invited(work: Work, desk: Desk) -> None:
    with pytest.raises(EnrolmentRefused, match="cannot belong"):
        invite(work, desk.team, desk.secret, Role.CENTRE_STAFF, "Somebody")


def test_a_closed_team_takes_nobody_and_lets_nobody_in(work: Work, desk: Desk, code: str) -> None:
    officer = check_password(work, "officer@demo.invalid", Secret(PASSWORD))
    assert officer is not None
    sign_in(work, officer)
    close_team(work, desk.team, Closure.SUSPENDED)
    work.session.flush()
    assert work.session.scalars(select(OpenSession)).all() == []
    with pytest.raises(InvitationRefused, match=CLOSED):
        join(work, code, EMAIL, LONG)
    with pytest.raises(AccessEnded, match="suspended at the moment"):
        check_password(work, "officer@demo.invalid", Secret(PASSWORD))
    assert check_password(work, "officer@demo.invalid", Secret("a wrong password")) is None
    reopen_team(work, desk.team)
    assert check_password(work, "officer@demo.invalid", Secret(PASSWORD)) is not None
    assert join(work, code, EMAIL, LONG).person.email == EMAIL


def test_whose_access_ends_is_out_at_once_and_stays_in_the_records(work: Work, desk: Desk, code: str) -> None:
    second = join(work, code, EMAIL, LONG)
    sign_in(work, second)
    made = invite(work.acting(second.actor), desk.team, second.team_secret, Role.OFFICER, "Third")
    end_access(work, second.person)
    revoke_all(work, invited_by=second.person.id)
    work.session.commit()
    assert work.session.scalars(select(OpenSession)).all() == []
    assert check_password(work, EMAIL, LONG) is None
    with pytest.raises(InvitationRefused, match=REVOKED):
        join(work, made.code, "third@demo.invalid", LONG)
    assert [person.name for person in people_of(work.session, desk.team.id)] == ["Demo Officer", "Second Officer"]


def test_people_and_invitations_of_another_team_are_not_found(work: Work, desk: Desk, code: str) -> None:
    invitation = the_invitation(work)
    for find in (
        lambda team: person_of(work.session, team, desk.officer.id),
        lambda team: invitation_of(work.session, team, invitation.id),
    ):
        looked: Callable[[str], object] = find
        assert looked(desk.team.id) is not None
        assert looked(new_id()) is None
