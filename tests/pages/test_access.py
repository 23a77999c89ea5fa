"""Every role on every route: a view is entered only by those whom its declaration lets in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from accounts.models import Person
from accounts.vocabulary import Role
from app.navigation import HOME_OF_ROLE
from core.access import access_of, undeclared
from core.clock import utc_now
from core.ids import new_id
from reporting.models import Report
from tests.pages.conftest import PASSWORD, PEOPLE, SignIn, inside, run_jobs
from tests.pages.visiting import CODE, SIGNED_IN, Reporter, Visitor, field_value, words_of
from triage.models import Referral

STAFF_NAMES = ("officer", "lead", "library", "housing", "coordinator", "administrator", "partner")
NOBODY, HOLDER, HANDED = "nobody", "a receipt's holder", "a visitor with the screen"
EVERYBODY = (NOBODY, HOLDER, HANDED, *STAFF_NAMES)
# What an address says of itself, held against what its view declares: a second opinion.
ROOMS = {
    "/centre/people": {Role.CENTRE_LEAD},
    "/centre/details": {Role.CENTRE_LEAD},
    "/centre/agreement/accept": {Role.CENTRE_LEAD},
    "/centre/tokens": {Role.CENTRE_LEAD},
    "/centre": {Role.CENTRE_LEAD, Role.CENTRE_STAFF},
    "/desk": {Role.OFFICER},
    "/intelligence": {
        Role.CENTRE_LEAD,
        Role.CENTRE_STAFF,
        Role.CASEWORKER,
        Role.COORDINATOR,
        Role.OFFICER,
        Role.PARTNER,
    },
    "/network": {Role.COORDINATOR},
    "/agency": {Role.CASEWORKER},
    "/trends": {Role.COORDINATOR},
    "/administration": {Role.ADMINISTRATOR},
}
OPEN_TO_ALL = {
    "static", "home", "accounts.sign_in", "accounts.set_up", "reporting.start", "reporting.privacy",
    "reporting.question", "reporting.not_safe", "reporting.check", "reporting.one_page", "reporting.receipt",
    "reporting.receipt_kept", "reporting.thanks", "reporting.again", "reporting.leave", "reporting.map",
    "reporting.map_picture", "reporting.come_back", "accounts.join", "centres.become", "centres.apply",
    "centres.check_application", "centres.send_application", "centres.application_sent",
    "reporting.forget_heard_from", "centres.arrive",
    "centres.directory", "centres.near", "centres.directory_map", "centres.directory_entry", "centres.directory_print",
    "centres.directory_pdf", "centres.directory_json", "centres.directory_geojson",
    "openapi", "api_reference", "intake.vocabulary",
}  # fmt: skip
DOORS_OF_STAFF = {"accounts.sign_in", "accounts.set_up", "accounts.join"}
FOR_TOKENS = {"intake.log_report", "intake.list_reports", "intake.report_state"}
FOR_THE_HOLDER = {"reporting.your_report", "reporting.close_report"}
FOR_THE_SCREEN = {
    "centres.visitor", "centres.visitor_answers", "centres.visitor_envelope", "centres.visitor_open_envelope",
    "centres.visitor_done", "centres.give_back",
}  # fmt: skip


def address(rule: Rule, **ids: str) -> str:
    """A rule's address with its ids filled in."""
    found = rule.rule
    for name in rule.arguments:
        kind = next(part for part in (f"<{name}>", f"<path:{name}>", f"<string:{name}>") if part in found)
        found = found.replace(kind, ids.get(name, new_id()))
    return found


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"OPTIONS"})


@dataclass
class Gate:
    """Notes whether a request came through to a view, in place of what the view does."""

    entered: bool = False

    def stand_before(self, view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def stand_in(*arguments: Any, **words: Any) -> str:
            self.entered = True
            return "entered"

        return stand_in


@pytest.fixture
def gate(partnership: Flask) -> Iterator[Gate]:
    """Every view replaced by one that only notes that it was entered."""
    noted = Gate()
    really = dict(partnership.view_functions)
    yield noted
    partnership.view_functions.update(really)


def let_through(app: Flask, rule: Rule, name: str) -> bool:
    """Whether the view's own declaration lets somebody in."""
    view_roles = access_of(app.view_functions[rule.endpoint])
    assert view_roles is not None
    if rule.endpoint in OPEN_TO_ALL:
        return name != HANDED or rule.endpoint not in DOORS_OF_STAFF
    if rule.endpoint in FOR_THE_HOLDER:
        return name == HOLDER
    if rule.endpoint in FOR_THE_SCREEN:
        return name == HANDED
    return name in PEOPLE and PEOPLE[name][0].value in view_roles.roles


@pytest.fixture
def visitors(partnership: Flask, reporter: Reporter, sign_in: SignIn) -> dict[str, Visitor]:
    """One of everybody."""
    reporter.answer_all()
    code = reporter.send()
    reporter.keep_code()
    reporter.come_back(code)
    assert reporter.cookie(CODE)
    handed = sign_in("mosque")
    handed.post("/centre/hand-over", read="/centre/reports")
    return {
        NOBODY: Visitor(partnership),
        HOLDER: reporter,
        HANDED: handed,
        **{name: sign_in(name) for name in STAFF_NAMES},
    }


def test_every_view_says_who_may_use_it(partnership: Flask) -> None:
    assert undeclared(partnership) == []


def test_every_address_is_declared_for_those_it_is_meant_for(partnership: Flask) -> None:
    for rule in partnership.url_map.iter_rules():
        access = access_of(partnership.view_functions[rule.endpoint])
        assert access is not None
        room = next((roles for start, roles in ROOMS.items() if f"{rule.rule}/".startswith(f"{start}/")), None)
        if room is not None:
            assert access.roles == {role.value for role in room}, rule.rule
        elif rule.endpoint == "accounts.sign_out":
            assert access.roles == {role.value for role in Role}
        elif rule.endpoint in FOR_THE_HOLDER:
            assert access.who == "the holder of the receipt code"
        elif rule.endpoint in FOR_THE_SCREEN:
            assert access.who == "a visitor who was handed the screen"
        elif rule.endpoint in FOR_TOKENS:
            assert access.who.startswith("a partner system whose token has reports:"), rule.rule
            assert not access.roles
        else:
            assert rule.endpoint in OPEN_TO_ALL, f"{rule.rule} is in no room and not known to be open to all"
            assert access.who == "anybody"


def test_every_role_on_every_route(
    partnership: Flask, visitors: dict[str, Visitor], gate: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    for endpoint, view in list(partnership.view_functions.items()):
        partnership.view_functions[endpoint] = gate.stand_before(view)
    tried, wrong_allows, wrong_refusals = 0, [], []
    for rule in partnership.url_map.iter_rules():
        for method in methods(rule):
            for name, visitor in visitors.items():
                gate.entered = False
                answer = visitor.client.open(address(rule), method=method)
                tried += 1
                allowed = let_through(partnership, rule, name)
                if gate.entered and not allowed:
                    wrong_allows.append((name, method, rule.rule))
                if allowed and not gate.entered:
                    wrong_refusals.append((name, method, rule.rule, answer.status_code))
                if not gate.entered:
                    away = {401} if rule.endpoint in FOR_TOKENS else {302, 403}
                    assert answer.status_code in away, (name, method, rule.rule)
    with capsys.disabled():
        print(f"\nwrong allows {len(wrong_allows)} of {tried}, wrong refusals {len(wrong_refusals)}")
    assert tried >= len(EVERYBODY) * 40
    assert wrong_allows == []
    assert wrong_refusals == []


def test_a_view_that_says_nothing_answers_nobody(partnership: Flask, visitors: dict[str, Visitor], gate: Gate) -> None:
    def said_nothing() -> str:
        gate.entered = True
        return "entered"

    partnership.view_functions["reporting.privacy"] = said_nothing
    assert undeclared(partnership) == ["reporting.privacy"]
    for visitor in visitors.values():
        assert visitor.get("/privacy").status_code == 404
    assert not gate.entered


@pytest.mark.parametrize("cookie", ["", "A" * 64, "x", "é", "=" * 64])
def test_a_made_up_cookie_is_nobody(partnership: Flask, cookie: str) -> None:
    visitor = Visitor(partnership)
    for name in (SIGNED_IN, CODE):
        visitor.take(name, cookie)
    assert visitor.get("/desk/queue").location == "/sign-in?next=/desk/queue?"
    assert visitor.get("/your-report").location == "/come-back"


def test_one_kind_of_session_is_not_another(visitors: dict[str, Visitor], partnership: Flask) -> None:
    thief = Visitor(partnership)
    thief.take(SIGNED_IN, visitors[HOLDER].cookie(CODE) or "")
    thief.take(CODE, visitors["officer"].cookie(SIGNED_IN) or "")
    assert thief.get("/desk/queue").status_code == 302
    assert thief.get("/your-report").location == "/come-back"


def ids_of(app: Flask) -> dict[str, str]:
    """Ids that exist, each somebody else's to the one who tries them."""
    with inside(app) as session:
        report_id = session.scalars(select(Report.id)).one()
        referral_id = session.scalars(select(Referral.id)).one()
    return {"report_id": report_id, "referral_id": referral_id}


def the_report(app: Flask) -> str:
    """The id of the only report."""
    with inside(app) as session:
        return session.scalars(select(Report.id)).one()


def refer_to_housing(app: Flask, officer: Visitor, report_id: str = "") -> None:
    """Through the desk's own pages: take, preview, send; the only report there is, unless one is named."""
    report_id = report_id or the_report(app)
    report = f"/desk/reports/{report_id}"
    officer.post(f"{report}/take", read=report)
    choosing = officer.get(f"{report}/refer").get_data(as_text=True)
    agency = choosing.split("Demo Homes")[0].rsplit('value="', 1)[1].split('"')[0]
    preview = f"{report}/refer/preview?agency={agency}"
    fingerprint = field_value(officer.get(preview), "fingerprint")
    chosen = {"agencies": agency, "fingerprint": fingerprint}
    sent = officer.post(f"{report}/refer/preview", chosen, read=preview)
    assert sent.status_code == 302, words_of(sent)
    run_jobs(app)


def test_somebody_elses_report_or_referral_opens_for_nobody_else(
    partnership: Flask, visitors: dict[str, Visitor], sign_in: SignIn
) -> None:
    run_jobs(partnership)
    refer_to_housing(partnership, visitors["officer"])
    ids = ids_of(partnership)
    everybody = {**visitors, "police": sign_in("police"), "mosque": sign_in("mosque")}
    with_ids = [rule for rule in partnership.url_map.iter_rules() if {"report_id", "referral_id"} & rule.arguments]
    assert len(with_ids) >= 10
    tried = 0
    for rule in with_ids:
        room = rule.rule.split("/")[1]
        theirs = {"agency": "housing", "centre": "library"}.get(room, "officer")
        for method in methods(rule):
            for name, visitor in everybody.items():
                # The report came through the public form: no centre has a right to it.
                if name != theirs or room == "centre":
                    answer = visitor.client.open(address(rule, **ids), method=method)
                    assert answer.status_code in {302, 403, 404}, (name, method, rule.rule)
                    away = {"/sign-in", "/come-back"}
                    assert answer.status_code != 302 or str(answer.location).split("?")[0] in away, (name, rule.rule)
                    tried += 1
            unknown = everybody[theirs].client.open(address(rule), method=method)
            assert unknown.status_code == 404, (theirs, method, rule.rule)
    assert tried > 50
    assert visitors["housing"].get(f"/agency/referrals/{ids['referral_id']}").status_code == 200


def test_each_role_has_a_home_that_opens(visitors: dict[str, Visitor]) -> None:
    assert set(HOME_OF_ROLE) == set(Role)
    for name in STAFF_NAMES:
        home = visitors[name].get("/")
        assert home.status_code == 302
        assert visitors[name].get(str(home.location)).status_code == 200, home.location


def test_a_partner_has_one_page_and_no_other(partnership: Flask) -> None:
    theirs = {
        rule.rule
        for rule in partnership.url_map.iter_rules()
        if Role.PARTNER.value in access_of(partnership.view_functions[rule.endpoint]).roles  # type: ignore[union-attr]
    }
    assert theirs == {"/intelligence", "/sign-out"}


def test_who_left_is_nobody_at_once(partnership: Flask, sign_in: SignIn) -> None:
    officer = sign_in("officer")
    with inside(partnership) as session:
        person = session.scalars(select(Person).where(Person.email == "officer@demo.invalid")).one()
        person.left_at = utc_now()
        session.commit()
    assert officer.get("/desk/queue").status_code == 302
    assert Visitor(partnership).sign_in("officer@demo.invalid", PASSWORD).status_code == 200
