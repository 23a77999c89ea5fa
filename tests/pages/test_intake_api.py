"""A partner's system logs reports once each, sees its own alone, and every refusal has one shape."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from centres.fairness import Buckets
from centres.models import Centre, IntakeSent, IntakeToken
from centres.vocabulary import CentreState, TokenScope
from core.audit import AuditEntry
from core.clock import floor_hour, utc_now
from core.languages import Language
from reporting.models import Facts, Report
from reporting.reading import REPORTER, open_report
from reporting.receipt import read_code
from reporting.vocabulary import Channel
from tests.pages.conftest import inside, reports_in
from tests.pages.partners import STORY, TOLD, Partner, is_problem, partner_of
from tests.pages.visiting import Reporter, words_of

KEY = "3f0c7f0e-visit"


@pytest.fixture
def library(partnership: Flask) -> Partner:
    return partner_of(partnership, "Demo Library")


@pytest.fixture
def mosque(partnership: Flask) -> Partner:
    return partner_of(partnership, "Demo Mosque")


def test_a_report_is_logged_like_any_other(partnership: Flask, library: Partner, another: Reporter) -> None:
    answer = library.send()
    assert answer.status_code == 201
    told = answer.json
    assert told is not None
    assert told["consent"] == [{"agency": "housing", "details": ["how-to-reach-me", "what-happened"]}]
    assert (told["state"], told["repeated"]) == ("received", False)
    assert told["received"] == floor_hour(utc_now()).isoformat()
    assert answer.headers["Location"] == f"/api/v1/reports/{told['reference']}"
    assert another.come_back(told["code"]).status_code == 302
    assert STORY in words_of(another.get("/your-report"))
    with inside(partnership) as session:
        report = session.scalars(select(Report)).one()
        assert (report.centre_name, report.language, report.facts.channel) == (
            "Demo Library", Language.POLISH, Channel.CENTRE,
        )  # fmt: skip
        entries = session.scalars(select(AuditEntry).where(AuditEntry.subject == report.id)).all()
        assert {entry.actor_role for entry in entries} == {"partner system"}
        assert {entry.happened_at for entry in entries} == {report.received_at}


def test_sent_again_it_is_one_report_with_one_code(partnership: Flask, library: Partner) -> None:
    first, again = library.send(key=KEY), library.send(dict(reversed(TOLD.items())), key=KEY)
    assert first.json is not None
    assert again.json == {**first.json, "repeated": True}
    assert reports_in(partnership) == 1


def test_sent_many_times_at_once_it_is_one_report(partnership: Flask, library: Partner) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: library.send(key=KEY), range(16)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["code"] for answer in answers if answer.json}) == 1
    assert reports_in(partnership) == 1


def test_one_key_with_another_document_is_a_conflict(partnership: Flask, library: Partner) -> None:
    library.send(key=KEY)
    changes: tuple[dict[str, Any], ...] = (
        {"words": "other"},
        {"consent": []},
        {"contact": "anonymous"},
        {"received_on": "2026-01-06"},
    )
    for changed in changes:
        problem = is_problem(library.send({**TOLD, **changed}, key=KEY), 409)
        assert problem["errors"][0]["header"] == "Idempotency-Key"
    assert reports_in(partnership) == 1


def test_one_key_with_another_token_is_a_conflict_and_no_second_report(partnership: Flask, library: Partner) -> None:
    library.send(key=KEY)
    assert "another token" in is_problem(partner_of(partnership, "Demo Library").send(key=KEY), 409)["detail"]
    assert reports_in(partnership) == 1


def test_a_key_that_is_kept_no_longer_still_is_one_report(partnership: Flask, library: Partner) -> None:
    first = library.send(key=KEY)
    with inside(partnership) as session:
        session.execute(delete(IntakeSent))
        session.commit()
    before = reports_in(partnership)
    again = library.send(key=KEY)
    assert again.get_json()["code"] == first.get_json()["code"]
    assert again.get_json()["reference"] == first.get_json()["reference"]
    with inside(partnership) as session:
        session.execute(delete(IntakeSent))
        session.commit()
    assert library.send({**TOLD, "words": "Test: something else."}, key=KEY).status_code == 409
    assert reports_in(partnership) == before


def test_the_same_key_of_two_centres_is_two_reports(partnership: Flask, library: Partner, mosque: Partner) -> None:
    codes = {sender.send(key=KEY).json["code"] for sender in (library, mosque)}  # type: ignore[index]
    assert (len(codes), reports_in(partnership)) == (2, 2)


def test_neither_database_nor_server_key_makes_the_code(partnership: Flask, library: Partner) -> None:
    answer = library.send(key=KEY)
    assert answer.json is not None
    receipt = read_code(answer.json["code"])
    with inside(partnership) as session:
        kept = [str(vars(row)) for model in (IntakeSent, IntakeToken, Report) for row in session.scalars(select(model))]
    for secret in (library.token, receipt.code, KEY, receipt.seed.hex()):
        assert not any(secret in row for row in kept)


def test_what_the_visitor_chose_is_what_is_kept(partnership: Flask, library: Partner) -> None:
    sent = library.send({**TOLD, "contact": "anonymous", "received_on": "2026-01-07"})
    assert sent.json is not None
    assert sent.json["consent"] == [{"agency": "housing", "details": ["what-happened"]}]
    with inside(partnership) as session:
        from core.work import SYSTEM, begin_work, harbour

        report = session.scalars(select(Report)).one()
        opened = open_report(
            begin_work(harbour(), session, SYSTEM), report, REPORTER, read_code(sent.json["code"]).key_pair[1]
        )
        assert (opened.name.reveal(), opened.reach.reveal()) == ("", "")
        facts = session.scalars(select(Facts)).one()
        assert f"{facts.reported_month:%Y-%m}" == "2026-01"


def test_a_centre_sees_references_and_states_of_its_own_alone(
    partnership: Flask, library: Partner, mosque: Partner, capsys: pytest.CaptureFixture[str]
) -> None:
    own = {who: [who.send().json["reference"] for _ in range(3)] for who in (library, mosque)}  # type: ignore[index]
    tried, wrong = 0, 0
    for who, theirs in ((library, own[mosque]), (mosque, own[library])):
        listed = who.ask()
        assert listed.json is not None
        assert {row["reference"] for row in listed.json["reports"]} == set(own[who])
        for reference in [*theirs, *own[who]]:
            answer = who.ask(f"/api/v1/reports/{reference}")
            tried += 1
            if reference in theirs:
                wrong += answer.status_code != 404
                is_problem(answer, 404)
                paged = who.ask(f"/api/v1/reports?after=999999.{reference}")
                tried += 1
                assert paged.json is not None
                wrong += any(row["reference"] in theirs for row in paged.json["reports"])
            else:
                assert answer.json == {"reference": reference, "state": "received"}
        for words in ("canary", STORY, "Canary Name"):
            assert words not in listed.get_data(as_text=True)
    with capsys.disabled():
        print(f"\npartner systems: wrong allows {wrong} of {tried}")
    assert wrong == 0


def test_a_long_list_comes_in_pages_without_a_gap(partnership: Flask, library: Partner) -> None:
    sent = {library.send().json["reference"] for _ in range(5)}  # type: ignore[index]
    found, address = [], "/api/v1/reports?limit=2"
    while True:
        page = library.ask(address).json
        assert page is not None
        found += [row["reference"] for row in page["reports"]]
        if page["next"] is None:
            break
        address = f"/api/v1/reports?limit=2&after={page['next']}"
    assert len(found) == 5
    assert set(found) == sent


def test_the_vocabulary_needs_no_token_and_holds_what_is_taken(partnership: Flask) -> None:
    answer = partnership.test_client().get("/api/v1/vocabulary")
    assert answer.json is not None
    assert "verbal-abuse" in {term["value"] for term in answer.json["words"]["categories"]}
    assert len(answer.json["wards"]) == 17


def test_without_a_good_token_nothing_is_told(partnership: Flask, library: Partner) -> None:
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer"}):
        answer = partnership.test_client().get("/api/v1/reports", headers=headers)
        is_problem(answer, 401)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    for wrong in ("x", "harbour_" + "A" * 43, library.token[:-1], library.token + "x", "é" * 30, "x" * 5000):
        answer = partnership.test_client().get(
            "/api/v1/reports", headers={"Authorization": f"Bearer {wrong}".encode().decode("latin-1")}
        )
        is_problem(answer, 401)
        assert "invalid_token" in answer.headers["WWW-Authenticate"] or len(wrong) > 200


def test_a_token_does_what_its_lead_ticked_and_no_more(partnership: Flask) -> None:
    writer = partner_of(partnership, "Demo Library", frozenset({TokenScope.WRITE}))
    reader = partner_of(partnership, "Demo Library", frozenset({TokenScope.READ}))
    assert writer.send().status_code == 201
    is_problem(writer.ask(), 403)
    assert reader.ask().status_code == 200
    refused = reader.send()
    is_problem(refused, 403)
    assert 'scope="reports:write"' in refused.headers["WWW-Authenticate"]


def test_a_centre_that_is_not_active_is_refused_at_once(partnership: Flask, library: Partner) -> None:
    for state in set(CentreState) - {CentreState.ACTIVE}:
        with inside(partnership) as session:
            session.scalars(select(Centre).where(Centre.name == "Demo Library")).one().state = state
            session.commit()
        is_problem(library.ask(), 403)
        is_problem(library.send(), 403)
    assert reports_in(partnership) == 0


def test_a_token_that_is_over_or_revoked_does_nothing(partnership: Flask, library: Partner) -> None:
    for change in ({"ends_at": utc_now() - timedelta(seconds=1)}, {"revoked_at": utc_now()}):
        partner = partner_of(partnership, "Demo Library")
        assert partner.ask().status_code == 200
        with inside(partnership) as session:
            session.execute(update(IntakeToken).values(**change))
            session.commit()
        is_problem(partner.ask(), 401)


def test_its_last_use_is_known_to_the_day(partnership: Flask, library: Partner) -> None:
    library.ask()
    with inside(partnership) as session:
        assert session.scalars(select(IntakeToken.used_on)).one() is not None


def test_a_cookie_opens_nothing_here(partnership: Flask, sign_in: Any) -> None:
    visitor = sign_in("lead")
    is_problem(visitor.client.get("/api/v1/reports"), 401)


def test_one_busy_token_slows_no_other(partnership: Flask, library: Partner, mosque: Partner) -> None:
    partnership.extensions["intake fairness"] = Buckets(lambda: 0.0, burst=3)
    assert [library.ask().status_code for _ in range(3)] == [200] * 3
    refused = library.ask()
    is_problem(refused, 429)
    assert refused.headers["Retry-After"] == "1"
    assert mosque.ask().status_code == 200
