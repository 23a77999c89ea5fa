"""A job is a row, written with its deed and gone when it is done; failing ones wait, and are never given up."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from app.factory import create_app
from core import outbox
from core.audit import AuditEntry, record
from core.clock import floor_hour
from core.db import db, writing
from core.outbox import LEASE, QUARTER, TRIES_TOGETHER, OutboxRow, drain, hand_over, has_waiting, take_handed
from core.settings import Settings
from core.work import REPORTER, SYSTEM, Harbour, Work, begin_work, harbour
from tests.services.conftest import Watch

CANARY = "canary told in an error"


class Doings:
    """Tasks for the tests, and what they did."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.broken = True
        self.parent_has_children = 3

    def tasks(self) -> dict[str, Callable[..., None]]:
        return {"note": self.note, "break": self.fail, "parent": self.parent, "spoil": self.spoil}

    def note(self, work: Work, what: str) -> None:
        record(work, "noted", None, {"what": what})
        self.done.append(what)

    def fail(self, work: Work) -> None:
        record(work, "half done")
        work.session.flush()
        if self.broken:
            raise ValueError(CANARY)
        self.done.append("mended")

    def spoil(self, work: Work) -> None:
        """Break the way a database does: a row that cannot be stored."""
        work.session.add(OutboxRow(id="spoilt"))
        work.session.flush()

    def parent(self, work: Work) -> None:
        for number in range(self.parent_has_children):
            hand_over(work, "note", what=f"child {number}")
        self.done.append("parent")


@pytest.fixture
def doings() -> Doings:
    return Doings()


@pytest.fixture
def installed(settings: Settings, watch: Watch, doings: Doings) -> Iterator[Flask]:
    """The platform with the tests' own tasks."""
    app = create_app(settings, watch, more_tasks=doings.tasks())
    with app.app_context(), writing():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def installation(installed: Flask) -> Harbour:
    return harbour()


def hand(work: Work, task: str, **arguments: str) -> None:
    hand_over(work, task, **arguments)
    work.session.commit()


def rows(session: Session) -> list[OutboxRow]:
    return list(session.scalars(select(OutboxRow).execution_options(populate_existing=True)))


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action)))


def test_a_finished_job_leaves_no_row(work: Work, installation: Harbour, doings: Doings) -> None:
    hand(work, "note", what="one")
    assert has_waiting(work.harbour, work.session)
    assert drain(installation) == 1
    assert doings.done == ["one"]
    assert rows(work.session) == []
    assert not has_waiting(work.harbour, work.session)


def test_a_job_that_is_rolled_back_was_never_handed_over(work: Work, installation: Harbour, doings: Doings) -> None:
    hand_over(work, "note", what="one")
    work.session.rollback()
    assert drain(installation) == 0
    assert doings.done == []


def test_an_unknown_task_is_refused_when_handed_over(work: Work) -> None:
    with pytest.raises(KeyError, match=r"os\.system"):
        hand_over(work, "os.system", command="true")


def test_an_unknown_task_found_in_the_database_is_refused_too(
    work: Work, installation: Harbour, doings: Doings
) -> None:
    hand(work, "note", what="one")
    work.session.execute(update(OutboxRow).values(task="os.system"))
    work.session.commit()
    assert drain(installation) == 0
    assert doings.done == []
    assert rows(work.session)[0].failure == "KeyError"


def test_a_task_given_other_arguments_than_it_takes_is_set_back(work: Work, installation: Harbour) -> None:
    hand(work, "note", command="true")
    assert drain(installation) == 0
    assert rows(work.session)[0].failure == "TypeError"


@pytest.mark.parametrize("broken", ["break", "spoil"])
def test_a_failing_job_is_set_back_and_the_others_are_done(
    work: Work, installation: Harbour, doings: Doings, watch: Watch, broken: str
) -> None:
    hand_over(work, "note", what="one")
    hand_over(work, broken)
    hand_over(work, "note", what="two")
    work.session.commit()
    assert drain(installation) == 2
    assert set(doings.done) == {"one", "two"}
    assert sorted(actions(work.session)) == ["noted", "noted"]
    [left] = rows(work.session)
    assert (left.attempts, left.leased_until) == (1, None)
    assert left.due_at > watch.now


def test_only_the_class_of_an_error_is_kept(
    work: Work, installation: Harbour, capfd: pytest.CaptureFixture[str]
) -> None:
    hand(work, "break")
    drain(installation)
    assert rows(work.session)[0].failure == "ValueError"
    assert CANARY not in "".join(capfd.readouterr())


def test_a_job_that_failed_is_done_later(work: Work, installation: Harbour, doings: Doings, watch: Watch) -> None:
    hand(work, "break")
    drain(installation)
    doings.broken = False
    assert drain(installation) == 0
    watch.on(seconds=5)
    assert drain(installation) == 1
    assert doings.done == ["mended"]
    assert actions(work.session) == ["half done"]


def test_a_job_that_keeps_failing_waits_longer_and_is_never_given_up(
    work: Work, installation: Harbour, doings: Doings, watch: Watch
) -> None:
    hand(work, "break")
    waits: list[timedelta] = []
    for tried in range(1, 3 * TRIES_TOGETHER):
        drain(installation)
        [row] = rows(work.session)
        assert row.attempts == tried
        waits.append(row.due_at - watch.now)
        watch.on(minutes=15)
    first = waits[: TRIES_TOGETHER - 1]
    assert first == sorted(set(first))
    assert max(waits) <= QUARTER
    doings.broken = False
    assert drain(installation) == 1
    assert doings.done == ["mended"]


def test_a_job_that_a_reporter_caused_keeps_no_minute_when_it_keeps_failing(
    installation: Harbour, watch: Watch, work: Work
) -> None:
    hand(begin_work(installation, db.session(), REPORTER), "break")
    for _ in range(TRIES_TOGETHER):
        drain(installation)
        watch.on(minutes=10)
    [row] = rows(work.session)
    assert row.due_at.minute % 15 == row.due_at.second == row.due_at.microsecond == 0
    assert row.leased_until is None


def test_a_job_that_killed_its_worker_often_is_run_after_all_others_and_alone(
    work: Work, installation: Harbour, doings: Doings, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(work, "note", what="killer")
    work.session.flush()
    work.session.execute(update(OutboxRow).values(attempts=TRIES_TOGETHER))
    for number in range(3):
        hand_over(work, "note", what=f"other {number}")
    work.session.commit()
    monkeypatch.setattr(outbox, "BATCH", 2)
    assert drain(installation) == 4
    assert doings.done[-1] == "killer"


def test_a_lease_that_ended_is_taken_again(work: Work, installation: Harbour, doings: Doings, watch: Watch) -> None:
    hand(work, "note", what="one")
    work.session.execute(update(OutboxRow).values(leased_until=watch.now + LEASE, attempts=1))
    work.session.commit()
    assert drain(installation) == 0
    watch.on(seconds=LEASE.total_seconds() + 1)
    assert drain(installation) == 1
    assert doings.done == ["one"]


def test_a_job_that_kills_its_worker_is_counted_as_tried(work: Work, installation: Harbour, doings: Doings) -> None:
    hand(work, "note", what="one")

    def die(session: Session) -> None:
        if doings.done:
            raise KeyboardInterrupt

    event.listen(Session, "before_commit", die)
    try:
        with pytest.raises(KeyboardInterrupt):
            drain(installation)
    finally:
        event.remove(Session, "before_commit", die)
    work.session.rollback()
    [row] = rows(work.session)
    assert row.attempts == 1
    assert row.leased_until is not None
    assert actions(work.session) == []


def test_children_are_done_in_the_same_drain(work: Work, installation: Harbour, doings: Doings) -> None:
    hand(work, "parent")
    assert drain(installation) == 4
    assert sorted(doings.done) == ["child 0", "child 1", "child 2", "parent"]


def test_a_childs_hour_is_no_finer_than_its_reporters(installation: Harbour, watch: Watch, work: Work) -> None:
    hand(begin_work(installation, db.session(), REPORTER), "parent")
    drain(installation)
    moments = set(work.session.scalars(select(AuditEntry.happened_at)))
    assert moments == {floor_hour(watch.now)}


def test_more_jobs_than_one_batch_are_all_done(work: Work, installation: Harbour, doings: Doings) -> None:
    for number in range(95):
        hand_over(work, "note", what=str(number))
    work.session.commit()
    assert drain(installation) == 95
    assert sorted(doings.done, key=int) == [str(number) for number in range(95)]


def test_a_transaction_tells_once_what_it_handed_over(work: Work) -> None:
    hand_over(work, "note", what="one")
    assert len(take_handed(work.session)) == 1
    assert take_handed(work.session) == []


def test_a_job_due_later_waits(work: Work, installation: Harbour, watch: Watch) -> None:
    later = begin_work(installation, db.session(), SYSTEM, watch.now + timedelta(hours=1))
    hand(later, "note", what="one")
    assert drain(installation) == 0
    count: Any = work.session.scalar(select(func.count()).select_from(OutboxRow))
    assert count == 1
