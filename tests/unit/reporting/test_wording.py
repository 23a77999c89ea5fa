"""Every stored word has words for people, and no two in one list read the same."""

import inspect
from enum import StrEnum
from itertools import pairwise

import pytest

from reporting import vocabulary
from reporting.questions import BY_SLUG, QUESTIONS, after, before
from reporting.summary import summary_of
from reporting.vocabulary import AgencyKind, Category, Strand, Told, Wish
from reporting.wording import choices, in_words, listed

# Words that only staff's own pages show, in words of their own.
SHOWN_ELSEWHERE = {"Channel", "Precision", "Author"}
VOCABULARIES = [
    each
    for _, each in inspect.getmembers(vocabulary, inspect.isclass)
    if issubclass(each, StrEnum) and each is not StrEnum and each.__name__ not in SHOWN_ELSEWHERE
]


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_every_word_is_said_and_no_two_read_the_same(words: type[StrEnum]) -> None:
    said = [in_words(word) for word in words]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_words_fit_their_column(words: type[StrEnum]) -> None:
    assert max(len(word) for word in words) <= 40
    assert not any(" " in word for word in words if words in {Category, Strand})


def test_words_that_are_spelt_alike_are_not_confused() -> None:
    police = {in_words(Wish.POLICE), in_words(AgencyKind.POLICE), in_words(Told.POLICE)}
    assert police == {"The police to look into it", "The police"}
    assert in_words(Category.OTHER) != in_words(Strand.OTHER)


def test_what_is_listed_is_in_the_vocabularys_own_order() -> None:
    assert listed({AgencyKind.COUNCIL, AgencyKind.SUPPORT}) == "A victim support service; The council"
    assert listed([]) == ""


def test_what_may_be_chosen_keeps_the_stored_word() -> None:
    assert choices([Wish.POLICE]) == [("police", "The police to look into it")]


def test_the_questions_follow_one_another_and_none_twice() -> None:
    assert len(BY_SLUG) == len(QUESTIONS)
    assert before(QUESTIONS[0]) is None
    assert after(QUESTIONS[-1]) is None
    for first, second in pairwise(QUESTIONS):
        assert after(first) is second
        assert before(second) is first


def test_the_summary_says_what_was_answered_in_words() -> None:
    rows = summary_of(
        {
            "why-targeted": {"why": ["race", "not-sure"], "religion_perceived": ""},
            "when": {"date": {"day": "4", "month": "11", "year": "2026"}, "day": "2026-11-04"},
            "where": {"point": "50.9,-1.4", "place_words": "<b>"},
            "sharing": {"consent": ["police:what-happened"]},
        }
    )
    lines = {row.question.slug: row.lines for row in rows}
    assert lines["why-targeted"] == ("Race, ethnicity, nationality or skin colour", "Not sure")
    assert lines["when"] == ("4 November 2026",)
    assert set(lines["where"]) == {"A point in Bargate", "<b>"}
    assert lines["sharing"] == ("The police: what happened",)
    assert lines["harm"] == ()
    assert len(rows) == len(QUESTIONS)
