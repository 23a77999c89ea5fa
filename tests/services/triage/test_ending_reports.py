"""A report goes whole, two years after it was closed; open, called back or held by the police it stays."""

import pytest
from sqlalchemy import func, select

from app.migrate import downgrade, migrate
from app.retention import count_all_over, destroy_all_over
from core.audit import AuditEntry
from core.db import db
from core.outbox import OutboxRow
from core.retention import GONE
from core.sealing import SealBroken, Secret
from core.settings import Settings
from reporting.models import Facts, Message, Report
from reporting.services import as_reporter, find_by_receipt, write_message
from reporting.vocabulary import AgencyKind, Author
from tests.services.triage.conftest import Room, Sent
from trends.models import MonthCell
from triage.answering import accept, decline, record_outcome
from triage.assessing import assess_report
from triage.models import QueueEntry, Referral, ReferralStep
from triage.services import close_report, open_for_desk
from triage.vocabulary import Outcome

YEARS = 731


def close(room: Room, sent: Sent) -> None:
    """Read and closed by an officer."""
    work, entry = room.officer(), room.entry(sent)
    open_for_desk(work, entry, room.desk_secret)
    close_report(work, entry, Outcome.ADVICE, Secret("Test: closed."))
    room.session.commit()


def sweep(room: Room) -> int:
    """How many reports go now."""
    room.session.commit()
    with room.flask.app_context():
        counted = count_all_over(room.running)["reports"]
        assert destroy_all_over(room.running).get("reports", 0) == counted
        db.session.remove()
    room.session.expire_all()
    return counted


def test_it_goes_whole_with_its_key_on_its_day(room: Room) -> None:
    sent = room.send()
    [housing] = room.refer(sent, AgencyKind.HOUSING)
    decline(room.caseworker(), housing, Secret("Test: not ours."))
    close(room, sent)
    slot = room.report(sent).erasure_slot
    room.watch.on(days=YEARS, seconds=-1)
    assert sweep(room) == 0
    room.watch.on(seconds=1)
    assert sweep(room) == 1
    assert sweep(room) == 0
    for table in (Report, Facts, Message, QueueEntry, Referral, ReferralStep, OutboxRow):
        assert room.session.scalar(select(func.count()).select_from(table)) == 0
    assert room.session.scalar(select(func.count()).select_from(MonthCell)) > 3  # type: ignore[operator]
    assert find_by_receipt(room.work(), sent.receipt) is None
    with pytest.raises(SealBroken):
        room.running.erasure.key(slot)
    details = [each.detail for each in room.session.scalars(select(AuditEntry).where(AuditEntry.action == GONE))]
    assert details == [{"what": "reports", "how many": "1"}]


def test_one_that_was_called_back_is_open_and_its_time_begins_anew(room: Room) -> None:
    sent = room.send()
    close(room, sent)
    room.watch.on(days=700)
    write_message(as_reporter(room.work()), room.report(sent), Author.REPORTER, "", Secret("Test: again."))
    room.run_jobs()
    assert room.entry(sent).closed_at is None
    room.watch.on(days=5000)
    assert sweep(room) == 0
    entry = room.entry(sent)
    for message in room.session.scalars(select(Message)):
        message.read_by_desk = True
    close(room, sent)
    assert entry.closed_at == room.watch.now
    room.watch.on(days=YEARS - 1)
    assert sweep(room) == 0
    room.watch.on(days=1)
    assert sweep(room) == 1


def test_scored_again_it_is_closed_since_when_it_was(room: Room) -> None:
    sent = room.send()
    close(room, sent)
    closed_at = room.entry(sent).closed_at
    assert closed_at is not None
    room.watch.on(days=3)
    assess_report(room.work(), sent.id)
    room.session.commit()
    assert room.entry(sent).closed_at == closed_at


def test_one_closed_before_there_was_a_day_for_it_is_dated_from_the_trail(room: Room, settings: Settings) -> None:
    sent = room.send()
    close(room, sent)
    closed_at = room.entry(sent).closed_at
    room.watch.on(days=3)
    assess_report(room.work(), sent.id)
    room.session.commit()
    downgrade(settings, "0010_ways_back_and_ends")
    migrate(settings)
    room.session.expire_all()
    assert room.entry(sent).closed_at == closed_at


def test_what_the_police_accepted_is_held_and_what_others_did_is_not(room: Room) -> None:
    held, free = room.send(), room.send()
    for sent, kind in ((held, AgencyKind.POLICE), (free, AgencyKind.HOUSING)):
        [referral] = room.refer(sent, kind)
        accept(room.caseworker(kind), referral)
        record_outcome(room.caseworker(kind), referral, Outcome.ADVICE, Secret("Test: advice."))
        close(room, sent)
    room.watch.on(days=YEARS)
    assert sweep(room) == 1
    assert room.session.get(Report, held.id) is not None
    room.watch.on(days=9000)
    assert sweep(room) == 0
