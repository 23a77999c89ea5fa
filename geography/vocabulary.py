"""The words of place: codes, vintages, how precisely something is placed and why it could not be."""

from enum import StrEnum
from typing import NewType

WardCode = NewType("WardCode", str)
"""A nine-character electoral ward code, as in E05015491."""

Vintage = NewType("Vintage", str)
"""The year a set of ward boundaries is known by, as in 2023."""


class Precision(StrEnum):
    """How closely a place is known, the closest first."""

    ADDRESS = "address"
    POSTCODE = "postcode"
    STREET = "street"
    AREA = "area"
    POINT = "point"
    NONE = "none"


class Unplaced(StrEnum):
    """Why no place could be given."""

    NOTHING_GIVEN = "nothing_given"
    UNKNOWN_POSTCODE = "unknown_postcode"
    OUTSIDE_CITY = "outside_city"
    TOO_VAGUE = "too_vague"
    NOT_FOUND = "not_found"


_SENTENCES = {
    Unplaced.NOTHING_GIVEN: "No place was given.",
    Unplaced.UNKNOWN_POSTCODE: "We do not know this postcode. Check it, or give the street instead.",
    Unplaced.OUTSIDE_CITY: "This place is outside the city. Check it, or tell the service for that area.",
    Unplaced.TOO_VAGUE: "This could be in many places. Add a street, a postcode or the part of the city.",
    Unplaced.NOT_FOUND: "We could not find this place. Add a street name or a postcode if you can.",
}


def explain(reason: Unplaced) -> str:
    """One plain sentence which says what is wrong and what to do."""
    return _SENTENCES[reason]
