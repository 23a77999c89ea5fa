"""The desk's pages: quick to read, nothing lost, nobody let in who should not be."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from core.sealing import Secret
from reporting.answers import Place
from reporting.services import as_reporter, change_consent
from reporting.vocabulary import AgencyKind, Detail, Harm, Safety
from tests.services.triage.conftest import NAME, REACH, STORY, Room, report_answers
from triage.answering import decline
from triage.queueing import take
from triage.vocabulary import ReferralState

HOUSING, POLICE = AgencyKind.HOUSING, AgencyKind.POLICE
ONLY_WHAT = frozenset({(HOUSING, Detail.WHAT_HAPPENED)})


def words_of(client: FlaskClient, address: str) -> str:
    """A page as people read it."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return as_read(answer.text)


def as_read(page: str) -> str:
    """Without tags, on one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture
def officer(room: Room) -> FlaskClient:
    """An officer's browser."""
    return room.visit(room.officers[0])


def test_the_queue_says_why_each_stands_where_it_does(room: Room) -> None:
    high = room.send(report_answers(safety=Safety.UNSAFE, place=Place(words="behind the old shed")))
    standard = room.send()
    references = [room.report(sent).reference for sent in (high, standard)]
    room.session.commit()
    room.watch.on(hours=5)
    page = words_of(room.visit(room.officers[0]), "/desk/queue")
    assert page.index(references[0]) < page.index(references[1])
    assert "Does not feel safe now" in page
    assert "Overdue by 4 hours" in page
    assert "Unplaced:" in page
    assert "Bargate" in page
    assert "1 overdue" in page


def test_pages_and_lists_that_are_not_there_show_the_queue(officer: FlaskClient) -> None:
    for address in ("/desk/queue?page=x&shelf=y", "/desk/queue?page=99999999999", "/desk/queue?page=-1"):
        assert "Nothing waits" in words_of(officer, address)


def test_taking_the_next_opens_it(room: Room, officer: FlaskClient) -> None:
    sent = room.send()
    answer = officer.post("/desk/queue/take-next")
    assert answer.location.endswith(f"/desk/reports/{sent.id}")
    assert "With you" in words_of(officer, answer.location)
    assert "With Demo Officer" in words_of(room.visit(room.officers[1]), "/desk/queue")


def test_a_report_shows_everything_to_an_officer(room: Room, officer: FlaskClient) -> None:
    sent = room.send(report_answers(harms=frozenset({Harm.HURT})))
    page = words_of(officer, f"/desk/reports/{sent.id}")
    for words in (STORY, NAME, REACH, "SO14 7LY", "Bargate", "Somebody was hurt", "Opening this page is on record"):
        assert words in page


def test_script_in_a_story_is_only_text(room: Room, officer: FlaskClient) -> None:
    sent = room.send(report_answers(words=Secret("<script>alert(1)</script> 😀 مرحبا")))
    page = officer.get(f"/desk/reports/{sent.id}").text
    assert "<script>alert" not in page
    assert "😀 مرحبا" in page


def test_a_second_officer_is_told_and_keeps_what_was_typed(room: Room, officer: FlaskClient) -> None:
    sent = room.send()
    take(room.officer(1), room.entry(sent))
    room.session.commit()
    answer = officer.post(f"/desk/reports/{sent.id}/message", data={"message-words": "What I typed"})
    assert "Demo Colleague is working on this report" in as_read(answer.text)
    assert "What I typed" in answer.text
    assert room.behind_the_code(sent) == []


def test_bad_forms_say_what_to_do_and_keep_what_was_typed(room: Room, officer: FlaskClient) -> None:
    sent = room.send()
    answer = officer.post(f"/desk/reports/{sent.id}/level", data={"level-level": "high"})
    assert "Say why your level differs from the score" in as_read(answer.text)
    answer = officer.post(f"/desk/reports/{sent.id}/close", data={"close-words": "Kept words"})
    assert "Choose what was done" in as_read(answer.text)
    assert "Kept words" in answer.text
    answer = officer.post(f"/desk/reports/{sent.id}/message", data={"message-words": "x" * 10_001})
    assert "Use 10,000 letters or fewer" in as_read(answer.text)
    answer = officer.post(f"/desk/reports/{sent.id}/ward", data={"ward-ward": "E99999999", "ward-why": "known-locally"})
    assert answer.status_code == 200
    assert "There is a problem" in as_read(answer.text)


def test_a_page_that_grew_old_keeps_what_was_typed(room: Room, officer: FlaskClient) -> None:
    sent = room.send()
    room.flask.config["WTF_CSRF_ENABLED"] = True
    answer = officer.post(f"/desk/reports/{sent.id}/message", data={"message-words": "Typed for hours"})
    assert "press the button again" in as_read(answer.text)
    assert "Typed for hours" in answer.text
    officer.post(f"/desk/reports/{sent.id}/take")
    assert room.entry(sent).taken_by is None
    assert room.behind_the_code(sent) == []


def test_preview_then_send(room: Room, officer: FlaskClient) -> None:
    sent = room.send(report_answers(consent=ONLY_WHAT))
    housing = room.agencies[HOUSING].team_id
    choose = words_of(officer, f"/desk/reports/{sent.id}/refer")
    assert "Demo Police They did not agree to share with the police." in choose
    nobody = words_of(officer, f"/desk/reports/{sent.id}/refer/preview")
    assert "Choose at least one agency" in nobody
    page = officer.get(f"/desk/reports/{sent.id}/refer/preview?agency={housing}").text
    assert STORY in page
    assert NAME not in page
    assert REACH not in page
    assert "Who I am: they did not agree" in as_read(page)
    answer = officer.post(f"/desk/reports/{sent.id}/refer/preview", data=hidden(page))
    assert answer.status_code == 302
    room.run_jobs()
    assert "Delivered, not answered yet" in words_of(officer, f"/desk/reports/{sent.id}")


def test_what_changed_since_the_preview_is_shown_again(room: Room, officer: FlaskClient) -> None:
    sent = room.send()
    housing = room.agencies[HOUSING].team_id
    page = officer.get(f"/desk/reports/{sent.id}/refer/preview?agency={housing}").text
    change_consent(as_reporter(room.work()), room.report(sent), ONLY_WHAT)
    room.session.commit()
    answer = officer.post(f"/desk/reports/{sent.id}/refer/preview", data=hidden(page))
    assert "Something changed since you looked" in as_read(answer.text)
    assert NAME not in answer.text
    assert officer.post(f"/desk/reports/{sent.id}/refer/preview", data=hidden(answer.text)).status_code == 302


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's last form."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page[page.rindex("<form") :])
    return {name: unescape(value) for name, value in found}


def test_taking_a_referral_back(room: Room, officer: FlaskClient) -> None:
    sent = room.send()
    (referral,) = room.refer(sent, HOUSING)
    officer.post(f"/desk/referrals/{referral.id}/revoke")
    room.session.expire_all()
    assert referral.state is ReferralState.REVOKED


def test_a_decline_shows_its_reason(room: Room, officer: FlaskClient) -> None:
    sent = room.send()
    (referral,) = room.refer(sent, HOUSING)
    decline(room.caseworker(), referral, Secret("Not our building."))
    room.session.commit()
    assert "Declined by an agency" in words_of(officer, "/desk/queue")
    assert "Demo Homes: Not our building." in words_of(officer, f"/desk/reports/{sent.id}")


def test_ids_that_are_nobodys_are_not_found(officer: FlaskClient) -> None:
    for address in ("/desk/reports/nothing", "/desk/reports/nothing/refer", "/desk/reports/nothing/refer/preview"):
        assert officer.get(address).status_code == 404
    for deed in ("take", "give-back", "level", "ward", "message", "close", "refer/preview"):
        assert officer.post(f"/desk/reports/nothing/{deed}").status_code == 404
    assert officer.post("/desk/referrals/nothing/revoke").status_code == 404


def test_a_caseworker_is_not_let_in(room: Room) -> None:
    sent = room.send()
    caseworker = room.visit(room.caseworkers[HOUSING])
    for address in ("/desk/queue", f"/desk/reports/{sent.id}", f"/desk/reports/{sent.id}/refer"):
        assert caseworker.get(address).status_code == 403


def test_pages_hold_no_more_queries_when_more_reports_wait(room: Room, officer: FlaskClient) -> None:
    from sqlalchemy import event

    from core.db import db

    with room.flask.app_context():
        engine = db.engine
    counts = []
    for more in (2, 10):
        for _ in range(more):
            room.send(queued=False)
        room.run_jobs()
        room.session.commit()
        said: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *given, said=said: said.append(given[2]))
        words_of(officer, "/desk/queue")
        counts.append(len(said))
    assert counts[0] == counts[1]
