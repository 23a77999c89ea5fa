"""Where a centre is: its postcode, as the city's geography knows it."""

import re

from geography.places import Point, Refusal, refuse
from geography.vocabulary import Precision, Unplaced
from reporting.locating import city

_SHAPE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})$")


def read_postcode(text: str) -> str | None:
    """A postcode as it is written, such as SO14 7LY; None for what has not its shape."""
    found = _SHAPE.match(re.sub(r"\s+", "", text).upper())
    return f"{found[1]} {found[2]}" if found else None


def find_postcode(text: str) -> Point | Refusal:
    """Where a postcode of the city is, or why it is nowhere, in words."""
    written = read_postcode(text)
    if written is None:
        return refuse(Unplaced.UNKNOWN_POSTCODE)
    found = city().locate(text=written)
    if isinstance(found, Refusal):
        return found
    return found[0].point if found[0].precision is Precision.POSTCODE else refuse(Unplaced.UNKNOWN_POSTCODE)
