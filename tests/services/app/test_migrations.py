"""Migrations: up, down, equal to the models, one at a time; and an audit trail that the database itself keeps."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import DatabaseError

from app import migrate as migrating
from app.migrate import MigrationError, downgrade, migrate, revisions, tables
from core.settings import Settings


def in_database(settings: Settings, question: Callable[[Connection], object]) -> object:
    """What a question finds, on a connection of its own."""
    engine = create_engine(settings.database_url)
    try:
        with engine.begin() as connection:
            return question(connection)
    finally:
        engine.dispose()


def table_names(settings: Settings) -> set[str]:
    """Every table but Alembic's own."""
    found = in_database(settings, lambda connection: inspect(connection).get_table_names())
    assert isinstance(found, list)
    return set(found) - {"alembic_version"}


def test_newest_revision_equals_the_models(settings: Settings) -> None:
    def differences(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), tables())

    assert in_database(settings, differences) == []


def test_every_revision_goes_down_and_up_again(settings: Settings) -> None:
    before = table_names(settings)
    for revision in [*reversed(revisions()[:-1]), "base"]:
        downgrade(settings, revision)
    assert table_names(settings) == set()
    for revision in revisions():
        migrate(settings, revision)
    assert table_names(settings) == before


def test_sqlite_keeps_no_order_of_arrival(settings: Settings) -> None:
    if not settings.is_sqlite:
        return
    with_order = text(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version' "
        "AND sql NOT LIKE '%WITHOUT ROWID%'"
    )
    assert in_database(settings, lambda connection: list(connection.scalars(with_order))) == []


def test_migrating_again_changes_nothing(settings: Settings) -> None:
    before = table_names(settings)
    migrate(settings)
    assert table_names(settings) == before


def test_a_newer_database_is_refused_in_words(settings: Settings) -> None:
    in_database(
        settings, lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    )
    with pytest.raises(MigrationError, match="another version of Safe Harbour"):
        migrate(settings)


def test_two_at_a_time_wait_for_each_other(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(migrating, "LOCK_PATIENCE", 1.0)
    settings = replace(settings, instance=tmp_path)
    engine = migrating._engine(settings)
    try:
        with migrating._only_one(settings, engine), pytest.raises(MigrationError, match="Another process"):
            migrate(settings)
        migrate(settings)
    finally:
        engine.dispose()


ENTRY = (
    "INSERT INTO audit_entry (id, chain, happened_at, actor_role, action, detail, number, digest) "
    "VALUES ('{id}', 'staff', '2026-11-17 14:00:00', 'system', 'tried', '{{}}', {number}, {digest})"
)
NEW = ENTRY.format(id="one", number="NULL", digest="NULL")
CHAINED = "UPDATE audit_entry SET number = 1, digest = 'abc' WHERE id = 'one'"
REFUSED = [
    "DELETE FROM audit_entry",
    "UPDATE audit_entry SET digest = 'other'",
    "UPDATE audit_entry SET digest = NULL",
    "UPDATE audit_entry SET action = 'other'",
    ENTRY.format(id="two", number="2", digest="'def'"),
]
ON_SQLITE = [
    f"INSERT OR REPLACE INTO {NEW.removeprefix('INSERT INTO ')}",
    "UPDATE OR REPLACE audit_entry SET number = 1, digest = 'x' WHERE id = 'later'",
]
ON_POSTGRESQL = ["TRUNCATE audit_entry"]
UNCHAINED = [
    "DELETE FROM audit_entry",
    "UPDATE audit_entry SET action = 'other'",
    "UPDATE audit_entry SET happened_at = '2026-11-18 14:00:00'",
    'UPDATE audit_entry SET detail = \'{"a": "b"}\'',
    "UPDATE audit_entry SET actor_id = 'somebody'",
]


def run(settings: Settings, *statements: str) -> None:
    """Run statements in one transaction."""
    for statement in statements:
        in_database(settings, lambda connection, words=statement: connection.execute(text(words)))  # type: ignore[misc]


@pytest.mark.parametrize("statement", UNCHAINED)
def test_an_entry_not_chained_yet_cannot_be_changed(settings: Settings, statement: str) -> None:
    run(settings, NEW)
    with pytest.raises(DatabaseError, match="only grows"):
        run(settings, statement.replace(":", r"\:"))


def test_a_chained_entry_cannot_be_changed_or_deleted(settings: Settings) -> None:
    run(settings, NEW, CHAINED, ENTRY.format(id="later", number="NULL", digest="NULL"))
    for statement in REFUSED + (ON_SQLITE if settings.is_sqlite else ON_POSTGRESQL):
        with pytest.raises(DatabaseError, match="only grows"):
            run(settings, statement)
    assert in_database(settings, lambda connection: connection.scalar(text("SELECT count(*) FROM audit_entry"))) == 2
