"""What was said, typed and kept at a centre is searched for in everything that was written."""

import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from core.clock import utc_now
from core.settings import Settings
from drills.searching import hits, write_rows
from tests.pages.conftest import PASSWORD, PEOPLE, SignIn, partnership, sign_in
from tests.pages.visiting import Visitor, field_value, words_of

__all__ = ["partnership", "sign_in"]
NAMES = ("words", "alone", "reach", "note", "plan", "debrief", "saved", "aside", "added", "call", "passphrase")


@pytest.fixture
def canaries() -> dict[str, str]:
    return {name: f"canary {name} {secrets.token_hex(8)}" for name in NAMES}


def test_nothing_of_a_visit_lies_in_rows_or_files(
    partnership: Flask, sign_in: SignIn, settings: Settings, canaries: dict[str, str], tmp_path: Path
) -> None:
    library = sign_in("library")
    assert "library" in PEOPLE
    visit_with_everything(library, canaries)
    report = "/centre/reports/" + library.get("/centre/reports").get_data(as_text=True).split("/centre/reports/")[1]
    keep_everything(library, report.split('"')[0], canaries)
    write_rows(settings.database_url, tmp_path / "rows")
    places = [tmp_path]
    if settings.is_sqlite:
        places.append(Path(settings.database_url.removeprefix("sqlite:///")).parent)
    assert hits(places, canaries) == []


def visit_with_everything(library: Visitor, canaries: dict[str, str]) -> None:
    """A visit that is saved, answered alone, sent with notes, and whose code lies in an envelope."""
    page = library.get("/centre/log")
    typed = {
        "csrf_token": field_value(page, "csrf_token"),
        "visit": field_value(page, "visit"),
        "words": canaries["saved"],
        "agreed": "y",
        "note_agreed": "y",
        "note": canaries["note"],
        "support_plan": canaries["plan"],
        "debrief": canaries["debrief"],
    }
    library.client.post("/centre/log/hand-over", data=typed)
    alone = {"words": canaries["alone"], "contact": "reach-me", "reach": canaries["reach"]}
    library.post("/visitor/answers", alone, read="/visitor")
    back = library.post("/visitor/give-back", {"password": PASSWORD})
    page = library.get(str(back.location))
    again = {**typed, "csrf_token": field_value(page, "csrf_token"), "visit": field_value(page, "visit")}
    sent = library.client.post("/centre/log", data=again)
    assert "The report is in" in words_of(sent)
    visit = "/centre/visits/" + sent.get_data(as_text=True).split("/centre/visits/")[1].split("/")[0]
    library.post(f"{visit}/hand-over", read=visit)
    passphrase = {"passphrase": canaries["passphrase"], "again": canaries["passphrase"]}
    assert "is sealed" in words_of(library.post("/visitor/envelope", passphrase, read="/visitor"))
    library.post("/visitor/give-back", {"password": PASSWORD})


def keep_everything(library: Visitor, report: str, canaries: dict[str, str]) -> None:
    """A further note, a note to the desk and a call-back, on the report's page."""
    page = library.get(report).get_data(as_text=True)
    person = page.split('name="reminder-person"')[1].split('value="')[1].split('"')[0]
    token = library.token(report)
    soon = utc_now() + timedelta(days=2)
    for part, typed in (
        ("notes", {"note-kind": "debrief", "note-words": canaries["added"]}),
        ("aside", {"aside-words": canaries["aside"]}),
        (
            "reminders",
            {
                "reminder-due": [str(soon.day), str(soon.month), str(soon.year)],
                "reminder-hour": "10",
                "reminder-person": person,
                "reminder-words": canaries["call"],
            },
        ),
    ):
        prefix = next(iter(typed)).split("-")[0]
        answer = library.client.post(f"{report}/{part}", data={**typed, f"{prefix}-csrf_token": token})
        assert answer.status_code == 303, words_of(answer)
