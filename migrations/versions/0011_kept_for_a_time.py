"""What is kept beside a report has an erasure slot of its own; a list of the keys that are still to be destroyed."""

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
    op.create_table(
        "condemned_key",
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("slot", name="pk_condemned_key"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """What was sealed under two keys cannot be read under one. Sweep first: keys still listed stay undestroyed."""
    op.drop_table("condemned_key")
    op.drop_index("ix_aside_written_at", "aside")
    op.drop_column("centre", "lead_named_at")
    op.execute("DELETE FROM centre_note WHERE erasure_slot IS NOT NULL")
    op.execute("DELETE FROM aside WHERE erasure_slot IS NOT NULL")
    op.execute("UPDATE reminder SET sealed = NULL WHERE erasure_slot IS NOT NULL")
    for table in reversed(BESIDE):
        op.drop_column(table, "erasure_slot")
