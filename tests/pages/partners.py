"""Partner systems that ask with a token, without a browser."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from centres.models import Centre
from centres.tokens import make_token
from centres.vocabulary import TokenScope
from core.work import SYSTEM, begin_work, harbour
from tests.pages.conftest import inside

BOTH = frozenset(TokenScope)
STORY = "canary told to the partner: كان الأمر مخيفا 😟"
TOLD: dict[str, Any] = {
    "agreed": True,
    "language": "pl",
    "safety": "unsafe",
    "categories": ["verbal-abuse", "threats"],
    "strands": ["race"],
    "when": {"kind": "exact", "day": "2026-01-05", "hours": "18-24"},
    "setting": "home",
    "place": {"words": "outside the flats", "postcode": "SO14 7LY"},
    "words": STORY,
    "harms": ["weapon"],
    "contact": "reach-me",
    "identity": {"name": "Canary Name", "reach": "07000 900123", "safe_times": "mornings"},
    "consent": [{"agency": "housing", "details": ["what-happened", "how-to-reach-me"]}],
}


@dataclass(eq=False)
class Partner:
    """A partner's system: what it holds, and what it asks."""

    app: Flask
    token: str
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {self.token}"}

    def send(self, document: Any = None, key: str | None = None, **headers: str) -> TestResponse:
        """Log a report, under a new key unless one is given."""
        told = TOLD if document is None else document
        sent = {**self.headers, "Idempotency-Key": key or str(uuid.uuid4()), **headers}
        return self.app.test_client().post("/api/v1/reports", json=told, headers=sent)

    def send_raw(self, body: bytes, content_type: str = "application/json", **headers: str) -> TestResponse:
        """Log whatever these bytes are."""
        sent = {**self.headers, "Idempotency-Key": str(uuid.uuid4()), **headers}
        return self.app.test_client().post("/api/v1/reports", data=body, content_type=content_type, headers=sent)

    def ask(self, address: str = "/api/v1/reports", headers: Mapping[str, str] | None = None) -> TestResponse:
        """Read."""
        return self.app.test_client().get(address, headers={**self.headers, **(headers or {})})


def partner_of(app: Flask, centre: str, scopes: frozenset[TokenScope] = BOTH) -> Partner:
    """A system of the centre of that name, with a token made just now."""
    with inside(app) as session:
        work = begin_work(harbour(), session, SYSTEM)
        own = session.scalars(select(Centre).where(Centre.name == centre)).one()
        made = make_token(work, own, f"a system ({uuid.uuid4()})", scopes)
        session.commit()
        return Partner(app, made.text)


def is_problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The problem of an answer, whole and in the one shape."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    problem: dict[str, Any] = json.loads(answer.get_data())
    assert problem["status"] == status
    assert problem["type"].startswith("/api/#")
    assert problem["title"]
    assert "Set-Cookie" not in answer.headers
    return problem
