"""Open sessions: the row holds a secret that only the cookie's key opens; the cookie alone opens nothing.

When a session is closed its row is deleted, and with it the only copy of the opened key.
"""

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from accounts.models import OpenSession
from core.sealing import KEY_BYTES, Key, SealBroken, fingerprint, lock, unlock
from core.work import Work

_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True, repr=False)
class Resumed:
    """An open session found by its cookie: whose it is, the secret it kept, when it was last used."""

    lookup: str
    subject_id: str
    secret: bytes
    used_at: datetime


def open_session(work: Work, kind: str, subject_id: str, secret: bytes, lifetime: timedelta) -> str:
    """Keep `secret` for a subject; returns the cookie's value, the only thing that opens it."""
    token, key = secrets.token_bytes(_TOKEN_BYTES), Key(secrets.token_bytes(KEY_BYTES))
    lookup = _lookup(token, work)
    work.session.add(
        OpenSession(
            lookup=lookup,
            subject_kind=kind,
            subject_id=subject_id,
            locked_secret=lock(secret, key, lookup),
            used_at=work.now,
            ends_at=work.now + lifetime,
        )
    )
    return base64.urlsafe_b64encode(token + key).decode()


def resume_session(work: Work, kind: str, cookie: str | None, idle: timedelta | None = None) -> Resumed | None:
    """The open session a cookie belongs to, or None: unknown, ended, left idle, or not of this kind."""
    halves = _halves(cookie)
    if halves is None:
        return None
    token, key = halves
    row = work.session.get(OpenSession, _lookup(token, work))
    if row is None or row.subject_kind != kind or row.ends_at <= work.now:
        return None
    if idle is not None and row.used_at + idle <= work.now:
        return None
    try:
        return Resumed(row.lookup, row.subject_id, unlock(row.locked_secret, key, row.lookup), row.used_at)
    except SealBroken:
        return None


def close_session(work: Work, cookie: str | None) -> None:
    """Delete the session's row; harmless when there is none."""
    halves = _halves(cookie)
    if halves is not None:
        work.session.execute(delete(OpenSession).where(OpenSession.lookup == _lookup(halves[0], work)))


def close_all_sessions(work: Work, subject_id: str) -> None:
    """Delete every session of a person who leaves or whose access ends."""
    work.session.execute(delete(OpenSession).where(OpenSession.subject_id == subject_id))


def mark_used(session: Session, lookup: str, now: datetime) -> None:
    """Note that a session is in use, so that it does not end as idle."""
    session.execute(update(OpenSession).where(OpenSession.lookup == lookup).values(used_at=now))


def forget_ended_sessions(session: Session, now: datetime) -> None:
    """Delete the rows of sessions that have ended."""
    session.execute(delete(OpenSession).where(OpenSession.ends_at <= now))


def _lookup(token: bytes, work: Work) -> str:
    return fingerprint(token, work.harbour.keyring.cookies)


def _halves(cookie: str | None) -> tuple[bytes, Key] | None:
    try:
        raw = base64.urlsafe_b64decode(cookie or "")
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _TOKEN_BYTES + KEY_BYTES:
        return None
    return raw[:_TOKEN_BYTES], Key(raw[_TOKEN_BYTES:])
