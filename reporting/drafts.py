"""The draft: what was answered so far, sealed on the server under a key that only the reporter's cookie holds."""

import base64
import binascii
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.sealing import KEY_BYTES, Key, SealBroken, fingerprint, lock, new_key, unlock
from core.work import Work
from reporting.answers import Answers, Origin
from reporting.models import Draft
from reporting.receipt import Receipt, receipt_of_draft
from reporting.schemas import AnswersSchema
from reporting.vocabulary import Channel

HEARD_FROM = "heard-from"
"""Under this name a draft keeps the centre whose poster was followed; no question has it."""


@dataclass(frozen=True, slots=True)
class HeardFrom:
    """The centre whose poster or card somebody followed: its id, opaque here, and its public name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class OpenDraft:
    """A draft in memory: its key, and each question's answers by slug."""

    key: Key
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """What the reporter's browser keeps."""
        return to_cookie(self.key)

    @property
    def receipt(self) -> Receipt:
        """The receipt this draft always leads to."""
        return receipt_of_draft(self.key)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered yet."""
        return not _says_something(_answered(self))

    @property
    def heard_from(self) -> HeardFrom | None:
        """The centre that told of the form, for this report alone."""
        kept = self.answers.get(HEARD_FROM)
        return HeardFrom(**kept) if kept else None


def start_draft() -> OpenDraft:
    """A new, empty draft under a new key."""
    return OpenDraft(new_key())


def to_cookie(key: Key) -> str:
    """A key as a browser keeps it."""
    return base64.urlsafe_b64encode(key).decode()


def key_of_cookie(cookie: str | None) -> Key | None:
    """The key in a cookie, or None when it cannot be one."""
    try:
        key = base64.urlsafe_b64decode(cookie or "")
    except (binascii.Error, ValueError):
        return None
    return Key(key) if len(key) == KEY_BYTES else None


def open_draft(work: Work, cookie: str | None) -> OpenDraft | None:
    """The draft that a cookie opens; an empty one under the same key when its row is gone; None without a cookie."""
    key = key_of_cookie(cookie)
    if key is None:
        return None
    row = work.session.get(Draft, _lookup(work, key))
    if row is None or row.ends_at <= work.now:
        return OpenDraft(key)
    try:
        return OpenDraft(key, json.loads(unlock(row.locked, key, row.lookup)))
    except SealBroken:
        return OpenDraft(key)


def save_answer(work: Work, draft: OpenDraft, slug: str, answer: dict[str, Any]) -> None:
    """Keep one question's answer, sealed."""
    draft.answers[slug] = answer
    lookup = _lookup(work, draft.key)
    locked = lock(json.dumps(draft.answers).encode(), draft.key, lookup)
    ends_at = work.coarsened().now + timedelta(hours=work.harbour.settings.draft_hours + 1)
    work.session.merge(Draft(lookup=lookup, locked=locked, ends_at=ends_at))


def note_heard_from(work: Work, draft: OpenDraft, centre: HeardFrom | None) -> None:
    """Keep which centre told of the form, sealed with the rest; None forgets it."""
    save_answer(work, draft, HEARD_FROM, asdict(centre) if centre else {})


def discard_draft(work: Work, key: Key) -> None:
    """Delete the draft's row: without it the cookie opens nothing."""
    work.session.execute(delete(Draft).where(Draft.lookup == _lookup(work, key)))


def answers_of(draft: OpenDraft) -> Answers:
    """The draft as a whole report's answers; marshmallow's ValidationError if it holds what no form lets in."""
    document: dict[str, Any] = {}
    for answer in _answered(draft).values():
        document.update(answer)
    answers: Answers = AnswersSchema().load(document)
    return answers


def public_origin(draft: OpenDraft) -> Origin:
    """The public form's own door, and the centre whose poster led to it."""
    return Origin(Channel.PUBLIC, heard_from=draft.heard_from.id if draft.heard_from else None)


def forget_expired_drafts(session: Session, now: datetime) -> None:
    """Delete the drafts that nobody came back to."""
    session.execute(delete(Draft).where(Draft.ends_at <= now))


def _answered(draft: OpenDraft) -> dict[str, dict[str, Any]]:
    """The answers to the questions."""
    return {slug: answer for slug, answer in draft.answers.items() if slug != HEARD_FROM}


def _says_something(value: Any) -> bool:
    """Whether anything at all stands in an answer, however deep: three empty boxes of a date say nothing."""
    return any(map(_says_something, value.values())) if isinstance(value, dict) else bool(value)


def _lookup(work: Work, key: Key) -> str:
    return fingerprint(key, work.harbour.keyring.cookies)
