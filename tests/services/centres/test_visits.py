"""Visits, envelopes, notes and call-backs on a real database: sealed, bounded in time, and each centre's own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.sweeper import Sweep
from centres.envelopes import open_envelope, seal_envelope
from centres.keeping import finish_call_back, keep_note, open_notes, open_reminders, promise_call_back
from centres.models import Centre
from centres.queries import open_reminders_of, report_of
from centres.services import log_report
from centres.visit_models import CentreNote, Envelope, Visit
from centres.visits import (
    begin_visit,
    find_visit,
    mark_sent,
    private_answers,
    read_token,
    receipt_of_visit,
    save_visit,
    seal_private,
    token_of,
    what_was_typed,
)
from centres.vocabulary import NoteKind
from core.clock import floor_hour
from core.db import db
from core.sealing import SealBroken, Secret, SecretKey, new_key
from core.work import Actor, Work, begin_work, harbour
from reporting.answers import Answers, Origin
from reporting.asides import NoCentre, open_asides, write_aside
from reporting.models import Report
from reporting.reading import CENTRE, DESK
from reporting.receipt import Receipt
from reporting.services import submit_report
from reporting.taking import Taken
from reporting.vocabulary import Author, Channel
from tests.services.centres.test_logging import ANSWERS, new_centre
from tests.services.conftest import Desk, Watch

Library = tuple[Centre, SecretKey, Actor]


@pytest.fixture
def library(work: Work, desk: Desk) -> Library:
    return new_centre(work, "library")


@pytest.fixture
def report(work: Work, library: Library, receipt: Receipt) -> Report:
    centre, _, actor = library
    made = log_report(work.acting(actor), centre, ANSWERS, receipt, Taken())
    work.session.commit()
    return made


def at_now(actor: Actor) -> Work:
    return begin_work(harbour(), db.session(), actor)


def test_a_token_is_its_persons_alone_and_ends(work: Work, library: Library, watch: Watch) -> None:
    centre, _, actor = library
    _, _, stranger = new_centre(work, "mosque")
    mine = at_now(actor)
    visit = begin_visit(mine, centre)
    token = token_of(mine, visit)
    found = read_token(mine, token)
    assert found is not None
    assert found.key == visit.key
    assert read_token(at_now(stranger), token) is None
    key, ends, mark = token.split(".")
    assert read_token(mine, f"{key}.{int(ends) + 3600}.{mark}") is None
    watch.on(hours=24)
    assert read_token(at_now(actor), token) is None


def test_a_saved_visit_ends_and_is_swept(work: Work, library: Library, watch: Watch) -> None:
    centre, _, actor = library
    mine = at_now(actor)
    visit = save_visit(mine, centre, begin_visit(mine, centre), [("words", "canary"), ("csrf_token", "x")], new_key())
    db.session.commit()
    assert list(what_was_typed(visit).items(multi=True)) == [("words", "canary")]
    assert visit.row is not None
    assert visit.row.begun_at == floor_hour(mine.now)
    watch.on(hours=24)
    assert find_visit(at_now(actor), visit.key) is None
    db.session.rollback()
    Sweep().once()
    assert list(db.session.scalars(select(Visit))) == []


def test_what_was_answered_alone_needs_the_server_and_the_visit(work: Work, library: Library) -> None:
    centre, _, actor = library
    mine = at_now(actor)
    visit = save_visit(mine, centre, begin_visit(mine, centre), [], new_key())
    seal_private(mine, visit, {"own-words": {"words": "canary"}})
    seal_private(mine, visit, {"know-them": {"offender": "carer"}})
    assert private_answers(mine, visit) == {"own-words": {"words": "canary"}, "know-them": {"offender": "carer"}}
    assert visit.row is not None
    assert visit.row.private is not None
    from core.sealing import unlock

    for key in (visit.key, mine.harbour.keyring.receipts, mine.harbour.keyring.cookies):
        with pytest.raises(SealBroken):
            unlock(visit.row.private, key, visit.row.lookup)


def test_a_visit_always_leads_to_one_receipt(work: Work, library: Library) -> None:
    centre, _, actor = library
    mine = at_now(actor)
    visit = begin_visit(mine, centre)
    assert receipt_of_visit(mine, visit.key).code == receipt_of_visit(at_now(actor), visit.key).code


def test_a_saving_that_comes_after_the_report_keeps_nothing(work: Work, library: Library) -> None:
    centre, _, actor = library
    mine = at_now(actor)
    visit = save_visit(mine, centre, begin_visit(mine, centre), [], new_key())
    mark_sent(mine, visit, code_alone=False)
    late = save_visit(mine, centre, visit, [("words", "Test: typed before it was sent.")], new_key())
    assert not what_was_typed(late)


def test_an_envelope_needs_the_passphrase_and_the_reports_erasure_key(
    work: Work, report: Report, receipt: Receipt
) -> None:
    seal_envelope(work, report, receipt, Secret("four grey horses walking"))
    work.session.commit()
    opened = open_envelope(work, report, Secret("Four  Grey horses walking "))
    assert opened is not None
    assert opened.code == receipt.code
    assert open_envelope(work, report, Secret("four grey horses")) is None
    assert receipt.seed not in work.session.get_one(Envelope, report.id).locked
    work.harbour.erasure.destroy(report.erasure_slot)
    with pytest.raises(SealBroken):
        open_envelope(work, report, Secret("four grey horses walking"))


def test_no_envelope_answers_as_a_wrong_passphrase_does(work: Work, report: Report) -> None:
    assert open_envelope(work, report, Secret("four grey horses walking")) is None


def test_notes_open_for_the_centre_alone_and_die_with_the_report(
    work: Work, desk: Desk, library: Library, report: Report
) -> None:
    centre, secret, actor = library
    mine = at_now(actor)
    for _ in range(2):
        keep_note(mine, centre, report, NoteKind.DEBRIEF, Secret("canary of the debrief"), secret)
    assert keep_note(mine, centre, report, NoteKind.SUPPORT_PLAN, Secret(""), secret) is None
    [note] = open_notes(mine, report, secret)
    assert note.words.reveal() == "canary of the debrief"
    assert note.written_at == floor_hour(mine.now)
    row = db.session.scalars(select(CentreNote)).one()
    assert row.keep_until > mine.now.date()
    for other in (desk.secret, new_centre(work, "mosque")[1]):
        with pytest.raises(SealBroken):
            open_notes(mine, report, other)
    work.harbour.erasure.destroy(report.erasure_slot)
    with pytest.raises(SealBroken):
        open_notes(mine, report, secret)


def test_a_call_back_is_to_the_hour_and_done_once(library: Library, report: Report, watch: Watch) -> None:
    centre, secret, actor = library
    mine = at_now(actor)
    due = watch() + timedelta(hours=3)
    reminder = promise_call_back(mine, centre, report, due, actor.id or "", Secret("canary"))
    db.session.commit()
    assert reminder.due_at == floor_hour(due)
    assert [each.is_due for each in open_reminders_of(db.session(), centre, watch())] == [False]
    watch.on(hours=4)
    assert [each.is_due for each in open_reminders_of(db.session(), centre, watch())] == [True]
    assert [each.words.reveal() for each in open_reminders(mine, report, secret)] == ["canary"]
    finish_call_back(at_now(actor), reminder)
    done = reminder.done_at
    watch.on(hours=1)
    finish_call_back(at_now(actor), reminder)
    assert reminder.done_at == done
    assert open_reminders_of(db.session(), centre, watch()) == []


def test_notes_with_the_desk_open_for_both_and_nobody_else(
    work: Work, desk: Desk, library: Library, report: Report, receipt: Receipt
) -> None:
    _, secret, actor = library
    write_aside(at_now(actor), report, Author.CENTRE, Secret("from the centre"))
    write_aside(work, report, Author.DESK, Secret("from the desk"))
    db.session.commit()
    for holder, key in ((DESK, desk.secret), (CENTRE, secret)):
        opened = open_asides(work, report, holder, key)
        assert [(each.words or Secret("")).reveal() for each in opened] == ["from the centre", "from the desk"]
    assert [each.is_new for each in open_asides(work, report, DESK, desk.secret)] == [True, False]
    with pytest.raises(SealBroken):
        open_asides(work, report, "reporter", receipt.key_pair[1])


def test_a_public_report_has_no_centre_to_write_to(work: Work, library: Library, receipt: Receipt) -> None:
    centre, _, _ = library
    public = submit_report(work, Answers(words=Secret("public")), Origin(Channel.PUBLIC), receipt)
    with pytest.raises(NoCentre):
        write_aside(work, public, Author.DESK, Secret("to nobody"))
    assert report_of(work.session, centre, public.id) is None
