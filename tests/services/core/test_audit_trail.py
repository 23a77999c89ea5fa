"""The trail only grows, and whoever changes it behind the database's back is seen."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.audit import AuditEntry, Chain, anchor, chain_entries, record, verify
from core.clock import floor_hour
from core.db import db
from core.sealing import new_key
from core.work import REPORTER, Work, begin_work, harbour

STAFF_ENTRIES, REPORTER_ENTRIES = 6, 4
Attack = Callable[[Session], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "anchors"


@pytest.fixture
def trail(work: Work, folder: Path) -> Session:
    """Two chains, chained, anchored and committed."""
    reporter = begin_work(work.harbour, work.session, REPORTER)
    for number in range(STAFF_ENTRIES):
        record(work, "looked", f"report {number}", {"number": str(number)})
    for number in range(REPORTER_ENTRIES):
        record(reporter, "wrote", f"report {number}")
    chain(work, folder)
    return work.session


def chain(work: Work, folder: Path) -> None:
    anchor(folder, chain_entries(work.session, work.harbour.keyring.audit))
    work.session.commit()


def faults(session: Session, folder: Path) -> tuple[str, ...]:
    session.expire_all()
    return verify(session, harbour().keyring.audit, folder).faults


def drop_triggers(session: Session) -> None:
    """What a superuser can always do."""
    if db.engine.dialect.name == "sqlite":
        names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        for name in names:
            session.execute(text(f"DROP TRIGGER {name}"))
    else:
        session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))


def of_staff(number: int) -> tuple[object, ...]:
    return AuditEntry.chain == Chain.STAFF, AuditEntry.number == number


def edit(session: Session) -> None:
    session.execute(update(AuditEntry).where(*of_staff(3)).values(actor_id="somebody else"))  # type: ignore[arg-type]


def edit_detail(session: Session) -> None:
    session.execute(update(AuditEntry).where(*of_staff(3)).values(detail={"number": "30"}))  # type: ignore[arg-type]


def delete_one(session: Session) -> None:
    session.execute(text("DELETE FROM audit_entry WHERE chain = 'staff' AND number = 3"))


def delete_and_close_the_gap(session: Session) -> None:
    delete_one(session)
    for number in range(4, STAFF_ENTRIES + 1):
        session.execute(update(AuditEntry).where(*of_staff(number)).values(number=number - 1))  # type: ignore[arg-type]


def reorder(session: Session) -> None:
    for number, other in ((2, 99), (3, 2), (99, 3)):
        session.execute(update(AuditEntry).where(*of_staff(number)).values(number=other))  # type: ignore[arg-type]


def truncate(session: Session) -> None:
    session.execute(text("DELETE FROM audit_entry WHERE chain = 'staff' AND number > 4"))


def delete_everything(session: Session) -> None:
    session.execute(text("DELETE FROM audit_entry"))


def restamp(session: Session) -> None:
    """Another time, and the whole chain numbered and hashed anew, with a key of the attacker's own."""
    entry = session.scalars(select(AuditEntry).where(*of_staff(3))).one()  # type: ignore[arg-type]
    entry.happened_at -= timedelta(days=3)
    rehash(session, own_key=True)


def restamp_with_the_servers_key(session: Session) -> None:
    """The same by somebody who has the server's key too: only what was anchored outside gives them away."""
    entry = session.scalars(select(AuditEntry).where(*of_staff(3))).one()  # type: ignore[arg-type]
    entry.happened_at -= timedelta(days=3)
    rehash(session, own_key=False)


def rehash(session: Session, *, own_key: bool) -> None:
    session.flush()
    session.execute(update(AuditEntry).values(number=None, digest=None))
    session.expire_all()
    chain_entries(session, new_key() if own_key else harbour().keyring.audit)


def move_to_the_other_chain(session: Session) -> None:
    session.execute(update(AuditEntry).where(*of_staff(STAFF_ENTRIES)).values(chain=Chain.REPORTER, number=5))  # type: ignore[arg-type]


ATTACKS: list[Attack] = [
    edit,
    edit_detail,
    delete_one,
    delete_and_close_the_gap,
    reorder,
    truncate,
    delete_everything,
    restamp,
    restamp_with_the_servers_key,
    move_to_the_other_chain,
]


def test_an_untouched_trail_is_whole(trail: Session, folder: Path) -> None:
    verdict = verify(trail, harbour().keyring.audit, folder)
    assert verdict.faults == ()
    assert (verdict.checked, verdict.waiting) == (STAFF_ENTRIES + REPORTER_ENTRIES, 0)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_superusers_change_is_seen(trail: Session, folder: Path, attack: Attack) -> None:
    drop_triggers(trail)
    attack(trail)
    trail.commit()
    assert faults(trail, folder)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_nobody_else_can_make_one(trail: Session, folder: Path, attack: Attack) -> None:
    with pytest.raises(DBAPIError, match="only grows"):
        attack(trail)
    trail.rollback()
    assert faults(trail, folder) == ()


def test_what_grows_after_an_anchor_is_well(trail: Session, work: Work, folder: Path) -> None:
    record(work, "looked again")
    work.session.commit()
    assert verify(trail, work.harbour.keyring.audit, folder).waiting == 1
    assert faults(trail, folder) == ()
    chain(work, folder)
    assert faults(trail, folder) == ()


def test_reporters_and_staff_have_a_chain_each(trail: Session, work: Work) -> None:
    by_chain = {
        each: list(trail.scalars(select(AuditEntry).where(AuditEntry.chain == each).order_by(AuditEntry.number)))
        for each in Chain
    }
    assert [entry.number for entry in by_chain[Chain.STAFF]] == list(range(1, STAFF_ENTRIES + 1))
    assert [entry.number for entry in by_chain[Chain.REPORTER]] == list(range(1, REPORTER_ENTRIES + 1))
    assert {entry.happened_at for entry in by_chain[Chain.REPORTER]} == {floor_hour(work.now)}
    assert {entry.action for entry in by_chain[Chain.REPORTER]} == {"wrote"}


def test_a_batch_of_reporters_entries_tells_no_order(work: Work, folder: Path) -> None:
    reporter = begin_work(work.harbour, work.session, REPORTER)
    for number in range(40):
        record(reporter, "wrote", f"{number:02}")
    chain(work, folder)
    found = select(AuditEntry.subject).where(AuditEntry.number.is_not(None)).order_by(AuditEntry.number)
    chained = list(work.session.scalars(found))
    assert sorted(chained, key=str) != chained


def test_an_entry_stands_or_falls_with_its_deed(work: Work, installed: Flask) -> None:
    record(work, "looked")
    work.session.rollback()
    assert work.session.scalar(select(AuditEntry.id)) is None


def test_another_key_makes_every_entry_a_fault(trail: Session, folder: Path) -> None:
    assert len(verify(trail, new_key(), folder).faults) == STAFF_ENTRIES + REPORTER_ENTRIES


def test_anchors_are_for_their_owner_alone(trail: Session, folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {"reporter.log", "staff.log"}
