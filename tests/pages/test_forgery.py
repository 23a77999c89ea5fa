"""A form that another site sends for somebody changes nothing."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from core.db import Base
from tests.pages.conftest import PASSWORD, SignIn, inside, run_jobs
from tests.pages.test_access import address, ids_of, refer_to_housing
from tests.pages.visiting import ANSWERS, CODE, SIGNED_IN, Reporter, Visitor

EVERYTHING = {
    **{name: value for given in ANSWERS.values() for name, value in given.items()},
    "words": "forged words",
    "email": "officer@demo.invalid",
    "password": PASSWORD,
    "code": "2222 2222 2222 2222 22",
    "agreed": "y",
    "at.x": "320",
    "at.y": "330",
    "reason": "forged reason",
    "level": "high",
    "state": "closed",
    "outcome": "advice-given",
}
OPENINGS = {"report opened", "referral opened", "referral previewed"}


def everything_kept(app: Flask) -> dict[str, set[str]]:
    """Every row of every table, in words; but that a page was opened is written down whatever was asked of it."""
    with inside(app) as session:
        return {
            table.name: {
                repr(sorted(row.items()))
                for row in session.execute(select(table)).mappings()
                if row.get("action") not in OPENINGS
            }
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def visitors(partnership: Flask, reporter: Reporter, sign_in: SignIn) -> list[Visitor]:
    """Everybody who holds a cookie that another site might ride on."""
    reporter.answer_all()
    code = reporter.send()
    reporter.keep_code()
    reporter.come_back(code)
    reporter.answer("own-words", words="a second draft")
    run_jobs(partnership)
    officer = sign_in("officer")
    refer_to_housing(partnership, officer)
    names = ("library", "housing", "coordinator", "administrator")
    return [Visitor(partnership), reporter, officer, *(sign_in(name) for name in names)]


KEEPS_NOTHING = ('action="/centres/near', 'action="/centres/map')
"""Where a form is answered and forgotten: a token would be a cookie for nothing."""


@pytest.mark.parametrize("token", [None, "", "forged"])
def test_no_form_without_its_token_changes_anything(
    partnership: Flask, visitors: list[Visitor], token: str | None
) -> None:
    ids = ids_of(partnership)
    before = everything_kept(partnership)
    tried = 0
    for rule in partnership.url_map.iter_rules():
        if "POST" not in (rule.methods or set()):
            continue
        for path in {address(rule, **ids), address(rule, **ids, slug="own-words")}:
            for visitor in visitors:
                held = {name: visitor.cookie(name) for name in (SIGNED_IN, CODE)}
                sent = EVERYTHING if token is None else {**EVERYTHING, "csrf_token": token}
                answer = visitor.client.post(path, data=sent)
                assert answer.status_code < 500, path
                assert {name: visitor.cookie(name) for name in held} == held, path
                tried += 1
            assert everything_kept(partnership) == before, path
    assert tried > 100


def test_a_token_of_another_browser_is_not_ones_own(partnership: Flask, sign_in: SignIn) -> None:
    officer = sign_in("officer")
    attacker = Visitor(partnership)
    before = everything_kept(partnership)
    officer.client.post("/sign-out", data={"csrf_token": attacker.token("/sign-in")})
    assert officer.get("/desk/queue").status_code == 200
    assert everything_kept(partnership) == before


def test_every_form_of_a_page_carries_a_token(partnership: Flask, visitors: list[Visitor]) -> None:
    ids, forms = ids_of(partnership), 0
    for rule in partnership.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint in {"static", "reporting.leave"}:
            continue
        for visitor in visitors:
            answer = visitor.get(address(rule, **ids, slug="own-words"))
            page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
            for form in re.findall(r'(?s)<form[^>]*method="post".*?</form>', page):
                keeps_nothing = "data-keeps-nothing" in form and any(each in form for each in KEEPS_NOTHING)
                assert keeps_nothing or 'csrf_token"' in form, rule.rule
                forms += 1
    assert forms > 20
