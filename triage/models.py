"""Tables of the desk."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Team
from core.db import Base, SealedBytes, UtcDateTime, Word, Words
from core.sealing import Sealed
from reporting.models import Report
from reporting.vocabulary import AgencyKind, Detail
from triage.vocabulary import Basis, CalledBack, Level, Outcome, ReferralState, Standing


class Agency(Base):
    """A team that reports are referred to, the kind that consent is given for, and how soon it answers."""

    __tablename__ = "agency"

    team_id: Mapped[str] = mapped_column(ForeignKey("team.id"), primary_key=True)
    kind: Mapped[AgencyKind] = mapped_column(Word(AgencyKind))
    answer_working_days: Mapped[int] = mapped_column(SmallInteger, default=1)
    answer_hours_when_high: Mapped[int] = mapped_column(SmallInteger, default=4)

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)


class QueueEntry(Base):
    """A report's place on the queue. `rank` and `turn` follow from level and call-backs, so that an index orders.

    `clock_from` is when the clock began that `due_at` ends: the report's arrival, or what last called it back.
    `closed_at` is when the desk closed it last; None while it is open.
    `level` and `reasons` ([[words, points], …]) are the score's; the officer's own level stands beside them.
    `officer_reason` has the part `words`, for the desk, under the report's erasure slot.
    """

    __tablename__ = "queue_entry"
    __table_args__ = (
        Index(
            "ix_queue_entry_order", "on_desk", "rank", "turn", "due_at", "received_at", "report_id",
        ),
        Index("ix_queue_entry_standing", "standing", "due_at", "report_id"),
        Index("ix_queue_entry_closed_at", "closed_at"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    standing: Mapped[Standing] = mapped_column(Word(Standing))
    on_desk: Mapped[bool]
    rank: Mapped[int] = mapped_column(SmallInteger)
    turn: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    clock_from: Mapped[datetime] = mapped_column(UtcDateTime)
    level: Mapped[Level] = mapped_column(Word(Level))
    score: Mapped[int]
    reasons: Mapped[list[tuple[str, int]]] = mapped_column(JSON)
    rules_version: Mapped[str] = mapped_column(String(20))
    called_back: Mapped[frozenset[CalledBack]] = mapped_column(Words(CalledBack))
    officer_level: Mapped[Level | None] = mapped_column(Word(Level))
    officer_reason: Mapped[Sealed | None] = mapped_column(SealedBytes)
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    report: Mapped[Report] = relationship(lazy="joined", innerjoin=True)

    @property
    def level_in_force(self) -> Level:
        """The officer's level where one was set, else the score's."""
        return self.officer_level or self.level


class Referral(Base):
    """One report shared with one agency. `package` has the part `package`, for the holders agency and desk.

    Sealed under the report's erasure slot. A revoked package keeps the desk's wrap alone.
    """

    __tablename__ = "referral"
    __table_args__ = (
        Index(
            "uq_referral_open", "report_id", "agency_id",
            unique=True, sqlite_where=text("is_open"), postgresql_where=text("is_open"),
        ),
        Index("ix_referral_agency", "agency_id", "is_open", "due_at"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agency.team_id"))
    state: Mapped[ReferralState] = mapped_column(Word(ReferralState))
    is_open: Mapped[bool]
    level: Mapped[Level] = mapped_column(Word(Level))
    basis: Mapped[Basis] = mapped_column(Word(Basis))
    package: Mapped[Sealed] = mapped_column(SealedBytes)
    package_details: Mapped[frozenset[Detail]] = mapped_column(Words(Detail))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))

    report: Mapped[Report] = relationship()
    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    steps: Mapped[list["ReferralStep"]] = relationship(cascade="all, delete-orphan", order_by="ReferralStep.position")


class ReferralStep(Base):
    """One step of a referral: what it became, when, by whom, and the words that go with it.

    `sealed` has the part `words` (why declined, a note of progress, what was done), for the holders agency and
    desk, or the desk alone, under the report's erasure slot.
    """

    __tablename__ = "referral_step"
    __table_args__ = ({"sqlite_with_rowid": False},)

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    state: Mapped[ReferralState] = mapped_column(Word(ReferralState))
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_role: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[str | None] = mapped_column(String(22))
    sealed: Mapped[Sealed | None] = mapped_column(SealedBytes)
