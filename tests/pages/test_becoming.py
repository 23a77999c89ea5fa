"""Asking to become a centre: nothing typed is lost, a mistake is told beside its field, a flood harms nobody."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from centres.becoming import NAME_TAKEN, SENT_BEFORE
from centres.models import Centre
from centres.vocabulary import CentreState
from core.forms import PRESS_AGAIN
from tests.pages.conftest import SignIn, inside
from tests.pages.places import APPLY, PLACE, SEND, apply, approve, check, hidden_in, id_of, join, state_of
from tests.pages.visiting import Reporter, Visitor, field_value, words_of


@pytest.fixture
def visitor(partnership: Flask) -> Visitor:
    return Visitor(partnership)


def centres_in(app: Flask) -> int:
    """How many centres and applications there are."""
    with inside(app) as session:
        return session.scalar(select(func.count()).select_from(Centre)) or 0


def test_a_place_applies_and_is_told_what_happens_next(partnership: Flask, visitor: Visitor) -> None:
    assert visitor.get("/become-a-centre").status_code == 200
    checked = check(visitor)
    words = words_of(checked)
    for said in ("Demo Kitchen", "SO17 2LJ", "Monday: 09:30 to 12:00 and 13:00 to 17:00", "Sunday: closed"):
        assert said in words
    for said in ("English, Somali", "Safe Place", "https://kitchen.demo.invalid", "applicant@demo.invalid"):
        assert said in words
    sent = visitor.client.post(SEND, data=hidden_in(checked))
    assert sent.location == "/become-a-centre/sent"
    assert "What happens next" in words_of(visitor.get(sent.location))
    assert state_of(partnership, id_of(partnership, "Demo Kitchen")) is CentreState.APPLIED


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "Enter the name of the place"),
        ({"name": "x" * 121}, "Use 120 letters or fewer"),
        ({"kind": ""}, "Choose what kind of place it is"),
        ({"kind": "castle"}, "Choose what kind of place it is"),
        ({"address": "x" * 201}, "Use 200 letters or fewer"),
        ({"postcode": "SO14 9ZZ"}, "We do not know this postcode"),
        ({"postcode": "nonsense"}, "We do not know this postcode"),
        ({"postcode": "SW1A 1AA"}, "This postcode is outside Southampton"),
        ({"monday-closes": ""}, "Monday: enter both times, or neither"),
        ({"monday-opens": "morning"}, "Monday: write a time such as 9:30. If it opens at midnight"),
        ({"monday-closes": "9am"}, "closing time must come after"),
        ({"monday-opens_again": "11:30"}, "Monday 09:30 to 12:00 overlaps Monday 11:30 to 17:00"),
        ({"saturday-closes": "1"}, "closing time must come after"),
        ({"saturday-opens": "25:00"}, "Saturday: write a time"),
        ({"languages": []}, "Tick at least one language"),
        ({"languages": ["klingon"]}, "languages"),
        ({"about": "x" * 501}, "Use 500 letters or fewer"),
        ({"phone": "call me"}, "Enter a phone number"),
        ({"website": "javascript:alert(1)"}, "Enter a web address"),
        ({"website": "http://[half"}, "Enter a web address"),
        ({"website": "https://a b.example"}, "Enter a web address"),
        ({"lead_name": ""}, "Enter the name of whoever would lead"),
        ({"lead_email": "nobody"}, "Enter an email address in the usual form"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_the_rest_is_kept(
    partnership: Flask, visitor: Visitor, changed: dict[str, Any], told: str
) -> None:
    before = centres_in(partnership)
    page = check(visitor, **changed)
    field = next(iter(changed))
    html = page.get_data(as_text=True)
    assert told in words_of(page) or (told == "languages" and 'id="languages-error"' in html)
    assert "There is a problem" in words_of(page)
    kept = {**PLACE, **changed}
    for name in ("name", "address", "postcode", "monday-opens", "monday-closes_again", "about", "phone", "lead_email"):
        assert field_value(page, name).replace("\r\n", "\n") == kept[name], name
    if field not in ("languages", "kind"):
        assert f'name="{field}"' in html
    assert 'value="so" checked' in html or field == "languages"
    assert centres_in(partnership) == before


def test_hours_on_no_day_are_told(visitor: Visitor) -> None:
    closed = {name: "" for name in PLACE if name.startswith(("monday", "saturday"))}
    assert "Say when the place is open" in words_of(check(visitor, **closed))


def test_a_name_applied_for_already_is_told_and_everything_kept(partnership: Flask, visitor: Visitor) -> None:
    apply(visitor)
    before = centres_in(partnership)
    page = apply(visitor, name="demo kitchen")
    assert NAME_TAKEN in words_of(page)
    assert field_value(page, "name") == "demo kitchen"
    assert field_value(page, "monday-opens") == "9.30"
    assert centres_in(partnership) == before
    assert NAME_TAKEN in words_of(apply(visitor, name="Demo Library"))


def test_sent_twice_it_is_one_application(partnership: Flask, visitor: Visitor) -> None:
    before = centres_in(partnership)
    held = hidden_in(check(visitor))
    answers = [visitor.client.post(SEND, data=held) for _ in range(3)]
    assert {answer.location for answer in answers} == {"/become-a-centre/sent"}
    assert centres_in(partnership) == before + 1
    changed = visitor.client.post(SEND, data={**held, "about": ["Something else"]})
    assert SENT_BEFORE in words_of(changed)
    assert "Something else" in words_of(changed)


def test_changing_something_goes_back_with_everything(visitor: Visitor) -> None:
    held = hidden_in(check(visitor))
    page = visitor.client.post(SEND, data={**held, "action": "change"})
    for name in ("name", "monday-opens_again", "website", "lead_name", "key"):
        assert field_value(page, name) == {**PLACE, "key": held["key"][0]}[name]


def test_what_was_tampered_with_on_the_way_is_told_again(partnership: Flask, visitor: Visitor) -> None:
    before = centres_in(partnership)
    page = visitor.client.post(SEND, data={**hidden_in(check(visitor)), "postcode": ["SW1A 1AA"]})
    assert "outside Southampton" in words_of(page)
    assert centres_in(partnership) == before


def test_a_stale_token_loses_nothing(visitor: Visitor) -> None:
    page = visitor.client.post(APPLY, data={**PLACE, "csrf_token": "stale", "key": "k"})
    assert PRESS_AGAIN in words_of(page)
    assert field_value(page, "about").replace("\r\n", "\n") == PLACE["about"]


def test_a_flood_is_told_to_wait_and_touches_no_report(
    partnership: Flask, visitor: Visitor, reporter: Reporter
) -> None:
    before = centres_in(partnership)
    answers = [apply(visitor, name=f"Demo Place {number}") for number in range(8)]
    assert centres_in(partnership) == before + 5
    assert "wait five minutes" in words_of(answers[-1])
    assert field_value(answers[-1], "name") == "Demo Place 7"
    reporter.answer_all()
    assert reporter.send()


def test_the_lead_is_shown_to_the_coordinator_alone(partnership: Flask, visitor: Visitor, sign_in: SignIn) -> None:
    apply(visitor)
    centre_id = id_of(partnership, "Demo Kitchen")
    place = f"/network/centres/{centre_id}"
    coordinator = sign_in("coordinator")
    listed = coordinator.get("/network/centres").get_data(as_text=True)
    assert "Demo Kitchen" in listed
    assert "applicant@demo.invalid" not in listed
    assert "applicant@demo.invalid" in words_of(coordinator.get(place))
    for name in ("lead", "library", "officer", "administrator"):
        assert sign_in(name).get(place).status_code == 403
    code = approve(coordinator, centre_id)
    assert code not in coordinator.get(place).get_data(as_text=True)
    join(partnership, code, "applicant@demo.invalid")
    assert "Forgotten once they have joined" not in words_of(coordinator.get(place))


def test_what_was_not_seen_to_is_not_approved(partnership: Flask, visitor: Visitor, sign_in: SignIn) -> None:
    apply(visitor)
    centre_id, coordinator = id_of(partnership, "Demo Kitchen"), sign_in("coordinator")
    place = f"/network/centres/{centre_id}"
    refused = coordinator.post(f"{place}/approve", read=place, follow_redirects=True)
    assert "Not seen to yet" in words_of(refused)
    assert state_of(partnership, centre_id) is CentreState.APPLIED


def test_an_application_is_declined_with_a_reason_and_looked_at_again(
    partnership: Flask, visitor: Visitor, sign_in: SignIn
) -> None:
    apply(visitor)
    centre_id, coordinator = id_of(partnership, "Demo Kitchen"), sign_in("coordinator")
    decline = f"/network/centres/{centre_id}/move/declined"
    for reason in ("", "concern", "made-up"):
        assert "Choose the reason from the list" in words_of(coordinator.post(decline, {"reason": reason}))
    coordinator.post(decline, {"reason": "no-private-space"})
    assert state_of(partnership, centre_id) is CentreState.DECLINED
    assert "It has no private space to talk" in words_of(coordinator.get(f"/network/centres/{centre_id}"))
    coordinator.post(f"/network/centres/{centre_id}/move/applied")
    assert state_of(partnership, centre_id) is CentreState.APPLIED
    for nowhere in ("approved", "nonsense"):
        assert coordinator.get(f"/network/centres/{centre_id}/move/{nowhere}").status_code == 404
    refused = coordinator.post(f"/network/centres/{centre_id}/move/active")
    assert "cannot become active" in words_of(refused)


def test_a_place_whose_contact_was_forgotten_is_named_a_lead_again(
    partnership: Flask, visitor: Visitor, sign_in: SignIn
) -> None:
    apply(visitor)
    centre_id, coordinator = id_of(partnership, "Demo Kitchen"), sign_in("coordinator")
    place = f"/network/centres/{centre_id}"
    assert "Who would lead it" not in words_of(coordinator.get(place))
    with inside(partnership) as session:
        centre = session.get_one(Centre, centre_id)
        centre.lead_name = centre.lead_email = centre.phone = ""
        session.commit()
    assert "Who would lead it" in words_of(coordinator.get(place))
    wrong = coordinator.post(f"{place}/lead", {"lead_name": "Demo Other", "lead_email": "nobody"}, read=place)
    assert "Enter an email address in the usual form" in words_of(wrong)
    assert field_value(wrong, "lead_name") == "Demo Other"
    coordinator.post(f"{place}/lead", {"lead_name": "Demo Other", "lead_email": "other@demo.invalid"}, read=place)
    page = words_of(coordinator.get(place))
    assert "other@demo.invalid" in page
    assert "Who would lead it" not in page
    again = {"lead_name": "Demo Third", "lead_email": "third@demo.invalid"}
    refused = coordinator.post(f"{place}/lead", again, read=place, follow_redirects=True)
    assert "has a lead" in words_of(refused)
    join(partnership, approve(coordinator, centre_id), "other@demo.invalid")


def test_marks_that_nobody_sees_are_gone_and_the_name_is_still_taken(partnership: Flask) -> None:
    hidden = "Demo \u202eKit\u200bchen\u2069"
    apply(Visitor(partnership), name=hidden, address="20\u200b Demo Road", about="Ring\u202e the bell")
    with inside(partnership) as session:
        centre = session.scalars(select(Centre).where(Centre.name == "Demo Kitchen")).one()
        assert (centre.address, centre.about) == ("20 Demo Road", "Ring the bell")
    assert "of this name already" in words_of(apply(Visitor(partnership), name="DEMO\u00a0kitchen"))


@pytest.mark.parametrize("name", ["   ", "\u200b\u2800", "\u202e"])
def test_a_name_of_nothing_that_is_seen_is_no_name(partnership: Flask, name: str) -> None:
    assert "Enter the name of the place" in words_of(check(Visitor(partnership), name=name))


def test_a_place_may_close_at_midnight_and_is_told_how_to_write_it(partnership: Flask) -> None:
    told = words_of(check(Visitor(partnership), **{"monday-closes_again": "late"}))
    assert "If it closes at midnight, write 24:00" in told
    told = words_of(check(Visitor(partnership), **{"monday-opens_again": "24:00"}))
    assert "If it opens at midnight, write 00:00" in told
    told = words_of(check(Visitor(partnership), **{"monday-closes_again": "2am"}))
    assert "Open past midnight?" in told
    good = check(Visitor(partnership), **{"monday-closes_again": "midnight", "website": "HTTPS://Kitchen.demo.invalid"})
    assert "13:00 to 24:00" in words_of(good)
    assert "https://Kitchen.demo.invalid" in words_of(good)
