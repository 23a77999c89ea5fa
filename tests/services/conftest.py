"""An installation whose clock is set by hand, with a founded desk: what tests of services ask for."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from accounts.models import Person, Team
from accounts.services import enrol, found_team
from accounts.vocabulary import Role, TeamKind
from core.db import db, writing
from core.sealing import Secret, SecretKey
from core.settings import Settings
from core.work import SYSTEM, Work, begin_work, harbour
from reporting.receipt import SEED_BYTES, Receipt
from tests.stack.assembled import assembled

PASSWORD = "demo-harbour-officer"


class Watch:
    """A clock set by hand, at a moment that is no whole hour."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 17, 14, 37, 22, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@dataclass(frozen=True)
class Desk:
    """The desk's team, its opened key, and its first officer."""

    team: Team
    secret: SecretKey
    officer: Person


@pytest.fixture
def watch() -> Watch:
    """The installation's clock."""
    return Watch()


@pytest.fixture
def installed(settings: Settings, watch: Watch) -> Iterator[Flask]:
    """The assembled platform, inside an application context whose transactions may write."""
    with assembled(settings, watch) as app, app.app_context(), writing():
        yield app


@pytest.fixture
def work(installed: Flask) -> Work:
    """A unit of work of the platform's own."""
    return begin_work(harbour(), db.session(), SYSTEM)


@pytest.fixture
def desk(work: Work) -> Desk:
    """A founded desk with an officer, committed."""
    team, secret = found_team(work, TeamKind.DESK, "Triage desk")
    officer = enrol(work, team, secret, Role.OFFICER, "Demo Officer", "officer@demo.invalid", Secret(PASSWORD))
    work.session.commit()
    return Desk(team, secret, officer)


@pytest.fixture
def receipt() -> Receipt:
    """A fresh receipt."""
    return Receipt(secrets.token_bytes(SEED_BYTES))
