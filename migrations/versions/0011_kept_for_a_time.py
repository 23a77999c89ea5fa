"""Everything kept for a time can end: slots beside a report, the day it was closed, what stays of it in the figures."""

import sqlalchemy as sa
from alembic import op

revision = "0011_kept_for_a_time"
down_revision = "0010_ways_back_and_ends"
branch_labels = None
depends_on = None

BESIDE = ("centre_note", "reminder", "aside")


def upgrade() -> None:
    """Add them. What is there already stays under the report's key alone."""
    for table in BESIDE:
        op.add_column(table, sa.Column("erasure_slot", sa.String(length=40), nullable=True))
    op.add_column("centre", sa.Column("lead_named_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_aside_written_at", "aside", ["written_at"])
    op.add_column("queue_entry", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_queue_entry_closed_at", "queue_entry", ["closed_at"])
    # The trail knows when a report was closed; so does the clock of a closed one, unless it was scored again.
    op.execute(
        "UPDATE queue_entry SET closed_at = COALESCE((SELECT MAX(happened_at) FROM audit_entry "
        "WHERE subject = queue_entry.report_id AND action = 'report closed'), due_at) WHERE standing = 'closed'"
    )
    op.create_table(
        "month_cell",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("vintage", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "part", "vintage", "code", name="pk_month_cell"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "condemned_key",
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("slot", name="pk_condemned_key"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """What was sealed under two keys cannot be read under one. Sweep first: keys still listed stay undestroyed.

    The figures lose what is only in the cells.
    """
    op.drop_table("condemned_key")
    op.drop_table("month_cell")
    op.drop_index("ix_queue_entry_closed_at", "queue_entry")
    op.drop_column("queue_entry", "closed_at")
    op.drop_index("ix_aside_written_at", "aside")
    op.drop_column("centre", "lead_named_at")
    op.execute("DELETE FROM centre_note WHERE erasure_slot IS NOT NULL")
    op.execute("DELETE FROM aside WHERE erasure_slot IS NOT NULL")
    op.execute("UPDATE reminder SET sealed = NULL WHERE erasure_slot IS NOT NULL")
    for table in reversed(BESIDE):
        op.drop_column(table, "erasure_slot")
