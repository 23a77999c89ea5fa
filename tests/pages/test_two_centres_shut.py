"""Two centres, one of them suspended, gone, or declined: nothing opens to its people and its tokens any more."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.pages.conftest import PASSWORD, SignIn
from tests.pages.matrix import Tally, ask, bare, changed, filled, kinds_of, never, roles_of, rows, told
from tests.pages.settling import Asker, Place, two_centres
from tests.pages.test_access import methods
from tests.pages.visiting import SIGNED_IN, Visitor

# How a coordinator brings a centre with people to stand there, one after the other.
LIFE = (
    ("suspended", [("suspended", "concern")]),
    ("left", [("left", "closing")]),
    ("declined", [("applied", ""), ("declined", "no-answer")]),
)
STILL_THERE = {"lead", "staff", "handing", "afterwards"}
TOLD_SO = "is suspended", "no longer works with Safe Harbour"


@pytest.fixture
def two(partnership: Flask, sign_in: SignIn) -> tuple[Place, Place]:
    return two_centres(partnership, sign_in)


def for_a_centre(app: Flask, rule: Rule) -> bool:
    """Whether an address is for people of a centre, or for tokens."""
    return bool(roles_of(app, rule) & {"centre lead", "centre staff"}) or (
        rule.rule.startswith("/api/v1/") and rule.endpoint != "intake.vocabulary"
    )


def afterwards(app: Flask, place: Place) -> Asker:
    """The lead, who signs in with the right password and is told why not."""
    asker = Asker("afterwards", Visitor(app))
    answer = asker.visitor.sign_in(place.email, PASSWORD)
    assert answer.status_code == 403
    assert any(words in answer.get_data(as_text=True) for words in TOLD_SO)
    assert asker.visitor.cookie(SIGNED_IN) is None
    asker.token = asker.visitor.token("/sign-in")
    return asker


def askers(app: Flask, place: Place, rule: Rule) -> Iterator[Asker]:
    """Who was there before, in their open sessions, and the lead afterwards; or every partner system."""
    if rule.rule.startswith("/api/"):
        yield from (Asker(who, Visitor(app), headers=headers) for who, headers in place.systems.items())
    else:
        yield from (asker for asker in place.people.values() if asker.who in STILL_THERE)


def test_nothing_opens_to_a_shut_centre(
    partnership: Flask, two: tuple[Place, Place], sign_in: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    (ours, theirs), coordinator, tally = two, sign_in("coordinator"), Tally()
    for state, moves in LIFE:
        for to, reason in moves:
            address = f"/network/centres/{ours.id}/move/{to}"
            assert coordinator.post(address, {"reason": reason}).status_code == 302, to
        ours.people["afterwards"] = afterwards(partnership, ours)
        before = rows(partnership)
        for rule in partnership.url_map.iter_rules():
            if for_a_centre(partnership, rule):
                try_shut(partnership, rule, ours, theirs, state, tally)
        assert changed(before, rows(partnership)) == []
    with capsys.disabled():
        print(f"\nof a shut centre: wrong allows {len(tally.wrong)} of {tally.tried}")
    assert tally.wrong == []
    assert tally.tried > 500


def try_shut(app: Flask, rule: Rule, ours: Place, theirs: Place, state: str, tally: Tally) -> None:
    """One address, with the centre's own ids, the other's, and some that never were: all alike."""
    for asker in askers(app, ours, rule):
        for method in set(methods(rule)) - {"HEAD"}:
            unknown = never(kinds_of(rule))
            nothing = bare(ask(asker, method, filled(rule, unknown)), unknown.values())
            for whose in (ours, theirs) if kinds_of(rule) else (ours,):
                ids = {kind: whose.ids[kind][0] for kind in kinds_of(rule)}
                got = ask(asker, method, filled(rule, ids))
                because = {
                    "let in": not is_shut(got.status_code, got.get_data(as_text=True), str(got.location)),
                    "differs": bare(got, ids.values()) != nothing,
                    "told": told(got, ours, ids.values()) or told(got, theirs, ids.values()),
                }
                tally.note(state, asker.who, method, rule.rule, got.status_code, because=because)


def is_shut(status: int, page: str, away: str) -> bool:
    """Sent to sign in, or told to; or refused."""
    kept = status == 200 and "Sign in again, then send it" in page
    return kept or status in {401, 403} or (status == 302 and away.startswith("/sign-in"))
