"""Community intelligence: sealed to the desk, placed, never counted among reports, destroyed in its time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.sweeper import Sweep
from core.audit import AuditEntry
from core.clock import floor_hour
from core.outbox import drain
from core.sealing import SealBroken, Secret, new_key_pair
from core.work import Work, begin_work
from reporting.answers import Place
from reporting.intelligence import (
    Heard,
    confirm_grade,
    count_ungraded,
    file_intelligence,
    filed_by,
    mark_acted_on,
    mark_read,
    newest_intelligence,
    open_intelligence,
)
from reporting.intelligence_models import Intelligence
from reporting.intelligence_words import Action, Assessment, Handling, SourceEvaluation, Standing
from reporting.models import Facts, Report
from reporting.services import NobodyToRead
from tests.services.conftest import Desk, Watch

CANARY = "canary: stickers on the bus stop"
HEARD = Heard(
    Secret(CANARY),
    Secret("a warden heard it"),
    Secret(""),
    Place("SO14 7LY"),
    SourceEvaluation.UNTESTED,
    Assessment.INDIRECT,
    Handling.PERMITTED,
)


def file(work: Work, desk: Desk, once: str = "page", **changed: Any) -> Intelligence:
    row = file_intelligence(as_officer(work, desk), replace(HEARD, **changed), once, "Demo Library")
    work.session.commit()
    return row


def as_officer(work: Work, desk: Desk) -> Work:
    from accounts.services import SignedIn

    return begin_work(work.harbour, work.session, SignedIn(desk.officer, desk.secret).actor)


def test_the_desk_alone_opens_it_and_each_opening_is_on_record(work: Work, desk: Desk) -> None:
    row = file(work, desk)
    assert row.filed_at == floor_hour(work.now)
    assert open_intelligence(work, row, desk.secret).words.reveal() == CANARY
    work.session.flush()
    opened = select(func.count()).where(AuditEntry.subject == row.id, AuditEntry.action == "intelligence opened")
    assert work.session.scalar(opened) == 1
    with pytest.raises(SealBroken):
        open_intelligence(work, row, new_key_pair()[1])
    kept = [str(vars(each)) for model in (Intelligence, AuditEntry) for each in work.session.scalars(select(model))]
    assert not any("canary" in each or "SO14" in each for each in kept)


def test_its_ward_is_found_by_a_job_of_its_own_and_no_report_is_made(work: Work, desk: Desk) -> None:
    row = file(work, desk)
    unclear = file(work, desk, "other", place=Place("somewhere quite unknown"))
    drain(work.harbour)
    work.session.expire_all()
    assert {each.vintage for each in row.wards} >= {"2023"}
    assert row.precision.value == "postcode"
    assert unclear.wards == []
    assert open_intelligence(work, unclear, desk.secret).place.unplaced
    for model in (Report, Facts):
        assert work.session.scalar(select(func.count()).select_from(model)) == 0


def test_the_same_form_sent_twice_is_one_and_a_changed_one_is_another(work: Work, desk: Desk) -> None:
    first = file(work, desk)
    assert file(work, desk).id == first.id
    assert file(work, desk, "another page").id != first.id
    assert file(work, desk, words=Secret("and today again")).id != first.id
    assert file(work, desk, conditions=Secret("ask me before it is passed on")).id != first.id
    assert len(newest_intelligence(work.session)) == 4
    assert len(filed_by(work.session, desk.officer.id)) == 4


def test_read_then_acted_on_and_never_back(work: Work, desk: Desk) -> None:
    row, officer = file(work, desk), as_officer(work, desk)
    mark_read(officer, row)
    assert row.standing is Standing.READ
    mark_acted_on(officer, row, Action.PATROL)
    mark_read(officer, row)
    assert (row.standing, row.action, row.moved_by) == (Standing.ACTED_ON, Action.PATROL, desk.officer.id)


def test_the_desk_confirms_a_grade_and_the_trail_keeps_both(work: Work, desk: Desk) -> None:
    row, officer = file(work, desk), as_officer(work, desk)
    other = file(work, desk, "other")
    assert count_ungraded(work.session) == 2
    mark_read(officer, row)
    assert count_ungraded(work.session) == 2
    confirm_grade(officer, row, SourceEvaluation.RELIABLE, Assessment.DIRECT)
    assert (row.standing, row.source_evaluation, row.assessment) == (Standing.GRADED, "1", "A")
    assert count_ungraded(work.session) == 1
    noted = select(AuditEntry.detail).where(AuditEntry.subject == row.id, AuditEntry.action == "intelligence graded")
    assert work.session.scalar(noted) == {"from": "2C", "to": "1A"}
    mark_acted_on(officer, other, Action.NONE)
    confirm_grade(officer, other, SourceEvaluation.NOT_RELIABLE, Assessment.SUSPECTED_FALSE)
    assert other.standing is Standing.ACTED_ON
    assert count_ungraded(work.session) == 0


def test_before_there_is_a_desk_nothing_is_taken(work: Work) -> None:
    with pytest.raises(NobodyToRead):
        file_intelligence(work, HEARD, "page", "Demo Library")


def test_it_is_destroyed_in_its_time(work: Work, desk: Desk, watch: Watch) -> None:
    row = file(work, desk)
    slot, intelligence_id = row.erasure_slot, row.id
    watch.on(days=2 * 365 - 1)
    Sweep().once()
    assert work.session.get(Intelligence, intelligence_id) is not None
    work.session.rollback()
    watch.now += timedelta(days=1)
    Sweep().once()
    assert work.session.get(Intelligence, intelligence_id) is None
    with pytest.raises(SealBroken):
        work.harbour.erasure.key(slot)
