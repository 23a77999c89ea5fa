"""Every test starts from an installation that nobody has used."""

import pytest
from alembic.runtime.migration import MigrationContext
from redis import Redis
from sqlalchemy import create_engine, text

from app.migrate import revisions
from tests.stack.pairs import EMBEDDED, Stack

TWICE = pytest.mark.parametrize("time", ["first", "second"])


@TWICE
def test_the_database_is_migrated_and_empty(database_url: str, time: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == revisions()[-1]
        connection.execute(text("CREATE TABLE left_by_the_other_test (id INTEGER PRIMARY KEY)"))
    engine.dispose()


@TWICE
def test_the_tables_are_empty(database_url: str, time: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_entry")) == 0
        assert connection.scalar(text("SELECT count(*) FROM draft")) == 0
        keep = text("INSERT INTO draft (lookup, locked, ends_at) VALUES ('left', :locked, :moment)")
        connection.execute(keep, {"locked": b"left", "moment": "2026-11-17 14:00:00+00:00"})
    engine.dispose()


@TWICE
def test_the_queue_is_empty(redis_url: str, time: str) -> None:
    with Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left by the other test", time)


def test_the_pair_is_the_one_asked_for(stack: Stack) -> None:
    engine = create_engine(stack.fresh_database())
    assert engine.dialect.name == ("sqlite" if stack.kind == EMBEDDED else "postgresql")
    engine.dispose()
