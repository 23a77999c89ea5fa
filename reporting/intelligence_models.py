"""Tables of community intelligence: what partners hear, kept apart from reports and never counted among them."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, SealedBytes, UtcDateTime, Word, Words
from core.sealing import Sealed
from reporting.intelligence_words import Action, Assessment, Handling, SourceEvaluation, Standing
from reporting.vocabulary import Precision, Strand


class Intelligence(Base):
    """One Community Partnership Intelligence form. Times are floored to the hour.

    `sealed` has the parts words, source and conditions, for the holder desk. `place` is the place as given and as
    found, under the server key and the erasure key. After `keep_until` it is destroyed.
    """

    __tablename__ = "intelligence"
    __table_args__ = (
        Index("ix_intelligence_filed_month", "filed_month"),
        Index("ix_intelligence_filed_at", "filed_at", "id"),
        Index("ix_intelligence_filed_by", "filed_by"),
        Index("ix_intelligence_keep_until", "keep_until"),
        Index("ix_intelligence_standing", "standing"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    erasure_slot: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[Sealed] = mapped_column(SealedBytes, deferred=True)
    place: Mapped[bytes] = mapped_column(LargeBinary)
    source_evaluation: Mapped[SourceEvaluation] = mapped_column(Word(SourceEvaluation))
    assessment: Mapped[Assessment] = mapped_column(Word(Assessment))
    handling: Mapped[Handling] = mapped_column(Word(Handling))
    strands: Mapped[frozenset[Strand]] = mapped_column(Words(Strand))
    precision: Mapped[Precision] = mapped_column(Word(Precision), default=Precision.NONE)
    filed_month: Mapped[date] = mapped_column(Date)
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_by: Mapped[str] = mapped_column(String(22))
    team_name: Mapped[str] = mapped_column(String(120))
    standing: Mapped[Standing] = mapped_column(Word(Standing))
    action: Mapped[Action | None] = mapped_column(Word(Action))
    moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moved_by: Mapped[str | None] = mapped_column(String(22))
    keep_until: Mapped[date] = mapped_column(Date)

    wards: Mapped[list["IntelligenceWard"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class IntelligenceWard(Base):
    """The ward of a piece of intelligence under one vintage; shares of a place that straddles wards add up to 1."""

    __tablename__ = "intelligence_ward"
    __table_args__ = (Index("ix_intelligence_ward_ward", "vintage", "ward"), {"sqlite_with_rowid": False})

    intelligence_id: Mapped[str] = mapped_column(ForeignKey("intelligence.id", ondelete="CASCADE"), primary_key=True)
    vintage: Mapped[str] = mapped_column(String(10), primary_key=True)
    ward: Mapped[str] = mapped_column(String(9), primary_key=True)
    weight: Mapped[float]
