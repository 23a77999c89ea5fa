"""Tokens of partner systems and what they sent, community intelligence, indexes by centre."""

import sqlalchemy as sa
from alembic import op

revision = "0009_intake_and_intelligence"
down_revision = "0008_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.drop_index("ix_report_centre_id", "report")
    op.create_index("ix_report_centre_received", "report", ["centre_id", "received_at"])
    op.create_index("ix_facts_centre_month", "facts", ["centre_id", "reported_month"])
    _make_intake()
    _make_intelligence()


def _make_intake() -> None:
    op.create_table(
        "intake_token",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", sa.String(length=22), nullable=False),
        sa.Column("lookup", sa.String(length=43), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=22), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name="fk_intake_token_centre_id_centre", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_intake_token"),
        sa.UniqueConstraint("lookup", name="uq_intake_token_lookup"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_intake_token_centre", "intake_token", ["centre_id"])
    op.create_table(
        "intake_sent",
        sa.Column("lookup", sa.String(length=43), nullable=False),
        sa.Column("digest", sa.String(length=43), nullable=False),
        sa.Column("token_id", sa.String(length=22), nullable=False),
        sa.Column("report_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"], ["intake_token.id"], name="fk_intake_sent_token_id_intake_token", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_intake_sent_report_id_report", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("lookup", name="pk_intake_sent"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_intake_sent_report", "intake_sent", ["report_id"])


def _make_intelligence() -> None:
    op.create_table(
        "intelligence",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("erasure_slot", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("source_evaluation", sa.String(length=40), nullable=False),
        sa.Column("assessment", sa.String(length=40), nullable=False),
        sa.Column("handling", sa.String(length=40), nullable=False),
        sa.Column("strands", sa.Text(), nullable=False),
        sa.Column("precision", sa.String(length=40), nullable=False),
        sa.Column("filed_month", sa.Date(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by", sa.String(length=22), nullable=False),
        sa.Column("team_name", sa.String(length=120), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_by", sa.String(length=22), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_intelligence"),
        sqlite_with_rowid=False,
    )
    for name, columns in _INTELLIGENCE_INDEXES.items():
        op.create_index(name, "intelligence", columns)
    op.create_table(
        "intelligence_ward",
        sa.Column("intelligence_id", sa.String(length=22), nullable=False),
        sa.Column("vintage", sa.String(length=10), nullable=False),
        sa.Column("ward", sa.String(length=9), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intelligence_id"],
            ["intelligence.id"],
            name="fk_intelligence_ward_intelligence_id_intelligence",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("intelligence_id", "vintage", "ward", name="pk_intelligence_ward"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_intelligence_ward_ward", "intelligence_ward", ["vintage", "ward"])


_INTELLIGENCE_INDEXES = {
    "ix_intelligence_filed_month": ["filed_month"],
    "ix_intelligence_filed_at": ["filed_at", "id"],
    "ix_intelligence_filed_by": ["filed_by"],
    "ix_intelligence_keep_until": ["keep_until"],
}


def downgrade() -> None:
    """Take them away again."""
    for table in ("intelligence_ward", "intelligence", "intake_sent", "intake_token"):
        op.drop_table(table)
    op.drop_index("ix_facts_centre_month", "facts")
    op.drop_index("ix_report_centre_received", "report")
    op.create_index("ix_report_centre_id", "report", ["centre_id"])
