"""A run that places all reports again knows the geography that it places them on."""

import sqlalchemy as sa
from alembic import op

revision = "0005_runs_know_their_pack"
down_revision = "0004_centres_of_their_own"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table anew: nobody knows on which geography a run that was stopped before had begun."""
    _make(sa.Column("pack", sa.String(length=64), nullable=False))


def downgrade() -> None:
    """Make it as it was."""
    _make()


def _make(*more: sa.Column[str]) -> None:
    op.drop_table("placing_run")
    op.create_table(
        "placing_run",
        sa.Column("vintage", sa.String(length=10), nullable=False),
        *more,
        sa.Column("after_report", sa.String(length=22), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("vintage", name="pk_placing_run"),
        sqlite_with_rowid=False,
    )
