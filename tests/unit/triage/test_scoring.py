"""The score explains itself, and changes with the answers."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.vocabulary import Category, Harm, Kind, Offender, Repeat, Safety, Setting, Wish, YesNo
from triage.scoring import FACTORS, THRESHOLDS, RiskAnswers, assess_risk, level_of
from triage.vocabulary import Level


def some(words: type[StrEnum]) -> st.SearchStrategy[frozenset[StrEnum]]:
    return st.frozensets(st.sampled_from(words))


ANSWERS = st.builds(
    RiskAnswers,
    safety=st.sampled_from(Safety),
    harms=some(Harm),
    repeat=st.sampled_from(Repeat),
    offender=st.sampled_from(Offender),
    under_18=st.sampled_from(YesNo),
    setting=st.sampled_from(Setting),
    kind=st.sampled_from(Kind),
    categories=some(Category),
    wishes=some(Wish),
)


def test_nothing_said_is_standard_and_has_no_reasons() -> None:
    found = assess_risk(RiskAnswers())
    assert (found.score, found.level, found.reasons) == (0, Level.STANDARD, ())


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (RiskAnswers(safety=Safety.UNSAFE), Level.HIGH),
        (RiskAnswers(harms=frozenset({Harm.THREAT_TO_LIFE})), Level.HIGH),
        (RiskAnswers(harms=frozenset({Harm.FIRE})), Level.HIGH),
        (RiskAnswers(harms=frozenset({Harm.WEAPON})), Level.MEDIUM),
        (RiskAnswers(harms=frozenset({Harm.WEAPON, Harm.HURT})), Level.HIGH),
        (RiskAnswers(under_18=YesNo.YES, setting=Setting.HOME), Level.HIGH),
        (RiskAnswers(offender=Offender.PARTNER_OR_FAMILY), Level.MEDIUM),
        (RiskAnswers(offender=Offender.CARER, setting=Setting.HOME), Level.HIGH),
        (RiskAnswers(kind=Kind.HATE, categories=frozenset({Category.VERBAL_ABUSE})), Level.STANDARD),
        (RiskAnswers(kind=Kind.ASB, categories=frozenset({Category.FLY_TIPPING})), Level.STANDARD),
    ],
)
def test_direct_danger_is_high_or_medium(answers: RiskAnswers, level: Level) -> None:
    assert assess_risk(answers).level is level


def test_each_answer_gives_its_reason_and_the_weightiest_stands_first() -> None:
    found = assess_risk(RiskAnswers(repeat=Repeat.WORSE, harms=frozenset({Harm.FIRE, Harm.HURT})))
    assert found.reasons == (
        ("Fire used or threatened", 40),
        ("Happened before and is getting worse", 20),
        ("Somebody was hurt", 15),
    )


def test_a_word_that_two_questions_share_counts_only_where_it_was_said() -> None:
    other_twice = RiskAnswers(categories=frozenset({Category.OTHER}), setting=Setting.OTHER)
    assert assess_risk(other_twice).score == 0


@given(ANSWERS)
def test_the_score_is_the_sum_of_its_reasons_and_gives_the_level(answers: RiskAnswers) -> None:
    found = assess_risk(answers)
    assert found.score == sum(points for _, points in found.reasons)
    assert found.level is level_of(found.score)


@given(ANSWERS, st.sampled_from(Harm))
def test_a_further_harm_never_lowers_the_score(answers: RiskAnswers, harm: Harm) -> None:
    worse = RiskAnswers(harms=answers.harms | {harm}, safety=answers.safety)
    assert assess_risk(worse).score >= assess_risk(RiskAnswers(harms=answers.harms, safety=answers.safety)).score


def test_every_published_factor_is_positive_and_says_why() -> None:
    assert all(factor.points > 0 and factor.reason for factor in FACTORS)
    assert [level for _, level in THRESHOLDS] == [Level.HIGH, Level.MEDIUM, Level.STANDARD]
