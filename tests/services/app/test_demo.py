"""The demo goes through the same doors as anybody, and leaves a desk to look around at."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.services import check_password
from accounts.vocabulary import Role
from app.demo import load_demo, reports, sign_ins
from core.audit import AuditEntry
from core.db import db
from core.outbox import OutboxRow
from core.sealing import Secret
from core.work import SYSTEM, begin_work, harbour
from reporting.models import Facts, Report
from reporting.reading import DESK, open_report
from reporting.vocabulary import Channel, State
from triage.models import QueueEntry, Referral
from triage.vocabulary import Level, ReferralState, Standing


@pytest.fixture
def loaded(installed: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A demo of the last few months."""
    monkeypatch.setattr(reports, "MONTHS", 3)
    load_demo()
    return installed


def test_a_small_demo_has_everything(loaded: Flask) -> None:
    session = db.session()
    standing = Counter(session.scalars(select(QueueEntry.standing)))
    assert standing[Standing.CLOSED] > 50
    waiting = set(session.scalars(select(QueueEntry.level).where(QueueEntry.standing == Standing.WAITING)))
    assert waiting == set(Level)
    states = set(session.scalars(select(Referral.state)))
    assert {ReferralState.DECLINED, ReferralState.OUTCOME} <= states
    assert set(session.scalars(select(Facts.channel))) == {Channel.DEMO, Channel.CENTRE}
    assert {State.RECEIVED, State.CLOSED} <= set(session.scalars(select(Report.state)))
    assert session.scalar(select(func.count()).select_from(OutboxRow)) == 0
    received = select(func.count()).where(AuditEntry.action == "report received")
    assert session.scalar(received) == session.scalar(select(func.count()).select_from(Report))
    db.session.rollback()


def test_everybody_can_sign_in_and_the_officer_can_read(loaded: Flask) -> None:
    work = begin_work(harbour(), db.session(), SYSTEM)
    for account in sign_ins():
        found = check_password(work, account.email, Secret(account.password))
        assert found is not None
        assert found.person.role is account.role
        if account.role is Role.OFFICER:
            report = work.session.scalars(select(Report).limit(1)).one()
            assert open_report(work, report, DESK, found.team_secret).words.reveal().startswith("Demo: ")
    db.session.rollback()
