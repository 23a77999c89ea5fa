"""The address on a poster: the centre is noted for that one report, can be taken back, and sees nothing for it."""

import pytest
from flask import Flask
from sqlalchemy import select

from centres.directory import code_of
from centres.models import Centre
from centres.vocabulary import CentreState
from reporting.models import Facts, Report
from reporting.views import NOTHING_SAID
from reporting.vocabulary import Channel
from tests.pages.conftest import SignIn, inside, reports_in
from tests.pages.visiting import DRAFT, SESSION, Reporter, words_of

SENT_HERE = "You were sent here by Demo Library"


@pytest.fixture
def library(partnership: Flask) -> str:
    """The library's id."""
    with inside(partnership) as session:
        return session.scalars(select(Centre.id).where(Centre.name == "Demo Library")).one()


@pytest.fixture
def poster(library: str) -> str:
    """What stands under the square on the library's poster."""
    return f"/c/{code_of(library)}"


def noted(app: Flask) -> list[str | None]:
    with inside(app) as session:
        return list(session.scalars(select(Facts.heard_from)))


def test_the_centre_is_noted_with_the_report_and_the_channel_is_the_public_form(
    partnership: Flask, reporter: Reporter, poster: str, library: str
) -> None:
    assert SENT_HERE in words_of(reporter.get(poster))
    assert reporter.post(poster).location == "/report/safe-now"
    assert SENT_HERE in words_of(reporter.get("/report/safe-now"))
    assert SENT_HERE in words_of(reporter.get("/report"))
    reporter.answer_all()
    assert SENT_HERE in words_of(reporter.get("/report/check"))
    reporter.send()
    assert noted(partnership) == [library]
    with inside(partnership) as session:
        report = session.scalars(select(Report)).one()
        assert (report.centre_id, report.centre_name) == (None, None)
        assert (report.facts.channel, report.facts.centre_id) == (Channel.PUBLIC, None)


def test_the_centre_sees_nothing_of_it(reporter: Reporter, poster: str, sign_in: SignIn) -> None:
    reporter.post(poster)
    reporter.answer_all()
    reporter.send()
    assert "No report was logged here yet" in words_of(sign_in("library").get("/centre/reports"))


def test_looking_at_the_address_keeps_nothing(partnership: Flask, reporter: Reporter, poster: str) -> None:
    reporter.get(poster)
    assert reporter.cookie(DRAFT) is None
    reporter.answer_all()
    reporter.send()
    assert noted(partnership) == [None]


@pytest.mark.parametrize("after", ["nothing", "an answer"])
def test_it_can_be_taken_back(partnership: Flask, reporter: Reporter, poster: str, after: str) -> None:
    reporter.post(poster)
    if after == "an answer":
        reporter.answer("own-words", words="They shouted.")
    back = reporter.post("/report/heard-from", read="/report/check")
    assert back.location == ("/report/check" if after == "an answer" else "/report")
    assert SENT_HERE not in words_of(reporter.get("/report/check"))
    reporter.answer_all()
    reporter.send()
    assert noted(partnership) == [None]


def test_the_next_report_knows_nothing_of_it(partnership: Flask, reporter: Reporter, poster: str, library: str) -> None:
    reporter.post(poster)
    reporter.answer_all()
    reporter.send()
    assert SENT_HERE not in words_of(reporter.get("/report"))
    reporter.answer_all()
    reporter.send()
    assert sorted(noted(partnership), key=str) == sorted([library, None], key=str)


def test_no_cookie_of_its_own(reporter: Reporter, poster: str) -> None:
    reporter.post(poster)
    jar = {cookie.key for cookie in (reporter.client._cookies or {}).values()}
    assert jar == {DRAFT, SESSION}


def test_the_draft_holds_it_sealed(partnership: Flask, reporter: Reporter, poster: str, library: str) -> None:
    from reporting.models import Draft

    reporter.post(poster)
    with inside(partnership) as session:
        [draft] = session.scalars(select(Draft))
        assert library.encode() not in draft.locked
        assert b"Demo Library" not in draft.locked


def test_a_poster_alone_is_no_report(partnership: Flask, reporter: Reporter, poster: str) -> None:
    reporter.post(poster)
    page = reporter.post("/report/check")
    assert NOTHING_SAID in words_of(page)
    assert reports_in(partnership) == 0


def test_it_is_kept_on_the_one_page_form(partnership: Flask, reporter: Reporter, poster: str, library: str) -> None:
    reporter.post(poster)
    assert SENT_HERE in words_of(reporter.get("/report/one-page"))
    assert reporter.post("/report/one-page", {"words": "They shouted."}).status_code == 302
    assert noted(partnership) == [library]


@pytest.mark.parametrize("state", [state for state in CentreState if state is not CentreState.ACTIVE])
def test_a_centre_that_is_not_active_opens_the_ordinary_form(
    partnership: Flask, reporter: Reporter, poster: str, state: CentreState
) -> None:
    with inside(partnership) as session:
        session.scalars(select(Centre).where(Centre.name == "Demo Library")).one().state = state
        session.commit()
    page = reporter.get(poster)
    assert page.status_code == 200
    assert "does not lead to a reporting centre, or not any more" in words_of(page)
    assert "Demo Library" not in words_of(page)
    assert "Start now" in words_of(page)


@pytest.mark.parametrize("code", ["ZZZZZZ", "1", "%00", "💥", "x" * 500])
def test_an_unknown_code_opens_the_ordinary_form(reporter: Reporter, code: str) -> None:
    assert "You can report here just the same." in words_of(reporter.get(f"/c/{code}"))
    assert reporter.client.post(f"/c/{code}").status_code == 200


def test_a_code_is_read_however_it_is_typed(reporter: Reporter, poster: str) -> None:
    assert SENT_HERE in words_of(reporter.get(poster.lower().replace("/c/", "/c/%20")))


def test_an_old_page_keeps_nothing(reporter: Reporter, poster: str) -> None:
    page = reporter.client.post(poster, data={"csrf_token": "old"})
    assert page.status_code == 200
    assert reporter.cookie(DRAFT) is None


def test_the_coordinator_alone_sees_counts_of_it(
    partnership: Flask, reporter: Reporter, poster: str, sign_in: SignIn
) -> None:
    reporter.get(poster)
    reporter.post(poster)
    reporter.answer_all()
    reporter.send()
    assert "Poster of Demo Library hidden, 1 to 4" in words_of(sign_in("coordinator").get("/network/oversight"))
    for name in ("lead", "library", "mosque"):
        visitor = sign_in(name)
        assert visitor.get("/network/oversight").status_code == 403
        for page in ("/centre/numbers", "/centre/reports", "/centre/posters"):
            told = visitor.get(page).get_data(as_text=True)
            assert "Poster of" not in told
            assert "heard of" not in told.lower()
