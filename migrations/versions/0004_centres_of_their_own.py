"""A centre before it has people: its state, what its public page says, and whom the coordinator asks."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004_centres_of_their_own"
down_revision = "0003_placing_again"
branch_labels = None
depends_on = None


_UNSAID = {
    "state": "active",
    "kind": "other",
    "hours": {},
    "step_free": False,
    "private_space": False,
    **dict.fromkeys(("about", "phone", "website", "languages", "schemes", "lead_name", "lead_email", "agreement"), ""),
}


def upgrade() -> None:
    """Make the table anew; every centre there is stays, active."""
    found = sa.text(
        "SELECT team.id, team.name, centre.address, centre.postcode FROM centre JOIN team ON team.id = centre.team_id"
    )
    kept = [row._asdict() for row in op.get_bind().execute(found)]
    op.drop_table("centre")
    centre = op.create_table(
        "centre",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("private_space", sa.Boolean(), nullable=False),
        sa.Column("schemes", sa.Text(), nullable=False),
        sa.Column("lead_name", sa.String(length=120), nullable=False),
        sa.Column("lead_email", sa.String(length=254), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreement", sa.String(length=20), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_centre"),
        sa.UniqueConstraint("name", name="uq_centre_name"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_centre_state", "centre", ["state"])
    op.bulk_insert(centre, [{**_UNSAID, **row, "applied_at": datetime.now(UTC)} for row in kept])


def downgrade() -> None:
    """Go back to centres with an address alone; those without people are lost."""
    found = sa.text("SELECT team.id AS team_id, address, postcode FROM centre JOIN team ON team.id = centre.id")
    kept = [row._asdict() for row in op.get_bind().execute(found)]
    op.drop_table("centre")
    centre = op.create_table(
        "centre",
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_centre_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", name="pk_centre"),
        sqlite_with_rowid=False,
    )
    op.bulk_insert(centre, kept)
