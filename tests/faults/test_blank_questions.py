"""The pages that are written once for everybody hold nothing that anybody answered."""

import pytest
from flask import Flask

from bench.journeys import ANSWERS, ONE_PAGE

TOLD = "only the one who wrote this may see it"


@pytest.mark.parametrize("path", ["/report/own-words", ONE_PAGE])
def test_what_one_visitor_wrote_shows_on_their_own_page_alone(desk: Flask, path: str) -> None:
    first, second = desk.test_client(), desk.test_client()
    blank = second.get(path).data
    token = first.get(path).get_data(as_text=True).partition('name="csrf_token"')[2].partition('value="')[2]
    answer = {**ANSWERS["own-words"], "words": TOLD, "csrf_token": token.partition('"')[0]}
    first.post("/report/own-words", data=answer)
    assert TOLD.encode() in first.get(path).data
    assert TOLD.encode() not in second.get(path).data
    assert blank.count(b"<textarea") == second.get(path).data.count(b"<textarea") == 1


def test_a_refused_answer_is_shown_with_its_mistake_and_to_nobody_else(desk: Flask) -> None:
    first, second = desk.test_client(), desk.test_client()
    second.get("/report/when")
    token = first.get("/report/when").get_data(as_text=True).partition('name="csrf_token"')[2].partition('value="')[2]
    page = first.post("/report/when", data={"date-month": "99", "csrf_token": token.partition('"')[0]})
    assert b"error" in page.data and b'value="99"' in page.data
    assert b'value="99"' not in second.get("/report/when").data
