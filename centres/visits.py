"""A visit in the making: its key, what is saved of it, what the visitor answered alone, and its receipt.

The key is in the staff member's page. Alone it opens what staff typed. What the visitor answered alone, and the
receipt, need the server's own key as well: nobody makes them out of the page.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NewType
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.util import identity_key
from werkzeug.datastructures import MultiDict

from centres.models import Centre
from centres.permission import check_may_log
from centres.visit_models import Visit
from centres.visit_rules import kept_until, neutral_word
from core.clock import floor_hour
from core.ids import new_id
from core.sealing import Key, SealBroken, combine, derive, fingerprint, lock, new_key, unlock
from core.work import Work
from reporting.drafts import key_of_cookie, to_cookie
from reporting.receipt import SEED_BYTES, Receipt

Token = NewType("Token", str)
"""What the staff member's page carries: the key, when it ends, and a mark that binds both to one person."""
Answers = Mapping[str, Mapping[str, Any]]
_NOT_KEPT = frozenset({"csrf_token", "visit"})


@dataclass(frozen=True, slots=True, repr=False)
class OpenVisit:
    """A visit in memory. `row` is None while nothing of it was saved."""

    key: Key
    ends_at: datetime
    row: Visit | None = None

    @property
    def code_alone(self) -> bool:
        """Whether the visitor's code is for the visitor's eyes alone."""
        return self.row is not None and (self.row.code_alone or self.row.private is not None)


def begin_visit(work: Work, centre: Centre) -> OpenVisit:
    """A new visit under a new key; LoggingRefused for somebody who may not log at this centre now."""
    check_may_log(work, centre)
    return OpenVisit(new_key(), _ends_at(work, centre))


def token_of(work: Work, visit: OpenVisit) -> Token:
    """The visit as the page of whoever is signed in carries it."""
    ends = int(visit.ends_at.timestamp())
    return Token(f"{to_cookie(visit.key)}.{ends}.{_mark(work, visit.key, ends)}")


def read_token(work: Work, token: str | None) -> OpenVisit | None:
    """The visit of a token; None for one that ended, belongs to somebody else, or never was."""
    parts = (token or "").split(".")
    if len(parts) != 3 or not (parts[1].isascii() and parts[1].isdigit()) or len(parts[1]) > 12:
        return None
    key, ends = key_of_cookie(parts[0]), int(parts[1])
    if key is None or parts[2] != _mark(work, key, ends):
        return None
    ends_at = datetime.fromtimestamp(ends, UTC)
    return OpenVisit(key, ends_at, find_visit(work, key)) if ends_at > work.now else None


def find_visit(work: Work, key: Key) -> Visit | None:
    """What is saved under a key and has not ended."""
    row = work.session.get(Visit, _lookup(work, key))
    return row if row is not None and row.ends_at > work.now else None


def save_visit(
    work: Work, centre: Centre, visit: OpenVisit, typed: Iterable[tuple[str, str]], browser: Key
) -> OpenVisit:
    """Keep what was typed, sealed under the visit's key, to be found again in this browser until closing time.

    Of a visit whose report is in, nothing is kept: a saving that was under way as it was sent comes too late.
    """
    lookup, ends_at = _lookup(work, visit.key), _ends_at(work, centre)
    pairs = [[name, value] for name, value in typed if name not in _NOT_KEPT and not name.endswith("csrf_token")]
    locked = lock(json.dumps(pairs).encode(), visit.key, lookup)
    row = _held_row(work, lookup) or _new_row(work, centre, visit.key, lookup, browser, ends_at)
    if not row.sent:
        row.locked, row.ends_at = locked, ends_at
    work.session.flush()
    return OpenVisit(visit.key, ends_at, row)


def what_was_typed(visit: OpenVisit) -> "MultiDict[str, str]":
    """What staff had typed, as a form sends it."""
    if visit.row is None:
        return MultiDict()
    pairs = json.loads(unlock(visit.row.locked, visit.key, visit.row.lookup))
    return MultiDict([(name, value) for name, value in pairs])


def seal_private(work: Work, visit: OpenVisit, answers: Answers) -> None:
    """Lock what the visitor answered alone; what they answered alone before and did not answer now stays."""
    if visit.row is None or not answers or _held_row(work, visit.row.lookup) is None:
        # Without its row the visit was deleted meanwhile, and nothing of it is wanted.
        return
    both = {**private_answers(work, visit), **answers}
    visit.row.private = lock(json.dumps(both).encode(), _private_key(work, visit.key), visit.row.lookup)
    work.session.flush()


def private_answers(work: Work, visit: OpenVisit) -> dict[str, dict[str, Any]]:
    """What the visitor answered alone, by question. Only for making the report: no page shows it."""
    if visit.row is None or visit.row.private is None:
        return {}
    found: dict[str, dict[str, Any]] = json.loads(
        unlock(visit.row.private, _private_key(work, visit.key), visit.row.lookup)
    )
    return found


def receipt_of_visit(work: Work, key: Key) -> Receipt:
    """The receipt that a visit always leads to, which its key alone does not give."""
    return Receipt(bytes(derive(combine(key, work.harbour.keyring.receipts), "receipt of a visit", SEED_BYTES)))


def mark_sent(work: Work, visit: OpenVisit, code_alone: bool) -> None:
    """The report is in: what was typed is gone from here, and only the way to the code stays until closing time."""
    if visit.row is not None:
        visit.row.locked = lock(b"[]", visit.key, visit.row.lookup)
        visit.row.sent = True
        visit.row.code_alone = visit.row.code_alone or code_alone
        work.session.flush()


def close_visit(work: Work, row: Visit) -> None:
    """The visitor has their code, or wants nothing kept: the browser cannot open the visit any more.

    A sent one leaves its row, which says until closing time whose eyes the code is for. Closed twice it is closed once.
    """
    if _held_row(work, row.lookup) is None:
        return
    if row.sent:
        row.locked_key = b""
    else:
        work.session.delete(row)
    work.session.flush()


def open_saved(work: Work, row: Visit, browser: Key | None) -> OpenVisit | None:
    """A saved visit, with the key that this browser's cookie opens; None in another browser."""
    if browser is None or not row.locked_key:
        return None
    try:
        key = Key(unlock(row.locked_key, browser, f"visit/{row.id}"))
    except SealBroken:
        return None
    return OpenVisit(key, row.ends_at, row)


def saved_visits(work: Work, centre: Centre) -> list[Visit]:
    """The person's own saved visits at their centre, the earliest first."""
    found = select(Visit).where(
        Visit.person_id == work.actor.id,
        Visit.centre_id == centre.id,
        Visit.ends_at > work.now,
        Visit.locked_key != b"",
    )
    return list(work.session.scalars(found.order_by(Visit.begun_at, Visit.word, Visit.id)))


def _held_row(work: Work, lookup: str) -> Visit | None:
    """The row as it is now, held; None when it is gone, also for one that this session had seen."""
    seen = work.session.identity_map.get(identity_key(Visit, lookup))
    row = work.session.get(Visit, lookup, with_for_update=True, populate_existing=True)
    if row is None and seen is not None:
        work.session.expunge(seen)
    return row


def _new_row(work: Work, centre: Centre, key: Key, lookup: str, browser: Key, ends_at: datetime) -> Visit:
    visit_id = new_id()
    row = Visit(
        lookup=lookup,
        id=visit_id,
        centre_id=centre.id,
        person_id=work.actor.id or "",
        word=neutral_word(),
        begun_at=floor_hour(work.now),
        ends_at=ends_at,
        locked=b"",
        locked_key=lock(key, browser, f"visit/{visit_id}"),
        private=None,
        code_alone=False,
        sent=False,
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
            work.session.flush()
    except IntegrityError:
        # Saved at the same moment by another request of the same page.
        return work.session.get_one(Visit, lookup, with_for_update=True, populate_existing=True)
    return row


def _ends_at(work: Work, centre: Centre) -> datetime:
    return kept_until(centre.week, work.now, ZoneInfo(work.harbour.settings.desk_time_zone))


def _mark(work: Work, key: Key, ends: int) -> str:
    whose = f"visit of {work.actor.id} of {work.actor.team_id} until {ends}"
    return fingerprint(whose.encode(), combine(work.harbour.keyring.cookies, key))


def _lookup(work: Work, key: Key) -> str:
    return fingerprint(key, work.harbour.keyring.cookies)


def _private_key(work: Work, key: Key) -> Key:
    return derive(combine(key, work.harbour.keyring.receipts), "answered alone")
