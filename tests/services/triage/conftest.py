"""A desk with two officers, a housing and a police agency with a caseworker each, and reports sent by the one door."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from accounts.access import COOKIE
from accounts.models import Person, Team
from accounts.services import SignedIn, enrol, found_team, sign_in
from accounts.vocabulary import Role, TeamKind
from core.db import db, writing
from core.outbox import drain
from core.sealing import Secret, SecretKey
from core.settings import Settings
from core.work import SYSTEM, Harbour, Work, begin_work, harbour
from reporting import queries as reports
from reporting.answers import Answers, Identity, Origin, Place
from reporting.models import Report
from reporting.reading import REPORTER, open_messages
from reporting.receipt import Receipt
from reporting.services import submit_report
from reporting.vocabulary import AgencyKind, Category, Channel, Contact, Detail, Repeat, Strand
from tests.stack.assembled import assembled
from triage import queries
from triage.models import Agency, QueueEntry, Referral
from triage.referring import preview_referral, send_referral
from triage.services import register_agency

MONDAY = datetime(2026, 11, 16, 10, 30, tzinfo=UTC)
STORY = "They shouted at me from the stairs. This is a demo."
NAME, REACH, TIMES = "Demo Reporter", "07000 900123", "Mornings only"


class Watch:
    """The installation's clock, set by hand."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def on(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


class Browser(FlaskClient):
    """Asks for pages only when the test itself holds no transaction open, as nobody else's would be."""

    let_go: Callable[[], None]

    def open(self, *arguments: Any, **more: Any) -> TestResponse:
        """Ask for a page."""
        self.let_go()
        return super().open(*arguments, **more)


@dataclass
class Sent:
    """A report that was sent, with the receipt that its reporter holds."""

    id: str
    receipt: Receipt


@dataclass
class Room:
    """The people, their keys, and what tests do as them."""

    flask: Flask
    running: Harbour
    session: Session
    watch: Watch
    desk_secret: SecretKey
    officers: list[Person]
    agencies: dict[AgencyKind, Agency]
    caseworkers: dict[AgencyKind, Person]
    secrets: dict[AgencyKind, SecretKey] = field(repr=False, default_factory=dict)

    def work(self, person: Person | None = None) -> Work:
        """A unit of work of this person, or of the platform."""
        actor = SignedIn(person, self.desk_secret).actor if person else SYSTEM
        return begin_work(self.running, self.session, actor)

    def officer(self, number: int = 0) -> Work:
        """A unit of work of an officer."""
        return self.work(self.officers[number])

    def caseworker(self, kind: AgencyKind = AgencyKind.HOUSING) -> Work:
        """A unit of work of an agency's caseworker."""
        return self.work(self.caseworkers[kind])

    def send(self, answers: Answers | None = None, *, queued: bool = True) -> Sent:
        """A report through the one door; queued by the jobs that it leaves."""
        receipt = Receipt(os.urandom(10))
        sent = submit_report(self.work(), answers or report_answers(), Origin(Channel.PUBLIC), receipt)
        self.session.commit()
        if queued:
            self.run_jobs()
        return Sent(sent.id, receipt)

    def run_jobs(self) -> None:
        """Let the worker do everything that waits."""
        self.session.commit()
        with self.flask.app_context(), writing():
            drain(self.running)
        self.session.expire_all()

    def entry(self, sent: Sent) -> QueueEntry:
        """A report's entry on the queue."""
        found = queries.entry(self.session, sent.id)
        assert found is not None
        return found

    def report(self, sent: Sent) -> Report:
        """The report itself."""
        found = reports.report(self.session, sent.id)
        assert found is not None
        return found

    def refer(self, sent: Sent, *kinds: AgencyKind) -> list[Referral]:
        """Preview and send to the agencies of these kinds, and let the worker deliver."""
        work, entry = self.officer(), self.entry(sent)
        ids = [self.agencies[kind].team_id for kind in kinds]
        preview = preview_referral(work, entry.report, self.desk_secret, ids)
        found = send_referral(work, entry, self.desk_secret, ids, preview.fingerprint)
        self.run_jobs()
        return found

    def behind_the_code(self, sent: Sent) -> list[str]:
        """Every message, opened with the reporter's own key."""
        _, secret = sent.receipt.key_pair
        messages = reports.conversation(self.session, sent.id)
        opened = open_messages(self.work(), self.report(sent), messages, REPORTER, secret)
        return [message.words.reveal() for message in opened]

    def visit(self, person: Person) -> FlaskClient:
        """That person, signed in, without a browser."""
        team_secret = next(
            (self.secrets[kind] for kind, found in self.caseworkers.items() if found is person), self.desk_secret
        )
        cookie = sign_in(self.work(), SignedIn(person, team_secret))
        self.session.commit()
        browser = Browser(self.flask, self.flask.response_class)
        browser.let_go = self.session.commit
        browser.set_cookie(COOKIE, cookie)
        return browser


def report_answers(**changes: object) -> Answers:
    """A report whose every choice and text is filled in, all of it plainly made up."""
    given: dict[str, object] = {
        "categories": frozenset({Category.VERBAL_ABUSE}),
        "strands": frozenset({Strand.RACE}),
        "place": Place(words="SO14 7LY"),
        "words": Secret(STORY),
        "repeat": Repeat.FIRST,
        "contact": Contact.REACH_ME,
        "identity": Identity(Secret(NAME), Secret(REACH), Secret(TIMES)),
        "consent": frozenset((kind, detail) for kind in (AgencyKind.HOUSING, AgencyKind.POLICE) for detail in Detail),
    }
    return Answers(**{**given, **changes})  # type: ignore[arg-type]


@pytest.fixture
def watch() -> Watch:
    """A clock that stands at a Monday morning."""
    return Watch()


@pytest.fixture
def app(settings: Settings, watch: Watch) -> Iterator[Flask]:
    """The platform on that morning."""
    with assembled(settings, clock=watch) as flask:
        flask.config["WTF_CSRF_ENABLED"] = False
        yield flask


@pytest.fixture
def room(app: Flask, watch: Watch) -> Iterator[Room]:
    """Everybody at their desks."""
    with app.app_context():
        engine, running = db.engine, harbour()
    # Outside the application's context, which the requests of a test would share otherwise.
    with writing(), Session(engine, expire_on_commit=False) as session:
        yield _furnished(app, running, session, watch)
        session.rollback()


def _furnished(flask: Flask, running: Harbour, session: Session, watch: Watch) -> Room:
    work = begin_work(running, session, SYSTEM)
    desk, desk_secret = found_team(work, TeamKind.DESK, "Triage desk")
    session.flush()
    officers = [_enrol(work, desk, desk_secret, Role.OFFICER, name) for name in ("Demo Officer", "Demo Colleague")]
    room = Room(flask, running, session, watch, desk_secret, officers, {}, {})
    for kind, name in ((AgencyKind.HOUSING, "Demo Homes"), (AgencyKind.POLICE, "Demo Police")):
        team, secret = found_team(work, TeamKind.AGENCY, name)
        session.flush()
        room.agencies[kind] = register_agency(work, team, kind)
        room.secrets[kind] = secret
        room.caseworkers[kind] = _enrol(work, team, secret, Role.CASEWORKER, f"{name} caseworker")
    session.commit()
    return room


def _enrol(work: Work, team: Team, secret: SecretKey, role: Role, name: str) -> Person:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return enrol(work, team, secret, role, name, email, Secret("a long demo password"))


@pytest.fixture
def officer(room: Room) -> FlaskClient:
    """The first officer, signed in."""
    return room.visit(room.officers[0])
