"""What was kept for its time is destroyed on time, counted, once, and never while a case is open."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from accounts.events import TeamKeyRenewed
from accounts.invitations import VALID, invite, join
from accounts.models import Invitation
from accounts.vocabulary import Role
from app.retention import KEPT, count_all_over, destroy_all_over
from app.sweeper import Sweep
from centres.becoming import apply_to_become, approve, lacks_lead, move, name_lead, note_checks
from centres.details import Lead
from centres.ending import call_back_ends, contact_ends
from centres.envelopes import seal_envelope
from centres.keeping import on_team_key_renewed, open_notes, open_reminders
from centres.models import Centre, IntakeSent
from centres.queries import steps_of
from centres.retention import KEPT as OF_CENTRES
from centres.rules import MoveRefused
from centres.tokens import make_token, tokens_of
from centres.visit_models import CentreNote, Envelope, Reminder
from centres.vocabulary import CentreState, Check, Reason, TokenScope
from core.condemned import CondemnedKey, condemn, destroy_condemned
from core.db import db
from core.ids import new_id
from core.retention import end_batch
from core.sealing import PublicKey, SealBroken, Secret, seal
from core.work import SYSTEM, Work, begin_work, harbour
from reporting.asides import open_asides
from reporting.models import Aside
from reporting.reading import CENTRE
from reporting.receipt import Receipt
from tests.services.centres.conftest import APPLICATION, named
from tests.services.centres.kept import Library, close, counted, library_with_report, rows, slots_beside
from tests.services.conftest import Desk, Watch

ALL = {"centre notes": 3, "notes between desk and centre": 2, "call-backs": 3}


@pytest.fixture
def library(work: Work, desk: Desk, receipt: Receipt) -> Library:
    return library_with_report(work, receipt)


def is_destroyed(work: Work, slot: str) -> bool:
    """Whether the key of a slot is gone."""
    try:
        work.harbour.erasure.key(slot)
    except SealBroken:
        return True
    return False


def over(installed_work: Work) -> dict[str, int]:
    """What would go now."""
    return {name: many for name, many in count_all_over(installed_work.harbour).items() if many}


def test_it_goes_on_its_day_with_its_keys_and_is_counted_once(work: Work, library: Library, watch: Watch) -> None:
    close(work, library.report)
    of_report = library.report.erasure_slot
    slots = slots_beside(work)
    assert len(slots) == 7
    watch.on(days=30)
    Sweep().once()
    assert counted(work) == {}
    watch.on(days=1)
    assert over(work) == {"call-backs": 1}
    Sweep().once()
    assert counted(work) == {"call-backs": 1}
    watch.on(days=366 - 31)
    Sweep().once()
    Sweep().once()
    assert counted(work) == {**ALL, "call-backs": 1}, "The others were promised for a day later."
    watch.on(days=3)
    Sweep().once()
    assert counted(work) == ALL
    assert [rows(work, table) for table in (CentreNote, Aside, Reminder, CondemnedKey)] == [0, 0, 0, 0]
    assert all(is_destroyed(work, slot) for slot in slots)
    assert not is_destroyed(work, of_report)
    assert over(work) == {}


def test_a_copy_from_an_old_backup_cannot_be_read(work: Work, library: Library, watch: Watch) -> None:
    close(work, library.report)
    copies = [
        {column.name: getattr(row, column.key) for column in CentreNote.__table__.columns}
        for row in work.session.scalars(select(CentreNote))
    ]
    assert len(open_notes(work, library.report, library.secret)) == 3
    watch.on(days=400)
    destroy_all_over(work.harbour)
    work.session.add_all(CentreNote(**copy) for copy in copies)
    work.session.flush()
    with pytest.raises(SealBroken):
        open_notes(work, library.report, library.secret)
    work.session.commit()
    assert destroy_all_over(work.harbour) == {"centre notes": 3}


def test_nothing_beside_an_open_report_goes(work: Work, library: Library, watch: Watch) -> None:
    watch.on(days=5000)
    assert over(work) == {}
    destroy_all_over(work.harbour)
    now = begin_work(harbour(), db.session(), SYSTEM)
    assert len(open_notes(now, library.report, library.secret)) == 3
    assert len(open_asides(now, library.report, CENTRE, library.secret)) == 2
    assert [each.words.reveal() for each in open_reminders(now, library.report, library.secret)].count("") == 1
    work.session.rollback()
    close(work, library.report)
    assert over(work) == ALL


def test_older_rows_without_a_key_of_their_own_open_and_go(work: Work, library: Library, watch: Watch) -> None:
    note = work.session.scalars(select(CentreNote).limit(1)).one()
    context = f"centre note/{note.id}"
    key = work.harbour.erasure.key(library.report.erasure_slot)
    assert library.centre.team is not None
    note.sealed = seal({"words": Secret("older")}, {CENTRE: PublicKey(library.centre.team.public_key)}, key, context)
    note.erasure_slot = None
    close(work, library.report)
    assert "older" in [each.words.reveal() for each in open_notes(work, library.report, library.secret)]
    watch.on(days=400)
    assert destroy_all_over(work.harbour) == ALL


def test_batches_are_bounded_and_what_is_left_is_done_next(work: Work, library: Library, watch: Watch) -> None:
    close(work, library.report)
    watch.on(days=400)
    [notes] = [kind for kind in OF_CENTRES if kind.name == "centre notes"]
    late = begin_work(harbour(), db.session(), SYSTEM)
    assert end_batch(late, notes, limit=2) == 2
    late.session.commit()
    assert (rows(work, CentreNote), rows(work, CondemnedKey)) == (1, 2)
    answers = iter([True, False])
    destroy_all_over(work.harbour, lambda: next(answers, False))
    assert rows(work, CondemnedKey) >= 2, "Told to stop, it destroys no key."
    destroy_all_over(work.harbour)
    assert counted(work) == ALL
    assert rows(work, CondemnedKey) == 0


def test_a_key_whose_block_is_away_stays_on_the_list(work: Work, library: Library) -> None:
    slot, _ = work.harbour.erasure.take()
    condemn(work, [slot, "nowhere:3", None])
    work.session.commit()
    assert destroy_condemned(work.session, work.harbour.erasure) == 1
    assert list(work.session.scalars(select(CondemnedKey.slot))) == ["nowhere:3"]
    assert is_destroyed(work, slot)


def test_what_a_new_key_cannot_open_is_condemned_with_it(work: Work, library: Library) -> None:
    slots = slots_beside(work)
    on_team_key_renewed(work, TeamKeyRenewed(library.centre.id))
    work.session.rollback()
    assert not any(is_destroyed(work, slot) for slot in slots), "Undone with the transaction."
    on_team_key_renewed(work, TeamKeyRenewed(library.centre.id))
    work.session.commit()
    Sweep().once()
    assert sorted(is_destroyed(work, slot) for slot in slots) == [False, False, True, True, True, True, True]
    assert rows(work, Reminder) == 3


def test_an_envelope_goes_with_its_report(work: Work, library: Library, receipt: Receipt) -> None:
    seal_envelope(work, library.report, receipt, Secret("four grey horses walking"))
    work.session.commit()
    work.session.delete(library.report)
    work.session.commit()
    assert [rows(work, table) for table in (Envelope, CentreNote, Reminder, Aside)] == [0, 0, 0, 0]


def test_invitations_go_a_week_after_their_use_or_end(work: Work, desk: Desk, watch: Watch) -> None:
    invite(work, desk.team, desk.secret, Role.OFFICER, "Never Came")
    used = invite(work, desk.team, desk.secret, Role.OFFICER, "Came")
    join(work, used.code, "came@demo.invalid", Secret("a password of some length"))
    work.session.commit()
    watch.on(days=7)
    destroy_all_over(work.harbour)
    assert list(work.session.scalars(select(Invitation.name))) == ["Never Came"]
    watch.now += VALID - timedelta(seconds=1)
    destroy_all_over(work.harbour)
    assert rows(work, Invitation) == 1
    watch.on(seconds=1)
    destroy_all_over(work.harbour)
    assert rows(work, Invitation) == 0


def test_keys_of_sent_documents_go_and_the_report_stays(work: Work, library: Library, watch: Watch) -> None:
    make_token(work, library.centre, "Demo partner", frozenset({TokenScope.WRITE}))
    work.session.add(
        IntakeSent(
            lookup=new_id(), digest="d", token_id=tokens_of(work, library.centre)[0].id, report_id=library.report.id
        )
    )
    work.session.commit()
    watch.on(days=31)
    assert destroy_all_over(work.harbour) == {"keys of sent documents": 1}
    assert rows(work, IntakeSent) == 0
    assert work.session.get(type(library.report), library.report.id) is not None


def test_the_contact_of_a_declined_place_is_forgotten_and_can_be_named_again(
    work: Work,
    applied: Centre,
    coordinator: Work,
    watch: Watch,
) -> None:
    move(coordinator, applied, CentreState.DECLINED, Reason.NO_ANSWER)
    work.session.commit()
    watch.on(days=89)
    assert over(work) == {}
    watch.on(days=1)
    assert destroy_all_over(work.harbour) == {"contacts of applications": 1}
    work.session.refresh(applied)
    assert (applied.lead_name, applied.lead_email, applied.phone) == ("", "", "")
    assert applied.name == APPLICATION.place.name
    later = replace(coordinator, now=watch())
    move(later, applied, CentreState.APPLIED)
    note_checks(later, applied, list(Check))
    assert lacks_lead(applied)
    with pytest.raises(MoveRefused, match="Name its lead first"):
        approve(later, applied)
    name_lead(later, applied, Lead("Demo Other", "other@demo.invalid"))
    with pytest.raises(MoveRefused):
        name_lead(later, applied, Lead("Demo Third", "third@demo.invalid"))
    made = approve(later, applied)
    assert made is not None
    assert made.invitation.name == "Demo Other"
    work.session.commit()
    destroy_all_over(work.harbour)
    work.session.refresh(applied)
    assert applied.lead_name == "Demo Other"


def test_the_tables_are_asked_what_the_rules_say(
    work: Work,
    library: Library,
    coordinator: Work,
    watch: Watch,
) -> None:
    close(work, library.report)
    for number, state in enumerate(CentreState):
        centre = apply_to_become(work, f"page {number}", named(f"Demo Place {number}"))
        centre.state = state
        centre.lead_named_at = watch.now + timedelta(days=40) if number % 2 else None
    work.session.commit()
    keep = work.harbour.settings.keep
    begun = watch.now
    for days in (0, 30, 31, 32, 89, 90, 129, 130, 131, 365, 366, 367, 368, 405, 406, 407):
        watch.now = begun + timedelta(days=days)
        late = begin_work(harbour(), db.session(), SYSTEM)
        found = {kind.name: set(late.session.scalars(kind.over(late))) for kind in OF_CENTRES}
        reminders = late.session.scalars(select(Reminder)).all()
        assert found["call-backs"] == {
            each for each in reminders if call_back_ends(each.due_at, each.done_at, keep) <= late.now
        }
        named_ones = late.session.scalars(select(Centre).where(Centre.lead_name != "")).all()
        assert found["contacts of applications"] == {each for each in named_ones if _ends_by(late, each, late.now)}
        late.session.rollback()


def _ends_by(work: Work, centre: Centre, now: Any) -> bool:
    moved_at = steps_of(work.session, centre)[-1].moved_at
    ends = contact_ends(centre.state, moved_at, centre.lead_named_at, work.harbour.settings.keep)
    return ends is not None and ends <= now


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({kind.name for kind in KEPT}) == len(KEPT)
