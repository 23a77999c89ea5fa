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


class TokenScope(StrEnum):
    """What a partner system's token may do."""

    WRITE = "reports:write"
    READ = "reports:read"
