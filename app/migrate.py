"""Bring the database to the tables of this version: one process at a time, and never from the application."""

import fcntl
import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from core.db import Base
from core.settings import ROOT, Settings

LOCK_PATIENCE = 60.0
"""Seconds to wait for another process that migrates."""
_ADVISORY_LOCK = 7_236_410_211
_LOCK_TIMEOUT = "5s"
_STATEMENT_TIMEOUT = "10min"
_MODELS = (
    "accounts.models",
    "app.installation",
    "centres.models",
    "centres.visit_models",
    "core.audit",
    "core.lease",
    "core.outbox",
    "reporting.models",
    "triage.models",
)


class MigrationError(RuntimeError):
    """The database could not be brought up to date; the message says what to do."""


def migrate(settings: Settings, target: str = "head") -> None:
    """Upgrade to `target`, in one transaction, under a lock; MigrationError says why it cannot be."""
    engine = _engine(settings)
    try:
        with _only_one(settings, engine), engine.connect() as connection:
            _set_timeouts(connection)
            command.upgrade(_configuration(connection), target)
            connection.commit()
            _check_references(connection)
    except CommandError as error:
        raise MigrationError(
            "This database was made by another version of Safe Harbour. Start the version that made it, "
            "or bring this one up to date."
        ) from error
    finally:
        engine.dispose()


def downgrade(settings: Settings, target: str) -> None:
    """Go back to `target` (a revision, or `base` for no tables at all), under the same lock."""
    engine = _engine(settings)
    try:
        with _only_one(settings, engine), engine.connect() as connection:
            _set_timeouts(connection)
            command.downgrade(_configuration(connection), target)
            connection.commit()
            _check_references(connection)
    finally:
        engine.dispose()


def revisions() -> list[str]:
    """Every revision, the first one first."""
    scripts = ScriptDirectory.from_config(_configuration(None))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def tables() -> MetaData:
    """Every table of the platform, as the models describe them."""
    for module in _MODELS:
        importlib.import_module(module)
    return Base.metadata


def draft_revision(settings: Settings, revision: str, words: str) -> None:
    """Write a new revision from the difference between the models and this database; a person finishes it."""
    engine = _engine(settings)
    try:
        with engine.connect() as connection:
            configuration = _configuration(connection)
            configuration.attributes["tables"] = tables()
            command.revision(configuration, message=words, rev_id=revision, autogenerate=True)
    finally:
        engine.dispose()


def _configuration(connection: Connection | None) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(ROOT / "migrations"))
    configuration.set_main_option("file_template", "%%(rev)s")
    configuration.attributes["connection"] = connection
    return configuration


def _engine(settings: Settings) -> Engine:
    engine = create_engine(settings.database_url, poolclass=NullPool, hide_parameters=True)
    if settings.is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=15000")
    # A table that is rebuilt is dropped first, and with this on that would delete what refers to it.
    connection.execute("PRAGMA foreign_keys=OFF")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _set_timeouts(connection: Connection) -> None:
    """Rather fail than hold up the running service behind a lock that somebody else keeps."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET lock_timeout = '{_LOCK_TIMEOUT}'"))
        connection.execute(text(f"SET statement_timeout = '{_STATEMENT_TIMEOUT}'"))
        connection.commit()


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        connection.rollback()
        if broken is not None:
            raise MigrationError(f"After migrating, rows of {broken[0]} refer to rows that are gone.")


@contextmanager
def _only_one(settings: Settings, engine: Engine) -> Iterator[None]:
    with _file_lock(settings.instance) if settings.is_sqlite else _advisory_lock(engine):
        yield


@contextmanager
def _file_lock(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    deadline = time.monotonic() + LOCK_PATIENCE
    with (folder / "migrate.lock").open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise _somebody_else() from None
                time.sleep(0.05)
        yield


@contextmanager
def _advisory_lock(engine: Engine) -> Iterator[None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{int(LOCK_PATIENCE)}s'"))
        try:
            connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": _ADVISORY_LOCK})
        except OperationalError as error:
            raise _somebody_else() from error
        # The lock ends with the connection.
        yield


def _somebody_else() -> MigrationError:
    return MigrationError("Another process has been migrating this database for a minute. Wait for it, then try again.")
