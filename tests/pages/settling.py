"""Two centres that have the same kinds of things: everything that has an id, and people who stand each differently."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Select, select, update

from accounts.invitations import invite_founder
from accounts.models import Invitation, Person
from accounts.vocabulary import Role
from app.people import Newcomer, join
from centres import queries
from centres import tokens as tokens_service
from centres.models import Centre, IntakeToken, Training
from centres.visit_models import Reminder, Visit
from core.clock import utc_now
from core.sealing import Secret
from core.work import SYSTEM, begin_work, harbour
from reporting.intelligence_models import Intelligence
from reporting.models import Report
from tests.pages.conftest import PASSWORD, inside, run_jobs
from tests.pages.partners import TOLD as DOCUMENT
from tests.pages.partners import Partner, partner_of
from tests.pages.test_access import refer_to_housing
from tests.pages.test_centre import TOLD
from tests.pages.test_handing_over import visit_id_on, with_envelope
from tests.pages.test_intelligence import HEARD
from tests.pages.visiting import Visitor, field_value
from triage.models import Referral

LEADS = {"Demo Library": "lead", "Demo Mosque": "mosque"}
HOME = "/centre/reports"


@dataclass
class Asker:
    """Somebody of a centre in a browser of their own, with a form token that they were given while they could be."""

    who: str
    visitor: Visitor
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Place:
    """A centre: its lead, its people by how they stand, its partner system, the ids of what it has.

    `marks` are words that nobody else may read; `systems` what its partner systems send, by what became of the token;
    `code` that of an open invitation.
    """

    name: str
    lead: Visitor
    partner: Partner
    people: dict[str, Asker] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    systems: dict[str, dict[str, str]] = field(default_factory=dict)
    code: str = ""
    envelope_code: str = ""

    @property
    def email(self) -> str:
        """The lead's."""
        return f"{LEADS[self.name]}@demo.invalid"

    @property
    def own_rows(self) -> set[str]:
        """What stands in every row that is the centre's: one of its ids."""
        return {each for kind, ids in self.ids.items() if kind != "short" for each in ids}

    @property
    def canary(self) -> str:
        """What its visitors and its people write."""
        return f"canary of {self.name}"

    @property
    def id(self) -> str:
        """Its own id."""
        return self.ids["centre_id"][0]


def log(place: Place, address: str = "/centre/log") -> str:
    """Take down a visitor's report, or save the visit for later; the page after."""
    page = place.lead.get("/centre/log")
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    kept = {"note": place.canary, "note_agreed": "y", "support_plan": place.canary, "debrief": place.canary}
    told = {**held, **TOLD, **kept, "agreed": "y", "words": place.canary}
    answer = place.lead.client.post(address, data=told)
    assert answer.status_code in {200, 302, 303}
    return answer.get_data(as_text=True)


def promise_a_call(place: Place, report_id: str) -> None:
    """A call-back beside a report, and a note to the desk."""
    address = f"/centre/reports/{report_id}"
    day = utc_now() + timedelta(days=2)
    person = place.lead.get(address).get_data(as_text=True).split('name="reminder-person"')[1].split('value="')[1]
    promise: dict[str, Any] = {
        "reminder-due": [str(day.day), str(day.month), str(day.year)],
        "reminder-hour": "10",
        "reminder-person": person.split('"')[0],
        "reminder-words": place.canary,
    }
    token = place.lead.token(address)
    for form, given in (("reminders", promise), ("aside", {"aside-words": place.canary})):
        sent = {**given, f"{form.removesuffix('s')}-csrf_token": token}
        assert place.lead.client.post(f"{address}/{form}", data=sent).status_code in {302, 303}


def invite(app: Flask, name: str, canary: str) -> str:
    """An open invitation of a centre; its code."""
    with inside(app) as session:
        own = session.scalars(select(Centre).where(Centre.name == name)).one()
        made = invite_founder(begin_work(harbour(), session, SYSTEM), own.id, name, Role.CENTRE_STAFF, canary)
        session.commit()
        return made.code


def systems(app: Flask, place: Place) -> dict[str, dict[str, str]]:
    """What partner systems send whose tokens work, were rotated, are over, or were revoked."""
    partners = {who: partner_of(app, place.name) for who in ("rotated", "over", "revoked")}
    with inside(app) as session:
        work = begin_work(harbour(), session, SYSTEM)
        tokens = {who: tokens_service.partner_of(work, partner.token) for who, partner in partners.items()}
        ids = {who: found.token.id for who, found in tokens.items() if found}
        session.execute(update(IntakeToken).where(IntakeToken.id == ids["over"]).values(ends_at=work.now))
        session.commit()
    for deed, who in (("rotate", "rotated"), ("revoke", "revoked")):
        done = place.lead.post(f"/centre/tokens/{ids[who]}/{deed}", read="/centre/tokens")
        assert done.status_code in {200, 302}
    return {"a partner system": place.partner.headers, **{who: each.headers for who, each in partners.items()}}


def settle(app: Flask, name: str, lead: Visitor, officer: Visitor) -> Place:
    """Everything a centre can have that has an id, each made on its own page where there is one."""
    place = Place(name, lead, partner_of(app, name))
    place.envelope_code, _ = with_envelope(lead)
    assert place.partner.send({**DOCUMENT, "words": place.canary}).status_code == 201
    visit_id_on(log(place))
    log(place, "/centre/log/save")
    assert lead.post("/intelligence", {**HEARD, "words": place.canary}).status_code == 302
    run_jobs(app)
    place.code = invite(app, name, place.canary)
    place.systems = systems(app, place)
    listed = re.findall(r"/centre/reports/([\w-]{22})", lead.get(HOME).get_data(as_text=True))
    place.ids["report_id"] = sorted(set(listed))
    for report_id in place.ids["report_id"]:
        promise_a_call(place, report_id)
    refer_to_housing(app, officer, place.ids["report_id"][0])
    note_ids(app, place)
    return place


def note_ids(app: Flask, place: Place) -> None:
    """Every id that the centre has now; one kind of which it has none fails."""
    with inside(app) as session:
        own = session.scalars(select(Centre).where(Centre.name == place.name)).one()
        people, reports = select(Person.id).where(Person.team_id == own.id), place.ids["report_id"]
        asked: dict[str, Select[Any]] = {
            "centre_id": select(Centre.id).where(Centre.id == own.id),
            "team_id": select(Centre.id).where(Centre.id == own.id),
            "person_id": people,
            "training_id": select(Training.id).where(Training.person_id.in_(people)),
            "invitation_id": select(Invitation.id).where(Invitation.team_id == own.id),
            "token_id": select(IntakeToken.id).where(IntakeToken.centre_id == own.id),
            "visit_id": select(Visit.id).where(Visit.centre_id == own.id),
            "reminder_id": select(Reminder.id).where(Reminder.centre_id == own.id),
            "intelligence_id": select(Intelligence.id).where(Intelligence.filed_by.in_(people)),
            "referral_id": select(Referral.id).where(Referral.report_id.in_(reports)),
            "reference": select(Report.reference).where(Report.id.in_(reports)),
        }
        place.ids |= {kind: sorted(session.scalars(query)) for kind, query in asked.items()}
        listed = queries.active_centre(session, own.id)
        place.ids["short"] = [listed.code] if listed else place.ids["short"]
        of_people = select(Person.name, Person.email).where(Person.team_id == own.id)
        named = {words for row in session.execute(of_people) for words in row}
    assert all(place.ids.values()), {kind: len(ids) for kind, ids in place.ids.items()}
    place.marks = {place.canary, place.name, place.envelope_code, *named}.union(*place.ids.values())


def hire(app: Flask, name: str, who: str) -> Asker:
    """Somebody more at a centre, trained, signed in, with the token of a form of theirs."""
    email = f"{who.replace(' ', '-')}@{name.split()[-1].lower()}.demo.invalid"
    with inside(app) as session:
        work = begin_work(harbour(), session, SYSTEM)
        newcomer = Newcomer(Role.CENTRE_STAFF, f"Demo {who} of {name}", email, Secret(PASSWORD))
        join(work, newcomer, name, f"{LEADS[name]}@demo.invalid", Secret(PASSWORD))
        session.commit()
    return signed_in(app, who, email)


def signed_in(app: Flask, who: str, email: str) -> Asker:
    """Somebody with a browser of their own."""
    asker = Asker(who, Visitor(app))
    assert asker.visitor.sign_in(email, PASSWORD).status_code == 302
    asker.token = asker.visitor.token(HOME)
    return asker


def person_id(app: Flask, who: str, name: str) -> str:
    """The id of somebody hired."""
    with inside(app) as session:
        return session.scalars(select(Person.id).where(Person.name == f"Demo {who} of {name}")).one()


def staff_differently(app: Flask, place: Place) -> None:
    """A lead, staff, staff whose training ran out, somebody who left, and somebody who handed over their screen."""
    hired = {who: hire(app, place.name, who) for who in ("staff", "lapsed", "left", "handing")}
    lapsed, left = (person_id(app, who, place.name) for who in ("lapsed", "left"))
    with inside(app) as session:
        ran_out = utc_now().date() - timedelta(days=400)
        session.execute(update(Training).where(Training.person_id == lapsed).values(expires_on=ran_out))
        session.commit()
    ended = place.lead.post(f"/centre/people/{left}/end", read=HOME)
    assert ended.location == "/centre/people"
    handed = hired["handing"].visitor.post("/centre/hand-over", read=HOME)
    assert handed.location == "/visitor"
    place.people = {"lead": Asker("lead", place.lead, place.lead.token(HOME)), **hired}
    note_ids(app, place)


def two_centres(app: Flask, sign_in: Callable[[str], Visitor]) -> tuple[Place, Place]:
    """Two centres that have the same kinds of things."""
    with inside(app) as session:
        session.execute(update(Person).where(Person.email == "mosque@demo.invalid").values(role=Role.CENTRE_LEAD))
        session.commit()
    officer = sign_in("officer")
    library, mosque = (settle(app, name, sign_in(lead), officer) for name, lead in LEADS.items())
    for place in (library, mosque):
        staff_differently(app, place)
    return library, mosque
