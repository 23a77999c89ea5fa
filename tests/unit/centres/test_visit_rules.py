"""How long a visit is kept, what must be read aloud, and words in two voices."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from centres.conversation_page import PARTS
from centres.opening import Opening, Week
from centres.receipt_words import receipt_words
from centres.visit_rules import (
    LATEST_CALL_BACK,
    WORDS,
    kept_until,
    needs_a_second_look,
    neutral_word,
    obstacle_to_call_back,
    unread,
)
from core.languages import WRITTEN, Language
from reporting.questions import QUESTIONS
from reporting.spoken import agreed_in_words, sentence_to_read
from reporting.vocabulary import AgencyKind, Detail

LONDON = ZoneInfo("Europe/London")
WEEK = Week.of([Opening(1, time(9), time(12)), Opening(1, time(13), time(17))])


def on_tuesday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, 14, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (on_tuesday(9), on_tuesday(17)),
        (on_tuesday(12, 30), on_tuesday(17)),
        (on_tuesday(15, 59), on_tuesday(17)),
        (on_tuesday(16), datetime(2026, 7, 15, tzinfo=LONDON)),
        (on_tuesday(20), datetime(2026, 7, 15, tzinfo=LONDON)),
        (datetime(2026, 7, 15, 10, tzinfo=LONDON), datetime(2026, 7, 16, tzinfo=LONDON)),
    ],
)
def test_a_visit_is_kept_until_closing_time_and_never_past_midnight(now: datetime, until: datetime) -> None:
    assert kept_until(WEEK, now.astimezone(UTC), LONDON) == until


def test_a_bank_holiday_has_no_closing_time() -> None:
    monday = Week.of([Opening(0, time(9), time(17))])
    holiday = datetime(2026, 8, 31, 10, tzinfo=LONDON)
    assert kept_until(monday, holiday, LONDON) == datetime(2026, 9, 1, tzinfo=LONDON)


def test_without_hours_it_is_midnight_also_when_clocks_change() -> None:
    night = datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    assert kept_until(Week(), night, LONDON) == datetime(2026, 10, 26, 0, tzinfo=UTC)


def test_what_was_not_read_is_not_agreed() -> None:
    told, reached = (AgencyKind.POLICE, Detail.WHAT_HAPPENED), (AgencyKind.POLICE, Detail.HOW_TO_REACH)
    assert unread(frozenset({told, reached}), frozenset({told})) == {reached}
    assert unread(frozenset(), frozenset({told})) == frozenset()


def test_a_day_more_than_a_year_ago_is_looked_at_again() -> None:
    assert not needs_a_second_look(date(2026, 1, 1), date(2027, 1, 2))
    assert needs_a_second_look(date(2026, 1, 1), date(2027, 1, 3))


def test_a_visit_is_called_by_a_word_that_says_nothing() -> None:
    assert {neutral_word() for _ in range(200)} <= set(WORDS)


def test_every_question_stands_once_in_the_conversation() -> None:
    asked = [slug for _, _, slugs in PARTS for slug in slugs]
    assert sorted([*asked, "sharing"]) == sorted(question.slug for question in QUESTIONS)


def test_every_box_has_a_sentence_of_its_own_agency() -> None:
    first = {sentence_to_read(agency, Detail.WHAT_HAPPENED) for agency in AgencyKind}
    assert len(first) == len(AgencyKind)
    assert len({sentence_to_read(AgencyKind.POLICE, detail) for detail in Detail}) == len(Detail)
    assert all(agreed_in_words(detail) for detail in Detail)


def test_a_sheet_without_a_translation_is_in_english() -> None:
    assert receipt_words(None).code == Language.ENGLISH
    assert receipt_words(Language.TIGRINYA).code == Language.ENGLISH
    assert {receipt_words(language).code for language in WRITTEN} == set(WRITTEN)


@pytest.mark.parametrize("language", Language)
def test_a_sheet_says_nothing_of_what_was_told(language: Language) -> None:
    words = receipt_words(language).words
    text = " ".join(text for key, text in words.items() if key.startswith("sheet.")).lower()
    for unsafe in ("hate", "crime", "police", "report"):
        assert unsafe not in text


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(0), None),
        (timedelta(minutes=-37), None),
        (timedelta(hours=-1), "has passed"),
        (timedelta(days=-1), "has passed"),
        (LATEST_CALL_BACK, None),
        (LATEST_CALL_BACK + timedelta(hours=1), "12 months"),
        (timedelta(days=36 * 365), "12 months"),
    ],
)
def test_a_call_back_is_promised_from_now_on_within_a_year(ahead: timedelta, words: str | None) -> None:
    found = obstacle_to_call_back(on_tuesday(14) + ahead, on_tuesday(14))
    assert found is None if words is None else words in (found or "")
