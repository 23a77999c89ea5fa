"""Invitations: one named person joins a team, once, with a code of 80 random bits that is shown once.

The code is the seed of a key pair. The team's secret key is boxed to that pair when somebody who holds it invites;
the newcomer's code opens it, and their own password keeps it. Neither the row nor the code alone opens anything.
Somebody who forgot their password comes back the same way, as the person they were.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.exc import IntegrityError

from accounts.events import PersonJoined, TeamKeyRenewed
from accounts.models import Invitation, Person, Team
from accounts.services import EnrolmentRefused, SignedIn, enrol, found_team, hold_team, renew_person, renew_team
from accounts.vocabulary import TEAM_OF_ROLE, Role
from core import audit
from core.codes import SEED_BYTES, code_of, seed_of
from core.ids import new_id
from core.sealing import Secret, SecretKey, box, fingerprint, key_pair_from_seed, unbox
from core.work import Work

VALID = timedelta(days=7)
UNKNOWN = "There is no invitation with this code. Check every letter against what you were given."
USED = "This invitation was used already. If that was you, sign in. If not, tell whoever invited you."
REVOKED = "This invitation was taken back. Ask whoever invited you for a new one."
EXPIRED = "This invitation has run out. Ask whoever invited you for a new one."
CLOSED = "This invitation cannot be used at the moment. Ask whoever invited you."
NOT_THEIR_ADDRESS = "Type the email address that you signed in with before. This code is for nobody else."
NOT_YOURS_ANY_MORE = "You cannot invite anybody any more: your own access was changed. Sign in again."
_PAIR = "invitation's key pair"


class InvitationRefused(ValueError):
    """Why an invitation cannot be used, in words for whoever typed its code."""


class UnknownInvitation(InvitationRefused):
    """No invitation has this code: somebody guesses, or misread it."""


@dataclass(frozen=True, slots=True, repr=False)
class NewInvitation:
    """An invitation just made, with the code that is shown now and never again."""

    invitation: Invitation
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class CameBack(SignedIn):
    """Somebody who was enrolled before, with a new password."""


def invite(work: Work, team: Team, team_secret: SecretKey, role: Role, name: str) -> NewInvitation:
    """Invite one person to a team, by somebody who holds its key; EnrolmentRefused for a role of another team."""
    if TEAM_OF_ROLE[role] is not team.kind:
        raise EnrolmentRefused(f"A {role.value} cannot belong to {team.name}.")
    hold_team(work, team.id)
    _check_inviter(work)
    return _invite(work, team.id, team.name, role, name, team_secret)


def invite_founder(work: Work, team_id: str, team_name: str, role: Role, name: str) -> NewInvitation:
    """Invite the first person of a team that is founded, under this id, when they join."""
    return _invite(work, team_id, team_name, role, name, None)


def invite_back(work: Work, person: Person, team_secret: SecretKey) -> NewInvitation:
    """A code with which a colleague who forgot their password chooses a new one, by somebody who holds the key."""
    return _invite_back(work, person, team_secret)


def invite_back_anew(work: Work, person: Person) -> NewInvitation:
    """The same where nobody can open the team's key: used, it makes a new one, and what the old one opened is lost."""
    return _invite_back(work, person, None)


def revoke(work: Work, invitation: Invitation) -> bool:
    """Take an invitation back; whether it is back. One that was used stays used, also in the same moment."""
    hold_team(work, invitation.team_id)
    work.session.refresh(invitation, with_for_update=True)
    if invitation.used_at is None and invitation.revoked_at is None:
        _end(work, invitation)
    return invitation.used_at is None


def revoke_all(
    work: Work, *, team_id: str | None = None, invited_by: str | None = None, person_id: str | None = None
) -> None:
    """Take back every open invitation to a team, or every one that somebody made, or that lets somebody come back.

    The caller holds the team.
    """
    found = select(Invitation).where(Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
    if team_id is not None:
        found = found.where(Invitation.team_id == team_id)
    if invited_by is not None:
        found = found.where(Invitation.invited_by == invited_by)
    if person_id is not None:
        found = found.where(Invitation.person_id == person_id)
    for invitation in _held(work, found):
        _end(work, invitation)


def hold_team_and_invitations(work: Work, team_id: str) -> None:
    """Hold a team and its open invitations: nobody joins, and no invitation ends, until this unit of work does."""
    hold_team(work, team_id)
    _held(work, select(Invitation).where(Invitation.team_id == team_id, Invitation.used_at.is_(None)))


def rename_team(work: Work, team_id: str, name: str) -> None:
    """A team, and the invitations to one that is not founded yet, under another name."""
    work.session.execute(update(Team).where(Team.id == team_id).values(name=name))
    work.session.execute(update(Invitation).where(Invitation.team_id == team_id).values(team_name=name))


def join(work: Work, typed: str, email: str, password: Secret) -> SignedIn:
    """Use an invitation: the newcomer is enrolled under their own password, with the team's key.

    InvitationRefused or MistypedCode says why the code opens nothing; EnrolmentRefused what is wrong with the rest.
    """
    seed = seed_of(typed)
    invitation = _find(work, seed)
    with work.session.begin_nested():
        team, secret = _team_and_key(work, invitation, seed)
        back = _person_coming_back(work, invitation, email)
        if back is not None:
            renew_person(work, back, secret, password)
        person = back or enrol(work, team, secret, invitation.role, invitation.name, email, password)
        invitation.used_at, invitation.boxed_team_key = work.now, None
    audit.record(work, "invitation used", invitation.id, {"person": person.id})
    if back is not None:
        return CameBack(person, secret)
    work.publish(PersonJoined(person.id, team.id, person.role))
    return SignedIn(person, secret)


def _invite(
    work: Work,
    team_id: str,
    team_name: str,
    role: Role,
    name: str,
    team_secret: SecretKey | None,
    person_id: str | None = None,
) -> NewInvitation:
    seed = secrets.token_bytes(SEED_BYTES)
    public, _ = key_pair_from_seed(seed, _PAIR)
    invitation = Invitation(
        id=new_id(),
        lookup=_lookup(work, seed),
        team_id=team_id,
        team_name=team_name,
        role=role,
        name=name,
        person_id=person_id,
        boxed_team_key=box(team_secret, public) if team_secret else None,
        invited_by=work.actor.id,
        invited_at=work.now,
        expires_at=work.now + VALID,
    )
    work.session.add(invitation)
    audit.record(work, "invitation made", invitation.id, {"team": team_id, "role": role.value})
    return NewInvitation(invitation, code_of(seed))


def _invite_back(work: Work, person: Person, team_secret: SecretKey | None) -> NewInvitation:
    hold_team(work, person.team_id)
    work.session.refresh(person)
    if person.left_at is not None:
        raise EnrolmentRefused(f"{person.name} has no access any more.")
    _check_inviter(work)
    revoke_all(work, person_id=person.id)
    made = _invite(work, person.team_id, person.team.name, person.role, person.name, team_secret, person.id)
    audit.record(work, "way back made", person.id, {"key": "kept" if team_secret else "renewed"})
    return made


def _person_coming_back(work: Work, invitation: Invitation, email: str) -> Person | None:
    """Whom the invitation lets come back, under their own address; None for somebody new."""
    if invitation.person_id is None:
        return None
    person = work.session.get_one(Person, invitation.person_id)
    if person.email != email.strip().lower():
        raise EnrolmentRefused(NOT_THEIR_ADDRESS)
    return person


def _find(work: Work, seed: bytes) -> Invitation:
    """The invitation of a code, held against a second use, and its being taken back, at the same moment."""
    invitation = work.session.scalar(select(Invitation).where(Invitation.lookup == _lookup(work, seed)))
    if invitation is None:
        raise UnknownInvitation(UNKNOWN)
    hold_team(work, invitation.team_id)
    work.session.refresh(invitation, with_for_update=True)
    obstacle = _obstacle(work, invitation)
    if obstacle:
        audit.record(work, "invitation refused", invitation.id)
        raise InvitationRefused(obstacle)
    return invitation


def _obstacle(work: Work, invitation: Invitation) -> str | None:
    if invitation.used_at is not None:
        return USED
    if invitation.revoked_at is not None:
        return REVOKED
    if invitation.expires_at <= work.now:
        return EXPIRED
    team = work.session.get(Team, invitation.team_id)
    back = work.session.get(Person, invitation.person_id) if invitation.person_id else None
    if back is not None and back.left_at is not None:
        return CLOSED
    founds_twice = team is not None and invitation.boxed_team_key is None and back is None
    return CLOSED if founds_twice or (team is not None and team.closed is not None) else None


def _team_and_key(work: Work, invitation: Invitation, seed: bytes) -> tuple[Team, SecretKey]:
    if invitation.boxed_team_key is None and invitation.person_id is not None:
        return _renewed_team(work, invitation)
    if invitation.boxed_team_key is None:
        try:
            with work.session.begin_nested():
                return found_team(work, TEAM_OF_ROLE[invitation.role], invitation.team_name, invitation.team_id)
        except IntegrityError:
            # Another team was founded under this name meanwhile.
            raise InvitationRefused(CLOSED) from None
    team = work.session.get_one(Team, invitation.team_id)
    _, pair = key_pair_from_seed(seed, _PAIR)
    return team, SecretKey(unbox(invitation.boxed_team_key, pair))


def _renewed_team(work: Work, invitation: Invitation) -> tuple[Team, SecretKey]:
    """The team under a new key; every other open invitation holds the old one, and ends."""
    team = work.session.get_one(Team, invitation.team_id)
    secret = renew_team(work, team)
    # By now this one is held, and as good as used: only the others end.
    invitation.used_at = work.now
    work.session.flush()
    revoke_all(work, team_id=team.id)
    work.publish(TeamKeyRenewed(team.id))
    return team, secret


def _check_inviter(work: Work) -> None:
    """EnrolmentRefused for somebody who left, or lost the role they act in, since their request began."""
    if work.actor.id is None:
        return
    inviter = work.session.get(Person, work.actor.id, populate_existing=True)
    if inviter is not None and (inviter.left_at is not None or inviter.role.value != work.actor.role):
        raise EnrolmentRefused(NOT_YOURS_ANY_MORE)


def _held(work: Work, found: Select[Invitation]) -> list[Invitation]:
    """The invitations as they are now, held in one order."""
    held = found.order_by(Invitation.id).with_for_update().execution_options(populate_existing=True)
    return list(work.session.scalars(held))


def _end(work: Work, invitation: Invitation) -> None:
    invitation.revoked_at, invitation.boxed_team_key = work.now, None
    audit.record(work, "invitation taken back", invitation.id)


def _lookup(work: Work, seed: bytes) -> str:
    return fingerprint(seed, work.harbour.keyring.invitations)
