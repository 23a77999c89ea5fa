"""Two centres: the other's ids and tokens in bodies and queries, wherever a form of our own pages has such a field."""

import uuid
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from core.ids import new_id
from tests.pages.conftest import PASSWORD, SignIn
from tests.pages.forms_on import SeenForm, forms_on
from tests.pages.matrix import NEVER, Tally, ask, bare, changed, filled, kinds_of, never, roles_of, rows, told
from tests.pages.partners import partner_of
from tests.pages.settling import HOME, Place, two_centres
from tests.pages.test_access import methods
from tests.pages.test_centre import TOLD, code_on
from tests.pages.test_handing_over import PASSPHRASE
from tests.pages.visiting import Visitor, field_value

ROLE = "centre lead"
# What would end what the test needs.
ENDS = {"accounts.sign_out", "centres.hand_over_to_come_back", "centres.hand_over", "centres.accept_agreement"}
# One of each shape, and of those that a form might look up.
TRIED = ("person_id", "report_id", "visit_id", "reference")
ALONGSIDE = {"paper": "y", "dated": ["1", "2", "2026"], "agreed": "y", "words": "words"}


@pytest.fixture
def two(partnership: Flask, sign_in: SignIn) -> tuple[Place, Place]:
    return two_centres(partnership, sign_in)


def entered(app: Flask, method: str) -> list[Rule]:
    """Every address that a lead may enter with a method."""
    found = []
    for rule in app.url_map.iter_rules():
        if ROLE in roles_of(app, rule) and method in methods(rule) and rule.endpoint not in ENDS:
            found.append(rule)
    return found


def own_forms(app: Flask, place: Place) -> dict[tuple[str, str], SeenForm]:
    """The forms with ids in them on every page of a centre, by their endpoint and field."""
    found: dict[tuple[str, str], SeenForm] = {}
    for rule in entered(app, "GET"):
        address = filled(rule, {kind: place.ids[kind][0] for kind in kinds_of(rule)})
        answer = place.lead.get(address)
        assert answer.status_code in {200, 404}, address
        if answer.mimetype == "text/html":
            for form in forms_on(answer.get_data(as_text=True), address):
                for name in form.id_like():
                    found.setdefault((rule.endpoint, name), form)
    return found


def field_names(app: Flask, place: Place) -> set[str]:
    """The names of every field on a centre's pages: whatever might be read out of a query."""
    names: set[str] = set()
    for rule in entered(app, "GET"):
        page = place.lead.get(filled(rule, {kind: place.ids[kind][0] for kind in kinds_of(rule)}))
        if page.mimetype == "text/html":
            names |= {name for form in forms_on(page.get_data(as_text=True), "") for name in form.fields}
    return {name for name in names if not name.endswith("csrf_token")}


def swap(app: Flask, ours: Place, theirs: Place, tally: Tally) -> set[str]:
    """Each field with an id in it, sent with what stands in it on their page, and with each of their ids; its names."""
    on_theirs, lead = own_forms(app, theirs), ours.people["lead"]
    own = own_forms(app, ours)
    for (endpoint, name), form in own.items():
        theirs_there = [
            each for (_, same), other in on_theirs.items() if same == name for each in other.id_like()[name]
        ]
        values = [value for value in theirs_there if value not in form.fields[name]]
        values += [theirs.ids[kind][0] for kind in TRIED]
        sent: dict[str, Any] = {
            each: [given[0]] for each, given in form.fields.items() if not each.endswith("csrf_token")
        }
        sent |= {**TOLD, **ALONGSIDE, "reminder-due": ["1", "2", "2030"], "reminder-hour": "10"}
        # Saving keeps what was typed as it is: only its visit is looked at.
        for action in form.actions if name in form.hidden else form.actions[:1]:
            # What was said of the deed before is said on the next page, whichever that is.
            lead.visitor.get(HOME)
            nothing = bare(ask(lead, form.method, action, {**sent, name: new_id()}))
            for value in values:
                got = ask(lead, form.method, action, {**sent, name: value})
                because = {"differs": bare(got) != nothing, "told": told(got, theirs, {value})}
                tally.note(ours.name, endpoint, name, action, got.status_code, because=because)
    return {name for _, name in own}


def query(app: Flask, ours: Place, theirs: Place, tally: Tally) -> None:
    """Every page that needs no id, asked with their ids under its own name each, and one under every other name."""
    lead, names = ours.people["lead"], field_names(app, ours) | {"page", "after", "next", "q", "id"}
    named = {kind: ids[0] for kind, ids in theirs.ids.items()}
    for rule in entered(app, "GET"):
        for shape in [] if kinds_of(rule) else TRIED:
            value, unknown = named[shape], never([shape])[shape]
            nobodys = never(named)
            nothing = ask(lead, "GET", rule.rule, {**dict.fromkeys(names, unknown), **nobodys})
            got = ask(lead, "GET", rule.rule, {**dict.fromkeys(names, value), **named})
            differs = bare(got, named.values()) != bare(nothing, [unknown, *nobodys.values()])
            because = {"differs": differs and got.mimetype == "text/html", "told": told(got, theirs, named.values())}
            tally.note(ours.name, rule.rule, shape, got.status_code, because=because)


def extras(app: Flask, ours: Place, theirs: Place, tally: Tally) -> None:
    """Every form that is sent without an id in its address, with their ids under names that no field of it has."""
    alongside = {kind: ids[0] for kind, ids in theirs.ids.items()} | {"code": theirs.code}
    for rule in entered(app, "POST"):
        if not kinds_of(rule):
            got = ask(ours.people["lead"], "POST", rule.rule, {**TOLD, **alongside, "agreed": "y", "name": "Demo new"})
            tally.note(ours.name, rule.rule, got.status_code, because={"told": told(got, theirs, alongside.values())})


def on_the_screen(app: Flask, ours: Place, theirs: Place, tally: Tally) -> None:
    """A visitor's screen for an envelope of ours, whose forms name a report and a visit of theirs."""
    screen, report = Visitor(app), f"/centre/reports/{ours.ids['report_id'][0]}"
    screen.sign_in(ours.email, PASSWORD)
    screen.post(f"{report}/envelope", read=report)
    token = screen.token("/visitor")
    assert token
    alongside = {kind: ids[0] for kind, ids in theirs.ids.items()} | {"report": theirs.ids["report_id"][0]}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/visitor") and "POST" in methods(rule) and rule.endpoint != "centres.visitor_done":
            for passphrase in (PASSPHRASE, theirs.canary):
                sent = {**alongside, "csrf_token": token, "passphrase": passphrase, "again": passphrase}
                got = screen.client.post(rule.rule, data=sent, query_string=alongside)
                because = {"told": told(got, theirs, alongside.values())}
                tally.note(ours.name, rule.rule, got.status_code, because=because)


def by_api(app: Flask, ours: Place, theirs: Place, tally: Tally) -> None:
    """The list of the intake API, going on after a report of theirs; every token, whatever became of it."""
    client = app.test_client()
    for who, headers in ours.systems.items():
        for reference in theirs.ids["reference"]:
            asked = [f"/api/v1/reports?limit=50&after=999999.{each}" for each in (reference, NEVER["reference"])]
            got, nothing = (client.get(address, headers=headers) for address in asked)
            because = {
                "differs": bare(got, [reference]) != bare(nothing, [NEVER["reference"]]),
                "told": told(got, theirs, {reference}),
                "works": got.status_code == 200 and who in {"revoked", "over"},
            }
            tally.note(ours.name, who, "/api/v1/reports", got.status_code, because=because)


def test_the_others_ids_in_forms_and_queries_do_and_tell_nothing(
    partnership: Flask, two: tuple[Place, Place], capsys: pytest.CaptureFixture[str]
) -> None:
    tally, seen = Tally(), set()
    for ours, theirs in (two, two[::-1]):
        before = rows(partnership, theirs.own_rows)
        seen |= swap(partnership, ours, theirs, tally)
        for part in (query, extras, on_the_screen, by_api):
            part(partnership, ours, theirs, tally)
        assert changed(before, rows(partnership, theirs.own_rows)) == []
    with capsys.disabled():
        print(f"\nin forms and queries: wrong allows {len(tally.wrong)} of {tally.tried}")
    assert tally.wrong == []
    assert seen >= {"visit", "taken_by", "reminder-person", "once"}
    assert tally.tried > 200


def test_one_key_at_two_centres_is_two_reports(partnership: Flask) -> None:
    partners = [partner_of(partnership, name) for name in ("Demo Library", "Demo Mosque")]
    key = str(uuid.uuid4())
    answers = [partner.send(key=key) for partner in partners]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer.headers["Location"] for answer in answers}) == 2
    assert len({answer.get_json()["code"] for answer in answers}) == 2


def test_a_visit_of_another_centre_in_the_form_gives_no_code_of_theirs(partnership: Flask, sign_in: SignIn) -> None:
    theirs, ours = sign_in("mosque"), sign_in("library")
    page = theirs.get("/centre/log")
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    code = code_on(theirs.client.post("/centre/log", data={**held, **TOLD, "agreed": "y"}).get_data(as_text=True))
    before = rows(partnership)["report"]
    for address in ("/centre/log", "/centre/log/save", "/centre/log/hand-over"):
        stolen = {**TOLD, "agreed": "y", "visit": held["visit"]}
        answer = ours.post(address, stolen, read="/centre/log")
        assert code not in answer.get_data(as_text=True)
    assert rows(partnership)["report"] == before
