"""Every refusal of the interface for partner systems has one shape, and says where the fault is, never what it was."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from accounts.models import Team
from accounts.vocabulary import TeamKind
from core.documents import LARGEST_DOCUMENT
from tests.pages.conftest import inside, reports_in
from tests.pages.partners import STORY, TOLD, Partner, is_problem, partner_of


@pytest.fixture
def library(partnership: Flask) -> Partner:
    return partner_of(partnership, "Demo Library")


def pointers(answer: TestResponse) -> list[str]:
    return sorted(fault.get("pointer", "") for fault in is_problem(answer, 422)["errors"])


MALFORMED = (
    b"", b"{", b"[1,]", b'{"agreed": true, "agreed": true}', b'{"a": {"b": 1, "b": 2}}', b'{"agreed": NaN}',
    b'{"words": "\xff"}', b"\xef\xbb\xbf{}", b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5000, b"nul",
)  # fmt: skip


def test_what_is_no_json_or_can_be_read_two_ways_is_malformed(library: Partner) -> None:
    for body in MALFORMED:
        is_problem(library.send_raw(body), 400)


def test_another_type_of_document_or_a_huge_one_is_refused(library: Partner) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=latin-1"):
        is_problem(library.send_raw(b"{}", content_type), 415)
    is_problem(library.send_raw(b"{}", **{"Content-Encoding": "gzip"}), 415)
    is_problem(library.send_raw(b" " * (LARGEST_DOCUMENT + 1)), 413)


def test_another_answer_than_json_is_not_had(library: Partner) -> None:
    is_problem(library.ask(headers={"Accept": "text/html"}), 406)
    assert library.ask(headers={"Accept": "application/*;q=0.5"}).status_code == 200


FAULTS: tuple[tuple[Any, list[str]], ...] = (
    ({}, ["#/agreed"]),
    ({"agreed": False, "words": "x"}, ["#/agreed"]),
    ({"agreed": "true", "words": "x"}, ["#/agreed"]),
    ({"agreed": True}, ["#"]),
    ({"agreed": True, "words": " \n "}, ["#"]),
    ({"agreed": True, "words": "x", "wordz": 1}, ["#/wordz"]),
    ({"agreed": True, "words": "x", "a/b~c": 1}, ["#/a~1b~0c"]),
    ({"agreed": True, "words": "nul \x00 in it"}, ["#/words"]),
    ({"agreed": True, "words": "half \ud800"}, ["#/words"]),
    ({"agreed": True, "words": "x" * 20_001}, ["#/words"]),
    ({"agreed": True, "words": 7}, ["#/words"]),
    ({"agreed": True, "categories": ["verbal-abuse", "murmur"]}, ["#/categories/1"]),
    ({"agreed": True, "categories": {"verbal-abuse": 1}}, ["#/categories"]),
    ({"agreed": True, "categories": "verbal-abuse"}, ["#/categories"]),
    ({"agreed": True, "words": "x", "when": {"day": "2099-01-01"}}, ["#/when/day"]),
    ({"agreed": True, "words": "x", "when": {"day": "20260101"}}, ["#/when/day"]),
    ({"agreed": True, "words": "x", "when": {"day": "2026-02-30"}}, ["#/when/day"]),
    ({"agreed": True, "words": "x", "received_on": "2099-01-01"}, ["#/received_on"]),
    ({"agreed": True, "words": "x", "place": {"point": {"lat": "50.9", "lon": True}}},
     ["#/place/point/lat", "#/place/point/lon"]),
    ({"agreed": True, "words": "x", "place": {"point": {"lat": 91, "lon": 1e400}}},
     ["#/place/point/lat", "#/place/point/lon"]),
    ({"agreed": True, "words": "x", "place": {"ward": "E05000000"}}, ["#/place/ward"]),
    ({"agreed": True, "words": "x", "language": "klingon"}, ["#/language"]),
    ({"agreed": True, "words": "x", "safety": None}, ["#/safety"]),
    ({"agreed": True, "words": "x", "consent": [{"agency": "army", "details": []}]}, ["#/consent/0/agency"]),
    ([], ["#"]),
    ("x", ["#"]),
    (None, ["#"]),
)  # fmt: skip


def test_each_fault_is_pointed_at(library: Partner) -> None:
    for document, expected in FAULTS:
        body = json.dumps(document).replace("Infinity", "1e999").encode()
        assert pointers(library.send_raw(body)) == expected, document


def test_what_is_nested_without_end_is_refused(library: Partner) -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]
    assert len(pointers(library.send({"agreed": True, "categories": deep}))) == 1


def test_a_key_that_is_none_is_pointed_at(library: Partner) -> None:
    for key in ("short", "x" * 129, "with space in it", "é" * 10, ""):
        problem = is_problem(library.send_raw(json.dumps(TOLD).encode(), **{"Idempotency-Key": key}), 422)
        assert problem["errors"][0]["header"] == "Idempotency-Key"


def test_without_a_key_nothing_is_taken(partnership: Flask, library: Partner) -> None:
    answer = partnership.test_client().post("/api/v1/reports", json=TOLD, headers=library.headers)
    assert is_problem(answer, 422)["errors"][0]["header"] == "Idempotency-Key"
    assert reports_in(partnership) == 0


def test_a_question_that_is_none_is_pointed_at(library: Partner) -> None:
    for query in ("limit=0", "limit=201", "limit=x", "limit=", "after=x", "page=2", "limit=%00"):
        [fault] = is_problem(library.ask(f"/api/v1/reports?{query}"), 422)["errors"]
        assert fault["parameter"] == query.split("=")[0]


def test_wrong_addresses_methods_and_hosts_are_problems_too(partnership: Flask, library: Partner) -> None:
    for path in ("nowhere", "v1/reports/", "v1/reports/%00", "v1/reports/SH-AAAA-AAAA", "v2/reports"):
        assert is_problem(library.ask(f"/api/{path}"), 404)["type"] == "/api/#not-found"
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        answer = partnership.test_client().open("/api/v1/reports", method=method)
        is_problem(answer, 405)
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    is_problem(library.ask(headers={"Host": "evil.invalid"}), 400)


def test_before_the_desk_has_a_key_nothing_is_taken(partnership: Flask, library: Partner) -> None:
    with inside(partnership) as session:
        desk = session.scalars(select(Team).where(Team.kind == TeamKind.DESK)).one()
        desk.kind = TeamKind.OFFICE
        session.commit()
    answer = library.send()
    is_problem(answer, 503)
    assert answer.headers["Retry-After"] == "300"
    assert reports_in(partnership) == 0


def test_a_failure_tells_nothing(
    partnership: Flask, library: Partner, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(STORY)

    monkeypatch.setattr("centres.intake.log_report", fail)
    problem = is_problem(library.send(), 500)
    assert "canary" not in json.dumps(problem)
    assert "canary" not in "".join(capfd.readouterr())
