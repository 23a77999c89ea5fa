"""An invitation may let somebody enrolled come back; indexes for what a centre keeps only for its time."""

import sqlalchemy as sa
from alembic import op

revision = "0010_ways_back_and_ends"
down_revision = "0009_intake_and_intelligence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.add_column("invitation", sa.Column("person_id", sa.String(length=22), nullable=True))
    op.create_index("ix_centre_note_keep_until", "centre_note", ["keep_until"])
    op.create_index("ix_reminder_ends", "reminder", ["done_at", "due_at"])


def downgrade() -> None:
    """Whoever had a code to come back by needs a new one."""
    op.drop_index("ix_reminder_ends", "reminder")
    op.drop_index("ix_centre_note_keep_until", "centre_note")
    op.execute("DELETE FROM invitation WHERE person_id IS NOT NULL")
    op.drop_column("invitation", "person_id")
