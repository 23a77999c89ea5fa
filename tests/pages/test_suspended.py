"""People of a centre that is suspended, or left, are told so: since when, whom to speak to, what becomes of reports."""

import pytest
from flask import Flask
from sqlalchemy import update

from centres.models import Centre
from centres.vocabulary import CentreState
from core.clock import utc_now
from tests.pages.conftest import PASSWORD, SignIn, inside
from tests.pages.places import id_of
from tests.pages.test_access import methods
from tests.pages.visiting import SIGNED_IN, Visitor, words_of

NAME = "Demo Library"


@pytest.fixture
def coordinator(sign_in: SignIn) -> Visitor:
    return sign_in("coordinator")


def today() -> str:
    return utc_now().strftime("%-d %B %Y")


@pytest.mark.parametrize("who", ["lead", "library"])
def test_people_of_a_suspended_centre_are_told_what_it_means(
    partnership: Flask, coordinator: Visitor, who: str
) -> None:
    coordinator.post(f"/network/centres/{id_of(partnership, NAME)}/move/suspended", {"reason": "concern"})
    person = Visitor(partnership)
    answer = person.sign_in(f"{who}@demo.invalid", PASSWORD)
    words = words_of(answer)
    assert answer.status_code == 403
    assert person.cookie(SIGNED_IN) is None
    for said in (
        "Demo Library is suspended",
        f"suspended since {today()}",
        "The Network’s coordinator",
        "stays with the triage team",
        "come back with their codes",
        "Nobody makes the calls that you promised",
    ):
        assert said in words, said
    for unsaid in ("agreement", "concern", "Version"):
        assert unsaid not in words, unsaid


def test_people_of_a_centre_that_left_are_told_so(partnership: Flask, coordinator: Visitor) -> None:
    coordinator.post(f"/network/centres/{id_of(partnership, NAME)}/move/left", {"reason": "closing"})
    words = words_of(Visitor(partnership).sign_in("library@demo.invalid", PASSWORD))
    assert "Demo Library no longer works with Safe Harbour" in words
    assert f"Since {today()} nobody can sign in" in words
    assert "suspended" not in words


def test_a_stranger_learns_nothing_of_it(partnership: Flask, coordinator: Visitor) -> None:
    coordinator.post(f"/network/centres/{id_of(partnership, NAME)}/move/suspended", {"reason": "concern"})
    wrong = Visitor(partnership).sign_in("library@demo.invalid", "not the password")
    assert wrong.status_code == 200
    assert NAME not in words_of(wrong)


@pytest.mark.parametrize("state", [CentreState.SUSPENDED, CentreState.LEFT, CentreState.DECLINED, CentreState.APPLIED])
def test_whoever_is_still_signed_in_reads_the_same_on_every_page(
    partnership: Flask, sign_in: SignIn, state: CentreState
) -> None:
    lead = sign_in("lead")
    with inside(partnership) as session:
        session.execute(update(Centre).where(Centre.name == NAME).values(state=state))
        session.commit()
    tried = 0
    for rule in partnership.url_map.iter_rules():
        if rule.rule.startswith("/centre/") and "GET" in methods(rule):
            answer = lead.get(rule.build(dict.fromkeys(rule.arguments, "x"))[1])  # type: ignore[index]
            told = "is suspended" if state is CentreState.SUSPENDED else "no longer works with Safe Harbour"
            assert answer.status_code == 403, rule.rule
            assert told in words_of(answer), rule.rule
            tried += 1
    assert tried > 10
