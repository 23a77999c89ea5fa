"""Visits of a centre: saved ones, how a report was taken, notes, envelopes, reminders, asides; a report's language."""

import sqlalchemy as sa
from alembic import op

revision = "0008_visits"
down_revision = "0007_heard_from"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and the language column."""
    op.add_column("report", sa.Column("language", sa.String(length=40), nullable=True))
    op.create_table(
        "taking",
        _report_id(),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("interpreting", sa.String(length=40), nullable=True),
        sa.Column("read_aloud", sa.JSON(), nullable=False),
        sa.Column("by_visitor", sa.Boolean(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.String(length=22), nullable=True),
        _of_report("taking"),
        sa.PrimaryKeyConstraint("report_id", name="pk_taking"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "aside",
        sa.Column("id", sa.String(length=22), nullable=False),
        _report_id(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by_desk", sa.Boolean(), nullable=False),
        sa.Column("read_by_centre", sa.Boolean(), nullable=False),
        _of_report("aside"),
        sa.PrimaryKeyConstraint("id", name="pk_aside"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_aside_report", "aside", ["report_id"])
    _make_centre_tables()


def _make_centre_tables() -> None:
    op.create_table(
        "visit",
        sa.Column("lookup", sa.String(length=43), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("word", sa.String(length=20), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("locked_key", sa.LargeBinary(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=True),
        sa.Column("code_alone", sa.Boolean(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name="pk_visit"),
        sa.UniqueConstraint("id", name="uq_visit_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_visit_ends_at", "visit", ["ends_at"])
    op.create_index("ix_visit_person", "visit", ["person_id", "ends_at"])
    op.create_table(
        "envelope",
        _report_id(),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        _of_report("envelope"),
        sa.PrimaryKeyConstraint("report_id", name="pk_envelope"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "centre_note",
        sa.Column("id", sa.String(length=22), nullable=False),
        _report_id(),
        sa.Column("centre_id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=22), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        _of_report("centre_note"),
        sa.PrimaryKeyConstraint("id", name="pk_centre_note"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_centre_note_report", "centre_note", ["report_id"])
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(length=22), nullable=False),
        _report_id(),
        sa.Column("centre_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=22), nullable=True),
        _of_report("reminder"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reminder_due", "reminder", ["centre_id", "done_at", "due_at"])
    op.create_index("ix_reminder_report", "reminder", ["report_id"])


def downgrade() -> None:
    """Take them away, with what was in them."""
    for table in ("reminder", "centre_note", "envelope", "visit", "aside", "taking"):
        op.drop_table(table)
    op.drop_column("report", "language")


def _report_id() -> "sa.Column[str]":
    return sa.Column("report_id", sa.String(length=22), nullable=False)


def _of_report(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["report_id"], ["report.id"], name=f"fk_{table}_report_id_report", ondelete="CASCADE"
    )
