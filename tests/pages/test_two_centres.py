"""Two centres, every address that takes an id, each with the other's ids: as if what is the other's never was."""

import re
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from accounts.invitations import invite_founder
from accounts.models import Invitation, Person
from accounts.vocabulary import Role
from centres.models import Centre, IntakeToken, Training
from centres.visit_models import Reminder, Visit
from centres.vocabulary import CentreState
from core.clock import utc_now
from core.db import Base
from core.ids import new_id
from core.work import SYSTEM, begin_work, harbour
from reporting.models import Report
from tests.pages.conftest import SignIn, inside
from tests.pages.partners import STORY, Partner, partner_of
from tests.pages.test_access import methods
from tests.pages.test_centre import TOLD
from tests.pages.visiting import Visitor, field_value

ROOMS = ("/centre/", "/network/", "/api/v1/")
CANARY = "canary of one centre"
# Choices of an address that name nobody's row.
CHOICES = {"sheet": "poster", "language": "en", "to": "suspended"}
# Forms of one page, each with a token of its own name, filled in so that only the id can be refused.
PREFIXES = ("", "note-", "aside-", "reminder-", "envelope-")
DEEDS = {"note-kind": "support-plan", "note-words": "words", "aside-words": "words", "envelope-passphrase": "words"}
# What a refused request may still write: that it was asked.
NOTED = {"audit_entry", "open_session"}


@dataclass
class Place:
    """A centre, who asks for it, and the ids of what it has."""

    name: str
    people: dict[str, Visitor]
    partner: Partner
    ids: dict[str, list[str]] = field(default_factory=dict)


def log(lead: Visitor, address: str = "/centre/log") -> None:
    """Take down a visitor's report, or save the visit for later."""
    page = lead.get("/centre/log")
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    kept = {"note": CANARY, "note_agreed": "y", "support_plan": CANARY, "debrief": CANARY}
    answer = lead.client.post(address, data={**held, **TOLD, **kept, "agreed": "y", "words": CANARY})
    assert answer.status_code in {200, 302, 303}


def promise_a_call(lead: Visitor, report_id: str) -> None:
    """A call-back beside a report."""
    address = f"/centre/reports/{report_id}"
    day = utc_now() + timedelta(days=2)
    person = lead.get(address).get_data(as_text=True).split('name="reminder-person"')[1].split('value="')[1]
    promise = {
        "reminder-due": [str(day.day), str(day.month), str(day.year)],
        "reminder-hour": "10",
        "reminder-person": person.split('"')[0],
        "reminder-words": CANARY,
    }
    promise["reminder-csrf_token"] = lead.token(address)
    assert lead.post(f"{address}/reminders", promise, read=address).status_code in {302, 303}


def settle(app: Flask, name: str, lead: Visitor, others: dict[str, Visitor]) -> Place:
    """Everything a centre can have that has an id."""
    place = Place(name, {"lead": lead, **others}, partner_of(app, name))
    assert place.partner.send().status_code == 201
    log(lead)
    log(lead, "/centre/log/save")
    listed = re.findall(r"/centre/reports/([\w-]{22})", lead.get("/centre/reports").get_data(as_text=True))
    place.ids["report_id"] = sorted(set(listed))
    for report_id in place.ids["report_id"]:
        promise_a_call(lead, report_id)
    with inside(app) as session:
        own = session.scalars(select(Centre).where(Centre.name == name)).one()
        invite_founder(begin_work(harbour(), session, SYSTEM), own.id, name, Role.CENTRE_STAFF, CANARY)
        session.commit()
        people = select(Person.id).where(Person.team_id == own.id)
        reports = select(Report.reference).where(Report.id.in_(place.ids["report_id"]))
        asked = {
            "centre_id": select(Centre.id).where(Centre.id == own.id),
            "person_id": people,
            "training_id": select(Training.id).where(Training.person_id.in_(people)),
            "invitation_id": select(Invitation.id).where(Invitation.team_id == own.id),
            "token_id": select(IntakeToken.id).where(IntakeToken.centre_id == own.id),
            "visit_id": select(Visit.id).where(Visit.centre_id == own.id),
            "reminder_id": select(Reminder.id).where(Reminder.centre_id == own.id),
            "reference": reports,
        }
        place.ids |= {kind: list(session.scalars(query)) for kind, query in asked.items()}
    assert all(place.ids.values()), {kind: len(ids) for kind, ids in place.ids.items()}
    return place


@pytest.fixture
def two(partnership: Flask, sign_in: SignIn) -> tuple[Place, Place]:
    """Two centres that have the same kinds of things."""
    with inside(partnership) as session:
        mosque = update(Person).where(Person.email == "mosque@demo.invalid").values(role=Role.CENTRE_LEAD)
        session.execute(mosque)
        session.commit()
    library = settle(partnership, "Demo Library", sign_in("lead"), {"staff": sign_in("library")})
    return library, settle(partnership, "Demo Mosque", sign_in("mosque"), {})


def everything(app: Flask) -> dict[str, list[str]]:
    """Every row there is, but for the note that somebody asked."""
    with inside(app) as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in NOTED]
        return {table.name: sorted(repr(row) for row in session.execute(select(table))) for table in tables}


def filled(rule: Rule, ids: dict[str, str]) -> str:
    """A rule's address with these ids."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ({**CHOICES, **ids})[found.group(1)], rule.rule)


def bare(answer: TestResponse, ids: dict[str, str]) -> tuple[int, str]:
    """An answer without what differs at each asking: its own ids, form tokens and nonces."""
    page = answer.get_data(as_text=True)
    for value in ids.values():
        page = page.replace(value, "…")
    page = re.sub(r'(csrf_token"[^>]*value|nonce)="[^"]*"', "", page)
    return answer.status_code, page


def ask(asker: Visitor, headers: dict[str, str], method: str, address: str, token: str) -> TestResponse:
    """Ask once, with the form token of the asker's own page."""
    data = {f"{prefix}csrf_token": token for prefix in PREFIXES} | DEEDS if method == "POST" else None
    return asker.client.open(address, method=method, headers=headers, data=data)


def addresses(app: Flask) -> list[Rule]:
    """Every address of these rooms that takes an id; one of a kind nobody made here fails."""
    found = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(ROOMS)]
    return [rule for rule in found if rule.arguments - set(CHOICES)]


def test_what_is_anothers_is_as_if_it_never_was(
    partnership: Flask, two: tuple[Place, Place], capsys: pytest.CaptureFixture[str]
) -> None:
    tried, wrong = 0, []
    before = everything(partnership)
    for ours, theirs in (two, two[::-1]):
        for rule in addresses(partnership):
            kinds = rule.arguments - set(CHOICES)
            assert kinds <= set(theirs.ids), f"{rule.rule} takes an id that this test makes none of: {kinds}"
            api = rule.rule.startswith("/api/")
            askers = {"token": Visitor(partnership)} if api else ours.people
            for number in range(max(len(theirs.ids[kind]) for kind in kinds)):
                real = {kind: theirs.ids[kind][number % len(theirs.ids[kind])] for kind in kinds}
                # A reference that is well formed and was never given out, or an id that never was.
                never = {kind: "SH-ZZZZ-ZZZZ" if kind == "reference" else new_id() for kind in kinds}
                mixed = [real] + [{**real, kind: ours.ids[kind][0]} for kind in kinds if len(kinds) > 1]
                for ids in mixed:
                    for method in methods(rule):
                        for who, asker in askers.items():
                            headers = ours.partner.headers if api else {}
                            token = "" if api else asker.token("/centre/reports")
                            got = ask(asker, headers, method, filled(rule, ids), token)
                            unknown = ask(asker, headers, method, filled(rule, never), token)
                            tried += 1
                            told = any(canary in got.get_data(as_text=True) for canary in (CANARY, STORY))
                            same = bare(got, ids) == bare(unknown, never)
                            if got.status_code not in {403, 404} or not same or told:
                                wrong.append((ours.name, who, method, rule.rule, got.status_code, same))
    after = everything(partnership)
    with capsys.disabled():
        print(f"\nwrong allows {len(wrong)} of {tried}")
    assert wrong == []
    assert [name for name in before if before[name] != after[name]] == []
    assert tried > 50


def test_a_visit_of_another_centre_in_the_form_gives_no_code_of_theirs(partnership: Flask, sign_in: SignIn) -> None:
    theirs, ours = sign_in("mosque"), sign_in("library")
    page = theirs.get("/centre/log")
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    sent = theirs.client.post("/centre/log", data={**held, **TOLD, "agreed": "y"}).get_data(as_text=True)
    code = sent.split('data-code="')[1].split('"')[0]
    before = everything(partnership)["report"]
    for address in ("/centre/log", "/centre/log/save"):
        stolen = {**TOLD, "agreed": "y", "visit": held["visit"]}
        answer = ours.post(address, stolen, read="/centre/log")
        assert code not in answer.get_data(as_text=True)
    assert [row for row in before if row not in everything(partnership)["report"]] == []


def test_one_key_at_two_centres_is_two_reports(partnership: Flask) -> None:
    partners = [partner_of(partnership, name) for name in ("Demo Library", "Demo Mosque")]
    key = str(uuid.uuid4())
    answers = [partner.send(key=key) for partner in partners]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer.headers["Location"] for answer in answers}) == 2


def test_nothing_of_another_centre_is_open_to_a_token_or_people_of_a_suspended_one(
    partnership: Flask, two: tuple[Place, Place]
) -> None:
    ours, theirs = two
    with inside(partnership) as session:
        suspended = update(Centre).where(Centre.name == ours.name).values(state=CentreState.SUSPENDED)
        session.execute(suspended)
        session.commit()
    before = everything(partnership)
    for rule in addresses(partnership):
        ids = {kind: theirs.ids[kind][0] for kind in rule.arguments - set(CHOICES)}
        api = rule.rule.startswith("/api/")
        for method in methods(rule):
            for asker in [Visitor(partnership)] if api else ours.people.values():
                token = "" if api else asker.token("/centre/reports")
                headers = ours.partner.headers if api else {}
                answer = ask(asker, headers, method, filled(rule, ids), token)
                sent_away = str(answer.location).split("?")[0] in {"/sign-in", "/centre/agreement"}
                assert answer.status_code in {401, 403, 404} or sent_away, (method, rule.rule, answer.location)
    assert everything(partnership) == before
