"""A centre logs what a visitor tells: with their agreement, once, and never to be read there again."""

import pytest
from flask import Flask
from sqlalchemy import select

from core.forms import PRESS_AGAIN
from reporting.models import Report
from reporting.views import NOTHING_SAID
from tests.pages.conftest import SignIn, inside, reports_in
from tests.pages.visiting import ANSWERS, Reporter, Visitor, field_value, words_of

ANSWERED = {name: value for given in ANSWERS.values() for name, value in given.items()}
TOLD = {**ANSWERED, "read": ANSWERED["consent"]}


@pytest.fixture
def library(sign_in: SignIn) -> Visitor:
    return sign_in("library")


@pytest.fixture
def visit(library: Visitor) -> dict[str, object]:
    """The form for a visitor, filled in."""
    page = library.get("/centre/log")
    held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
    return {**held, **TOLD, "agreed": "y"}


def code_on(page: str) -> str:
    return page.split('data-code="')[1].split('"')[0]


def test_a_visitor_gets_a_code_that_opens_their_report(
    library: Visitor, visit: dict[str, object], another: Reporter
) -> None:
    page = library.client.post("/centre/log", data=visit).get_data(as_text=True)
    assert another.come_back(code_on(page)).status_code == 302
    assert ANSWERS["own-words"]["words"] in words_of(another.get("/your-report"))


def test_without_the_visitors_agreement_nothing_is_sent(
    partnership: Flask, library: Visitor, visit: dict[str, object]
) -> None:
    del visit["agreed"]
    page = library.client.post("/centre/log", data=visit)
    assert "tick that they agree" in words_of(page)
    assert field_value(page, "words") == TOLD["words"]
    assert field_value(page, "visit") == visit["visit"]
    assert reports_in(partnership) == 0


def test_a_visit_sent_twice_is_one_report_with_one_code(
    partnership: Flask, library: Visitor, visit: dict[str, object]
) -> None:
    pages = [library.client.post("/centre/log", data=visit).get_data(as_text=True) for _ in range(2)]
    assert code_on(pages[0]) == code_on(pages[1])
    assert reports_in(partnership) == 1


def test_two_visitors_are_served_side_by_side(partnership: Flask, library: Visitor) -> None:
    pages = [library.get("/centre/log") for _ in range(2)]
    codes = set()
    for page in pages:
        held = {name: field_value(page, name) for name in ("csrf_token", "visit")}
        sent = library.client.post("/centre/log", data={**held, **TOLD, "agreed": "y"})
        codes.add(code_on(sent.get_data(as_text=True)))
    assert len(codes) == 2
    assert reports_in(partnership) == 2


@pytest.mark.parametrize("made_up", ["", "x", "=" * 44, "A" * 200])
def test_a_visit_that_no_page_began_loses_no_word(
    partnership: Flask, library: Visitor, visit: dict[str, object], made_up: str
) -> None:
    page = library.client.post("/centre/log", data={**visit, "visit": made_up})
    assert page.status_code == 200
    assert reports_in(partnership) == 0
    assert field_value(page, "words") == TOLD["words"]
    again = {**visit, "visit": field_value(page, "visit")}
    assert "data-code" in library.client.post("/centre/log", data=again).get_data(as_text=True)


def test_a_stale_token_loses_no_word(partnership: Flask, library: Visitor, visit: dict[str, object]) -> None:
    page = library.client.post("/centre/log", data={**visit, "csrf_token": "stale"})
    assert PRESS_AGAIN in words_of(page)
    assert field_value(page, "words") == TOLD["words"]
    assert reports_in(partnership) == 0


def test_a_visit_in_which_nothing_was_said_is_told(
    partnership: Flask, library: Visitor, visit: dict[str, object]
) -> None:
    held = {name: visit[name] for name in ("csrf_token", "visit", "agreed")}
    assert NOTHING_SAID in words_of(library.client.post("/centre/log", data=held))
    assert reports_in(partnership) == 0


def test_a_mistake_is_told_and_the_rest_is_kept(partnership: Flask, library: Visitor, visit: dict[str, object]) -> None:
    page = library.client.post("/centre/log", data={**visit, "date-day": "31", "date-month": "2"})
    assert "There is no such date" in words_of(page)
    assert field_value(page, "words") == TOLD["words"]
    assert reports_in(partnership) == 0


def test_a_centre_lists_its_own_reports_without_their_words(
    partnership: Flask, library: Visitor, visit: dict[str, object], sign_in: SignIn, reporter: Reporter
) -> None:
    library.client.post("/centre/log", data=visit)
    reporter.answer_all()
    reporter.send()
    with inside(partnership) as session:
        reference = session.scalars(select(Report.reference).where(Report.centre_id.is_not(None))).one()
        public = session.scalars(select(Report.reference).where(Report.centre_id.is_(None))).one()
    page = library.get("/centre/reports")
    assert reference in words_of(page)
    assert public not in words_of(page)
    for told in (TOLD["words"], TOLD["name"], TOLD["reach"], TOLD["place_words"]):
        assert str(told) not in page.get_data(as_text=True)
    assert reference not in words_of(sign_in("mosque").get("/centre/reports"))


def test_no_draft_of_a_visit_is_kept(partnership: Flask, library: Visitor, visit: dict[str, object]) -> None:
    from reporting.models import Draft

    library.client.post("/centre/log", data=visit)
    with inside(partnership) as session:
        assert session.scalars(select(Draft)).all() == []
    assert library.cookie("harbour_draft") is None


def test_what_was_changed_after_sending_is_neither_lost_nor_put_in_its_place(
    partnership: Flask, library: Visitor, visit: dict[str, object]
) -> None:
    first = code_on(library.client.post("/centre/log", data=visit).get_data(as_text=True))
    changed = {**visit, "words": "he had a knife", "harms": ["weapon"]}
    page = library.client.post("/centre/log", data=changed)
    assert "was not sent" in words_of(page)
    assert field_value(page, "words") == "he had a knife"
    assert reports_in(partnership) == 1
    again = library.client.post("/centre/log", data={**changed, "visit": field_value(page, "visit")})
    assert code_on(again.get_data(as_text=True)) != first
    assert reports_in(partnership) == 2
