"""A notice leaves as a letter that says nothing of what waits; what fails is tried again under the same id."""

import mailbox
from asyncio import Server
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import select, update

from accounts.notices import WORDS, Notice, notify
from app.factory import create_app
from core.db import db, writing
from core.errands import run_errands
from core.outbox import LEASE, OutboxRow, drain, has_waiting, take_handed
from core.settings import Settings
from core.work import SYSTEM, Work, begin_work, harbour
from tests.services.conftest import Desk, Watch


class PostRoom:
    """A mail server's hands: it keeps what arrives, and can refuse."""

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.refuses = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter in, or not."""
        if self.refuses:
            return "451 Come back later"
        content = envelope.content
        self.arrived.append(message_from_bytes(content if isinstance(content, bytes) else b"", policy=default))
        return "250 Taken"


class OnAnyPort(Controller):
    """A mail server on whatever port is free, which is known once it listens."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture
def post_room() -> PostRoom:
    return PostRoom()


@pytest.fixture
def server(post_room: PostRoom) -> Iterator[str]:
    """The address of a real mail server on this machine."""
    controller = OnAnyPort(post_room, hostname="127.0.0.1", port=0)
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


@pytest.fixture
def posting(settings: Settings, watch: Watch, server: str, installed: Flask, desk: Desk) -> Iterator[Work]:
    """A unit of work of a platform that has a mail server."""
    app = create_app(replace(settings, mail_url=server, mail_from="harbour@city.invalid"), watch)
    with app.app_context(), writing():
        yield begin_work(harbour(), db.session(), SYSTEM)
        db.session.remove()
        db.engine.dispose()


def rows(work: Work) -> list[OutboxRow]:
    work.session.rollback()
    return list(work.session.scalars(select(OutboxRow).execution_options(populate_existing=True)))


def test_a_notice_reaches_the_mail_server_once_and_says_nothing_of_what_waits(
    posting: Work, post_room: PostRoom, desk: Desk
) -> None:
    notify(posting, desk.officer, Notice.HIGH_RISK)
    posting.session.commit()
    assert run_errands(posting.harbour) == 1
    assert run_errands(posting.harbour) == 0
    (letter,) = post_room.arrived
    assert letter["To"] == desk.officer.email
    assert letter["Subject"] == WORDS[Notice.HIGH_RISK][0]
    assert "harbour@city.invalid" in letter["From"]
    assert "http" not in str(letter.get_payload())
    assert rows(posting) == []


def test_a_letter_that_is_refused_is_sent_later_under_the_same_id(
    posting: Work, post_room: PostRoom, desk: Desk, watch: Watch
) -> None:
    notify(posting, desk.officer, Notice.OVERDUE)
    posting.session.commit()
    errand_id = rows(posting)[0].id
    post_room.refuses = True
    assert run_errands(posting.harbour) == 0
    assert rows(posting)[0].failure == "SMTPDataError"
    post_room.refuses = False
    assert run_errands(posting.harbour) == 0
    watch.on(minutes=1)
    assert run_errands(posting.harbour) == 1
    assert [letter["Message-ID"] for letter in post_room.arrived] == [f"<{errand_id}@city.invalid>"]


def test_an_errand_whose_runner_died_is_run_again_when_its_lease_ends(
    posting: Work, post_room: PostRoom, desk: Desk, watch: Watch
) -> None:
    notify(posting, desk.officer, Notice.REFERRAL)
    posting.session.commit()
    posting.session.execute(update(OutboxRow).values(leased_until=watch.now + LEASE, attempts=1))
    posting.session.commit()
    assert run_errands(posting.harbour) == 0
    watch.on(seconds=LEASE.total_seconds() + 1)
    assert run_errands(posting.harbour) == 1
    assert len(post_room.arrived) == 1


def test_a_worker_leaves_errands_alone_and_is_not_woken_for_them(posting: Work, desk: Desk) -> None:
    notify(posting, desk.officer, Notice.REVIEW)
    posting.session.commit()
    assert take_handed(posting.session) == []
    assert not has_waiting(posting.harbour, posting.session)
    assert drain(posting.harbour) == 0
    assert len(rows(posting)) == 1


def test_a_notice_that_is_rolled_back_is_never_sent(posting: Work, post_room: PostRoom, desk: Desk) -> None:
    notify(posting, desk.officer, Notice.REVIEW)
    posting.session.rollback()
    assert run_errands(posting.harbour) == 0
    assert post_room.arrived == []


def test_nobody_who_has_left_is_written_to(posting: Work, post_room: PostRoom, desk: Desk, watch: Watch) -> None:
    notify(posting, desk.officer, Notice.HIGH_RISK)
    posting.session.commit()
    person = posting.session.merge(desk.officer)
    person.left_at = watch.now
    posting.session.commit()
    assert run_errands(posting.harbour) == 1
    assert post_room.arrived == []


def test_without_a_mail_server_letters_are_laid_in_a_folder(work: Work, desk: Desk) -> None:
    notify(work, desk.officer, Notice.REFERRAL)
    work.session.commit()
    assert run_errands(work.harbour) == 1
    box = mailbox.Maildir(work.harbour.settings.letter_folder, create=False)
    assert [letter["Subject"] for letter in box] == [WORDS[Notice.REFERRAL][0]]
    box.clear()
