"""A place that asks to become a centre, through the public pages, and what a coordinator does with it."""

import re
from html import unescape
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from centres.models import Centre
from centres.vocabulary import CentreState, Check
from tests.pages.conftest import inside
from tests.pages.visiting import Visitor, field_value, words_of

PLACE: dict[str, Any] = {
    "name": "Demo Kitchen",
    "kind": "community-centre",
    "address": "20 Demo Road, Southampton",
    "postcode": "so17 2lj",
    "monday-opens": "9.30",
    "monday-closes": "noon",
    "monday-opens_again": "1pm",
    "monday-closes_again": "17:00",
    "saturday-opens": "10",
    "saturday-closes": "2pm",
    "languages": ["en", "so"],
    "step_free": "y",
    "private_space": "y",
    "schemes": ["safe-place"],
    "about": "Ring the bell.\nThere is tea.",
    "phone": "023 8000 0000",
    "website": "kitchen.demo.invalid",
    "lead_name": "Demo Applicant",
    "lead_email": "applicant@demo.invalid",
}
APPLY, SEND = "/become-a-centre/apply", "/become-a-centre/send"
NEW_PASSWORD = "a new password of some length"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden_in(page: TestResponse) -> dict[str, list[str]]:
    """Every hidden field of a page, with all its values."""
    found: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(page.get_data(as_text=True)):
        found.setdefault(name, []).append(unescape(value))
    return found


def check(visitor: Visitor, **changed: Any) -> TestResponse:
    """Fill in the form; the answer."""
    empty = visitor.get(APPLY)
    held = {name: field_value(empty, name) for name in ("csrf_token", "key")}
    return visitor.client.post(APPLY, data={**held, **PLACE, **changed})


def apply(visitor: Visitor, **changed: Any) -> TestResponse:
    """Fill in the form, look at what was typed, send it."""
    checked = check(visitor, **changed)
    assert checked.status_code == 200, words_of(checked)
    return visitor.client.post(SEND, data=hidden_in(checked))


def id_of(app: Flask, name: str) -> str:
    """A centre's id by its name."""
    with inside(app) as session:
        return session.scalars(select(Centre.id).where(Centre.name == name)).one()


def state_of(app: Flask, centre_id: str) -> CentreState:
    """Where a centre stands."""
    with inside(app) as session:
        return session.get_one(Centre, centre_id).state


def approve(coordinator: Visitor, centre_id: str) -> str:
    """See to everything, then approve; the lead's code."""
    place = f"/network/centres/{centre_id}"
    coordinator.post(f"{place}/checks", {"checks": [each.value for each in Check]}, read=place)
    return code_in(coordinator.post(f"{place}/approve", read=place))


def code_in(page: TestResponse) -> str:
    """The code that is shown."""
    shown = re.search(r'data-code="([^"]+)"', page.get_data(as_text=True))
    assert shown, words_of(page)
    return shown.group(1)


def join(app: Flask, code: str, email: str) -> Visitor:
    """Somebody uses their invitation, and is signed in."""
    newcomer = Visitor(app)
    joined = newcomer.post("/join", {"code": code, "email": email, "password": NEW_PASSWORD})
    assert joined.status_code == 302, words_of(joined)
    return newcomer
