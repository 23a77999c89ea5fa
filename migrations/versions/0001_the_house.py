"""The house: people, reports, referrals, the audit trail and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001_the_house"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "audit_entry",
    "draft",
    "import_run",
    "installation",
    "lease",
    "open_session",
    "outbox",
    "report",
    "team",
    "agency",
    "centre",
    "facts",
    "message",
    "person",
    "placement",
    "queue_entry",
    "referral",
    "referral_step",
)


def upgrade() -> None:
    """Make every table, those that others refer to first."""
    _audit_entry()
    _draft()
    _import_run()
    _installation()
    _lease()
    _open_session()
    _outbox()
    _report()
    _team()
    _agency()
    _centre()
    _facts()
    _message()
    _person()
    _placement()
    _queue_entry()
    _referral()
    _referral_step()


def downgrade() -> None:
    """Drop every table, those that refer to others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_role", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.String(length=22), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=22), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=43), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
        sa.UniqueConstraint("chain", "number", name="uq_audit_entry_chain_number"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject"])


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("lookup", sa.String(length=43), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name="pk_draft"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_draft_ends_at", "draft", ["ends_at"])


def _import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("next_row", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_import_run"),
        sqlite_with_rowid=False,
    )


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_installation"),
        sqlite_with_rowid=False,
    )


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=22), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
        sqlite_with_rowid=False,
    )


def _open_session() -> None:
    op.create_table(
        "open_session",
        sa.Column("lookup", sa.String(length=43), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=22), nullable=False),
        sa.Column("locked_secret", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name="pk_open_session"),
        sqlite_with_rowid=False,
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("task", sa.String(length=60), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("coarse", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_outbox_due", "outbox", ["due_at"])


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("receipt_lookup", sa.String(length=43), nullable=False),
        sa.Column("reporter_key", sa.LargeBinary(), nullable=False),
        sa.Column("erasure_slot", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("consent", sa.JSON(), nullable=False),
        sa.Column("centre_id", sa.String(length=22), nullable=True),
        sa.Column("centre_name", sa.String(length=120), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("receipt_lookup", name="uq_report_receipt_lookup"),
        sa.UniqueConstraint("reference", name="uq_report_reference"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_centre_id", "report", ["centre_id"])


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("name", name="uq_team_name"),
        sqlite_with_rowid=False,
    )


def _agency() -> None:
    op.create_table(
        "agency",
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("answer_working_days", sa.SmallInteger(), nullable=False),
        sa.Column("answer_hours_when_high", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_agency_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", name="pk_agency"),
        sqlite_with_rowid=False,
    )


def _centre() -> None:
    op.create_table(
        "centre",
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_centre_team_id_team"),
        sa.PrimaryKeyConstraint("team_id", name="pk_centre"),
        sqlite_with_rowid=False,
    )


def _facts() -> None:
    op.create_table(
        "facts",
        sa.Column("report_id", sa.String(length=22), nullable=False),
        sa.Column("taxonomy", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False),
        sa.Column("strands", sa.Text(), nullable=False),
        sa.Column("setting", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("centre_id", sa.String(length=22), nullable=True),
        sa.Column("reported_month", sa.Date(), nullable=False),
        sa.Column("incident_month", sa.Date(), nullable=True),
        sa.Column("weekday", sa.SmallInteger(), nullable=True),
        sa.Column("hours", sa.String(length=40), nullable=False),
        sa.Column("precision", sa.String(length=40), nullable=False),
        sa.Column("safety", sa.String(length=40), nullable=False),
        sa.Column("harms", sa.Text(), nullable=False),
        sa.Column("repeat", sa.String(length=40), nullable=False),
        sa.Column("offender", sa.String(length=40), nullable=False),
        sa.Column("under_18", sa.String(length=40), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("why_not_told", sa.Text(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_facts_report_id_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name="pk_facts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_facts_reported_month", "facts", ["reported_month"])


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("report_id", sa.String(length=22), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by_reporter", sa.Boolean(), nullable=False),
        sa.Column("read_by_desk", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_message_report_id_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_message_report", "message", ["report_id"])


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("locked_secret", sa.LargeBinary(), nullable=False),
        sa.Column("boxed_team_key", sa.LargeBinary(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_person_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("email", name="uq_person_email"),
        sqlite_with_rowid=False,
    )


def _placement() -> None:
    op.create_table(
        "placement",
        sa.Column("report_id", sa.String(length=22), nullable=False),
        sa.Column("vintage", sa.String(length=10), nullable=False),
        sa.Column("ward", sa.String(length=9), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_placement_report_id_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "vintage", "ward", name="pk_placement"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_placement_ward", "placement", ["vintage", "ward"])


def _queue_entry() -> None:
    op.create_table(
        "queue_entry",
        sa.Column("report_id", sa.String(length=22), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("on_desk", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("turn", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("rules_version", sa.String(length=20), nullable=False),
        sa.Column("called_back", sa.Text(), nullable=False),
        sa.Column("officer_level", sa.String(length=40), nullable=True),
        sa.Column("officer_reason", sa.LargeBinary(), nullable=True),
        sa.Column("taken_by", sa.String(length=22), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_queue_entry_report_id_report", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name="fk_queue_entry_taken_by_person"),
        sa.PrimaryKeyConstraint("report_id", name="pk_queue_entry"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_queue_entry_order", "queue_entry", ["on_desk", "rank", "turn", "due_at", "received_at", "report_id"]
    )
    op.create_index("ix_queue_entry_standing", "queue_entry", ["standing", "due_at", "report_id"])


def _referral() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("report_id", sa.String(length=22), nullable=False),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("package", sa.LargeBinary(), nullable=False),
        sa.Column("package_details", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.team_id"], name="fk_referral_agency_id_agency"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_referral_report_id_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_referral_agency", "referral", ["agency_id", "is_open", "due_at"])
    op.create_index("ix_referral_report_id", "referral", ["report_id"])
    op.create_index(
        "uq_referral_open",
        "referral",
        ["report_id", "agency_id"],
        unique=True,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )


def _referral_step() -> None:
    op.create_table(
        "referral_step",
        sa.Column("referral_id", sa.String(length=22), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_role", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.String(length=22), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name="fk_referral_step_referral_id_referral", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", "position", name="pk_referral_step"),
        sqlite_with_rowid=False,
    )
