"""One form is one report and one code, however often and however fast it is sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.forms import PRESS_AGAIN
from core.outbox import OutboxRow
from reporting.models import Draft, Facts, Report
from reporting.views import ALREADY_SENT, NOTHING_SAID
from tests.pages.conftest import inside
from tests.pages.visiting import ANSWERS, DRAFT, SESSION, Reporter, field_value, words_of

AT_ONCE = 50
ONE_PAGE = {name: value for given in ANSWERS.values() for name, value in given.items()}


def counts(app: Flask) -> tuple[int, int, int, int]:
    """Reports, facts, jobs and drafts."""
    with inside(app) as session:
        found = [session.scalar(select(func.count()).select_from(each)) for each in (Report, Facts, OutboxRow, Draft)]
    reports, facts, jobs, drafts = (each or 0 for each in found)
    return reports, facts, jobs, drafts


def clones(app: Flask, reporter: Reporter, number: int = AT_ONCE) -> list[Reporter]:
    """The same browser many times over: each request has the cookies of the moment before."""
    copies = [Reporter(app) for _ in range(number)]
    for copy in copies:
        for name in (DRAFT, SESSION):
            copy.take(name, reporter.cookie(name) or "")
    return copies


def send_at_once(copies: list[Reporter], path: str, data: dict[str, object]) -> set[int]:
    with ThreadPoolExecutor(10) as pool:
        return set(pool.map(lambda copy: copy.client.post(path, data=data).status_code, copies))


def test_the_same_form_twice_is_one_report_with_one_code(partnership: Flask, reporter: Reporter) -> None:
    reporter.answer_all()
    token = reporter.token("/report/check")
    code = reporter.send()
    again = reporter.client.post("/report/check", data={"csrf_token": token})
    assert again.location == "/report/receipt"
    assert reporter.code() == code
    assert counts(partnership) == (1, 1, 1, 0)


def test_fifty_at_once_are_one_report_with_one_code(partnership: Flask, reporter: Reporter) -> None:
    reporter.answer_all()
    token = reporter.token("/report/check")
    copies = clones(partnership, reporter)
    assert send_at_once(copies, "/report/check", {"csrf_token": token}) == {302}
    assert len({copy.code() for copy in copies}) == 1
    assert counts(partnership) == (1, 1, 1, 0)


def test_a_lost_reply_sent_again_gives_the_same_code(partnership: Flask, reporter: Reporter) -> None:
    reporter.answer_all()
    token = reporter.token("/report/check")
    lost, again = clones(partnership, reporter, 2)
    lost.client.post("/report/check", data={"csrf_token": token})
    again.client.post("/report/check", data={"csrf_token": token})
    assert again.code() == lost.code()
    assert again.come_back(lost.code()).status_code == 302
    assert counts(partnership)[0] == 1


def test_a_second_report_from_the_same_browser_is_a_second_report(partnership: Flask, reporter: Reporter) -> None:
    reporter.answer_all()
    first = reporter.send()
    reporter.answer_all()
    assert reporter.send() != first
    assert counts(partnership)[0] == 2
    reporter.keep_code()
    reporter.answer_all()
    assert reporter.send() != first
    assert counts(partnership)[0] == 3


@pytest.fixture
def filled(reporter: Reporter) -> dict[str, object]:
    """The one-page form as it is sent."""
    return {**ONE_PAGE, "csrf_token": reporter.token("/report/one-page")}


def test_the_one_page_form_sends_a_report(partnership: Flask, reporter: Reporter, filled: dict[str, object]) -> None:
    sent = reporter.client.post("/report/one-page", data=filled)
    assert sent.location == "/report/receipt"
    code = reporter.code()
    reporter.keep_code()
    reporter.come_back(code)
    page = words_of(reporter.get("/your-report"))
    assert ANSWERS["own-words"]["words"] in page
    assert counts(partnership) == (1, 1, 1, 0)


def test_the_one_page_form_twice_is_one_report_with_one_code(
    partnership: Flask, reporter: Reporter, filled: dict[str, object]
) -> None:
    reporter.client.post("/report/one-page", data=filled)
    code = reporter.code()
    again = reporter.client.post("/report/one-page", data=filled)
    assert again.location == "/report/receipt"
    assert reporter.code() == code
    assert counts(partnership) == (1, 1, 1, 0)


def test_the_one_page_form_fifty_times_at_once_is_one_report(
    partnership: Flask, reporter: Reporter, filled: dict[str, object]
) -> None:
    copies = clones(partnership, reporter)
    assert send_at_once(copies, "/report/one-page", filled) == {302}
    assert len({copy.code() for copy in copies}) == 1
    assert counts(partnership) == (1, 1, 1, 0)


def test_the_one_page_form_opened_again_is_a_second_report(
    partnership: Flask, reporter: Reporter, filled: dict[str, object]
) -> None:
    reporter.client.post("/report/one-page", data=filled)
    first = reporter.code()
    reporter.client.post("/report/one-page", data={**filled, "csrf_token": reporter.token("/report/one-page")})
    assert reporter.code() != first
    assert counts(partnership)[0] == 2


def test_the_one_page_form_without_its_cookies_loses_no_word(
    partnership: Flask, reporter: Reporter, filled: dict[str, object]
) -> None:
    for name in (DRAFT, SESSION):
        reporter.client.delete_cookie(name)
    page = reporter.client.post("/report/one-page", data=filled)
    assert page.status_code == 200
    assert PRESS_AGAIN in words_of(page)
    assert field_value(page, "words") == ONE_PAGE["words"]
    assert counts(partnership)[0] == 0
    again = {**filled, "csrf_token": field_value(page, "csrf_token")}
    assert reporter.client.post("/report/one-page", data=again).location == "/report/receipt"


def test_an_empty_one_page_form_is_told(partnership: Flask, reporter: Reporter) -> None:
    page = reporter.post("/report/one-page", {name: "" for name in ONE_PAGE if isinstance(ONE_PAGE[name], str)})
    assert NOTHING_SAID in words_of(page) or "There is a problem" in words_of(page)
    page = reporter.post("/report/one-page")
    assert NOTHING_SAID in words_of(page)
    assert counts(partnership)[0] == 0


def test_a_mistake_on_the_one_page_form_is_told_and_keeps_the_rest(
    partnership: Flask, reporter: Reporter, filled: dict[str, object]
) -> None:
    page = reporter.client.post("/report/one-page", data={**filled, "date-day": "31", "date-month": "2"})
    assert "There is no such date" in words_of(page)
    assert field_value(page, "words") == ONE_PAGE["words"]
    assert counts(partnership)[0] == 0


@pytest.mark.parametrize("changed", [{"words": "he will kill me"}, {"harms": ["weapon"]}, {"place_words": "SO15 1AL"}])
def test_a_page_changed_after_sending_is_not_thrown_away(
    partnership: Flask, reporter: Reporter, filled: dict[str, object], changed: dict[str, object]
) -> None:
    reporter.client.post("/report/one-page", data=filled)
    code = reporter.code()
    page = reporter.client.post("/report/one-page", data={**filled, **changed})
    assert ALREADY_SENT in words_of(page)
    for name, value in changed.items():
        assert not isinstance(value, str) or field_value(page, name) == value
    assert counts(partnership)[0] == 1
    assert reporter.code() == code


def test_a_press_on_the_map_after_sending_begins_a_second_report(partnership: Flask, reporter: Reporter) -> None:
    reporter.answer_all()
    first = reporter.send()
    token = reporter.token("/report/where/map")
    chosen = {"area": "ward:E05015491", "use_area": "yes", "csrf_token": token}
    assert reporter.client.post("/report/where/map", data=chosen).status_code == 302
    reporter.answer("own-words", words="another day")
    assert reporter.send() != first
    assert counts(partnership)[0] == 2
