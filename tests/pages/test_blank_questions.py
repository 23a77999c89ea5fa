"""The pages that are written once for everybody hold nothing that anybody answered."""

import pytest

from tests.pages.visiting import Reporter

TOLD = "only the one who wrote this may see it"


@pytest.mark.parametrize("path", ["/report/own-words", "/report/one-page"])
def test_what_one_visitor_wrote_shows_on_their_own_page_alone(reporter: Reporter, another: Reporter, path: str) -> None:
    another.get(path)
    assert reporter.answer("own-words", words=TOLD).status_code == 302
    assert TOLD.encode() in reporter.get(path).data
    theirs = another.get(path).data
    assert TOLD.encode() not in theirs
    assert theirs.count(b"<textarea") == 1


def test_a_refused_answer_is_shown_with_its_mistake_and_to_nobody_else(reporter: Reporter, another: Reporter) -> None:
    another.get("/report/when")
    refused = reporter.answer("when", **{"when_kind": "exact", "date-month": "99"})
    assert b"error" in refused.data
    assert b'value="99"' in refused.data
    assert b'value="99"' not in another.get("/report/when").data
