"""A report is stored whole or not at all, once for each receipt, sealed, and with no time finer than the hour."""

import re
import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from core.audit import AuditEntry, Chain
from core.clock import floor_hour
from core.db import Base, db
from core.outbox import OutboxRow, drain
from core.sealing import SealBroken, Secret, new_key_pair
from core.work import Work, begin_work, harbour
from reporting import drafts
from reporting.answers import Answers, When
from reporting.models import Facts, Message, Report
from reporting.reading import DESK, REPORTER, open_report
from reporting.receipt import SEED_BYTES, Receipt
from reporting.services import (
    LOCATE,
    AlreadySent,
    NobodyToRead,
    as_reporter,
    change_consent,
    find_by_receipt,
    submit_report,
    write_message,
)
from reporting.vocabulary import AgencyKind, Author, Detail, Kind, State
from tests.services.conftest import Desk, Watch
from tests.services.reporting.conftest import NAME, PUBLIC, REACH, RELIGION, STORY, STREET

# A slot of the erasure keys is a random word, a colon and a number: by lot it ends like a time of day.
MINUTE = re.compile(r"(?:(?<![\w-])|T)14:37|(?<![\w-])37:22|\.123456")


def count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_report_its_facts_its_audit_and_its_job_are_one(
    work: Work, desk: Desk, answers: Answers, receipt: Receipt
) -> None:
    before = count(work.session, AuditEntry)
    report = submit_report(work, answers, PUBLIC, receipt)
    work.session.commit()
    assert (count(work.session, Report), count(work.session, Facts)) == (1, 1)
    assert count(work.session, AuditEntry) == before + 1
    [job] = work.session.scalars(select(OutboxRow))
    assert (job.task, job.arguments, job.coarse) == (LOCATE, {"report_id": report.id}, True)
    assert report.state is State.RECEIVED
    assert report.facts.kind is Kind.HATE


def test_what_is_rolled_back_leaves_nothing(work: Work, desk: Desk, answers: Answers, receipt: Receipt) -> None:
    before = count(work.session, AuditEntry)
    submit_report(work, answers, PUBLIC, receipt)
    work.session.rollback()
    for model in (Report, Facts, OutboxRow, Message):
        assert count(work.session, model) == 0
    assert count(work.session, AuditEntry) == before


def test_one_receipt_is_one_report(work: Work, desk: Desk, answers: Answers, receipt: Receipt) -> None:
    first = submit_report(work, answers, PUBLIC, receipt)
    work.session.commit()
    again = submit_report(work, answers, PUBLIC, receipt)
    with pytest.raises(AlreadySent):
        submit_report(work, Answers(words=Secret("other words")), PUBLIC, receipt)
    work.session.commit()
    assert again.id == first.id
    assert (count(work.session, Report), count(work.session, OutboxRow)) == (1, 1)
    other = submit_report(work, answers, PUBLIC, Receipt(secrets.token_bytes(SEED_BYTES)))
    assert other.id != first.id


def test_nothing_is_accepted_before_somebody_can_read_it(work: Work, answers: Answers, receipt: Receipt) -> None:
    with pytest.raises(NobodyToRead):
        submit_report(work, answers, PUBLIC, receipt)


def test_the_desk_and_the_reporter_open_it_and_nobody_else(
    work: Work, desk: Desk, answers: Answers, receipt: Receipt
) -> None:
    report = submit_report(work, answers, PUBLIC, receipt)
    for holder, secret in ((DESK, desk.secret), (REPORTER, receipt.key_pair[1])):
        opened = open_report(work, report, holder, secret)
        assert opened.words.reveal() == STORY
        assert (opened.name.reveal(), opened.reach.reveal()) == (NAME, REACH)
        assert opened.religion.reveal() == RELIGION
    for holder in (DESK, REPORTER, "agency"):
        with pytest.raises(SealBroken):
            open_report(work, report, holder, new_key_pair()[1])
    with pytest.raises(SealBroken):
        open_report(work, report, DESK, receipt.key_pair[1])


def test_a_destroyed_erasure_key_closes_it_for_everybody(
    work: Work, desk: Desk, answers: Answers, receipt: Receipt
) -> None:
    report = submit_report(work, answers, PUBLIC, receipt)
    work.harbour.erasure.destroy(report.erasure_slot)
    for holder, secret in ((DESK, desk.secret), (REPORTER, receipt.key_pair[1])):
        with pytest.raises(SealBroken):
            open_report(work, report, holder, secret)


def test_consent_that_cannot_hold_is_not_kept(work: Work, desk: Desk, answers: Answers, receipt: Receipt) -> None:
    report = submit_report(work, answers, PUBLIC, receipt)
    assert report.consent == [["police", "what-happened"]]


def test_a_report_is_found_by_its_receipt_alone(work: Work, desk: Desk, answers: Answers, receipt: Receipt) -> None:
    report = submit_report(work, answers, PUBLIC, receipt)
    assert find_by_receipt(work, receipt) is report
    assert find_by_receipt(work, Receipt(secrets.token_bytes(SEED_BYTES))) is None


def every_cell(session: Session) -> Iterator[tuple[str, str, Any, Any]]:
    """Table, column, the row's key, value, for everything the database holds."""
    session.flush()
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            key = tuple(row[column.name] for column in table.primary_key)
            for name, value in row.items():
                yield table.name, str(name), key, value


def finer_than_the_hour(session: Session) -> set[tuple[str, str, Any]]:
    found: set[tuple[str, str, Any]] = set()
    for table, column, key, value in every_cell(session):
        fine = isinstance(value, datetime) and value != floor_hour(value)
        if fine or (not isinstance(value, datetime) and MINUTE.search(str(value))):
            found.add((table, column, key))
    return found


def test_nothing_a_reporter_causes_is_finer_than_the_hour(
    work: Work, desk: Desk, answers: Answers, receipt: Receipt, watch: Watch
) -> None:
    before = finer_than_the_hour(work.session)
    assert before, "what staff did is kept to the moment, so that the search itself is seen to find something"
    reporter = as_reporter(begin_work(harbour(), db.session(), work.actor))
    draft = drafts.start_draft()
    drafts.save_answer(reporter, draft, "own-words", {"words": STORY})
    report = submit_report(work, answers, PUBLIC, receipt)
    write_message(reporter, report, Author.REPORTER, "You", Secret("it happened again"))
    change_consent(reporter, report, frozenset({(AgencyKind.POLICE, Detail.WHAT_HAPPENED)}))
    work.session.commit()
    assert finer_than_the_hour(work.session) == before
    drain(harbour())
    assert finer_than_the_hour(work.session) == before
    watch.on(minutes=9)
    write_message(
        as_reporter(begin_work(harbour(), db.session(), work.actor)), report, Author.REPORTER, "You", Secret("x")
    )
    work.session.commit()
    drain(harbour())
    assert finer_than_the_hour(work.session) == before


def test_what_a_reporter_causes_is_in_the_reporters_chain(
    work: Work, desk: Desk, answers: Answers, receipt: Receipt
) -> None:
    report = submit_report(as_reporter(work), answers, PUBLIC, receipt)
    work.session.commit()
    drain(harbour())
    found = list(work.session.scalars(select(AuditEntry).where(AuditEntry.subject == report.id)))
    assert {entry.chain for entry in found} == {Chain.REPORTER}
    assert {entry.actor_id for entry in found} == {None}
    assert {"report received", "report located"} <= {entry.action for entry in found}


@pytest.mark.parametrize("canary", [STORY, "canary", NAME, REACH, STREET, RELIGION])
def test_no_table_holds_what_was_told(work: Work, desk: Desk, answers: Answers, receipt: Receipt, canary: str) -> None:
    report = submit_report(work, answers, PUBLIC, receipt)
    write_message(work, report, Author.REPORTER, "You", Secret(f"again {STORY}"))
    work.session.commit()
    drain(harbour())
    for table, column, _, value in every_cell(work.session):
        seen = value if isinstance(value, bytes) else str(value).encode()
        assert canary.encode() not in seen, (table, column)
        assert receipt.seed not in seen, (table, column)
        assert receipt.code.replace(" ", "").encode() not in seen, (table, column)


def test_a_report_late_in_the_evening_counts_in_the_desks_own_month(
    work: Work, desk: Desk, receipt: Receipt, watch: Watch
) -> None:
    watch.now = datetime(2026, 7, 31, 23, 20, tzinfo=UTC)
    late = begin_work(harbour(), db.session(), work.actor)
    report = submit_report(late, Answers(when=When()), PUBLIC, receipt)
    assert report.facts.reported_month == date(2026, 8, 1)


def test_rows_of_a_report_tell_no_order(installed: object) -> None:
    if db.engine.dialect.name == "sqlite":
        for name in inspect(db.engine).get_table_names():
            if name != "alembic_version":
                made = db.session.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name})
                assert "WITHOUT ROWID" in str(made), name
    for table in Base.metadata.sorted_tables:
        [*key] = table.primary_key.columns
        assert not any(column.autoincrement is True for column in key), table.name
