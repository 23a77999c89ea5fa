"""Who is enrolled gets the team's key; who is not is told why; and passwords open one's own copy alone."""

import pytest
from sqlalchemy import select

from accounts.models import OpenSession, Person
from accounts.queries import names_of_people, team, teams_of_kind, the_desk
from accounts.services import EnrolmentRefused, check_password, enrol, found_team, sign_in, sign_out
from accounts.sessions import resume_session
from accounts.vocabulary import Role, TeamKind
from core.audit import AuditEntry
from core.db import db
from core.sealing import Secret, new_key_pair
from core.work import Work
from tests.services.conftest import PASSWORD, Desk

LONG = Secret("a password of some length")


def actions(work: Work) -> list[str]:
    work.session.flush()
    return list(work.session.scalars(select(AuditEntry.action)))


def test_the_first_officer_opens_the_desks_key(work: Work, desk: Desk) -> None:
    found = check_password(work, "officer@demo.invalid", Secret(PASSWORD))
    assert found is not None
    assert found.team_secret == desk.secret
    assert found.actor.role == Role.OFFICER.value
    assert (found.actor.id, found.actor.team_id) == (desk.officer.id, desk.team.id)


def test_a_second_officer_opens_the_same_key_with_their_own_password(work: Work, desk: Desk) -> None:
    enrol(work, desk.team, desk.secret, Role.OFFICER, "Second", " Second@Demo.Invalid ", LONG)
    found = check_password(work, "second@demo.invalid", LONG)
    assert found is not None
    assert found.team_secret == desk.secret
    assert check_password(work, "second@demo.invalid", Secret(PASSWORD)) is None


@pytest.mark.parametrize("email", ["officer@demo.invalid", "OFFICER@demo.invalid ", "Officer@Demo.Invalid"])
def test_an_address_is_known_however_it_is_written(work: Work, desk: Desk, email: str) -> None:
    assert check_password(work, email, Secret(PASSWORD)) is not None
    with pytest.raises(EnrolmentRefused, match="already"):
        enrol(work, desk.team, desk.secret, Role.OFFICER, "Again", email, LONG)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("officer@demo.invalid", "wrong password"),
        ("officer@demo.invalid", ""),
        ("officer@demo.invalid", PASSWORD.upper()),
        ("nobody@demo.invalid", PASSWORD),
        ("", ""),
        ("' OR 1=1 --", PASSWORD),
    ],
)
def test_a_wrong_password_and_an_unknown_address_are_both_refused(
    work: Work, desk: Desk, email: str, password: str
) -> None:
    assert check_password(work, email, Secret(password)) is None


def test_a_refusal_is_on_record_without_what_was_typed(work: Work, desk: Desk) -> None:
    check_password(work, "officer@demo.invalid", Secret("canary password"))
    check_password(work, "canary@demo.invalid", Secret("canary password"))
    assert actions(work).count("sign-in refused") == 1
    for entry in work.session.scalars(select(AuditEntry)):
        assert "canary" not in f"{entry.detail}{entry.subject}{entry.actor_id}"


def test_who_left_cannot_sign_in(work: Work, desk: Desk) -> None:
    desk.officer.left_at = work.now
    assert check_password(work, "officer@demo.invalid", Secret(PASSWORD)) is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICER])
def test_a_role_that_does_not_belong_to_the_team_is_refused(work: Work, desk: Desk, role: Role) -> None:
    with pytest.raises(EnrolmentRefused, match="cannot belong"):
        enrol(work, desk.team, desk.secret, role, "Somebody", "x@demo.invalid", LONG)


def test_somebody_without_the_teams_key_enrols_nobody(work: Work, desk: Desk) -> None:
    with pytest.raises(EnrolmentRefused, match="not the key"):
        enrol(work, desk.team, new_key_pair()[1], Role.OFFICER, "Somebody", "x@demo.invalid", LONG)


@pytest.mark.parametrize("password", ["", "short", "eleven char"])
def test_a_short_password_is_refused(work: Work, desk: Desk, password: str) -> None:
    with pytest.raises(EnrolmentRefused, match="at least 12"):
        enrol(work, desk.team, desk.secret, Role.OFFICER, "Somebody", "x@demo.invalid", Secret(password))


def test_a_refusal_enrols_nobody(work: Work, desk: Desk) -> None:
    with pytest.raises(EnrolmentRefused):
        enrol(work, desk.team, desk.secret, Role.OFFICER, "Somebody", "x@demo.invalid", Secret("short"))
    work.session.commit()
    assert list(work.session.scalars(select(Person.email))) == ["officer@demo.invalid"]


def test_the_database_opens_no_key(work: Work, desk: Desk) -> None:
    person = desk.officer
    for kept in (person.locked_secret, person.boxed_team_key, person.salt, desk.team.public_key):
        assert desk.secret not in kept


def test_a_session_is_new_at_every_sign_in_and_gone_after_signing_out(work: Work, desk: Desk) -> None:
    found = check_password(work, "officer@demo.invalid", Secret(PASSWORD))
    assert found is not None
    first, second = sign_in(work, found), sign_in(work, found)
    assert first != second
    work.session.flush()
    resumed = resume_session(work, "staff", first)
    assert resumed is not None
    assert resumed.secret == desk.secret
    sign_out(work.acting(found.actor), first)
    work.session.commit()
    work.session.expire_all()
    assert resume_session(work, "staff", first) is None
    assert resume_session(work, "staff", second) is not None
    assert len(list(db.session.scalars(select(OpenSession)))) == 1
    assert actions(work).count("signed in") == 2
    assert actions(work).count("signed out") == 1


def test_teams_are_found_by_kind(work: Work, desk: Desk) -> None:
    second, _ = found_team(work, TeamKind.AGENCY, "Demo B")
    first, _ = found_team(work, TeamKind.AGENCY, "Demo A")
    work.session.flush()
    assert the_desk(work.session) is desk.team
    assert [each.name for each in teams_of_kind(work.session, TeamKind.AGENCY)] == ["Demo A", "Demo B"]
    assert team(work.session, first.id) is first
    assert team(work.session, second.id) is second
    assert names_of_people(work.session, [desk.officer.id, "nobody"]) == {desk.officer.id: "Demo Officer"}
