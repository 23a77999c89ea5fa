"""The words of the centres room."""

from enum import StrEnum


class CentreState(StrEnum):
    """Where a centre stands between asking to be one and leaving."""

    APPLIED = "applied"
    APPROVED = "approved"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DECLINED = "declined"
    LEFT = "left"


class CentreKind(StrEnum):
    """What sort of place a centre is."""

    LIBRARY = "library"
    COMMUNITY = "community-centre"
    WORSHIP = "place-of-worship"
    CHARITY = "charity"
    PHARMACY = "pharmacy"
    HOUSING = "housing-provider"
    EDUCATION = "school-or-university"
    COUNCIL = "council-office"
    OTHER = "other"


class Scheme(StrEnum):
    """Friendly-city schemes that a centre takes part in."""

    DEMENTIA_FRIENDLY = "dementia-friendly"
    CITY_OF_SANCTUARY = "city-of-sanctuary"
    SAFE_PLACE = "safe-place"


class NoteKind(StrEnum):
    """What a centre keeps a note for; its own people alone read any of them."""

    FOR_VISITOR = "for-the-visitor"
    SUPPORT_PLAN = "support-plan"
    DEBRIEF = "debrief"


class Screen(StrEnum):
    """What a handed-over screen shows the visitor."""

    QUESTIONS = "questions"
    CODE = "code"
    ENVELOPE = "envelope"
    COME_BACK = "come-back"
