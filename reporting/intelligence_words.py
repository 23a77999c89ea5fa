"""Words of community intelligence: graded 3×5×2. Source: College of Policing, APP, Intelligence report."""

from enum import StrEnum


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
    ACTED_ON = "acted on"


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
    (SourceEvaluation.RELIABLE, "Reliable", "You have known them long enough to trust what they say."),
    (SourceEvaluation.UNTESTED, "Untested", "You do not know yet whether to trust what they say."),
    (SourceEvaluation.NOT_RELIABLE, "Not reliable", "There is a reason to doubt them."),
    (Assessment.DIRECT, "Known directly to the source", "They saw or heard it themselves."),
    (
        Assessment.INDIRECT_CORROBORATED,
        "Known indirectly to the source but corroborated",
        "Somebody told them, and something else bears it out.",
    ),
    (Assessment.INDIRECT, "Known indirectly to the source", "Somebody told them."),
    (Assessment.NOT_KNOWN, "Not known", "It cannot be said how they know."),
    (Assessment.SUSPECTED_FALSE, "Suspected to be false", "You think that it is not true, and it should be known."),
    (Handling.PERMITTED, "Lawful sharing permitted", "The desk may pass it to those who need it."),
    (
        Handling.CONDITIONS,
        "Lawful sharing permitted with conditions",
        "Only in the way that you write down.",
    ),
    (Standing.NEW, "New", ""),
    (Standing.READ, "Read", ""),
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
