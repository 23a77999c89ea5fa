"""An installation with a desk, and what the faults need of it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from accounts.services import enrol, found_team
from accounts.vocabulary import Role, TeamKind
from core.db import db
from core.sealing import Secret
from core.settings import Settings
from core.valkey import PrivateValkey
from core.work import SYSTEM, begin_work, harbour
from tests.stack.pairs import EMBEDDED


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[PrivateValkey]:
    """A queue of this test's own, which it may kill."""
    redis = None if os.environ.get("HARBOUR_TEST_STACK", EMBEDDED) == EMBEDDED else shutil.which("redis-server")
    with PrivateValkey(tmp_path / "queue", Path(redis) if redis else None) as running:
        yield running


@pytest.fixture
def settings(settings: Settings, queue: PrivateValkey) -> Settings:
    """The installation, on that queue."""
    return replace(settings, redis_url=queue.url)


@pytest.fixture
def desk(app: Flask) -> Iterator[Flask]:
    """The platform with a desk and an officer, inside its context."""
    with app.app_context():
        work = begin_work(harbour(), db.session(), SYSTEM)
        team, secret = found_team(work, TeamKind.DESK, "Triage desk")
        enrol(work, team, secret, Role.OFFICER, "Officer", "officer@example.org", Secret("long enough for a test"))
        db.session.commit()
        yield app
        db.session.remove()
