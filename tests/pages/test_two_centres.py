"""Two centres, every address that takes an id, each with the other's ids: as if what is the other's never was."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.pages.conftest import SignIn
from tests.pages.matrix import Tally, ask, bare, changed, filled, kinds_of, mixes, never, roles_of, rows, told, with_ids
from tests.pages.settling import Asker, Place, two_centres
from tests.pages.test_access import methods
from tests.pages.visiting import Visitor

# Open by purpose: what a centre says of itself to anybody.
PUBLIC = {"centres.directory_entry", "centres.arrive"}
OF_A_CENTRE = {"centre lead", "centre staff"}
FULLY = {"lead", "staff", "a partner system"}


@pytest.fixture
def two(partnership: Flask, sign_in: SignIn) -> tuple[Place, Place]:
    return two_centres(partnership, sign_in)


def askers(app: Flask, place: Place, rule: Rule) -> Iterator[Asker]:
    """Who asks at an address: the people of a centre, or its partner system."""
    if rule.rule.startswith("/api/"):
        for who, headers in place.systems.items():
            yield Asker(who, Visitor(app), headers=headers)
    else:
        yield from place.people.values()


def refused(answer: TestResponse) -> bool:
    """Sent away or not found; a form sent after its session's end is kept in the page, and nothing else."""
    kept = answer.status_code == 200 and "Sign in again, then send it" in answer.get_data(as_text=True)
    return kept or answer.status_code in {302, 401, 403, 404}


def try_rule(app: Flask, rule: Rule, ours: Place, theirs: Place, tally: Tally) -> None:
    """One address, by everybody of a centre, with whatever is the other's."""
    # Where the role alone is refused, one of each kind says as much as all.
    fully = FULLY if not roles_of(app, rule) or roles_of(app, rule) & OF_A_CENTRE else set()
    for method in methods(rule):
        for asker in askers(app, ours, rule):
            unknown = never(kinds_of(rule))
            nothing = bare(ask(asker, method, filled(rule, unknown)), unknown.values())
            for ids in mixes(rule, ours, theirs, deep=asker.who in fully and method != "HEAD"):
                got = ask(asker, method, filled(rule, ids))
                public = rule.endpoint in PUBLIC
                because = {
                    "let in": not (public or refused(got)),
                    "sent elsewhere": got.status_code == 302
                    and not public
                    and not str(got.location).startswith("/sign-in"),
                    "differs": bare(got, ids.values()) != nothing and not public,
                    "told": told(got, theirs, ids.values()) and not public,
                    "a canary": theirs.canary in got.get_data(as_text=True),
                }
                tally.note(ours.name, asker.who, method, rule.rule, got.status_code, because=because)


def test_what_is_anothers_is_as_if_it_never_was(
    partnership: Flask, two: tuple[Place, Place], capsys: pytest.CaptureFixture[str]
) -> None:
    tally, before = Tally(), rows(partnership)
    for ours, theirs in (two, two[::-1]):
        own = rows(partnership, theirs.own_rows)
        for rule in with_ids(partnership):
            unmade = set(kinds_of(rule)) - set(theirs.ids)
            assert not unmade, f"{rule.rule} takes an id that this test makes none of: {unmade}"
            try_rule(partnership, rule, ours, theirs, tally)
        assert changed(own, rows(partnership, theirs.own_rows)) == []
    with capsys.disabled():
        print(f"\nin the address: wrong allows {len(tally.wrong)} of {tally.tried}")
    assert tally.wrong == []
    # A report begun from a poster is a draft of its own; a token notes the day on which it was used.
    assert set(changed(before, rows(partnership))) <= {"draft", "intake_token"}
    assert tally.tried > 1000
