"""Answers from a flat document: strictly by vocabulary, and nothing kept that was not meant."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from reporting.answers import Answers, When
from reporting.drafts import OpenDraft, key_of_cookie, start_draft
from reporting.schemas import LONGEST_STORY, AnswersSchema, read_point
from reporting.vocabulary import AgencyKind, Category, Contact, Detail, Harm, Motive, Strand, WhenKind


def load(**document: Any) -> Answers:
    answers: Answers = AnswersSchema().load(document)
    return answers


def test_an_empty_document_is_a_report_that_says_nothing() -> None:
    answers = load()
    assert answers.when == When()
    assert answers.categories == answers.strands == answers.harms == answers.consent == frozenset()
    assert answers.contact is Contact.ANONYMOUS
    assert not answers.words


@pytest.mark.parametrize(
    "document",
    [
        {"safety": "fine"},
        {"safety": ["safe"]},
        {"categories": ["verbal-abuse", "murmuring"]},
        {"categories": "verbal-abuse"},
        {"why": ["race", "height"]},
        {"why": [{}]},
        {"when_kind": "EXACT"},
        {"day": "31/02/2026"},
        {"day": "2026-02-30"},
        {"hours": "noon"},
        {"setting": "moon"},
        {"ward": "E05015491-and-more"},
        {"place": "x" * 301},
        {"point": "here"},
        {"point": "91,0"},
        {"words": 12},
        {"words": "a" * (LONGEST_STORY + 1)},
        {"name": "a" * 301},
        {"consent": ["police"]},
        {"consent": ["police:everything"]},
        {"contact": "phone-me"},
        {"under_18": True},
        {"told": [None]},
    ],
)
def test_what_no_vocabulary_has_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refusal:
        load(**document)
    assert list(refusal.value.messages_dict) == list(document)


@pytest.mark.parametrize("document", [None, [], "words", 7])
def test_what_is_no_document_is_refused_in_words(document: Any) -> None:
    with pytest.raises(ValidationError):
        AnswersSchema().load(document)


def test_a_full_document_is_read() -> None:
    answers = load(
        categories=["verbal-abuse", "graffiti"],
        why=["race", "not-sure"],
        when_kind="exact",
        day="2026-11-04",
        place_words="SO14 7LY",
        point="50.9,-1.4",
        words="words",
        harms=["none"],
        contact="reach-me",
        name="Somebody",
        consent=["police:what-happened"],
    )
    assert answers.categories == {Category.VERBAL_ABUSE, Category.GRAFFITI}
    assert (answers.strands, answers.motive) == ({Strand.RACE}, Motive.NOT_SURE)
    assert answers.when == When(WhenKind.EXACT, date(2026, 11, 4))
    assert (answers.place.words, answers.place.point) == ("SO14 7LY", (50.9, -1.4))
    assert answers.harms == frozenset()
    assert answers.identity.name.reveal() == "Somebody"
    assert answers.consent == {(AgencyKind.POLICE, Detail.WHAT_HAPPENED)}


def test_harm_is_kept_and_none_of_these_is_not_a_harm() -> None:
    assert load(harms=["none", "weapon"]).harms == {Harm.WEAPON}


@pytest.mark.parametrize("contact", [contact for contact in Contact if contact is not Contact.REACH_ME])
def test_somebody_anonymous_keeps_no_identity_whatever_stood_in_the_boxes(contact: Contact) -> None:
    answers = load(contact=contact.value, name="Somebody", reach="07000 000000", safe_times="never")
    assert not any((answers.identity.name, answers.identity.reach, answers.identity.safe_times))


def test_a_day_without_a_kind_is_about_that_day() -> None:
    assert load(day="2026-11-04").when == When(WhenKind.ABOUT, date(2026, 11, 4))


def test_answers_are_not_printed() -> None:
    answers = load(contact="reach-me", name="Somebody", words="canary", place_words="1 Canary Street")
    assert not {"Somebody", "canary", "Canary"} & set(repr(answers).replace("'", " ").split())


@given(st.floats(), st.floats())
def test_a_point_is_on_the_globe_or_is_none(lat: float, lon: float) -> None:
    point = read_point(f"{lat},{lon}")
    assert point == ((lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None)


@pytest.mark.parametrize("text", ["", ",", "1", "1,2,3", "nan,0", "a,b", "50.9;-1.4"])
def test_what_is_no_point(text: str) -> None:
    assert read_point(text) is None


@pytest.mark.parametrize(
    ("answers", "empty"),
    [
        ({}, True),
        ({"when": {"when_kind": None, "date": {"day": "", "month": "", "year": ""}, "day": None}}, True),
        ({"where": {"ward": "", "point": "", "place_words": ""}}, True),
        ({"when": {"date": {"day": "", "month": "3", "year": ""}}}, False),
        ({"harm": {"harms": ["none"]}}, False),
    ],
)
def test_a_draft_is_empty_when_nothing_was_answered(answers: dict[str, dict[str, Any]], empty: bool) -> None:
    assert OpenDraft(start_draft().key, answers).is_empty is empty


@pytest.mark.parametrize("cookie", [None, "", "short", "=" * 44, "é" * 44, "A" * 88])
def test_what_is_no_drafts_cookie(cookie: str | None) -> None:
    assert key_of_cookie(cookie) is None


def test_a_drafts_cookie_is_its_key() -> None:
    draft = start_draft()
    assert key_of_cookie(draft.cookie) == draft.key
    assert draft.cookie not in repr(draft)
