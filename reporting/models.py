"""Tables of the reporting room."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, SealedBytes, UtcDateTime, Word, Words
from core.languages import Language
from core.sealing import Sealed
from reporting.vocabulary import (
    Author,
    Category,
    Channel,
    Contact,
    Harm,
    HourBand,
    Interpreting,
    Kind,
    Offender,
    Precision,
    Present,
    Repeat,
    Safety,
    Setting,
    State,
    Strand,
    Told,
    WhyNotTold,
    Wish,
    YesNo,
)


class Draft(Base):
    """A report being written: ciphertext that only the key in the reporter's cookie opens."""

    __tablename__ = "draft"

    lookup: Mapped[str] = mapped_column(String(43), primary_key=True)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Report(Base):
    """One report: sealed words and identity, a protected place, choices. Times are floored to the hour.

    `sealed` has the parts words, when (the day itself), religion, name, reach and safe_times, for the holders desk
    and reporter. `place` is the place as given and as found, under the server key. `consent` is
    [[agency kind, detail], …]. `language` is the one it was told in, None when nobody said.
    """

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_centre_received", "centre_id", "received_at"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    receipt_lookup: Mapped[str] = mapped_column(String(43), unique=True)
    reporter_key: Mapped[bytes] = mapped_column(LargeBinary)
    erasure_slot: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[Sealed] = mapped_column(SealedBytes, deferred=True)
    place: Mapped[bytes] = mapped_column(LargeBinary)
    contact: Mapped[Contact] = mapped_column(Word(Contact))
    consent: Mapped[list[list[str]]] = mapped_column(JSON)
    centre_id: Mapped[str | None] = mapped_column(String(22))
    centre_name: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[State] = mapped_column(Word(State))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    language: Mapped[Language | None] = mapped_column(Word(Language))

    facts: Mapped["Facts"] = relationship(back_populates="report", cascade="all, delete-orphan", uselist=False)
    placements: Mapped[list["Placement"]] = relationship(cascade="all, delete-orphan")
    small_areas: Mapped[list["SmallArea"]] = relationship(cascade="all, delete-orphan")
    taking: Mapped["Taking | None"] = relationship(cascade="all, delete-orphan", uselist=False)


class Facts(Base):
    """What may be counted of a report: no free text, no identity, no time finer than a day's part."""

    __tablename__ = "facts"
    __table_args__ = (
        Index("ix_facts_reported_month", "reported_month"),
        Index("ix_facts_centre_month", "centre_id", "reported_month"),
        {"sqlite_with_rowid": False},
    )

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    taxonomy: Mapped[str] = mapped_column(String(20))
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    categories: Mapped[frozenset[Category]] = mapped_column(Words(Category))
    strands: Mapped[frozenset[Strand]] = mapped_column(Words(Strand))
    setting: Mapped[Setting] = mapped_column(Word(Setting))
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    centre_id: Mapped[str | None] = mapped_column(String(22))
    heard_from: Mapped[str | None] = mapped_column(String(22))
    reported_month: Mapped[date] = mapped_column(Date)
    incident_month: Mapped[date | None] = mapped_column(Date)
    weekday: Mapped[int | None] = mapped_column(SmallInteger)
    hours: Mapped[HourBand] = mapped_column(Word(HourBand))
    precision: Mapped[Precision] = mapped_column(Word(Precision), default=Precision.NONE)
    safety: Mapped[Safety] = mapped_column(Word(Safety))
    harms: Mapped[frozenset[Harm]] = mapped_column(Words(Harm))
    repeat: Mapped[Repeat] = mapped_column(Word(Repeat))
    offender: Mapped[Offender] = mapped_column(Word(Offender))
    under_18: Mapped[YesNo] = mapped_column(Word(YesNo))
    told: Mapped[frozenset[Told]] = mapped_column(Words(Told))
    why_not_told: Mapped[frozenset[WhyNotTold]] = mapped_column(Words(WhyNotTold))
    wishes: Mapped[frozenset[Wish]] = mapped_column(Words(Wish))
    outcome: Mapped[str | None] = mapped_column(String(40))

    report: Mapped[Report] = relationship(back_populates="facts")


class Placement(Base):
    """A report's ward under one vintage. Shares of a place that straddles wards add up to 1; none is forced."""

    __tablename__ = "placement"
    __table_args__ = (Index("ix_placement_ward", "vintage", "ward"), {"sqlite_with_rowid": False})

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    vintage: Mapped[str] = mapped_column(String(10), primary_key=True)
    ward: Mapped[str] = mapped_column(String(9), primary_key=True)
    weight: Mapped[float]


class SmallArea(Base):
    """The small area of the census (LSOA) that a report's place is in, by vintage; none for a street or an area."""

    __tablename__ = "small_area"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    vintage: Mapped[str] = mapped_column(String(10), primary_key=True)
    code: Mapped[str] = mapped_column(String(9))


class PlacingRun(Base):
    """How far all reports have been placed again in a vintage: those up to `after_report` are. No row when done.

    `pack` is the fingerprint of the geography that they were placed on.
    """

    __tablename__ = "placing_run"

    vintage: Mapped[str] = mapped_column(String(10), primary_key=True)
    pack: Mapped[str] = mapped_column(String(64))
    after_report: Mapped[str] = mapped_column(String(22))
    looked_at: Mapped[int]
    changed: Mapped[int]


class Message(Base):
    """One entry of the conversation behind a receipt code: a message either way, or what changed, in plain words.

    `sealed` has the part `words`, for the holders desk and reporter. `code` names a change (triage's words).
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_report", "report_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    position: Mapped[int]
    author: Mapped[Author] = mapped_column(Word(Author))
    author_name: Mapped[str] = mapped_column(String(120))
    sealed: Mapped[Sealed] = mapped_column(SealedBytes)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_by_reporter: Mapped[bool] = mapped_column(default=False)
    read_by_desk: Mapped[bool] = mapped_column(default=False)


class Taking(Base):
    """How a report was taken down for somebody at a centre: choices, for whoever handles the report.

    `read_aloud` is [[agency kind, detail], …]: the sentences that were read to them and answered. `dated` and
    `taken_by` (a person's id) are a paper form's. `by_visitor` says that they answered the private part themselves.
    """

    __tablename__ = "taking"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    present: Mapped[frozenset[Present]] = mapped_column(Words(Present))
    interpreting: Mapped[Interpreting | None] = mapped_column(Word(Interpreting))
    read_aloud: Mapped[list[list[str]]] = mapped_column(JSON)
    by_visitor: Mapped[bool]
    dated: Mapped[date | None] = mapped_column(Date)
    taken_by: Mapped[str | None] = mapped_column(String(22))


class Aside(Base):
    """A note between a centre and the desk that is not for the reporter, and is kept apart from the conversation.

    `sealed` has the part `words`, for the holders desk and centre, under the report's erasure slot and its own
    together: it dies with the report or in its own time. Those without a slot of their own are older than it.
    """

    __tablename__ = "aside"
    __table_args__ = (
        Index("ix_aside_report", "report_id"),
        Index("ix_aside_written_at", "written_at"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    position: Mapped[int]
    author: Mapped[Author] = mapped_column(Word(Author))
    sealed: Mapped[Sealed] = mapped_column(SealedBytes)
    erasure_slot: Mapped[str | None] = mapped_column(String(40))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_by_desk: Mapped[bool] = mapped_column(default=False)
    read_by_centre: Mapped[bool] = mapped_column(default=False)


class ImportRun(Base):
    """How far a file has been replayed: rows before `next_row` are in."""

    __tablename__ = "import_run"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_row: Mapped[int]
