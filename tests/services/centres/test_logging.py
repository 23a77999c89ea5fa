"""A centre logs for a visitor through the one door, and sees references and states of its own alone."""

import secrets

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.services import enrol, found_team
from accounts.vocabulary import Role, TeamKind
from centres.becoming import move
from centres.models import Centre
from centres.permission import LoggingRefused
from centres.queries import centre_of, reports_of, trainings_of
from centres.services import log_report, register_centre
from centres.staffing import record_training, remove_training
from centres.visits import begin_visit
from centres.vocabulary import CentreState, Reason
from core.audit import AuditEntry, Chain
from core.clock import floor_hour
from core.outbox import OutboxRow
from core.sealing import SealBroken, Secret, SecretKey
from core.work import Actor, Work
from reporting.answers import Answers
from reporting.reading import DESK, REPORTER, open_report
from reporting.receipt import SEED_BYTES, Receipt
from reporting.services import write_message
from reporting.vocabulary import Author, Channel, State
from tests.services.conftest import Desk
from tests.stack.racing import pressed_meanwhile

ANSWERS = Answers(words=Secret("canary told at the centre"))


def new_centre(work: Work, name: str) -> tuple[Centre, SecretKey, Actor]:
    team, secret = found_team(work, TeamKind.CENTRE, name)
    person = enrol(work, team, secret, Role.CENTRE_STAFF, "Staff", f"{name}@demo.invalid", Secret("a long password"))
    work.session.flush()
    centre = register_centre(work, team, "1 Demo Street", "SO14 7LY")
    record_training(work, person)
    work.session.commit()
    return centre, secret, Actor(Role.CENTRE_STAFF.value, person.id, team.id)


@pytest.fixture
def library(work: Work, desk: Desk) -> tuple[Centre, SecretKey, Actor]:
    return new_centre(work, "library")


def test_a_visitors_report_is_like_any_other(
    work: Work, desk: Desk, library: tuple[Centre, SecretKey, Actor], receipt: Receipt
) -> None:
    centre, centre_key, actor = library
    report = log_report(work.acting(actor), centre, ANSWERS, receipt)
    work.session.commit()
    assert report.facts.channel is Channel.CENTRE
    assert (report.centre_id, report.centre_name) == (centre.id, "library")
    assert report.received_at == floor_hour(work.now)
    assert len(list(work.session.scalars(select(OutboxRow)))) == 1
    for holder, secret in ((DESK, desk.secret), (REPORTER, receipt.key_pair[1])):
        assert open_report(work, report, holder, secret).words.reveal() == "canary told at the centre"
    for holder in (DESK, REPORTER, "centre"):
        with pytest.raises(SealBroken):
            open_report(work, report, holder, centre_key)


def test_who_logged_it_is_on_record_no_finer_than_the_hour(
    work: Work, library: tuple[Centre, SecretKey, Actor], receipt: Receipt
) -> None:
    centre, _, actor = library
    report = log_report(work.acting(actor), centre, ANSWERS, receipt)
    work.session.commit()
    entries = list(work.session.scalars(select(AuditEntry).where(AuditEntry.subject == report.id)))
    assert {entry.action for entry in entries} == {"report received", "report logged for a visitor"}
    assert {entry.actor_id for entry in entries} == {actor.id}
    assert {(entry.chain, entry.happened_at) for entry in entries} == {(Chain.REPORTER, floor_hour(work.now))}


def test_a_visit_sent_twice_is_one_report(
    work: Work, library: tuple[Centre, SecretKey, Actor], receipt: Receipt
) -> None:
    centre, _, actor = library
    first = log_report(work.acting(actor), centre, ANSWERS, receipt)
    work.session.commit()
    assert log_report(work.acting(actor), centre, ANSWERS, receipt).id == first.id
    work.session.commit()
    assert len(reports_of(work.session, centre)) == 1


def test_a_centre_sees_its_own_references_and_states_and_no_words(
    work: Work, library: tuple[Centre, SecretKey, Actor]
) -> None:
    centre, _, actor = library
    other, _, other_actor = new_centre(work, "mosque")
    mine = log_report(work.acting(actor), centre, ANSWERS, Receipt(secrets.token_bytes(SEED_BYTES)))
    theirs = log_report(work.acting(other_actor), other, ANSWERS, Receipt(secrets.token_bytes(SEED_BYTES)))
    write_message(work, mine, Author.DESK, "The team", Secret("an answer"))
    work.session.commit()
    [row] = reports_of(work.session, centre)
    assert (row.reference, row.state, row.answer_waits) == (mine.reference, State.RECEIVED, True)
    assert [each.reference for each in reports_of(work.session, other)] == [theirs.reference]
    assert "canary" not in repr(row)
    assert centre_of(work.session, centre.id) is centre
    assert centre_of(work.session, "nobody") is None


def test_nobody_logs_without_training_whatever_page_they_had_open(
    work: Work, library: tuple[Centre, SecretKey, Actor], receipt: Receipt
) -> None:
    centre, _, actor = library
    for training in trainings_of(work.session, actor.id or ""):
        remove_training(work, training)
    work.session.commit()
    with pytest.raises(LoggingRefused, match="training"):
        log_report(work.acting(actor), centre, ANSWERS, receipt)
    with pytest.raises(LoggingRefused, match="training"):
        begin_visit(work.acting(actor), centre)
    assert reports_of(work.session, centre) == []


def test_nobody_logs_at_a_centre_that_is_not_active_or_not_theirs(
    work: Work, library: tuple[Centre, SecretKey, Actor], receipt: Receipt
) -> None:
    centre, _, actor = library
    other, _, _ = new_centre(work, "mosque")
    with pytest.raises(LoggingRefused, match="do not work at mosque"):
        log_report(work.acting(actor), other, ANSWERS, receipt)
    centre.state = CentreState.SUSPENDED
    work.session.commit()
    for who in (work.acting(actor), work.acting(Actor("partner system", "token", centre.id))):
        with pytest.raises(LoggingRefused, match="at the moment"):
            log_report(who, centre, ANSWERS, receipt)
        with pytest.raises(LoggingRefused, match="at the moment"):
            begin_visit(who, centre)
    assert reports_of(work.session, centre) == []


def test_a_centre_that_is_suspended_in_the_same_moment_logs_nothing(
    installed: Flask, work: Work, library: tuple[Centre, SecretKey, Actor], receipt: Receipt
) -> None:
    centre, _, actor = library
    coordinator = work.acting(Actor(Role.COORDINATOR.value))

    def log(second: Work, same: Centre) -> bool:
        with pytest.raises(LoggingRefused):
            log_report(second, same, ANSWERS, receipt)
        return True

    assert pressed_meanwhile(
        installed,
        coordinator,
        lambda: move(coordinator, centre, CentreState.SUSPENDED, Reason.CONCERN),
        actor,
        lambda second: second.session.get_one(Centre, centre.id),
        log,
    )
