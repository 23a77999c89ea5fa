"""A place that applied, a coordinator, and what they need."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from accounts.models import Person
from accounts.services import SignedIn, enrol, found_team
from accounts.vocabulary import Role, TeamKind
from centres.becoming import apply_to_become
from centres.details import Application, Lead, Life, Place
from centres.models import Centre
from centres.opening import Opening, Week
from centres.services import register_centre
from centres.vocabulary import CentreKind, Scheme
from core.languages import Language
from core.sealing import Secret
from core.work import Actor, Work
from tests.services.conftest import PASSWORD, Desk

LONG = Secret("a password of some length")

APPLICATION = Application(
    Place("Demo Kitchen", CentreKind.COMMUNITY, "1 Demo Street, Southampton", "SO14 7LY"),
    Life(
        about="Demo: the side door.",
        phone="023 8000 0000",
        website="https://kitchen.demo.invalid",
        week=Week.of([Opening(0, time(9), time(12)), Opening(0, time(13), time(17))]),
        languages=frozenset({Language.ENGLISH, Language.SOMALI}),
        step_free=True,
        private_space=True,
        schemes=frozenset({Scheme.SAFE_PLACE}),
    ),
    Lead("Demo Lead", "lead@demo.invalid"),
)


def named(name: str, **more: Any) -> Application:
    """The application of another place."""
    return replace(APPLICATION, place=replace(APPLICATION.place, name=name, **more))


@pytest.fixture
def coordinator(work: Work, desk: Desk) -> Work:
    """The unit of work as the coordinator."""
    team, secret = found_team(work, TeamKind.NETWORK, "Demo Network")
    person = enrol(work, team, secret, Role.COORDINATOR, "Demo Coordinator", "c@demo.invalid", Secret(PASSWORD))
    work.session.commit()
    return work.acting(Actor(Role.COORDINATOR.value, person.id, team.id))


@pytest.fixture
def applied(work: Work) -> Centre:
    """A place that asks to become a centre."""
    centre = apply_to_become(work, "page one", APPLICATION)
    work.session.commit()
    return centre


@pytest.fixture
def lead(work: Work) -> SignedIn:
    """The lead of an active centre."""
    team, secret = found_team(work, TeamKind.CENTRE, "Demo Library")
    person = enrol(work, team, secret, Role.CENTRE_LEAD, "Demo Lead", "first@demo.invalid", LONG)
    register_centre(work, team, "1 Demo Street", "SO14 7LY")
    work.session.commit()
    return SignedIn(person, secret)


@pytest.fixture
def leading(work: Work, lead: SignedIn) -> Work:
    """The unit of work as the lead."""
    return work.acting(lead.actor)


@pytest.fixture
def staff(work: Work, lead: SignedIn) -> Person:
    """A colleague."""
    person = enrol(
        work, lead.person.team, lead.team_secret, Role.CENTRE_STAFF, "Demo Staff", "staff@demo.invalid", LONG
    )
    work.session.commit()
    return person


@pytest.fixture
def centre(work: Work, lead: SignedIn) -> Centre:
    """Their centre."""
    return work.session.get_one(Centre, lead.person.team_id)
