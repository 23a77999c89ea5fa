"""The words that people read for the words that the room stores."""

from collections.abc import Iterable
from enum import StrEnum

from centres.vocabulary import CentreKind, CentreState, Check, Course, Readiness, Reason, Scheme

_PAIRS: tuple[tuple[StrEnum, str], ...] = (
    (CentreState.APPLIED, "Applied"),
    (CentreState.APPROVED, "Approved"),
    (CentreState.ACTIVE, "Active"),
    (CentreState.SUSPENDED, "Suspended"),
    (CentreState.DECLINED, "Declined"),
    (CentreState.LEFT, "Left"),
    (CentreKind.LIBRARY, "Library"),
    (CentreKind.COMMUNITY, "Community centre"),
    (CentreKind.WORSHIP, "Place of worship"),
    (CentreKind.CHARITY, "Charity"),
    (CentreKind.PHARMACY, "Pharmacy"),
    (CentreKind.HOUSING, "Housing provider"),
    (CentreKind.EDUCATION, "School, college or university"),
    (CentreKind.COUNCIL, "Council office"),
    (CentreKind.OTHER, "Another kind of place"),
    (Scheme.DEMENTIA_FRIENDLY, "Dementia friendly"),
    (Scheme.CITY_OF_SANCTUARY, "City of Sanctuary"),
    (Scheme.SAFE_PLACE, "Safe Place"),
    (Check.VISITED, "The place was visited"),
    (Check.PRIVATE_SPACE, "The private space was seen"),
    (Check.LEAD, "The lead was spoken to"),
    (Check.SAFEGUARDING, "The safeguarding policy was seen"),
    (Check.INSURANCE, "The insurance was seen"),
    (Reason.NOT_A_PLACE, "It is not a place that people can visit"),
    (Reason.NOT_OPEN_TO_ALL, "It is not open to everybody"),
    (Reason.NO_PRIVATE_SPACE, "It has no private space to talk"),
    (Reason.NO_POLICY, "It has no safeguarding policy or insurance"),
    (Reason.NO_ANSWER, "Nobody answered when we got in touch"),
    (Reason.NEVER_JOINED, "Nobody joined after it was approved"),
    (Reason.CONCERN, "Somebody raised a concern"),
    (Reason.TRAINING, "Its people are not trained any more"),
    (Reason.NOBODY_THERE, "Nobody is there to take reports"),
    (Reason.PREMISES, "The place is shut for a time"),
    (Reason.OWN_WISH, "They asked for it"),
    (Reason.CLOSING, "The place is closing for good"),
    (Course.REPORTING, "Taking a report for a visitor"),
    (Course.SAFEGUARDING, "Safeguarding adults and children"),
    (Course.TRAUMA, "Listening to somebody who was hurt"),
    (Course.INTERPRETERS, "Working with interpreters"),
    (Readiness.NEVER, "Not trained yet"),
    (Readiness.GOOD, "Trained"),
    (Readiness.DUE_SOON, "Training due soon"),
    (Readiness.IN_GRACE, "Training has run out"),
    (Readiness.LAPSED, "Cannot log: training has run out"),
)
_WORDS: dict[StrEnum, str] = dict(_PAIRS)
MOVING: dict[CentreState, tuple[str, str]] = {
    CentreState.APPLIED: (
        "Look at it again",
        "The application stands among those that wait. What was seen to is kept.",
    ),
    CentreState.ACTIVE: ("Let it work again", "Its people can sign in again at once, and it is public again."),
    CentreState.SUSPENDED: (
        "Suspend",
        "Its people are signed out at once and cannot sign in. It is no longer public. What it logged stays with the "
        "desk, and visitors still come back with their codes.",
    ),
    CentreState.DECLINED: (
        "Decline",
        "Nothing is sent. Tell the lead why, in your own words. The application can be looked at again later.",
    ),
    CentreState.LEFT: (
        "Let it go",
        "Its people are signed out for good, and invitations stop working. It is no longer public. What it logged "
        "stays with the desk, and visitors still come back with their codes.",
    ),
}
"""Where a coordinator moves a centre: the words of the button, and what it means."""
_TONES: dict[StrEnum, str] = {
    CentreState.APPLIED: "new",
    CentreState.APPROVED: "waiting",
    CentreState.ACTIVE: "done",
    CentreState.SUSPENDED: "declined",
    CentreState.DECLINED: "quiet",
    CentreState.LEFT: "quiet",
    Readiness.NEVER: "declined",
    Readiness.GOOD: "done",
    Readiness.DUE_SOON: "waiting",
    Readiness.IN_GRACE: "waiting",
    Readiness.LAPSED: "declined",
}


def in_words(word: StrEnum) -> str:
    """What people read for a stored word."""
    return _WORDS[word]


def tone_of(word: StrEnum) -> str:
    """The tone of a mark for a state or a readiness."""
    return _TONES[word]


def choices(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Stored word and what people read, for a form."""
    return [(word.value, in_words(word)) for word in words]
