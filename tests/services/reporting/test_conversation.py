"""Messages both ways: open for the desk and the reporter, in order, and for nobody else."""

import pytest

from core.clock import floor_hour
from core.sealing import SealBroken, Secret, SecretKey, new_key_pair
from core.work import Work, harbour
from reporting import queries
from reporting.answers import Answers
from reporting.models import Report
from reporting.reading import DESK, REPORTER, OpenedMessage, open_messages
from reporting.receipt import Receipt
from reporting.services import (
    as_reporter,
    mark_read_by_desk,
    mark_read_by_reporter,
    move_state,
    submit_report,
    write_message,
)
from reporting.vocabulary import Author, State
from tests.services.conftest import Desk
from tests.services.reporting.conftest import PUBLIC


@pytest.fixture
def report(work: Work, desk: Desk, answers: Answers, receipt: Receipt) -> Report:
    sent = submit_report(work, answers, PUBLIC, receipt)
    work.session.commit()
    return sent


@pytest.fixture
def talk(work: Work, report: Report) -> None:
    write_message(as_reporter(work), report, Author.REPORTER, "You", Secret("It happened again"))
    write_message(work, report, Author.DESK, "The team", Secret("Thank you. شكرا 😀"))
    write_message(work, report, Author.AGENCY, "Demo Housing", Secret("We came to see"))
    work.session.commit()


def opened(work: Work, report: Report, holder: str, secret: SecretKey) -> list[OpenedMessage]:
    work.session.expire_all()
    return open_messages(work, report, queries.conversation(work.session, report.id), holder, secret)


def test_desk_and_reporter_read_the_same_in_the_same_order(
    work: Work, report: Report, talk: None, desk: Desk, receipt: Receipt
) -> None:
    for holder, secret in ((DESK, desk.secret), (REPORTER, receipt.key_pair[1])):
        said = [(message.author, message.words.reveal()) for message in opened(work, report, holder, secret)]
        assert said == [
            (Author.REPORTER, "It happened again"),
            (Author.DESK, "Thank you. شكرا 😀"),
            (Author.AGENCY, "We came to see"),
        ]


def test_nobody_else_reads_a_message(work: Work, report: Report, talk: None, receipt: Receipt) -> None:
    stranger = new_key_pair()[1]
    for holder in (DESK, REPORTER, "agency"):
        with pytest.raises(SealBroken):
            opened(work, report, holder, stranger)
    with pytest.raises(SealBroken):
        opened(work, report, DESK, receipt.key_pair[1])


def test_a_message_does_not_open_as_another(work: Work, report: Report, talk: None, desk: Desk) -> None:
    first, second, _ = queries.conversation(work.session, report.id)
    first.sealed, second.sealed = second.sealed, first.sealed
    with pytest.raises(SealBroken):
        open_messages(work, report, [first], DESK, desk.secret)
    work.session.rollback()


def test_times_behind_the_code_are_hours_whoever_wrote(work: Work, report: Report, talk: None) -> None:
    written = {message.written_at for message in queries.conversation(work.session, report.id)}
    assert written == {floor_hour(work.now)}


def test_what_is_new_is_told_to_each(work: Work, report: Report, talk: None, desk: Desk, receipt: Receipt) -> None:
    reporter = receipt.key_pair[1]
    assert [message.is_new for message in opened(work, report, DESK, desk.secret)] == [True, False, True]
    assert [message.is_new for message in opened(work, report, REPORTER, reporter)] == [False, True, True]
    mark_read_by_reporter(work, queries.conversation(work.session, report.id))
    assert [message.is_new for message in opened(work, report, DESK, desk.secret)] == [True, False, True]
    assert not any(message.is_new for message in opened(work, report, REPORTER, reporter))
    *shown, _later = queries.conversation(work.session, report.id)
    mark_read_by_desk(work, shown)
    assert [message.is_new for message in opened(work, report, DESK, desk.secret)] == [False, False, True]
    mark_read_by_desk(work, queries.conversation(work.session, report.id))
    assert not any(message.is_new for message in opened(work, report, DESK, desk.secret))


def test_a_destroyed_erasure_key_closes_the_conversation_too(
    work: Work, report: Report, talk: None, desk: Desk
) -> None:
    harbour().erasure.destroy(report.erasure_slot)
    with pytest.raises(SealBroken):
        opened(work, report, DESK, desk.secret)
    with pytest.raises(SealBroken):
        write_message(work, report, Author.DESK, "The team", Secret("too late"))


def test_a_state_moves_once(work: Work, report: Report) -> None:
    move_state(work, report, State.BEING_READ)
    move_state(work, report, State.BEING_READ)
    assert report.state is State.BEING_READ
