"""The words that people read for the desk's stored words."""

from enum import StrEnum

from reporting.vocabulary import Precision
from triage.vocabulary import Basis, CalledBack, Level, Outcome, ReferralState, Shelf, WardReason

_WORDS: dict[tuple[type[StrEnum], StrEnum], str] = {
    (type(word), word): words
    for word, words in (
        (Level.HIGH, "High: seen within one hour, day or night"),
        (Level.MEDIUM, "Medium: seen within one working day"),
        (Level.STANDARD, "Standard: seen within three working days"),
        (Shelf.TO_DO, "To do"),
        (Shelf.WITH_AGENCIES, "With agencies"),
        (Shelf.CLOSED, "Closed"),
        (CalledBack.DECLINED, "Declined by an agency"),
        (CalledBack.REPORTER_WROTE, "The reporter wrote"),
        (CalledBack.CENTRE_WROTE, "The centre wrote"),
        (CalledBack.ANSWERED, "Answered by agencies"),
        (CalledBack.CONSENT_CHANGED, "The reporter changed what may be shared"),
        (ReferralState.DRAFTED, "Drafted"),
        (ReferralState.SENT, "Sent, not delivered yet"),
        (ReferralState.DELIVERED, "Delivered, not answered yet"),
        (ReferralState.ACCEPTED, "Accepted"),
        (ReferralState.DECLINED, "Declined"),
        (ReferralState.IN_PROGRESS, "In progress"),
        (ReferralState.OUTCOME, "Outcome recorded"),
        (ReferralState.REVOKED, "Withdrawn"),
        (WardReason.NAMED, "Their own words name a place there"),
        (WardReason.REPORTER_SAID, "The reporter told us since"),
        (WardReason.KNOWN_LOCALLY, "The place is known locally"),
        (Basis.CONSENT, "The reporter agreed (Crime and Disorder Act 1998, section 115)"),
        (Outcome.NO_FURTHER_ACTION, "No further action"),
        (Outcome.ADVICE, "Advice given"),
        (Outcome.WARNING, "Warning"),
        (Outcome.BEHAVIOUR_CONTRACT, "Acceptable behaviour contract"),
        (Outcome.PROTECTION_NOTICE, "Community protection notice"),
        (Outcome.INJUNCTION, "Injunction"),
        (Outcome.ARREST_OR_CHARGE, "Arrest or charge"),
        (Outcome.REPAIR, "Repair or clean-up"),
        (Outcome.REHOUSED, "Rehoused"),
        (Outcome.SUPPORT, "Support given"),
        (Outcome.OTHER, "Something else"),
    )
}
_STEPS = {
    ReferralState.DRAFTED: "Drafted",
    ReferralState.SENT: "Sent",
    ReferralState.DELIVERED: "Delivered",
    ReferralState.ACCEPTED: "Accepted",
    ReferralState.DECLINED: "Declined",
    ReferralState.IN_PROGRESS: "Progress",
    ReferralState.OUTCOME: "Outcome",
    ReferralState.REVOKED: "Withdrawn",
}
_SET_IT = "Set a pin or choose a ward."
_ADVICE = (
    ("We could not find this place. Add a street name or a postcode if you can.", f"No place we know fits. {_SET_IT}"),
    ("Check it, or give the street instead.", _SET_IT),
    (
        "Check it, or tell the service for that area.",
        f"If it is in the city after all, {_SET_IT[0].lower()}{_SET_IT[1:]}",
    ),
    ("Add a street, a postcode or the part of the city.", _SET_IT),
)
"""What a reporter reads when a place is not found, and what an officer reads there."""
_PRECISIONS = {
    Precision.ADDRESS: "at an address",
    Precision.POSTCODE: "at a postcode",
    Precision.STREET: "along a street",
    Precision.AREA: "as an area",
    Precision.POINT: "at a pin",
}
_TONES = {
    ReferralState.DELIVERED: "waiting",
    ReferralState.SENT: "waiting",
    ReferralState.ACCEPTED: "working",
    ReferralState.IN_PROGRESS: "working",
    ReferralState.OUTCOME: "done",
    ReferralState.DECLINED: "declined",
}


def words_for(word: StrEnum) -> str:
    """What people read for one of the desk's words."""
    return _WORDS[type(word), word]


def for_the_desk(words: str) -> str:
    """Why a place was not found, with what an officer can do in place of what a reporter could."""
    for advice, instead in _ADVICE:
        words = words.replace(advice, instead)
    return words


def precision_words(precision: str) -> str:
    """How closely a place that was chosen is known."""
    return _PRECISIONS.get(Precision(precision), "")


def step_words(state: ReferralState) -> str:
    """What people read for a step that was taken."""
    return _STEPS[state]


def tone_of(state: ReferralState) -> str:
    """The tone of a referral's mark."""
    return _TONES.get(state, "quiet")


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Form choices: stored word, and what people read."""
    return [(word.value, words_for(word)) for word in words]
