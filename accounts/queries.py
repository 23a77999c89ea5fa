"""Reads of the accounts room."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Person, Team
from accounts.vocabulary import TeamKind


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
