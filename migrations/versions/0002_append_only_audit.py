"""The audit trail only grows: the database itself refuses to delete an entry, or to change what it says.

What is left is the chain's own step: an entry is written without number and digest, and given both once. A
migration that rebuilds `audit_entry` on SQLite must drop these triggers before and make them again after.
"""

from alembic import op

revision = "0002_append_only_audit"
down_revision = "0001_the_house"
branch_labels = None
depends_on = None

WORDS = "The audit trail only grows."
FACTS = ("id", "chain", "happened_at", "actor_role", "actor_id", "action", "subject")
OTHER_OF_THAT_NUMBER = "SELECT 1 FROM audit_entry WHERE chain = NEW.chain AND number = NEW.number AND id <> OLD.id"

SQLITE = {
    # REPLACE deletes without asking the trigger for deletions, so what it would hit is refused here.
    "audit_entry_insert": "BEFORE INSERT ON audit_entry WHEN NEW.number IS NOT NULL OR NEW.digest IS NOT NULL"
    " OR EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)",
    "audit_entry_delete": "BEFORE DELETE ON audit_entry",
    "audit_entry_update": "BEFORE UPDATE ON audit_entry WHEN OLD.digest IS NOT NULL OR "
    + " OR ".join(f"NEW.{fact} IS NOT OLD.{fact}" for fact in (*FACTS, "detail"))
    + f" OR EXISTS ({OTHER_OF_THAT_NUMBER})",
}
POSTGRESQL = {
    "audit_entry_insert": "BEFORE INSERT ON audit_entry FOR EACH ROW"
    " WHEN (NEW.number IS NOT NULL OR NEW.digest IS NOT NULL)",
    "audit_entry_delete": "BEFORE DELETE ON audit_entry FOR EACH ROW",
    "audit_entry_truncate": "BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT",
    "audit_entry_update": "BEFORE UPDATE ON audit_entry FOR EACH ROW"
    " WHEN (OLD.digest IS NOT NULL OR NEW.detail::text IS DISTINCT FROM OLD.detail::text OR "
    + " OR ".join(f"NEW.{fact} IS DISTINCT FROM OLD.{fact}" for fact in FACTS)
    + ")",
}


def upgrade() -> None:
    """Set the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for name, when in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")
        return
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
    )
    for name, when in POSTGRESQL.items():
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION refuse_audit_change()")


def downgrade() -> None:
    """Remove the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
        return
    for name in POSTGRESQL:
        op.execute(f"DROP TRIGGER {name} ON audit_entry")
    op.execute("DROP FUNCTION refuse_audit_change()")
