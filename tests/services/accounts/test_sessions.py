"""An open session needs its cookie and its row: either alone opens nothing."""

import base64
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import OpenSession
from accounts.sessions import (
    close_all_sessions,
    close_session,
    forget_ended_sessions,
    mark_used,
    open_session,
    resume_session,
)
from core.db import db
from core.sealing import Key, SealBroken, unlock
from core.work import SYSTEM, Work, begin_work, harbour
from tests.services.conftest import Watch

SECRET = b"the team's opened key, as a canary"
LIFETIME, IDLE = timedelta(hours=10), timedelta(hours=1)


@pytest.fixture
def cookie(work: Work) -> str:
    value = open_session(work, "staff", "somebody", SECRET, LIFETIME)
    work.session.commit()
    return value


def later(watch: Watch, **span: float) -> Work:
    watch.on(**span)
    return begin_work(harbour(), db.session(), SYSTEM)


def the_row(work: Work) -> OpenSession:
    return work.session.scalars(select(OpenSession)).one()


def test_the_cookie_and_the_row_together_open_it(work: Work, cookie: str) -> None:
    resumed = resume_session(work, "staff", cookie, IDLE)
    assert resumed is not None
    assert (resumed.subject_id, resumed.secret) == ("somebody", SECRET)


def test_the_row_alone_opens_nothing(work: Work, cookie: str) -> None:
    row = the_row(work)
    assert SECRET not in row.locked_secret
    keyring = work.harbour.keyring
    for key in (keyring.cookies, keyring.receipts, keyring.places, keyring.audit, keyring.proof, Key(bytes(32))):
        with pytest.raises(SealBroken):
            unlock(row.locked_secret, key, row.lookup)
    raw = base64.urlsafe_b64decode(cookie)
    for table_value in (row.lookup.encode(), row.locked_secret, row.subject_id.encode()):
        assert raw[16:] not in table_value


def test_the_cookie_alone_opens_nothing(work: Work, cookie: str) -> None:
    close_session(work, cookie)
    work.session.commit()
    assert SECRET not in base64.urlsafe_b64decode(cookie)
    assert resume_session(work, "staff", cookie, IDLE) is None


@pytest.mark.parametrize("place", [0, 15, 16, 47])
def test_a_changed_cookie_opens_nothing(work: Work, cookie: str, place: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(cookie))
    raw[place] ^= 1
    assert resume_session(work, "staff", base64.urlsafe_b64encode(bytes(raw)).decode(), IDLE) is None


@pytest.mark.parametrize("cookie", [None, "", "x", "é", "=" * 64, "A" * 64, "A" * 5000, "../../etc"])
def test_what_is_no_cookie_opens_nothing(work: Work, cookie: str | None) -> None:
    assert resume_session(work, "staff", cookie) is None
    close_session(work, cookie)


def test_a_session_of_another_kind_is_not_this_one(work: Work, cookie: str) -> None:
    assert resume_session(work, "receipt", cookie) is None


def test_a_row_put_under_another_sessions_name_opens_nothing(work: Work, cookie: str) -> None:
    first = the_row(work).locked_secret
    other = open_session(work, "staff", "somebody else", b"another key", LIFETIME)
    work.session.flush()
    found = select(OpenSession).where(OpenSession.subject_id == "somebody else")
    work.session.scalars(found).one().locked_secret = first
    work.session.flush()
    assert resume_session(work, "staff", other) is None


def test_a_session_ends(work: Work, cookie: str, watch: Watch) -> None:
    assert resume_session(later(watch, hours=9, minutes=59), "staff", cookie) is not None
    assert resume_session(later(watch, minutes=1), "staff", cookie) is None


def test_a_session_left_idle_ends_and_one_in_use_does_not(work: Work, cookie: str, watch: Watch) -> None:
    used = later(watch, minutes=59)
    resumed = resume_session(used, "staff", cookie, IDLE)
    assert resumed is not None
    mark_used(used.session, resumed.lookup, used.now)
    used.session.commit()
    used.session.expire_all()
    assert resume_session(later(watch, minutes=59), "staff", cookie, IDLE) is not None
    assert resume_session(later(watch, minutes=1), "staff", cookie, IDLE) is None


def test_who_leaves_has_no_session_left_and_others_have(work: Work, cookie: str) -> None:
    again = open_session(work, "staff", "somebody", SECRET, LIFETIME)
    other = open_session(work, "staff", "somebody else", SECRET, LIFETIME)
    close_all_sessions(work, "somebody")
    work.session.commit()
    work.session.expire_all()
    assert resume_session(work, "staff", cookie) is None
    assert resume_session(work, "staff", again) is None
    assert resume_session(work, "staff", other) is not None


def test_ended_sessions_are_forgotten(work: Work, cookie: str, watch: Watch) -> None:
    forget_ended_sessions(work.session, watch.now + timedelta(hours=9))
    assert work.session.scalar(select(OpenSession.lookup)) is not None
    forget_ended_sessions(work.session, watch.now + LIFETIME)
    assert work.session.scalar(select(OpenSession.lookup)) is None


def test_no_two_sessions_have_one_cookie(work: Work) -> None:
    cookies = {open_session(work, "staff", "somebody", SECRET, LIFETIME) for _ in range(50)}
    assert len(cookies) == 50
