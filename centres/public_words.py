"""The words that the public reads for what is stored of a centre."""

from enum import StrEnum

from centres.vocabulary import CentreKind, Scheme

_WORDS: dict[StrEnum, str] = {
    CentreKind.LIBRARY: "Library",
    CentreKind.COMMUNITY: "Community centre",
    CentreKind.WORSHIP: "Place of worship",
    CentreKind.CHARITY: "Charity",
    CentreKind.PHARMACY: "Pharmacy",
    CentreKind.HOUSING: "Housing provider",
    CentreKind.EDUCATION: "School, college or university",
    CentreKind.COUNCIL: "Council office",
    CentreKind.OTHER: "Reporting centre",
    Scheme.DEMENTIA_FRIENDLY: "Dementia friendly",
    Scheme.CITY_OF_SANCTUARY: "City of Sanctuary",
    Scheme.SAFE_PLACE: "Safe place",
}


def public_words(word: CentreKind | Scheme) -> str:
    """What people read for a kind of place or a scheme."""
    return _WORDS[word]
