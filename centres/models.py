"""Tables of the centres room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from accounts.models import Team
from centres.details import Life, Place
from centres.opening import Week
from centres.standing import Trained
from centres.vocabulary import CentreKind, CentreState, Check, Course, Reason, Scheme, TokenScope
from core.db import Base, UtcDateTime, Word, Words
from core.languages import Language


class Centre(Base):
    """A third-party reporting centre, or a place that asked to be one. Everything here is public but the lead.

    Its people are a team of the same id, which is there once its lead has joined. `hours` is `Week.to_values`;
    latitude and longitude are those of its postcode. `lead_name` and `lead_email` are whom the coordinator asks;
    `lead_named_at` is when the coordinator named somebody after those who applied were forgotten.
    """

    __tablename__ = "centre"
    __table_args__ = (Index("ix_centre_state", "state"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    state: Mapped[CentreState] = mapped_column(Word(CentreState))
    kind: Mapped[CentreKind] = mapped_column(Word(CentreKind), default=CentreKind.OTHER)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    about: Mapped[str] = mapped_column(String(500), default="")
    address: Mapped[str] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(10))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    phone: Mapped[str] = mapped_column(String(40), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    hours: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    languages: Mapped[frozenset[Language]] = mapped_column(Words(Language), default=frozenset)
    step_free: Mapped[bool] = mapped_column(default=False)
    private_space: Mapped[bool] = mapped_column(default=False)
    schemes: Mapped[frozenset[Scheme]] = mapped_column(Words(Scheme), default=frozenset)
    lead_name: Mapped[str] = mapped_column(String(120), default="")
    lead_email: Mapped[str] = mapped_column(String(254), default="")
    lead_named_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreement: Mapped[str] = mapped_column(String(20), default="")
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    team: Mapped[Team | None] = relationship(
        primaryjoin=lambda: foreign(Centre.id) == remote(Team.id), viewonly=True, lazy="select"
    )

    @property
    def week(self) -> Week:
        """When it is open."""
        return Week.from_values(self.hours)

    @property
    def place(self) -> Place:
        """What and where it is."""
        return Place(self.name, self.kind, self.address, self.postcode)

    @property
    def life(self) -> Life:
        """What its lead keeps true."""
        return Life(
            self.about,
            self.phone,
            self.website,
            self.week,
            self.languages,
            self.step_free,
            self.private_space,
            self.schemes,
        )


class CentreStep(Base):
    """One step of a centre's life: where it came to stand, when, by whom, and why where a reason is wanted."""

    __tablename__ = "centre_step"
    __table_args__ = (Index("ix_centre_step_centre", "centre_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    centre_id: Mapped[str] = mapped_column(ForeignKey("centre.id"))
    state: Mapped[CentreState] = mapped_column(Word(CentreState))
    reason: Mapped[Reason | None] = mapped_column(Word(Reason))
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_by: Mapped[str | None] = mapped_column(String(22))


class CentreCheck(Base):
    """Something that the coordinator saw to before approving a place."""

    __tablename__ = "centre_check"

    centre_id: Mapped[str] = mapped_column(ForeignKey("centre.id"), primary_key=True)
    check: Mapped[Check] = mapped_column("seen", Word(Check), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_by: Mapped[str | None] = mapped_column(String(22))


class Training(Base):
    """A course that somebody of a centre completed. `expires_on` is the first day on which it no longer counts."""

    __tablename__ = "training"
    __table_args__ = (UniqueConstraint("person_id", "course", "completed_on"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    course: Mapped[Course] = mapped_column(Word(Course))
    completed_on: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str | None] = mapped_column(String(22))

    @property
    def trained(self) -> Trained:
        """What it says, for the rule."""
        return Trained(self.course, self.completed_on, self.expires_on)


class IntakeToken(Base):
    """What a partner system proves itself with. Only a keyed hash of it is kept; used to the day."""

    __tablename__ = "intake_token"
    __table_args__ = (Index("ix_intake_token_centre", "centre_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    centre_id: Mapped[str] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    lookup: Mapped[str] = mapped_column(String(43), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    scopes: Mapped[frozenset[TokenScope]] = mapped_column(Words(TokenScope))
    made_by: Mapped[str | None] = mapped_column(String(22))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced: Mapped[bool] = mapped_column(default=False)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_on: Mapped[date | None] = mapped_column(Date)

    centre: Mapped[Centre] = relationship(lazy="joined", innerjoin=True)


class IntakeSent(Base):
    """A document that a partner system sent under an Idempotency-Key, by keyed hashes of both.

    `digest` is keyed with the token itself, so that the server alone cannot try what somebody may have said.
    """

    __tablename__ = "intake_sent"
    __table_args__ = (Index("ix_intake_sent_report", "report_id"), {"sqlite_with_rowid": False})

    lookup: Mapped[str] = mapped_column(String(43), primary_key=True)
    digest: Mapped[str] = mapped_column(String(43))
    token_id: Mapped[str] = mapped_column(ForeignKey("intake_token.id", ondelete="CASCADE"))
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
