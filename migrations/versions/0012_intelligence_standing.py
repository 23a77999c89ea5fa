"""An index on where intelligence stands: the desk's pages say how much of it waits for a grade."""

from alembic import op

revision = "0012_intelligence_standing"
down_revision = "0011_kept_for_a_time"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""
    op.create_index("ix_intelligence_standing", "intelligence", ["standing"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_intelligence_standing", "intelligence")
