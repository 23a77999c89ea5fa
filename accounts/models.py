"""Tables of the accounts room."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.vocabulary import Closure, Role, TeamKind
from core.db import Base, UtcDateTime, Word


class Team(Base):
    """People who read with one key: the desk, an agency, a centre. The secret half is wrapped to each of them.

    While it is `closed` none of its people is let in.
    """

    __tablename__ = "team"

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    kind: Mapped[TeamKind] = mapped_column(Word(TeamKind))
    name: Mapped[str] = mapped_column(String(120), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    closed: Mapped[Closure | None] = mapped_column(Word(Closure))


class Person(Base):
    """Somebody who signs in. Their secret key is locked under their password; that is how it is checked."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    team_id: Mapped[str] = mapped_column(ForeignKey("team.id"))
    role: Mapped[Role] = mapped_column(Word(Role))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    locked_secret: Mapped[bytes] = mapped_column(LargeBinary)
    boxed_team_key: Mapped[bytes] = mapped_column(LargeBinary)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)


class Invitation(Base):
    """One named person may join a team, once, with a code that only they were given.

    `lookup` finds the row by the code. `boxed_team_key` is the team's secret key for the code's own pair; it is absent
    where no team of `team_id` exists yet, so that joining founds it, and once the invitation is used or ended.
    `person_id` is somebody enrolled already who forgot their password: they come back under a new one. Without a box
    their coming back makes the team's key anew, and what was sealed to the one before stays shut.
    """

    __tablename__ = "invitation"
    __table_args__ = (Index("ix_invitation_team", "team_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    lookup: Mapped[str] = mapped_column(String(43), unique=True)
    team_id: Mapped[str] = mapped_column(String(22))
    team_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(Word(Role))
    name: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[str | None] = mapped_column(String(22))
    boxed_team_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    invited_by: Mapped[str | None] = mapped_column(String(22))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OpenSession(Base):
    """Somebody signed in, or a reporter back with their code. The secret opens only with the key in their cookie."""

    __tablename__ = "open_session"

    lookup: Mapped[str] = mapped_column(String(43), primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(22))
    locked_secret: Mapped[bytes] = mapped_column(LargeBinary)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
