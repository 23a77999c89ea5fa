"""A partnership to visit: a desk, two centres, agencies, a coordinator, an administrator, each with a person or two."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from accounts.models import Team
from accounts.services import enrol, found_team
from accounts.vocabulary import TEAM_OF_ROLE, Role, TeamKind
from centres.services import register_centre
from centres.staffing import record_training
from core.db import db, may_write, writing
from core.outbox import drain
from core.sealing import Secret, SecretKey
from core.work import SYSTEM, Work, begin_work, harbour
from reporting.models import Report
from reporting.vocabulary import AgencyKind
from tests.pages.visiting import Reporter, Visitor
from tests.stack.sessions import no_uncommitted_session
from triage.services import register_agency

PASSWORD = "a demo password of some length"
PEOPLE = {
    "officer": (Role.OFFICER, "Triage desk"),
    "lead": (Role.CENTRE_LEAD, "Demo Library"),
    "library": (Role.CENTRE_STAFF, "Demo Library"),
    "mosque": (Role.CENTRE_STAFF, "Demo Mosque"),
    "housing": (Role.CASEWORKER, "Demo Homes"),
    "police": (Role.CASEWORKER, "Demo Police"),
    "coordinator": (Role.COORDINATOR, "Demo Network"),
    "administrator": (Role.ADMINISTRATOR, "Demo Office"),
    "partner": (Role.PARTNER, "Demo Faith Forum (Demo partner)"),
}
AGENCIES = {"Demo Homes": AgencyKind.HOUSING, "Demo Police": AgencyKind.POLICE}
SignIn = Callable[[str], Visitor]


@pytest.fixture(autouse=True)
def every_write_is_meant() -> Iterator[None]:
    """Whatever a request writes it commits or takes back, and one that said it only reads writes nothing."""
    wrote: list[str] = []

    def look(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        if not may_write() and statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            wrote.append(statement)

    event.listen(Engine, "before_cursor_execute", look)
    try:
        with no_uncommitted_session():
            yield
    finally:
        event.remove(Engine, "before_cursor_execute", look)
    assert wrote == [], "written by a request that had said it only reads"


@contextmanager
def inside(app: Flask) -> Iterator[Session]:
    """A session of the test's own, in an application context that no request shares."""
    with app.app_context(), writing():
        yield db.session()
        db.session.remove()


def reports_in(app: Flask) -> int:
    """How many reports there are."""
    with inside(app) as session:
        return session.scalar(select(func.count()).select_from(Report)) or 0


def run_jobs(app: Flask) -> None:
    """Let the worker do everything that waits."""
    with inside(app):
        drain(harbour())


@pytest.fixture
def partnership(app: Flask) -> Flask:
    """The platform with its people enrolled."""
    with inside(app) as session:
        work = begin_work(harbour(), session, SYSTEM)
        founded: dict[str, tuple[Team, SecretKey]] = {}
        for name, (role, team_name) in PEOPLE.items():
            if team_name not in founded:
                founded[team_name] = _found(work, TEAM_OF_ROLE[role], team_name)
            team, secret = founded[team_name]
            person = enrol(work, team, secret, role, f"Demo {name}", f"{name}@demo.invalid", Secret(PASSWORD))
            if team.kind is TeamKind.CENTRE:
                record_training(work, person)
        session.commit()
    return app


def _found(work: Work, kind: TeamKind, name: str) -> tuple[Team, SecretKey]:
    """A team, with the centre or the agency that it is."""
    team, secret = found_team(work, kind, name)
    work.session.flush()
    if kind is TeamKind.CENTRE:
        register_centre(work, team, "1 Demo Street", "SO14 7LY")
    if kind is TeamKind.AGENCY:
        register_agency(work, team, AGENCIES[name])
    return team, secret


@pytest.fixture
def reporter(partnership: Flask) -> Reporter:
    """Somebody who reports."""
    return Reporter(partnership)


@pytest.fixture
def another(partnership: Flask) -> Reporter:
    """Somebody else, in a browser of their own."""
    return Reporter(partnership)


@pytest.fixture
def sign_in(partnership: Flask) -> SignIn:
    """Sign somebody in by the name in PEOPLE."""

    def as_person(name: str) -> Visitor:
        visitor = Visitor(partnership)
        answer = visitor.sign_in(f"{name}@demo.invalid", PASSWORD)
        assert answer.status_code == 302
        return visitor

    return as_person
