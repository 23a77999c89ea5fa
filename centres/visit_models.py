"""Tables of visits: what is saved within one, and what a centre keeps for its visitors afterwards."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from centres.vocabulary import NoteKind
from core.db import Base, SealedBytes, UtcDateTime, Word
from core.sealing import Sealed


class Visit(Base):
    """A visit that was saved, or whose screen was handed over. Gone at the centre's closing time.

    `lookup` is a keyed hash of the visit's key. `locked` is what staff typed, under that key. `private` is what the
    visitor answered alone, under a key that neither the page's key nor the server's key gives without the other.
    `locked_key` is the visit's key under the key in the browser's cookie. `sent` and `code_alone` say how far it is.
    """

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_person", "person_id", "ends_at"), {"sqlite_with_rowid": False})

    lookup: Mapped[str] = mapped_column(String(43), primary_key=True)
    id: Mapped[str] = mapped_column(String(22), unique=True)
    centre_id: Mapped[str] = mapped_column(String(22))
    person_id: Mapped[str] = mapped_column(String(22))
    word: Mapped[str] = mapped_column(String(20))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    locked_key: Mapped[bytes] = mapped_column(LargeBinary)
    private: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_alone: Mapped[bool] = mapped_column(default=False)
    sent: Mapped[bool] = mapped_column(default=False)


class Envelope(Base):
    """A receipt under a passphrase of the visitor's own. Opens with the passphrase and the report's erasure key."""

    __tablename__ = "envelope"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    locked: Mapped[bytes] = mapped_column(LargeBinary)


class CentreNote(Base):
    """What a centre keeps beside a report: a support plan, a debrief, a note that the visitor agreed to.

    `sealed` has the part `words`, for the holder centre alone, under the report's erasure slot and its own together:
    it dies with the report, or at `keep_until` once the case is closed, although the report may be kept longer. Those
    without a slot of their own are older than it.
    """

    __tablename__ = "centre_note"
    __table_args__ = (
        Index("ix_centre_note_report", "report_id"),
        Index("ix_centre_note_keep_until", "keep_until"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    centre_id: Mapped[str] = mapped_column(String(22))
    kind: Mapped[NoteKind] = mapped_column(Word(NoteKind))
    sealed: Mapped[Sealed] = mapped_column(SealedBytes)
    erasure_slot: Mapped[str | None] = mapped_column(String(40))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[str] = mapped_column(String(22))
    keep_until: Mapped[date] = mapped_column(Date)


class Reminder(Base):
    """A call back that was promised: an hour at most, and whose it is. `sealed` as of a note; None without words."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index("ix_reminder_due", "centre_id", "done_at", "due_at"),
        Index("ix_reminder_report", "report_id"),
        Index("ix_reminder_ends", "done_at", "due_at"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    centre_id: Mapped[str] = mapped_column(String(22))
    person_id: Mapped[str] = mapped_column(String(22))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[Sealed | None] = mapped_column(SealedBytes)
    erasure_slot: Mapped[str | None] = mapped_column(String(40))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(String(22))
