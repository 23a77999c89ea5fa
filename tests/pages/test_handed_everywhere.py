"""While a visitor has the screen, every page for staff, in every tab, says so and nothing else."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from core.access import access_of
from tests.pages.conftest import PASSWORD, SignIn
from tests.pages.matrix import PREFIXES, changed, filled, kinds_of, never, rows
from tests.pages.settling import HOME, Place, settle
from tests.pages.test_access import DOORS_OF_STAFF, FOR_THE_SCREEN, methods
from tests.pages.test_handing_over import SCREEN, hand_over, sent_with_private_part, visit_id_on
from tests.pages.visiting import SIGNED_IN, Visitor, words_of

SAID = "The screen is handed over"


def questions(place: Place) -> None:
    hand_over(place.lead)


def code(place: Place) -> None:
    visit = f"/centre/visits/{visit_id_on(sent_with_private_part(place.lead))}"
    place.lead.post(f"{visit}/hand-over", read=visit)


def envelope(place: Place) -> None:
    report = f"/centre/reports/{place.ids['report_id'][0]}"
    place.lead.post(f"{report}/envelope", read=report)


def come_back(place: Place) -> None:
    place.lead.post("/centre/hand-over", read=HOME)


def done(place: Place) -> None:
    come_back(place)
    place.lead.post("/visitor/done", read="/visitor")


@pytest.fixture
def place(partnership: Flask, sign_in: SignIn) -> Place:
    return settle(partnership, "Demo Library", sign_in("lead"), sign_in("officer"))


def for_staff(app: Flask) -> list[Rule]:
    """Every address for people with a role, and the doors by which they come in."""
    found = []
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        if access is not None and (access.roles or rule.endpoint in DOORS_OF_STAFF):
            found.append(rule)
    return found


def test_every_page_for_staff_says_that_the_screen_is_handed_over(
    partnership: Flask, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    tried, wrong = 0, []
    for hand in (questions, code, envelope, come_back, done):
        token = place.lead.token(HOME)
        hand(place)
        assert place.lead.cookie(SCREEN), hand.__name__
        before = rows(partnership)
        for rule in for_staff(partnership):
            ids = {**never(kinds_of(rule)), **{kind: place.ids[kind][0] for kind in kinds_of(rule)}}
            for method in set(methods(rule)) - {"HEAD"}:
                # As the form in another tab would be sent, with the token that it was given before.
                data = {f"{prefix}csrf_token": token for prefix in PREFIXES} if method == "POST" else None
                answer = place.lead.client.open(filled(rule, ids), method=method, data=data)
                page = answer.get_data(as_text=True)
                told = [mark for mark in (*place.marks, "harbour-nav", "/centre/", "/desk/") if mark in page]
                tried += 1
                if answer.status_code != 403 or SAID not in page or told:
                    wrong.append((hand.__name__, method, rule.rule, answer.status_code, told))
        assert changed(before, rows(partnership)) == []
        give_back(place.lead)
    with capsys.disabled():
        print(f"\nwith the screen handed over: wrong allows {len(wrong)} of {tried}")
    assert wrong == []
    assert tried > 400


def give_back(lead: Visitor) -> None:
    """Have the screen back; where it leads."""
    back = lead.post("/visitor/give-back", {"password": PASSWORD})
    assert back.status_code == 303, words_of(back)
    assert lead.get(str(back.location)).status_code == 200


@pytest.mark.parametrize("hand", [questions, come_back])
def test_a_session_beside_the_screen_is_not_looked_at(
    partnership: Flask, place: Place, sign_in: SignIn, hand: Callable[[Place], None]
) -> None:
    another = sign_in("lead")
    hand(place)
    place.lead.take(SIGNED_IN, another.cookie(SIGNED_IN) or "")
    assert SAID in words_of(place.lead.get(HOME))
    assert another.get(HOME).status_code == 200


def test_nobody_signs_in_beside_the_screen(place: Place) -> None:
    come_back(place)
    sent = {"email": "library@demo.invalid", "password": PASSWORD}
    assert SAID in words_of(place.lead.post("/sign-in", sent, read="/visitor"))
    assert place.lead.cookie(SIGNED_IN) is None


def test_the_visitors_own_pages_and_the_public_ones_stay_open(partnership: Flask, place: Place) -> None:
    come_back(place)
    for address in ("/visitor", "/visitor/give-back", "/come-back", "/report", "/centres", "/privacy"):
        answer = place.lead.get(address)
        assert answer.status_code == 200, address
        assert SAID not in words_of(answer)
    assert {rule.endpoint for rule in for_staff(partnership)}.isdisjoint(FOR_THE_SCREEN)


def test_a_screen_cookie_that_ended_shuts_nothing(partnership: Flask, place: Place) -> None:
    come_back(place)
    ended = place.lead.cookie(SCREEN) or ""
    give_back(place.lead)
    place.lead.take(SCREEN, ended)
    assert place.lead.get(HOME).status_code == 200
    made_up = Visitor(partnership)
    made_up.take(SCREEN, "A" * 64)
    assert made_up.get("/sign-in").status_code == 200
