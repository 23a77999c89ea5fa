"""Words of community intelligence, graded 3×5×2: see docs/decisions/0017-grades-of-intelligence.md.

The labels of the grades are those of the College of Policing (APP, Intelligence management, Intelligence report), so
that a grade means the same to the police; what explains them to a partner is our own.
"""

from enum import StrEnum
from hashlib import blake2b

from core.ids import TYPABLE


class SourceEvaluation(StrEnum):
    """How reliable the source is."""

    RELIABLE = "1"
    UNTESTED = "2"
    NOT_RELIABLE = "3"


class Assessment(StrEnum):
    """How the source comes to know it."""

    DIRECT = "A"
    INDIRECT_CORROBORATED = "B"
    INDIRECT = "C"
    NOT_KNOWN = "D"
    SUSPECTED_FALSE = "E"


class Handling(StrEnum):
    """How it may be passed on."""

    PERMITTED = "P"
    CONDITIONS = "C"


class Standing(StrEnum):
    """Where a piece of intelligence is with the desk."""

    NEW = "new"
    READ = "read"
    GRADED = "graded"
    ACTED_ON = "acted on"


UNGRADED = (Standing.NEW, Standing.READ)
"""What waits for the desk to confirm its grade."""


class Action(StrEnum):
    """What came of it."""

    PATROL = "patrol"
    REASSURANCE = "reassurance"
    TO_POLICE = "to-police"
    TO_COUNCIL = "to-council"
    MEETING = "partnership-meeting"
    WATCHED = "watched"
    NONE = "none"


_TEXTS: tuple[tuple[StrEnum, str, str], ...] = (
    (SourceEvaluation.RELIABLE, "Reliable", "They know what they speak of, and what they told before held."),
    (
        SourceEvaluation.UNTESTED,
        "Untested",
        "New or unknown, or nothing they told was borne out yet. Not worse: to be taken with care.",
    ),
    (
        SourceEvaluation.NOT_RELIABLE,
        "Not reliable",
        "There is a reason to doubt them: their motive, what they can know, who they are.",
    ),
    (
        Assessment.DIRECT,
        "Known directly to the source",
        "They saw or heard it happen themselves. Being told of it is C.",
    ),
    (
        Assessment.INDIRECT_CORROBORATED,
        "Known indirectly to the source but corroborated",
        "Somebody told them, and somebody else who was there says the same. Not two who had it from one.",
    ),
    (Assessment.INDIRECT, "Known indirectly to the source", "Somebody told them. They were not there."),
    (Assessment.NOT_KNOWN, "Not known", "There is no way to tell how they know, as with a note without a name."),
    (
        Assessment.SUSPECTED_FALSE,
        "Suspected to be false",
        "However it came, there is a reason to think it untrue.",
    ),
    (
        Handling.PERMITTED,
        "Lawful sharing permitted",
        "To those who need it for keeping people safe and may have it by law and local agreement.",
    ),
    (
        Handling.CONDITIONS,
        "Lawful sharing permitted with conditions",
        "To the same, and only as you write down: say who, or who not.",
    ),
    (Standing.NEW, "Received", ""),
    (Standing.READ, "Read", ""),
    (Standing.GRADED, "Graded", ""),
    (Standing.ACTED_ON, "Acted on", ""),
    (Action.PATROL, "Patrols changed or a place visited", ""),
    (Action.REASSURANCE, "People spoken to and reassured", ""),
    (Action.TO_POLICE, "Passed to the police", ""),
    (Action.TO_COUNCIL, "Passed to the council or a housing provider", ""),
    (Action.MEETING, "Taken to the partnership meeting", ""),
    (Action.WATCHED, "Kept in view with what else is known", ""),
    (Action.NONE, "Nothing to be done", ""),
)
_WORDS = {(type(word), word.value): (label, meaning) for word, label, meaning in _TEXTS}


def words_of(word: StrEnum) -> str:
    """What people read: the official label of a grade, or plain words."""
    return _WORDS[type(word), word.value][0]


def meaning_of(word: StrEnum) -> str:
    """A grade in plain words; empty for what needs none."""
    return _WORDS[type(word), word.value][1]


def grade_of(source: SourceEvaluation, assessment: Assessment) -> str:
    """The two grades together, such as 2C."""
    return f"{source.value}{assessment.value}"


def grade_in_words(grade: str) -> str:
    """2C → 2C: untested; known indirectly to the source."""
    source, assessment = SourceEvaluation(grade[0]), Assessment(grade[1])
    return f"{grade}: {_lowered(words_of(source))}; {_lowered(words_of(assessment))}"


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def reference_of(intelligence_id: str) -> str:
    """What people call a piece of intelligence, such as CI-7K3M-9QXT: always the same, and made from its id alone."""
    number = int.from_bytes(blake2b(intelligence_id.encode(), digest_size=8).digest())
    letters = "".join(TYPABLE[number // len(TYPABLE) ** place % len(TYPABLE)] for place in range(8))
    return f"CI-{letters[:4]}-{letters[4:]}"
