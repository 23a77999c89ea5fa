"""The demo goes through the same doors as anybody, and leaves a desk to look around at."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.queries import open_invitations_as
from accounts.services import check_password
from accounts.vocabulary import Role
from app.demo import load_demo, reports, sign_ins
from centres.models import Centre
from centres.visit_models import Reminder
from centres.vocabulary import CentreState
from core.audit import AuditEntry
from core.db import db
from core.outbox import OutboxRow
from core.sealing import Secret
from core.work import SYSTEM, begin_work, harbour
from reporting.intelligence import open_intelligence
from reporting.intelligence_models import Intelligence
from reporting.intelligence_words import Standing as IntelligenceStanding
from reporting.models import Aside, Facts, Report
from reporting.reading import DESK, open_report
from reporting.vocabulary import Author, Channel, State
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


def test_the_demo_shows_what_goes_on_beside_reports(loaded: Flask) -> None:
    session = db.session()
    work = begin_work(harbour(), session, SYSTEM)
    officer = check_password(work, "officer@demo.invalid", Secret("demo-harbour-officer"))
    assert officer is not None
    assert set(session.scalars(select(Intelligence.standing))) == {
        IntelligenceStanding.NEW, IntelligenceStanding.GRADED, IntelligenceStanding.ACTED_ON,
    }  # fmt: skip
    for row in session.scalars(select(Intelligence)):
        assert open_intelligence(work, row, officer.team_secret).words.reveal().startswith("Demo: ")
    assert set(session.scalars(select(Aside.author))) == {Author.DESK, Author.CENTRE}
    assert session.scalar(select(func.count()).select_from(Reminder)) == 2
    states = set(session.scalars(select(Centre.state)))
    assert states == {CentreState.APPLIED, CentreState.ACTIVE, CentreState.SUSPENDED}
    assert len(set(session.scalars(select(Facts.heard_from)))) > 2
    assert [each.name for each in open_invitations_as(session, Role.PARTNER, work.now)] == ["Demo Councillor"]
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
