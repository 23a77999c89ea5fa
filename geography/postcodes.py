"""Postcodes as people write them: found in longer text, odd spaces and case, and O/0, I/1, L/1 mistaken."""

import re
from collections.abc import Container, Iterator
from itertools import product

# Inward letters never include C I K M O V, so "5PM" and "2AM" are no postcodes. A following "floor" makes
# "B18 2nd floor" a floor.
_PLAIN = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][0-9A-Z]?)[ .\-]{0,3}([0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])(?!\s+FLOOR)"
)
_SHAPE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}")
_PARTIAL = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][0-9A-Z]?)(?:[ .\-]{0,3}([0-9])([ABD-HJLNP-UW-Z])?(?![A-Z0-9]))?(?![A-Z0-9])"
)
_AS_LETTER = {"0": "O", "1": "IL"}
_AS_DIGIT = {"O": "0", "I": "1", "L": "1"}


def spaced(postcode: str) -> str:
    """SO147LY as SO14 7LY."""
    return f"{postcode[:-3]} {postcode[-3:]}"


def outward(postcode: str) -> str:
    """The part before the space: SO14 of SO147LY."""
    return postcode[:-3]


def find_postcode(text: str, known: Container[str]) -> str | None:
    """The postcode in a text, as SO147LY, or None. `text` is short; `known` are the pack's postcodes.

    A plainly written postcode counts whether known or not; one read past slips only when known, unless the
    text is nothing but a postcode.
    """
    upper = text.upper()
    plain = [match[1] + match[2] for match in _PLAIN.finditer(upper)]
    for postcode in plain:
        if postcode in known:
            return postcode
    compact = re.sub(r"[^A-Z0-9]", "", upper)
    whole = list(_readings(compact)) if _digits(compact) else []
    for reading in (*whole, *_loose_readings(upper)):
        if reading in known:
            return reading
    if plain:
        return plain[0]
    return whole[0] if whole and _digits(compact) > 1 else None


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def find_partial(text: str, outwards: Container[str]) -> str | None:
    """The beginning of a postcode in a text: SO14, SO14 7 or SO14 7L, or None.

    One that is none of the city's counts only where the text is nothing else.
    """
    upper = re.sub(r"\b([A-Z])0(?=[0-9])", r"\1O", text.upper())
    for match in _PARTIAL.finditer(upper):
        first, rest = match[1], (match[2] or "") + (match[3] or "")
        if first in outwards or match[0] == upper.strip(" .,"):
            return f"{first} {rest}".strip()
    return None


def in_partial(postcode: str, partial: str) -> bool:
    """Whether a postcode such as SO147LY begins with SO14, or SO14 7; SO1 is no beginning of it."""
    first, _, rest = partial.partition(" ")
    return outward(postcode) == first and postcode[-3:].startswith(rest)


def _loose_readings(upper: str) -> Iterator[str]:
    words = re.findall(r"[A-Z0-9]+", upper)
    for start in range(len(words)):
        joined = ""
        for word in words[start : start + 4]:
            joined += word
            if len(joined) > 7:
                break
            if not joined[0].isdigit() or joined[0] == "0":
                yield from _readings(joined) if _digits(joined) else ()


def _readings(compact: str) -> Iterator[str]:
    """Every postcode that the characters may stand for, the one as written first."""
    if not 5 <= len(compact) <= 7:
        return
    choices = []
    for place, written in enumerate(compact):
        from_end = len(compact) - place
        if place == 0 or from_end <= 2:
            choices.append(_AS_LETTER.get(written, written))
        elif from_end == 3 or place == len(compact) - 4:
            choices.append(written if written.isdigit() else _AS_DIGIT.get(written, "") + written)
        else:
            choices.append(written + _AS_LETTER.get(written, "") + _AS_DIGIT.get(written, ""))
    for reading in product(*choices):
        if _SHAPE.fullmatch(postcode := "".join(reading)):
            yield postcode
