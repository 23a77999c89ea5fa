"""Reads of the accounts room."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Invitation, Person, Team
from accounts.vocabulary import Role, TeamKind


def the_desk(session: Session) -> Team | None:
    """The triage team, or None before it was founded."""
    return session.scalar(select(Team).where(Team.kind == TeamKind.DESK))


def team(session: Session, team_id: str) -> Team | None:
    """A team by id."""
    return session.get(Team, team_id)


def teams_of_kind(session: Session, kind: TeamKind) -> list[Team]:
    """Every team of a kind, by name."""
    return list(session.scalars(select(Team).where(Team.kind == kind).order_by(Team.name)))


def names_of_people(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Person id → name, for those who exist."""
    found = select(Person.id, Person.name).where(Person.id.in_(list(ids)))
    return {row.id: row.name for row in session.execute(found)}


def people_of(session: Session, team_id: str) -> list[Person]:
    """Everybody of a team: those who are there by name, then those who left."""
    people = session.scalars(select(Person).where(Person.team_id == team_id))
    return sorted(people, key=lambda person: (person.left_at is not None, person.name.casefold()))


def person_of(session: Session, team_id: str, person_id: str) -> Person | None:
    """A person of this team; None for anybody else's."""
    person = session.get(Person, person_id)
    return person if person is not None and person.team_id == team_id else None


def open_invitations(session: Session, team_id: str, now: datetime) -> list[Invitation]:
    """The invitations to a team that can still be used, the newest first."""
    found = select(Invitation).where(
        Invitation.team_id == team_id,
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now,
    )
    return list(session.scalars(found.order_by(Invitation.invited_at.desc())))


def invitation_of(session: Session, team_id: str, invitation_id: str) -> Invitation | None:
    """An invitation to this team; None for any other."""
    invitation = session.get(Invitation, invitation_id)
    return invitation if invitation is not None and invitation.team_id == team_id else None


def team_of_kind(session: Session, kind: TeamKind, team_id: str) -> Team | None:
    """A team of this kind; None for any other."""
    team = session.get(Team, team_id)
    return team if team is not None and team.kind is kind else None


def people_in_kind(session: Session, kind: TeamKind) -> list[Person]:
    """Everybody of every team of a kind, by the team's name."""
    return list(session.scalars(select(Person).join(Person.team).where(Team.kind == kind).order_by(Team.name)))


def open_invitations_as(session: Session, role: Role, now: datetime) -> list[Invitation]:
    """The invitations of a role that can still be used, the newest first."""
    found = select(Invitation).where(
        Invitation.role == role,
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now,
    )
    return list(session.scalars(found.order_by(Invitation.invited_at.desc())))


def invitation_as(session: Session, role: Role, invitation_id: str) -> Invitation | None:
    """An invitation of this role; None for any other."""
    invitation = session.get(Invitation, invitation_id)
    return invitation if invitation is not None and invitation.role is role else None


def is_team_name_taken(session: Session, name: str) -> bool:
    """Whether a team has this name already."""
    return session.scalar(select(Team.id).where(Team.name == name)) is not None
