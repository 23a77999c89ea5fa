"""The sweep: chains, anchors, wakes, does what nobody does, forgets; and writes nothing when idle."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import event, func, select

from accounts.models import OpenSession
from app.sweeper import ALTHOUGH_WOKEN, DUTY, WITHOUT_REDIS, Sweep
from core import audit, lease, outbox
from core.audit import Chain
from core.db import db, writing
from core.ids import new_id
from core.outbox import OutboxRow
from core.queue import connect, open_queue
from core.settings import Settings
from core.work import Work, harbour
from reporting.models import Draft
from reporting.services import LOCATE
from tests.services.conftest import Watch


class Stopwatch:
    """The monotonic clock, set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def hand_over(work: Work) -> None:
    """A job, as a committed transaction leaves it: for a report that is gone."""
    outbox.hand_over(work, LOCATE, report_id=new_id())
    work.session.commit()


def waiting() -> int:
    """Jobs in the outbox."""
    found = db.session.scalar(select(func.count()).select_from(OutboxRow)) or 0
    db.session.rollback()
    return found


def verdict(settings: Settings) -> audit.Verdict:
    """What a check of the trail says."""
    found = audit.verify(db.session(), harbour().keyring.audit, settings.anchor_folder)
    db.session.rollback()
    return found


def test_the_trail_is_chained_and_anchored(work: Work, settings: Settings) -> None:
    audit.record(work, "tried")
    audit.record(work.coarsened(), "tried")
    work.session.commit()
    Sweep().once()
    assert verdict(settings) == audit.Verdict(2, 0, ())
    assert {path.name for path in settings.anchor_folder.iterdir()} == {"reporter.log", "staff.log"}


def test_more_than_one_batch_is_chained_at_once(work: Work, settings: Settings) -> None:
    for _ in range(2001):
        audit.record(work, "tried")
    work.session.commit()
    Sweep().once()
    assert verdict(settings) == audit.Verdict(2001, 0, ())


def test_heads_that_could_not_be_anchored_are_anchored_next_time(work: Work, settings: Settings) -> None:
    settings.anchor_folder.write_text("not a folder")
    audit.record(work, "tried")
    work.session.commit()
    sweep = Sweep()
    sweep.once()
    settings.anchor_folder.unlink()
    sweep.once()
    head, _ = (settings.anchor_folder / "staff.log").read_text().split()
    assert head == "1"


def test_heads_left_by_a_killed_worker_are_anchored_by_the_next(work: Work, settings: Settings) -> None:
    audit.record(work, "tried")
    heads = audit.chain_entries(work.session, work.harbour.keyring.audit)
    work.session.commit()
    Sweep().once()
    assert (settings.anchor_folder / "staff.log").read_text() == "{} {}\n".format(*heads[Chain.STAFF])


def test_an_idle_sweep_writes_nothing_and_takes_no_lock(installed: Flask) -> None:
    sweep, statements = Sweep(), []
    sweep.once()

    @event.listens_for(db.engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    sweep.once()
    assert statements
    assert all(words.startswith(("SELECT", "BEGIN")) and "IMMEDIATE" not in words for words in statements)
    assert lease_holder() is None


def lease_holder() -> str | None:
    """Who has the duty."""
    found = db.session.scalar(select(lease.Lease.holder).where(lease.Lease.name == DUTY))
    db.session.rollback()
    return found


def test_only_one_of_two_sweeps(work: Work, settings: Settings, watch: Watch) -> None:
    with writing():
        lease.hold(db.session(), DUTY, "somebody else", watch.now, timedelta(seconds=15))
    audit.record(work, "tried")
    work.session.commit()
    Sweep().once()
    assert verdict(settings).waiting == 1
    watch.on(seconds=16)
    Sweep().once()
    assert verdict(settings).waiting == 0


def test_a_waiting_job_wakes_a_worker(work: Work, settings: Settings) -> None:
    hand_over(work)
    Sweep().once()
    with connect(settings) as connection:
        assert open_queue(settings, connection).count == 1
    assert waiting() == 1


def test_jobs_are_done_without_redis_after_a_while(work: Work, installed: Flask, settings: Settings) -> None:
    installed.extensions["carrier"] = Redis(unix_socket_path=str(settings.instance / "nothing.sock"))
    stopwatch = Stopwatch()
    sweep = Sweep(stopwatch)
    hand_over(work)
    sweep.once()
    assert waiting() == 1
    stopwatch.now += WITHOUT_REDIS
    sweep.once()
    assert waiting() == 0


def test_jobs_that_no_worker_hears_of_are_done_at_last(work: Work) -> None:
    stopwatch = Stopwatch()
    sweep = Sweep(stopwatch)
    hand_over(work)
    sweep.once()
    stopwatch.now += ALTHOUGH_WOKEN - 1
    sweep.once()
    assert waiting() == 1
    stopwatch.now += 1
    sweep.once()
    assert waiting() == 0


def test_ended_drafts_and_sessions_are_forgotten(work: Work, watch: Watch) -> None:
    for ends_in in (-1, 1):
        ends = watch.now + timedelta(hours=ends_in)
        work.session.add(Draft(lookup=str(ends_in), locked=b"", ends_at=ends))
        work.session.add(
            OpenSession(
                lookup=str(ends_in), subject_kind="staff", subject_id="x", locked_secret=b"", used_at=ends, ends_at=ends
            )
        )
    work.session.commit()
    Sweep().once()
    assert list(db.session.scalars(select(Draft.lookup))) == ["1"]
    assert list(db.session.scalars(select(OpenSession.lookup))) == ["1"]


def test_a_failing_part_spares_the_others(work: Work, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = replace(harbour(), keyring=replace(harbour().keyring, audit=b""))  # type: ignore[arg-type]
    monkeypatch.setattr("app.sweeper.harbour", lambda: broken)
    monkeypatch.setattr("app.sweeper.chain_entries", lambda *_: 1 / 0)
    audit.record(work, "tried")
    hand_over(work)
    Sweep().once()
    with connect(settings) as connection:
        assert open_queue(settings, connection).count == 1
