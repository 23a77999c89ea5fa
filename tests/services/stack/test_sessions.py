"""The watch over sessions sees what it is there for."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from core.clock import utc_now
from core.lease import Lease
from tests.stack.sessions import no_uncommitted_session


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The fresh database."""
    made = create_engine(database_url)
    yield made
    made.dispose()


def write(session: Session) -> None:
    session.add(Lease(name="duty", holder="nobody", held_until=utc_now()))
    session.flush()


def test_writes_that_are_dropped_are_noticed(engine: Engine) -> None:
    with pytest.raises(AssertionError, match="Lease"), no_uncommitted_session(), Session(engine) as session:
        write(session)


def test_a_savepoint_saves_nothing_by_itself(engine: Engine) -> None:
    with pytest.raises(AssertionError, match="Lease"), no_uncommitted_session(), Session(engine) as session:
        savepoint = session.begin_nested()
        write(session)
        savepoint.commit()


def test_writes_that_are_committed_or_taken_back_are_well(engine: Engine) -> None:
    with no_uncommitted_session(), Session(engine) as session:
        write(session)
        session.rollback()
        with session.begin_nested():
            write(session)
        session.commit()
