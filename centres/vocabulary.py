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


class Check(StrEnum):
    """What the coordinator sees to before a place is approved."""

    VISITED = "visited"
    PRIVATE_SPACE = "private-space"
    LEAD = "lead-spoken-to"
    SAFEGUARDING = "safeguarding-policy"
    INSURANCE = "insurance"


class Reason(StrEnum):
    """Why an application was declined, or a centre is suspended or leaves."""

    NOT_A_PLACE = "not-a-real-place"
    NOT_OPEN_TO_ALL = "not-open-to-all"
    NO_PRIVATE_SPACE = "no-private-space"
    NO_POLICY = "no-safeguarding-policy"
    NO_ANSWER = "no-answer"
    NEVER_JOINED = "never-joined"
    CONCERN = "concern"
    TRAINING = "training"
    NOBODY_THERE = "nobody-there"
    PREMISES = "premises"
    OWN_WISH = "own-wish"
    CLOSING = "closing"


class Course(StrEnum):
    """What people of a centre are trained in."""

    REPORTING = "reporting"
    SAFEGUARDING = "safeguarding"
    TRAUMA = "trauma"
    INTERPRETERS = "interpreters"


class Readiness(StrEnum):
    """How somebody stands with the training that logging asks for."""

    NEVER = "never"
    GOOD = "good"
    DUE_SOON = "due-soon"
    IN_GRACE = "in-grace"
    LAPSED = "lapsed"


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
    DONE = "done"


class TokenScope(StrEnum):
    """What a partner system's token may do."""

    WRITE = "reports:write"
    READ = "reports:read"
