"""A platform on 9 March 2024, reports sent through its one door, and somebody signed in."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from accounts.access import COOKIE
from accounts.services import SignedIn, enrol, found_team, sign_in
from accounts.vocabulary import TEAM_OF_ROLE, Role, TeamKind
from core.db import db, writing
from core.sealing import Secret, new_key
from core.settings import Settings
from core.work import SYSTEM, Work, begin_work, harbour
from reporting.answers import Answers, Origin, Place
from reporting.locating import locate_report
from reporting.models import Report
from reporting.receipt import receipt_of_draft
from reporting.services import submit_report
from reporting.vocabulary import Category, Channel, Strand
from tests.stack.assembled import assembled

NOW = datetime(2024, 3, 9, 12, 30, tzinfo=UTC)
JANUARY = date(2024, 1, 17)

SendReport = Callable[..., Report]
SignIn = Callable[[Role], FlaskClient]


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The platform on that day."""
    with assembled(settings, clock=lambda: NOW) as flask:
        yield flask


@pytest.fixture
def work(app: Flask) -> Iterator[Work]:
    """A unit of work with a desk that can be sealed to."""
    with app.app_context():
        engine, running = db.engine, harbour()
    # Outside the application's context, which the requests of a test would share otherwise.
    with writing(), Session(engine, expire_on_commit=False) as session:
        begun = begin_work(running, session, SYSTEM)
        found_team(begun, TeamKind.DESK, "Triage desk")
        session.commit()
        yield begun
        session.rollback()


@pytest.fixture
def send(work: Work) -> SendReport:
    """Send a report of a day, located at once; the rest may be left out."""

    def send_report(
        day: date = JANUARY,
        place: Place | None = None,
        strands: frozenset[Strand] = frozenset(),
        asb: bool = False,
        channel: Channel = Channel.PUBLIC,
    ) -> Report:
        categories = frozenset({Category.NUISANCE_NOISE}) if asb else frozenset()
        answers = Answers(strands=strands, categories=categories, place=place or Place())
        report = submit_report(work, answers, Origin(channel, dated=day), receipt_of_draft(new_key()))
        locate_report(work, report)
        work.session.commit()
        return report

    return send_report


@pytest.fixture
def signed_in_as(app: Flask, work: Work) -> SignIn:
    """Somebody of a role, signed in, without a browser."""

    def enrol_and_sign_in(role: Role) -> FlaskClient:
        team, secret = found_team(work, TEAM_OF_ROLE[role], f"Team of the {role}")
        work.session.flush()
        password = Secret("a password for a test")
        person = enrol(work, team, secret, role, "Demo Person", f"{role.name.lower()}@example.org", password)
        cookie = sign_in(work, SignedIn(person, secret))
        work.session.commit()
        client = app.test_client()
        client.set_cookie(COOKIE, cookie)
        return client

    return enrol_and_sign_in
