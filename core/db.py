"""The database: naming conventions, column types, and how a transaction begins.

SQLite readers never queue: a transaction takes the write lock only where the caller said it writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, LargeBinary, MetaData, String, Text, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from core.sealing import Sealed

_writing: ContextVar[bool] = ContextVar("writing", default=True)


class Base(DeclarativeBase):
    """Every table: conventional constraint names, and on SQLite no hidden row number that tells the order."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    __table_args__: Any = ({"sqlite_with_rowid": False},)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware → UTC; ValueError for a naive moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, aware, whatever the database kept."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedBytes(TypeDecorator[Sealed]):
    """A column that takes ciphertext and nothing else."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> bytes | None:
        """Sealed → bytes; TypeError for anything that was not sealed."""
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("Only sealed values are stored here.")
        return value.to_bytes()

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:
        """Bytes → Sealed."""
        return None if value is None else Sealed.from_bytes(bytes(value))


class Word(TypeDecorator[Any]):
    """One word of a vocabulary, kept as its text: a new word needs no migration."""

    impl = String(40)
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """A member, or its text → text; ValueError for a word that is not in the vocabulary."""
        return None if value is None else self.vocabulary(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Text → member."""
        return None if value is None else self.vocabulary(value)


class Words(TypeDecorator[Any]):
    """A set of words of one vocabulary, kept sorted and parted by spaces, so that equal sets are equal text."""

    impl = Text
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Members → sorted text."""
        return None if value is None else " ".join(sorted({self.vocabulary(word).value for word in value}))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[StrEnum] | None:
        """Sorted text → members."""
        return None if value is None else frozenset(self.vocabulary(word) for word in value.split())


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside do not take SQLite's write lock; they must not write."""
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun inside may write, whatever the request around them said."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def declare_intent(*, writes: bool) -> None:
    """Say for this request whether its transaction may write."""
    _writing.set(writes)


def may_write() -> bool:
    """Whether transactions begun here and now may write."""
    return _writing.get()


def tune_sqlite(engine: Engine) -> None:
    """WAL, full durability and explicit transactions; no effect on other databases."""
    if engine.dialect.name != "sqlite" or event.contains(engine, "connect", _set_pragmas):
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, record: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: `_begin` chooses how.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
