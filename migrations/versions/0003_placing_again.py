"""Small areas of reports, and how far a run has come that places all reports in another vintage of wards."""

import sqlalchemy as sa
from alembic import op

revision = "0003_placing_again"
down_revision = "0002_append_only_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "small_area",
        sa.Column("report_id", sa.String(length=22), nullable=False),
        sa.Column("vintage", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_small_area_report_id_report", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "vintage", name="pk_small_area"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "placing_run",
        sa.Column("vintage", sa.String(length=10), nullable=False),
        sa.Column("after_report", sa.String(length=22), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("vintage", name="pk_placing_run"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("placing_run")
    op.drop_table("small_area")
