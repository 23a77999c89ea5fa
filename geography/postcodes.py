"""Postcodes as people write them: found in longer text, odd spaces and case, and O/0, I/1, L/1 mistaken."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase, ascii_uppercase

# Inward letters never include C I K M O V, so "5PM" and "2AM" are no postcodes. A following "floor" makes
# "B18 2nd floor" a floor.
_PLAIN = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][0-9A-Z]?)[ .\-]{0,3}([0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])(?!\s+FLOOR)"
)
_SHAPE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}")
_PARTIAL = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][0-9A-Z]?)(?:[ .\-]{0,3}([0-9])([ABD-HJLNP-UW-Z])?(?![A-Z0-9]))?(?![A-Z0-9])"
)
_UPPER = str.maketrans(ascii_lowercase, ascii_uppercase)  # letter by letter, so that every place in a text stays
_AS_LETTER = {"0": "O", "1": "IL"}
_AS_DIGIT = {"O": "0", "I": "1", "L": "1"}


@dataclass(frozen=True, slots=True)
class Written:
    """A postcode, or the beginning of one, from `start` to `end` of a text."""

    start: int
    end: int
    code: str

    def overlaps(self, other: "Written") -> bool:
        """Whether two of them share a letter."""
        return self.start < other.end and other.start < self.end


def spaced(postcode: str) -> str:
    """SO147LY as SO14 7LY."""
    return f"{postcode[:-3]} {postcode[-3:]}"


def outward(postcode: str) -> str:
    """The part before the space: SO14 of SO147LY."""
    return postcode[:-3]


def find_postcodes(text: str, known: Container[str]) -> list[Written]:
    """Every postcode in a text, in its order. `text` is short; `known` are the pack's postcodes.

    A plainly written postcode counts whether known or not; one read past slips only when known, unless the
    text is nothing but a postcode.
    """
    upper = text.translate(_UPPER)
    plain = [Written(match.start(), match.end(), match[1] + match[2]) for match in _PLAIN.finditer(upper)]
    certain = [written for written in plain if written.code in known]
    compact = re.sub(r"[^A-Z0-9]", "", upper)
    whole = list(_readings(compact)) if _digits(compact) else []
    if not certain and (found := next((reading for reading in whole if reading in known), None)):
        return [Written(0, len(text), found)]
    certain += [found for found in _loose(upper, known) if not any(map(found.overlaps, certain))]
    if certain:
        certain += [written for written in plain if not any(map(written.overlaps, certain))]
        return sorted(certain, key=lambda written: written.start)
    if not plain and whole and _digits(compact) > 1:
        return [Written(0, len(text), whole[0])]
    return plain


def find_postcode(text: str, known: Container[str]) -> str | None:
    """The first postcode in a text, as SO147LY, a known one before any other, or None."""
    found = [written.code for written in find_postcodes(text, known)]
    return next((code for code in found if code in known), found[0] if found else None)


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def find_partials(text: str, outwards: Container[str]) -> list[Written]:
    """The beginnings of postcodes in a text, as SO14, SO14 7 or SO14 7L, in its order.

    One that is none of the city's counts only where the text is nothing else.
    """
    upper = re.sub(r"\b([A-Z])0(?=[0-9])", r"\1O", text.translate(_UPPER))
    found = []
    for match in _PARTIAL.finditer(upper):
        first, rest = match[1], (match[2] or "") + (match[3] or "")
        if first in outwards or match[0] == upper.strip(" .,"):
            found.append(Written(match.start(), match.end(), f"{first} {rest}".strip()))
    return found


def in_partial(postcode: str, partial: str) -> bool:
    """Whether a postcode such as SO147LY begins with SO14, or SO14 7; SO1 is no beginning of it."""
    first, _, rest = partial.partition(" ")
    return outward(postcode) == first and postcode[-3:].startswith(rest)


def _loose(upper: str, known: Container[str]) -> list[Written]:
    """Known postcodes over up to four words, past slips; no word counts twice."""
    words = list(re.finditer(r"[A-Z0-9]+", upper))
    found: list[Written] = []
    for start, first in enumerate(words):
        if found and first.start() < found[-1].end:
            continue
        joined = ""
        for word in words[start : start + 4]:
            joined += word[0]
            if len(joined) > 7:
                break
            readings = _readings(joined) if _digits(joined) and (joined[0] not in "23456789") else iter(())
            if code := next((reading for reading in readings if reading in known), None):
                found.append(Written(first.start(), word.end(), code))
                break
    return found


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
