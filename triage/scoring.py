"""How a report's risk is scored: published weights, each with its reason in words. Pure.

A level says how fast somebody must look. It never says whether something was hate: perception is enough.
"""

from dataclasses import dataclass
from enum import StrEnum

from reporting.vocabulary import (
    Category,
    Harm,
    Kind,
    Offender,
    Repeat,
    Safety,
    Setting,
    Wish,
    YesNo,
)
from triage.vocabulary import Level

RULES_VERSION = "2026-11"
THRESHOLDS = ((40, Level.HIGH), (25, Level.MEDIUM), (0, Level.STANDARD))
"""Points from which a level holds, the highest first."""


@dataclass(frozen=True, slots=True)
class RiskAnswers:
    """The structured answers that a score is made from; every one may be unsaid."""

    safety: Safety = Safety.UNSAID
    harms: frozenset[Harm] = frozenset()
    repeat: Repeat = Repeat.UNSAID
    offender: Offender = Offender.UNSAID
    under_18: YesNo = YesNo.UNSAID
    setting: Setting = Setting.UNSAID
    kind: Kind = Kind.UNSAID
    categories: frozenset[Category] = frozenset()
    wishes: frozenset[Wish] = frozenset()

    def gave(self, question: str, word: StrEnum) -> bool:
        """Whether this was among the answers to a question."""
        answer: StrEnum | frozenset[StrEnum] = getattr(self, question)
        return word in answer if isinstance(answer, frozenset) else answer is word


@dataclass(frozen=True, slots=True)
class Factor:
    """Points for answers that hold together, each (question, word), and why in words."""

    answers: tuple[tuple[str, StrEnum], ...]
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A score, the level it gives, and every reason with its points, the weightiest first."""

    score: int
    level: Level
    reasons: tuple[tuple[str, int], ...]


FACTORS = (
    Factor((("safety", Safety.UNSAFE),), 40, "Does not feel safe now"),
    Factor((("safety", Safety.UNSURE),), 15, "Not sure of being safe now"),
    Factor((("harms", Harm.THREAT_TO_LIFE),), 40, "A threat to kill"),
    Factor((("harms", Harm.FIRE),), 40, "Fire used or threatened"),
    Factor((("harms", Harm.WEAPON),), 30, "A weapon used or shown"),
    Factor((("harms", Harm.NEEDED_TREATMENT),), 25, "Somebody needed treatment"),
    Factor((("harms", Harm.HURT),), 15, "Somebody was hurt"),
    Factor((("categories", Category.SEXUAL_OFFENCE),), 25, "A sexual offence"),
    Factor((("categories", Category.ASSAULT),), 15, "An attack"),
    Factor((("categories", Category.THREATS),), 10, "Threats"),
    Factor((("categories", Category.HARASSMENT),), 10, "Followed, watched or harassed"),
    Factor((("repeat", Repeat.WORSE),), 20, "Happened before and is getting worse"),
    Factor((("repeat", Repeat.BEFORE),), 10, "Happened before"),
    Factor((("offender", Offender.CARER),), 30, "A carer did it"),
    Factor((("offender", Offender.PARTNER_OR_FAMILY),), 30, "A partner or relative did it"),
    Factor((("offender", Offender.NEIGHBOUR),), 10, "A neighbour did it, so they are near"),
    Factor((("offender", Offender.OFFICIAL),), 10, "Somebody in authority did it"),
    Factor((("offender", Offender.COLLEAGUE),), 5, "They meet at work or school"),
    Factor((("offender", Offender.SEEN_BEFORE),), 5, "They have been seen before"),
    Factor((("under_18", YesNo.YES),), 15, "Under 18"),
    Factor((("under_18", YesNo.YES), ("setting", Setting.HOME)), 15, "A child, at home"),
    Factor((("setting", Setting.HOME),), 10, "At or near a home"),
    Factor((("kind", Kind.HATE),), 5, "Targeted for who they are"),
    Factor((("kind", Kind.BOTH),), 5, "Targeted for who they are"),
    Factor((("wishes", Wish.HELP_FOR_ME),), 5, "Asked for help"),
)


def assess_risk(answers: RiskAnswers) -> Assessment:
    """The assessment that the published weights give."""
    holding = [factor for factor in FACTORS if all(answers.gave(*answer) for answer in factor.answers)]
    holding.sort(key=lambda factor: -factor.points)
    score = sum(factor.points for factor in holding)
    return Assessment(score, level_of(score), tuple((factor.reason, factor.points) for factor in holding))


def level_of(score: int) -> Level:
    """The level from which on this many points reach."""
    return next(level for points, level in THRESHOLDS if score >= points)
