"""The desk's words. Source of levels, states and clocks: the partnership's own rules."""

from enum import StrEnum

ASSESS = "triage.assess"
DELIVER = "triage.deliver"
PLACE_REASONED = "place reasoned"
"""The trail's words for a place that an officer chose, with why."""


class Level(StrEnum):
    """How fast a report must be seen."""

    HIGH = "high"
    MEDIUM = "medium"
    STANDARD = "standard"


class Standing(StrEnum):
    """Where a report stands with the desk. Waiting and taken ones are on the queue."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFERRED = "referred"
    CLOSED = "closed"


class Shelf(StrEnum):
    """A list that the desk can open."""

    TO_DO = "to-do"
    WITH_AGENCIES = "with-agencies"
    CLOSED = "closed"


class CalledBack(StrEnum):
    """Why a report came back in sight."""

    DECLINED = "declined"
    REPORTER_WROTE = "reporter-wrote"
    CENTRE_WROTE = "centre-wrote"
    ANSWERED = "answered"
    CONSENT_CHANGED = "consent-changed"


class ReferralState(StrEnum):
    """Where a referral is."""

    DRAFTED = "drafted"
    SENT = "sent"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    IN_PROGRESS = "in progress"
    OUTCOME = "outcome"
    REVOKED = "revoked"


class Mover(StrEnum):
    """Who may move a referral. The reporter moves it by taking consent back."""

    DESK = "desk"
    PLATFORM = "platform"
    AGENCY = "agency"
    REPORTER = "reporter"


class WardReason(StrEnum):
    """Why an officer chose a place by hand."""

    NAMED = "named-in-their-words"
    REPORTER_SAID = "reporter-said"
    KNOWN_LOCALLY = "known-locally"


class Basis(StrEnum):
    """On what ground something was shared."""

    CONSENT = "consent"


class Outcome(StrEnum):
    """What was done in the end."""

    NO_FURTHER_ACTION = "no-further-action"
    ADVICE = "advice-given"
    WARNING = "warning"
    BEHAVIOUR_CONTRACT = "acceptable-behaviour-contract"
    PROTECTION_NOTICE = "community-protection-notice"
    INJUNCTION = "injunction"
    ARREST_OR_CHARGE = "arrest-or-charge"
    REPAIR = "repair-or-clean-up"
    REHOUSED = "rehoused"
    SUPPORT = "support-given"
    OTHER = "other"
