"""Enrolling people, signing in and out."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.custody import make_person_keys, open_team_key, spend_a_check, unlock_person, wrap_team_key
from accounts.models import Person, Team
from accounts.sessions import close_all_sessions, close_session, open_session
from accounts.vocabulary import TEAM_OF_ROLE, Closure, Role, TeamKind
from core import audit
from core.ids import new_id
from core.sealing import PublicKey, Secret, SecretKey, new_key_pair, public_key_of
from core.work import Actor, Work

STAFF_SESSION = "staff"
ENROLLED, ACCESS_ENDED = "person enrolled", "access ended"
"""What the trail calls two deeds that are looked up in it."""
SHORTEST_PASSWORD = 12


class EnrolmentRefused(ValueError):
    """Why somebody cannot be enrolled, in words for whoever tried."""


_ENROLLED = "Somebody is enrolled with {email} already."
KEY_RENEWED = (
    "{team} reads with a new key, which your password does not open. Ask your lead for a code, and join again with it."
)


class AccessEnded(ValueError):
    """Why somebody whose password is right is not let in, in words for them."""


class TeamClosed(AccessEnded):
    """Nobody of the team may come in at the moment, or any more."""

    def __init__(self, team: Team, why: Closure) -> None:
        super().__init__(_WHY_CLOSED[why].format(team=team.name))
        self.team = team
        self.why = why


_WHY_CLOSED = {
    Closure.SUSPENDED: "Access for {team} is suspended at the moment. Ask the Network coordinator what is needed.",
    Closure.LEFT: "{team} no longer works with Safe Harbour, so nobody can sign in for it.",
    Closure.ENDED: "Your access has ended. Ask the Network coordinator if you do not know why.",
}


@dataclass(frozen=True, slots=True, repr=False)
class SignedIn:
    """Somebody whose password was right, with the team's opened key, in their own session alone."""

    person: Person
    team_secret: SecretKey

    @property
    def actor(self) -> Actor:
        """The person as the actor of a unit of work."""
        return Actor(self.person.role.value, self.person.id, self.person.team_id)


def found_team(work: Work, kind: TeamKind, name: str, team_id: str | None = None) -> tuple[Team, SecretKey]:
    """A new team with a key pair of its own; the secret half must reach its first person, or nobody reads.

    `team_id` is given where the place that the team works for had an id before it had people.
    """
    public, secret = new_key_pair()
    team = Team(id=team_id or new_id(), kind=kind, name=name, public_key=public)
    work.session.add(team)
    audit.record(work, "team founded", team.id, {"kind": kind.value})
    return team, secret


def hold_team(work: Work, team_id: str) -> Team | None:
    """A team as it is now, held until this unit of work ends; None before it is founded.

    Whoever holds more than one row takes the team first, then its invitations, then its centre: in another order two
    people could wait for one another.
    """
    found = select(Team).where(Team.id == team_id).with_for_update().execution_options(populate_existing=True)
    return work.session.scalar(found)


def enrol(
    work: Work, team: Team, team_secret: SecretKey, role: Role, name: str, email: str, password: Secret
) -> Person:
    """A new person of a team, given the team's key by somebody who holds it; EnrolmentRefused says why not."""
    _check_enrolment(work, team, team_secret, role, email, password)
    keys = make_person_keys(password, work.harbour.settings)
    person = Person(
        id=new_id(),
        team_id=team.id,
        team=team,
        role=role,
        name=name,
        email=email.strip().lower(),
        salt=keys.salt,
        public_key=keys.public_key,
        locked_secret=keys.locked_secret,
        boxed_team_key=wrap_team_key(team_secret, keys.public_key),
    )
    try:
        with work.session.begin_nested():
            work.session.add(person)
    except IntegrityError:
        # Somebody else enrolled with this address in the same moment.
        raise EnrolmentRefused(_ENROLLED.format(email=email)) from None
    audit.record(work, ENROLLED, person.id, {"role": role.value})
    return person


def check_password(work: Work, email: str, password: Secret) -> SignedIn | None:
    """Who this is, with their team's key opened; None, after the same time, for a wrong address or password.

    AccessEnded when the password is right, but does not let in; TeamClosed when nobody of the team may come in.
    """
    person = work.session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None or person.left_at is not None:
        spend_a_check(password, work.harbour.settings)
        return None
    secret = unlock_person(password, person.salt, person.locked_secret, work.harbour.settings)
    if secret is None:
        audit.record(work, "sign-in refused", person.id)
        return None
    if person.team.closed is not None:
        audit.record(work, "sign-in refused", person.id, {"team": person.team.closed.value})
        raise TeamClosed(person.team, person.team.closed)
    team_secret = open_team_key(person.boxed_team_key, secret)
    if public_key_of(team_secret) != PublicKey(person.team.public_key):
        audit.record(work, "sign-in refused", person.id, {"team": "key renewed"})
        raise AccessEnded(KEY_RENEWED.format(team=person.team.name))
    return SignedIn(person, team_secret)


def sign_in(work: Work, signed_in: SignedIn) -> str:
    """Open a session, unlocked with the team's key; the value for the person's cookie, new at every sign-in."""
    audit.record(work.acting(signed_in.actor), "signed in", signed_in.person.id)
    lifetime = timedelta(minutes=work.harbour.settings.session_minutes)
    return open_session(work, STAFF_SESSION, signed_in.person.id, signed_in.team_secret, lifetime)


def sign_out(work: Work, cookie: str | None) -> None:
    """Close the session: the opened key is gone."""
    audit.record(work, "signed out", work.actor.id)
    close_session(work, cookie)


def renew_person(work: Work, person: Person, team_secret: SecretKey, password: Secret) -> None:
    """Somebody who forgot their password has a new one, and the team's key under it; they are signed out everywhere."""
    check_password_length(password)
    keys = make_person_keys(password, work.harbour.settings)
    person.salt, person.public_key, person.locked_secret = keys.salt, keys.public_key, keys.locked_secret
    person.boxed_team_key = wrap_team_key(team_secret, keys.public_key)
    close_all_sessions(work, person.id)
    work.session.flush()
    audit.record(work, "person came back", person.id)


def renew_team(work: Work, team: Team) -> SecretKey:
    """A new key for a team whose key nobody can open; everybody of it is signed out, and needs the new one."""
    public, secret = new_key_pair()
    team.public_key = public
    _sign_all_out(work, team)
    audit.record(work, "team key renewed", team.id)
    return secret


def end_access(work: Work, person: Person) -> None:
    """Somebody leaves: they are signed out everywhere at once and cannot come back. Their name stays in the records."""
    person.left_at = work.now
    close_all_sessions(work, person.id)
    audit.record(work, ACCESS_ENDED, person.id)


def close_team(work: Work, team: Team, why: Closure) -> None:
    """Let nobody of a team in, and sign all of them out at once; what they did stays."""
    team.closed = why
    _sign_all_out(work, team)
    audit.record(work, "team closed", team.id, {"why": why.value})


def reopen_team(work: Work, team: Team) -> None:
    """Let the people of a team sign in again; those who left stay out."""
    team.closed = None
    audit.record(work, "team opened again", team.id)


def check_password_length(password: Secret) -> None:
    """EnrolmentRefused for a password that is too short."""
    if len(password.reveal()) < SHORTEST_PASSWORD:
        raise EnrolmentRefused(f"Choose a password of at least {SHORTEST_PASSWORD} characters.")


def _sign_all_out(work: Work, team: Team) -> None:
    for person_id in work.session.scalars(select(Person.id).where(Person.team_id == team.id)):
        close_all_sessions(work, person_id)


def _check_enrolment(work: Work, team: Team, team_secret: SecretKey, role: Role, email: str, password: Secret) -> None:
    if TEAM_OF_ROLE[role] is not team.kind:
        raise EnrolmentRefused(f"A {role.value} cannot belong to {team.name}.")
    if public_key_of(team_secret) != PublicKey(team.public_key):
        raise EnrolmentRefused(f"That is not the key of {team.name}.")
    check_password_length(password)
    if work.session.scalar(select(Person.id).where(Person.email == email.strip().lower())):
        raise EnrolmentRefused(_ENROLLED.format(email=email))
