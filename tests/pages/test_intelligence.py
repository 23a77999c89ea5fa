"""Partners file what they hear; officers alone open it, and say what came of it."""

import re

from flask import Flask
from sqlalchemy import func, select

from core.audit import AuditEntry
from reporting.intelligence import PAGE_OF_ONES_OWN
from reporting.intelligence_models import Intelligence
from reporting.intelligence_words import reference_of
from tests.pages.conftest import SignIn, inside, reports_in, run_jobs
from tests.pages.visiting import Visitor, field_value, words_of

CANARY = "canary stickers at the bus stop"
HEARD = {
    "words": CANARY,
    "place_words": "SO14 7LY",
    "source": "a shopkeeper told a warden",
    "source_evaluation": "2",
    "assessment": "C",
    "handling": "P",
}


GRADE = {"source_evaluation": "2", "assessment": "C"}


def file(visitor: Visitor, **changed: str) -> str:
    answer = visitor.post("/intelligence", {**HEARD, **changed}, read="/intelligence")
    return words_of(answer) if answer.status_code == 200 else str(answer.location)


def test_every_partner_may_file_and_only_the_desk_reads(partnership: Flask, sign_in: SignIn) -> None:
    for name in ("lead", "library", "housing", "coordinator", "officer", "partner"):
        assert file(sign_in(name)) == "/intelligence", name
    run_jobs(partnership)
    officer = sign_in("officer")
    listed = officer.get("/desk/intelligence").get_data(as_text=True)
    assert listed.count("Bargate") == 6
    assert CANARY not in listed
    with inside(partnership) as session:
        address = f"/desk/intelligence/{session.scalars(select(Intelligence.id)).first()}"
    assert CANARY in words_of(officer.get(address))
    for name in ("library", "housing", "coordinator", "partner"):
        assert sign_in(name).get(address).status_code == 403
    assert reports_in(partnership) == 0
    with inside(partnership) as session:
        opened = select(func.count()).where(AuditEntry.action == "intelligence opened")
        assert session.scalar(opened) == 1


def test_what_came_of_it_is_known_to_whoever_filed_it(partnership: Flask, sign_in: SignIn) -> None:
    library, officer = sign_in("library"), sign_in("officer")
    file(library)
    with inside(partnership) as session:
        address = f"/desk/intelligence/{session.scalars(select(Intelligence.id)).one()}"
    assert "Received" in words_of(library.get("/intelligence"))
    assert officer.get(address).status_code == 200
    assert "Read" in words_of(library.get("/intelligence"))
    assert officer.post(f"{address}/grade", {**GRADE, "assessment": "A"}, read=address).status_code == 302
    assert "2AP" in words_of(officer.get("/desk/intelligence"))
    assert "Graded" in words_of(library.get("/intelligence"))
    assert "Choose what came of it" in words_of(officer.post(f"{address}/act", {}, read=address))
    assert officer.post(f"{address}/act", {"action": "patrol"}, read=address).status_code == 302
    told = words_of(library.get("/intelligence"))
    assert "Patrols changed or a place visited" in told
    assert CANARY not in told
    assert "Patrols" not in words_of(sign_in("housing").get("/intelligence"))


def test_a_mistake_is_told_and_nothing_is_lost(partnership: Flask, sign_in: SignIn) -> None:
    library = sign_in("library")
    page = library.post("/intelligence", {**HEARD, "assessment": "", "handling": "C"}, read="/intelligence")
    for words in ("Choose how the source knows", "Write on what conditions it may be passed on"):
        assert words in words_of(page)
    assert field_value(page, "words") == CANARY
    stale = library.client.post("/intelligence", data={**HEARD, "csrf_token": "stale"})
    assert field_value(stale, "words") == CANARY
    with inside(partnership) as session:
        assert session.scalar(select(func.count()).select_from(Intelligence)) == 0


def test_what_is_not_there_is_not_found(sign_in: SignIn) -> None:
    officer = sign_in("officer")
    assert officer.get("/desk/intelligence/nothing").status_code == 404
    for page in ("0", "-1", "999999999999", "x"):
        assert officer.get(f"/desk/intelligence?page={page}").status_code == 200


def test_a_partner_sees_what_became_of_theirs_and_their_words_no_more(partnership: Flask, sign_in: SignIn) -> None:
    partner, other = sign_in("partner"), sign_in("library")
    file(other, words="what another heard")
    assert "Nothing yet" in words_of(partner.get("/intelligence"))
    assert file(partner) == "/intelligence"
    run_jobs(partnership)
    told = words_of(partner.get("/intelligence"))
    with inside(partnership) as session:
        theirs = session.scalars(select(Intelligence).where(Intelligence.team_name != "Demo Library")).one()
        reference = reference_of(theirs.id)
    assert re.search(rf"{reference} \d+ \w+ \d{{4}} Bargate Received", told), told
    assert told.count("CI-") == 2, "in the list, and in the thanks"
    assert CANARY not in told


def test_a_long_list_has_pages(partnership: Flask, sign_in: SignIn) -> None:
    partner = sign_in("partner")
    for number in range(PAGE_OF_ONES_OWN + 1):
        file(partner, words=f"heard {number}")
    partner.get("/intelligence")
    first, second = (words_of(partner.get(f"/intelligence?page={page}")) for page in (1, 2))
    assert first.count("CI-") == PAGE_OF_ONES_OWN
    assert second.count("CI-") == 1
    assert "Older" in first
    assert "Newer" in second


def test_the_desk_sees_how_much_waits_for_a_grade(partnership: Flask, sign_in: SignIn) -> None:
    officer = sign_in("officer")
    assert "for a grade" not in words_of(officer.get("/desk/queue"))
    for words in ("one", "two"):
        file(officer, words=words)
    assert "Intelligence 2 wait for a grade" in words_of(officer.get("/desk/queue"))
    with inside(partnership) as session:
        address = f"/desk/intelligence/{session.scalars(select(Intelligence.id)).first()}"
    page = officer.post(f"{address}/grade", {"source_evaluation": "9"}, read=address)
    assert "Choose how reliable the source is" in words_of(page)
    officer.post(f"{address}/grade", GRADE, read=address)
    assert "Intelligence 1 waits for a grade" in words_of(officer.get("/desk/queue"))
