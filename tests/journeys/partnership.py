"""Teams and people for a test, founded through the services that found real ones."""

from accounts.models import Team
from accounts.services import enrol, found_team
from accounts.vocabulary import Role, TeamKind
from app.factory import create_app
from centres.services import register_centre
from centres.staffing import record_training
from core.db import db
from core.sealing import Secret, SecretKey
from core.settings import Settings
from core.work import SYSTEM, Work, begin_work, harbour
from reporting.vocabulary import AgencyKind
from triage.services import register_agency

PASSWORD = "a password for tests alone"
PEOPLE = {
    "officer": (TeamKind.DESK, "Triage desk", Role.OFFICER),
    "police": (TeamKind.AGENCY, "Test Police", Role.CASEWORKER),
    "housing": (TeamKind.AGENCY, "Test Housing", Role.CASEWORKER),
    "centre": (TeamKind.CENTRE, "Test Library", Role.CENTRE_STAFF),
    "lead": (TeamKind.CENTRE, "Test Library", Role.CENTRE_LEAD),
    "coordinator": (TeamKind.NETWORK, "Test Network", Role.COORDINATOR),
    "administrator": (TeamKind.OFFICE, "Test Office", Role.ADMINISTRATOR),
}
AGENCIES = {"police": AgencyKind.POLICE, "housing": AgencyKind.HOUSING}


def email_of(name: str) -> str:
    """The address that a person of PEOPLE signs in with."""
    return f"{name}@test.invalid"


def found_partnership(settings: Settings) -> None:
    """Found every team of PEOPLE with its one person, and commit."""
    app = create_app(settings)
    with app.app_context():
        work = begin_work(harbour(), db.session(), SYSTEM)
        teams: dict[str, tuple[Team, SecretKey]] = {}
        for name in PEOPLE:
            _found(work, name, teams)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _found(work: Work, name: str, teams: dict[str, tuple[Team, SecretKey]]) -> None:
    kind, team_name, role = PEOPLE[name]
    is_new = team_name not in teams
    team, secret = teams[team_name] = teams.get(team_name) or found_team(work, kind, team_name)
    person = enrol(work, team, secret, role, f"Test {name}", email_of(name), Secret(PASSWORD))
    if name in AGENCIES:
        register_agency(work, team, AGENCIES[name])
    if kind is TeamKind.CENTRE and is_new:
        register_centre(work, team, "1 Test Street", "SO14 7LY")
        record_training(work, person)
