"""The words that people read for the desk's stored words."""

from enum import StrEnum

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


def step_words(state: ReferralState) -> str:
    """What people read for a step that was taken."""
    return _STEPS[state]


def tone_of(state: ReferralState) -> str:
    """The tone of a referral's mark."""
    return _TONES.get(state, "quiet")


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Form choices: stored word, and what people read."""
    return [(word.value, words_for(word)) for word in words]
