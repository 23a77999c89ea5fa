"""Reports reach the queue, stand there by risk, clock and age, and one officer at a time works on each."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.audit import AuditEntry
from core.sealing import Secret
from reporting.answers import Place
from reporting.services import as_reporter, write_message
from reporting.vocabulary import Author, Category, Harm, Repeat, Safety, State
from tests.services.triage.conftest import Room, Sent, report_answers
from triage import queries
from triage.assessing import ReasonNeeded, choose_ward, set_level
from triage.models import QueueEntry
from triage.queueing import AlreadyTaken, give_back, take
from triage.reading import open_officer_reason, ward_names
from triage.services import CannotClose, close_report, open_for_desk
from triage.tasks import assess
from triage.vocabulary import CalledBack, Level, Outcome, Shelf, Standing, WardReason


def order(room: Room) -> list[str]:
    """The ids on the queue, in its order."""
    return [entry.report_id for entry in queries.queue_page(room.session, Shelf.TO_DO, 1).entries]


def test_a_report_reaches_the_queue_with_its_reasons(room: Room) -> None:
    entry = room.entry(room.send(report_answers(harms=frozenset({Harm.WEAPON, Harm.HURT}))))
    assert entry.level is Level.HIGH
    assert [words for words, _ in entry.reasons][:2] == ["A weapon used or shown", "Somebody was hurt"]
    assert entry.due_at == entry.received_at + timedelta(hours=1)


def test_the_order_and_the_reasons_follow_the_answers(room: Room) -> None:
    standard = room.send()
    medium = room.send(report_answers(repeat=Repeat.WORSE, categories=frozenset({Category.THREATS})))
    high = room.send(report_answers(safety=Safety.UNSAFE))
    assert order(room) == [high.id, medium.id, standard.id]
    assert room.entry(high).reasons != room.entry(medium).reasons


def test_of_equals_the_older_stands_first(room: Room) -> None:
    older = room.send()
    room.watch.on(hours=2)
    newer = room.send()
    assert order(room) == [older.id, newer.id]


def test_assessing_again_changes_nothing(room: Room) -> None:
    sent = room.send()
    before = room.entry(sent).due_at
    room.watch.on(days=2)
    assess(room.work(), sent.id)
    room.session.commit()
    assert room.entry(sent).due_at == before
    assert room.session.scalar(select(func.count()).select_from(QueueEntry)) == 1


def test_a_report_that_is_gone_is_no_error(room: Room) -> None:
    assess(room.work(), "no such report")


def test_the_second_officer_is_told_who_has_it(room: Room) -> None:
    sent = room.send()
    take(room.officer(0), room.entry(sent))
    with pytest.raises(AlreadyTaken, match="Demo Officer is working on this report"):
        take(room.officer(1), room.entry(sent))
    assert room.entry(sent).taken_by == room.officers[0].id
    assert room.report(sent).state is State.BEING_READ


def test_it_can_be_given_back_or_taken_over(room: Room) -> None:
    sent = room.send()
    take(room.officer(0), room.entry(sent))
    give_back(room.officer(0), room.entry(sent))
    assert room.entry(sent).standing is Standing.WAITING
    take(room.officer(0), room.entry(sent))
    take(room.officer(1), room.entry(sent), over=True)
    assert room.entry(sent).taken_by == room.officers[1].id
    with pytest.raises(AlreadyTaken):
        give_back(room.officer(0), room.entry(sent))


def test_the_next_to_take_is_the_first_that_nobody_has(room: Room) -> None:
    high, standard = room.send(report_answers(safety=Safety.UNSAFE)), room.send()
    take(room.officer(0), room.entry(high))
    found = queries.next_to_take(room.session)
    assert found is not None
    assert found.report_id == standard.id


def test_an_officers_level_needs_a_reason_and_moves_the_report(room: Room) -> None:
    first, second = room.send(), room.send()
    last = second if order(room)[0] == first.id else first
    with pytest.raises(ReasonNeeded):
        set_level(room.officer(), room.entry(last), Level.HIGH, Secret(""))
    set_level(room.officer(), room.entry(last), Level.HIGH, Secret("The words say more."))
    entry = room.entry(last)
    assert order(room)[0] == last.id
    assert entry.level is Level.STANDARD
    assert open_officer_reason(room.officer(), entry, room.desk_secret).reveal() == "The words say more."
    assert b"words say more" not in (entry.officer_reason.to_bytes() if entry.officer_reason else b"")


def test_opening_is_recorded_and_a_high_risk_is_not_closed_unread(room: Room) -> None:
    sent = room.send(report_answers(safety=Safety.UNSAFE))
    with pytest.raises(CannotClose, match="Open and read it"):
        close_report(room.officer(), room.entry(sent), Outcome.ADVICE, Secret("Demo words."))
    open_for_desk(room.officer(), room.entry(sent), room.desk_secret)
    close_report(room.officer(), room.entry(sent), Outcome.ADVICE, Secret("Demo words."))
    room.session.commit()
    opened = select(AuditEntry).where(AuditEntry.subject == sent.id, AuditEntry.action == "report opened")
    assert [found.actor_id for found in room.session.scalars(opened)] == [room.officers[0].id]
    assert room.report(sent).state is State.CLOSED
    assert room.report(sent).facts.outcome == "advice-given"
    assert order(room) == []
    assert "Demo words." in room.behind_the_code(sent)[-1]


def close(room: Room, sent: Sent) -> None:
    """Read and close."""
    open_for_desk(room.officer(), room.entry(sent), room.desk_secret)
    close_report(room.officer(), room.entry(sent), Outcome.ADVICE, Secret("Demo words."))
    room.session.commit()


def test_a_reporter_who_writes_opens_a_closed_report_again(room: Room) -> None:
    sent = room.send()
    close(room, sent)
    room.watch.on(days=30, minutes=17)
    write_message(as_reporter(room.work()), room.report(sent), Author.REPORTER, "", Secret("It happened again."))
    room.session.commit()
    entry = room.entry(sent)
    assert entry.called_back == {CalledBack.REPORTER_WROTE}
    assert order(room) == [sent.id]
    assert entry.due_at > room.watch.now
    assert (entry.due_at.minute, entry.due_at.second) == (0, 0)
    assert room.report(sent).state is State.BEING_READ


def test_what_was_written_before_the_queue_knew_the_report_is_not_overlooked(room: Room) -> None:
    sent = room.send(queued=False)
    write_message(as_reporter(room.work()), room.report(sent), Author.REPORTER, "", Secret("One more thing."))
    room.run_jobs()
    assert room.entry(sent).called_back == {CalledBack.REPORTER_WROTE}


def test_an_unplaced_report_is_placed_by_hand(room: Room) -> None:
    sent = room.send(report_answers(place=Place(words="behind the old shed")))
    entry = room.entry(sent)
    assert ward_names(entry.report) == ()
    assert open_for_desk(room.officer(), entry, room.desk_secret).place.unplaced
    choose_ward(room.officer(), entry, "E05015491", WardReason.KNOWN_LOCALLY)
    room.session.commit()
    assert len(ward_names(room.report(sent))) == 1
    recorded = select(AuditEntry.detail).where(AuditEntry.action == "place reasoned")
    assert room.session.scalars(recorded).one()["why"] == "known-locally"


def test_a_page_holds_fifty_and_knows_of_more(room: Room) -> None:
    for _ in range(queries.PAGE + 1):
        room.send(report_answers(place=Place()), queued=False)
    room.run_jobs()
    first, second = (queries.queue_page(room.session, Shelf.TO_DO, number) for number in (1, 2))
    assert (len(first.entries), first.has_next, len(second.entries), second.has_next) == (50, True, 1, False)


def test_a_level_set_after_a_call_back_counts_from_the_call(room: Room) -> None:
    sent = room.send()
    close(room, sent)
    room.watch.on(days=90)
    write_message(as_reporter(room.work()), room.report(sent), Author.REPORTER, "", Secret("It happened again."))
    room.session.commit()
    page = room.visit(room.officers[0]).get(f"/desk/reports/{sent.id}").get_data(as_text=True)
    assert "Read what is new in the conversation" in page
    room.session.expire_all()
    set_level(room.officer(), room.entry(sent), Level.MEDIUM, Secret("Heard before."))
    room.session.commit()
    assert room.entry(sent).due_at > room.watch.now


def test_a_report_is_not_closed_over_what_the_reporter_has_just_written(room: Room) -> None:
    sent = room.send()
    open_for_desk(room.officer(), room.entry(sent), room.desk_secret)
    write_message(as_reporter(room.work()), room.report(sent), Author.REPORTER, "", Secret("They are at my door."))
    with pytest.raises(CannotClose, match="has just written"):
        close_report(room.officer(), room.entry(sent), Outcome.ADVICE, Secret("Demo words."))
