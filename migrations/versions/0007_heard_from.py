"""A report's facts note the centre whose poster led to the public form."""

import sqlalchemy as sa
from alembic import op

revision = "0007_heard_from"
down_revision = "0006_becoming_a_centre"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody was asked before."""
    op.add_column("facts", sa.Column("heard_from", sa.String(length=22), nullable=True))


def downgrade() -> None:
    """It is lost."""
    op.drop_column("facts", "heard_from")
