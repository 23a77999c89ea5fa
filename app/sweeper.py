"""The sweeper: picks up what was left lying. Of many workers one sweeps; an idle sweep writes nothing."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import structlog
from flask import Flask, current_app
from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import OpenSession
from accounts.sessions import forget_ended_sessions
from app import retention
from app.installation import withdraw_set_up
from core import lease, outbox
from core.audit import AuditEntry, Chain, anchor, chain_entries
from core.db import db, reading, writing
from core.ids import new_id
from core.queue import wake
from core.work import Harbour, harbour
from reporting.drafts import forget_expired_drafts
from reporting.models import Draft

PAUSE = 1.0
DUTY = "sweep"
LEASE = timedelta(seconds=15)
FORGETS_EVERY = 300.0
"""Seconds between two looks for drafts and sessions that have ended, and for what was kept for its time."""
WITHOUT_REDIS = 3.0
"""Seconds that jobs may wait while Redis does not answer, before the sweeper does them itself."""
ALTHOUGH_WOKEN = 20.0
"""The same while Redis answers, yet no worker seems to hear it."""

log = structlog.get_logger()


class Sweep:
    """One worker's sweeps, to be called within an application context again and again."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._holder = new_id()
        self._monotonic = monotonic
        self._held_until = 0.0
        self._waiting_since: float | None = None
        self._forgot_at = float("-inf")
        self._retained_at = float("-inf")
        self._anchors_due = True

    def once(self) -> None:
        """Look, and do what is to be done if the duty is ours. A failure of one part spares the others."""
        for part in (self._chain, self._anchor, self._wake, self._forget, self._retain, self._withdraw):
            try:
                part(harbour())
            except Exception as error:
                log.warning("sweep failed", part=part.__name__.strip("_"), error=type(error).__name__)
                with suppress(Exception):
                    db.session.rollback()
            finally:
                db.session.remove()

    def _chain(self, installation: Harbour) -> None:
        while self._looks(lambda session: _has_unchained(session)) and self._has_duty(installation):
            with writing():
                heads = chain_entries(db.session(), installation.keyring.audit)
                db.session.commit()
            self._anchors_due = True
            if not heads:
                return

    def _anchor(self, installation: Harbour) -> None:
        """Write down every head that is not: after chaining, after a failure, and once at the start."""
        if not self._anchors_due:
            return
        folder = installation.settings.anchor_folder
        with reading():
            missing = missing_anchors(db.session(), folder)
        if missing and not self._has_duty(installation):
            return
        anchor(folder, missing) if missing else None
        self._anchors_due = False

    def _wake(self, installation: Harbour) -> None:
        if not self._looks(lambda session: outbox.has_waiting(installation, session)):
            self._waiting_since = None
            return
        if not self._has_duty(installation):
            return
        now = self._monotonic()
        self._waiting_since = now if self._waiting_since is None else self._waiting_since
        carrier: Redis = current_app.extensions["carrier"]
        patience = ALTHOUGH_WOKEN if wake(installation.settings, carrier, ["sweep"]) else WITHOUT_REDIS
        if now - self._waiting_since >= patience:
            with writing():
                done = outbox.drain(installation)
            log.info("sweeper drained the outbox", done=done)
            self._waiting_since = None

    def _forget(self, installation: Harbour) -> None:
        """Drafts and sessions. They are not counted in the trail: it would tell when somebody was here."""
        if self._monotonic() - self._forgot_at < FORGETS_EVERY:
            return
        now = installation.clock()
        ended = select(Draft.lookup).where(Draft.ends_at <= now).limit(1)
        closed = select(OpenSession.lookup).where(OpenSession.ends_at <= now).limit(1)
        if self._looks(lambda session: any(session.scalar(each) is not None for each in (ended, closed))):
            if not self._has_duty(installation):
                return
            with writing():
                forget_expired_drafts(db.session(), now)
                forget_ended_sessions(db.session(), now)
                db.session.commit()
        self._forgot_at = self._monotonic()

    def _retain(self, installation: Harbour) -> None:
        """What was kept for its time goes, while the duty is ours."""
        if self._monotonic() - self._retained_at < FORGETS_EVERY:
            return
        if retention.is_anything_over(installation):
            if not self._has_duty(installation):
                return
            gone = retention.destroy_all_over(installation, lambda: self._has_duty(installation))
            log.info("destroyed in its time", **{name.replace(" ", "_"): many for name, many in gone.items()})
        self._retained_at = self._monotonic()

    def _withdraw(self, installation: Harbour) -> None:
        withdraw_set_up(installation.settings)

    def _looks(self, question: Callable[[Session], bool]) -> bool:
        """Ask the database something in a transaction that takes no lock."""
        with reading():
            answer = question(db.session())
            db.session.rollback()
        return answer

    def _has_duty(self, installation: Harbour) -> bool:
        """Whether the sweep is ours: asked only when there is something to do, renewed at half its time."""
        if self._monotonic() < self._held_until - LEASE.total_seconds() / 2:
            return True
        with writing():
            held = lease.hold(db.session(), DUTY, self._holder, installation.clock(), LEASE)
        self._held_until = self._monotonic() + LEASE.total_seconds() if held else 0.0
        return held


class Sweeper(Thread):
    """A thread that sweeps every second until it is stopped."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="sweeper", daemon=True)
        self._app = app
        self._stopping = Event()

    def run(self) -> None:
        """Sweep, pause, sweep."""
        sweep = Sweep()
        while not self._stopping.wait(PAUSE):
            with self._app.app_context():
                sweep.once()

    def stop(self) -> None:
        """Let the sweep at hand end, for a few seconds at most."""
        self._stopping.set()
        if self.is_alive():
            self.join(timeout=5)


def missing_anchors(session: Session, folder: Path) -> dict[Chain, tuple[int, str]]:
    """The head of each chain that has grown past the last line of its anchor file."""
    heads = {chain: _head(session, chain) for chain in Chain}
    return {chain: head for chain, head in heads.items() if head and head[0] > _last_anchored(folder, chain)}


def _has_unchained(session: Session) -> bool:
    return any(
        session.scalar(select(AuditEntry.id).where(AuditEntry.chain == chain, AuditEntry.number.is_(None)).limit(1))
        is not None
        for chain in Chain
    )


def _head(session: Session, chain: Chain) -> tuple[int, str] | None:
    chained = select(AuditEntry.number, AuditEntry.digest).where(
        AuditEntry.chain == chain, AuditEntry.number.is_not(None)
    )
    row = session.execute(chained.order_by(AuditEntry.number.desc()).limit(1)).first()
    return (row.number or 0, row.digest or "") if row else None


def _last_anchored(folder: Path, chain: Chain) -> int:
    """The number on the last whole line of a chain's anchor file, read from its end; 0 without one."""
    path = folder / f"{chain.value}.log"
    if not path.exists():
        return 0
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 400))
        lines = file.read().split(b"\n")[:-1]
    return int(lines[-1].split(b" ")[0]) if lines else 0
