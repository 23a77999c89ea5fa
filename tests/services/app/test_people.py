"""People added from the command line: a new team's first person makes its key, a later one is handed it."""

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from accounts.models import Person
from accounts.services import check_password
from app.command import main
from centres.models import Centre
from core.audit import AuditEntry
from core.db import db
from core.sealing import Secret
from core.settings import Settings
from core.work import Work
from tests.services.conftest import PASSWORD, Desk
from tests.stack.served import environment
from triage.models import Agency

NEW = "another-long-password"


def add(settings: Settings, role: str, team: str, *more: str, answers: tuple[str, ...] = (NEW, NEW)) -> Result:
    """`safeharbour people add …`, with what is typed when asked."""
    words = ["people", "add", "--role", role, "--team", team, "--name", "Demo Newcomer", "--email", "new@demo.invalid"]
    return CliRunner().invoke(main, [*words, *more], input="\n".join(answers) + "\n", env=environment(settings))


def newcomer(work: Work) -> Person:
    """Who was added."""
    db.session.rollback()
    return work.session.scalars(select(Person).where(Person.email == "new@demo.invalid")).one()


def test_a_colleague_hands_over_the_key(desk: Desk, work: Work, settings: Settings) -> None:
    more = ("--vouched-by", "officer@demo.invalid")
    result = add(settings, "officer", "Triage desk", *more, answers=(PASSWORD, NEW, NEW))
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output and NEW not in result.output
    found = check_password(work, "new@demo.invalid", Secret(NEW))
    assert found is not None
    assert found.team_secret == desk.secret
    db.session.rollback()


def test_a_wrong_password_hands_over_nothing_and_is_on_record(desk: Desk, work: Work, settings: Settings) -> None:
    more = ("--vouched-by", "officer@demo.invalid")
    result = add(settings, "officer", "Triage desk", *more, answers=("wrong", NEW, NEW))
    assert result.exit_code == 1
    assert "do not belong together" in result.output
    db.session.rollback()
    assert work.session.scalar(select(Person.id).where(Person.email == "new@demo.invalid")) is None
    assert work.session.scalar(select(AuditEntry.id).where(AuditEntry.action == "sign-in refused"))
    db.session.rollback()


def test_a_new_centre_is_registered(desk: Desk, work: Work, settings: Settings) -> None:
    result = add(
        settings,
        "centre-staff",
        "Demo Library",
        "--new-team",
        "centre",
        "--address",
        "1 Demo Square",
        "--postcode",
        "SO14 7LY",
    )
    assert result.exit_code == 0, result.output
    assert work.session.get(Centre, newcomer(work).team_id)
    db.session.rollback()


def test_a_new_agency_is_registered_with_its_kind(desk: Desk, work: Work, settings: Settings) -> None:
    result = add(settings, "caseworker", "Demo Police", "--new-team", "police")
    assert result.exit_code == 0, result.output
    agency = work.session.get(Agency, newcomer(work).team_id)
    assert agency and agency.kind == "police"
    db.session.rollback()


@pytest.mark.parametrize(
    ("role", "team", "more", "words"),
    [
        ("officer", "Second desk", ("--new-team", "desk"), "can be only one"),
        ("officer", "Nobody", ("--vouched-by", "officer@demo.invalid"), "no team called Nobody"),
        ("coordinator", "Triage desk", ("--new-team", "network"), "already"),
        ("coordinator", "Triage desk", ("--vouched-by", "officer@demo.invalid"), "cannot belong to"),
        ("centre-staff", "Demo Library", ("--new-team", "centre"), "--address and --postcode"),
        ("caseworker", "Demo Police", ("--new-team", "desk"), "An agency is of the kind"),
        ("coordinator", "Demo Network", ("--new-team", "police"), "belongs to a team of the kind network"),
        ("coordinator", "Demo Network", (), "either --new-team"),
    ],
)
def test_what_cannot_be_is_told_in_words(
    desk: Desk, settings: Settings, role: str, team: str, more: tuple[str, ...], words: str
) -> None:
    answers = (PASSWORD, NEW, NEW) if "--vouched-by" in more else (NEW, NEW)
    result = add(settings, role, team, *more, answers=answers)
    assert result.exit_code
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_short_password_is_told_in_words(desk: Desk, settings: Settings) -> None:
    result = add(settings, "coordinator", "Demo Network", "--new-team", "network", answers=("short", "short"))
    assert result.exit_code == 1
    assert "12 characters" in result.output
