"""How a place becomes a centre and keeps its people: steps, checks, training, invitations, and closed teams."""

import sqlalchemy as sa
from alembic import op

revision = "0006_becoming_a_centre"
down_revision = "0005_runs_know_their_pack"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a centre's life and people are kept in."""
    op.add_column("team", sa.Column("closed", sa.String(length=40), nullable=True))
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("lookup", sa.String(length=43), nullable=False),
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("team_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("boxed_team_key", sa.LargeBinary(), nullable=True),
        sa.Column("invited_by", sa.String(length=22), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("lookup", name="uq_invitation_lookup"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_invitation_team", "invitation", ["team_id"])
    op.create_table(
        "centre_step",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", sa.String(length=22), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.String(length=22), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name="fk_centre_step_centre_id_centre"),
        sa.PrimaryKeyConstraint("id", name="pk_centre_step"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_centre_step_centre", "centre_step", ["centre_id"])
    op.create_table(
        "centre_check",
        sa.Column("centre_id", sa.String(length=22), nullable=False),
        sa.Column("seen", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.String(length=22), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name="fk_centre_check_centre_id_centre"),
        sa.PrimaryKeyConstraint("centre_id", "seen", name="pk_centre_check"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "training",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=22), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_training_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_training"),
        sa.UniqueConstraint("person_id", "course", "completed_on", name="uq_training_person_id_course_completed_on"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take it away again; nobody's access is closed any more."""
    for table in ("training", "centre_check", "centre_step", "invitation"):
        op.drop_table(table)
    op.drop_column("team", "closed")
