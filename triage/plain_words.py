"""What waits behind the reporter's code: plain, calm, and saying nothing alarming. Written for all to read."""

from collections.abc import Iterable

from reporting.vocabulary import AgencyKind, Detail
from reporting.wording import in_words
from triage.vocabulary import Outcome

_DETAILS = {
    Detail.WHAT_HAPPENED: "what happened",
    Detail.HOW_TO_REACH: "how to reach you",
    Detail.WHO_I_AM: "who you are",
}
_OUTCOMES = {
    Outcome.NO_FURTHER_ACTION: "They could not take it further this time. Your report still counts.",
    Outcome.ADVICE: "They gave advice.",
    Outcome.WARNING: "They gave a warning about the behaviour.",
    Outcome.BEHAVIOUR_CONTRACT: "Somebody has signed an agreement to stop the behaviour.",
    Outcome.PROTECTION_NOTICE: "They served a notice that tells somebody to stop.",
    Outcome.INJUNCTION: "A court has ordered somebody to stop.",
    Outcome.ARREST_OR_CHARGE: "Somebody was arrested or charged.",
    Outcome.REPAIR: "They repaired or cleaned up what was damaged.",
    Outcome.REHOUSED: "Somebody was given another home.",
    Outcome.SUPPORT: "They gave support.",
    Outcome.OTHER: "They have done something about it.",
}


def whom(kind: AgencyKind) -> str:
    """A kind of agency inside a sentence."""
    words = in_words(kind)
    return words[0].lower() + words[1:]


def passed_on(agency: str, details: Iterable[Detail]) -> str:
    """A referral was sent."""
    shared = ", ".join(words for detail, words in _DETAILS.items() if detail in frozenset(details))
    return (
        f"Your report was passed to {agency}. We shared: {shared}, as you agreed. Nothing else was shared. "
        "We will tell you here when they answer."
    )


def accepted(agency: str) -> str:
    """An agency accepted."""
    return f"{agency} has accepted your report and will look into it. We will tell you here what comes of it."


def declined(agency: str) -> str:
    """An agency declined; its reason stays with the desk."""
    return f"{agency} could not take your report on. We are looking at who else can help."


def withdrawn_by_desk(agency: str) -> str:
    """The desk took a referral back."""
    return f"We have taken your report back from {agency}. They can no longer open it here."


def withdrawn_by_reporter(agency: str) -> str:
    """The reporter's own change ended a referral."""
    return (
        f"You changed what may be shared. {agency} had not accepted your report yet and can no longer open it here. "
        "What they may already have read cannot be unread."
    )


def agency_outcome(agency: str, outcome: Outcome, own_words: str) -> str:
    """What an agency did, and its own words."""
    return f"{agency} has told us what they did. {_OUTCOMES[outcome]}\n\n{own_words}"


def closed(own_words: str) -> str:
    """The desk closed the report, with an officer's own words."""
    return (
        f"We have closed your report.\n\n{own_words}\n\n"
        "If it is not over, or something new happens, write to us here. We will open it again."
    )
