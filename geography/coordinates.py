"""Positions written as numbers: geo URIs, latitude and longitude in every usual form, and British grid references."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from geography.national_grid import to_degrees
from geography.places import Point

_DEGREES = r"(\d{1,3}(?:\.\d+)?)\s*[°º]?\s*"
_MINUTES = r"(?:(\d{1,2}(?:\.\d+)?)\s*['’′]\s*)"
_SECONDS = r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"”″]|''|′′|’’)\s*)?"
_SIGNED = r"([+-]?\d{1,3}(?:\.\d+)?)"
_FINE = r"([+-]?\d{1,3}\.\d{3,})"

_GEO_URI = re.compile(rf"\bgeo:{_SIGNED},{_SIGNED}", re.IGNORECASE)
_LABELLED = re.compile(rf"\blat(?:itude)?[\s:=]*{_SIGNED}[°\s,;and]*\blon(?:g|gitude)?[\s:=]*{_SIGNED}", re.IGNORECASE)
_SEXAGESIMAL = re.compile(
    rf"(\d{{1,3}})\s*[°º]\s*{_MINUTES}{_SECONDS}([NS])[\s,;]*(\d{{1,3}})\s*[°º]\s*{_MINUTES}{_SECONDS}([EW])\b",
    re.IGNORECASE,
)
_HEMISPHERES = re.compile(rf"(?<![\d.]){_DEGREES}([NS])[\s,;]*{_DEGREES}([EW])\b", re.IGNORECASE)
_ALONE = re.compile(rf"\s*\(?\s*{_SIGNED}\s*°?\s*[,; ]\s*{_SIGNED}\s*°?\s*\)?\s*")
_IN_A_SENTENCE = re.compile(rf"(?<![\d.]){_FINE}\s*°?[\s,;]+{_FINE}(?![\d.])")
_NUMBERS = re.compile(r"\s*E?\s*(\d{6})\s*[,; ]\s*N?\s*(\d{6,7})\s*", re.IGNORECASE)
_LETTERS = re.compile(r"\b([HNOST][A-HJ-Z])\s?(\d{2,5})\s?(\d{2,5})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Position:
    """A point, or with a side the middle of a grid square. No point when the numbers are none on the earth."""

    point: Point | None
    side_metres: int = 0


def read_position(text: str) -> Position | None:
    """The position a text holds, or None. `text` has been through NFKC."""
    for pattern, reading in _READINGS:
        if match := pattern.search(text):
            return reading(match)
    for pattern in (_ALONE, _NUMBERS):
        if match := pattern.fullmatch(text):
            return _grid(match) if pattern is _NUMBERS else _alone(match)
    return read_grid_reference(text)


def read_grid_reference(text: str) -> Position | None:
    """The middle of a square such as SU 420 120, or None. SO is the postcodes of this city before it is a square."""
    for match in _LETTERS.finditer(text):
        digits = match[2] + match[3]
        if len(digits) % 2 == 0 and 4 <= len(digits) <= 10 and match[1].upper() != "SO":
            half = len(digits) // 2
            side = 10 ** (5 - half)
            east, north = _hundred_kilometres(match[1].upper())
            east, north = east + int(digits[:half]) * side, north + int(digits[half:]) * side
            return Position(_on_the_grid(east + side / 2, north + side / 2), side)
    return None


def _on_the_grid(easting: float, northing: float) -> Point | None:
    [(lat, lon)] = to_degrees([(easting, northing)])
    return _point(lat, lon)


def _hundred_kilometres(letters: str) -> tuple[int, int]:
    """The south-west corner of a square named by two letters; the alphabet of squares has no I."""
    first, second = ("ABCDEFGHJKLMNOPQRSTUVWXYZ".index(letter) for letter in letters)
    east = ((first - 2) % 5) * 5 + second % 5
    north = 19 - (first // 5) * 5 - second // 5
    return east * 100_000, north * 100_000


def _point(lat: float, lon: float) -> Point | None:
    try:
        return Point(lat, lon)
    except ValueError:
        return None


def _signed(match: re.Match[str]) -> Position:
    return Position(_point(float(match[1]), float(match[2])))


def _alone(match: re.Match[str]) -> Position | None:
    """Two numbers and nothing else; whole numbers may be anything, as a house and a flat."""
    return _signed(match) if "." in match[1] + match[2] else None


def _hemispheres(match: re.Match[str]) -> Position:
    south, west = match[2] in "Ss", match[4] in "Ww"
    return Position(
        _point(-float(match[1]) if south else float(match[1]), -float(match[3]) if west else float(match[3]))
    )


def _sexagesimal(match: re.Match[str]) -> Position:
    lat, lon = (int(match[n]) + float(match[n + 1]) / 60 + float(match[n + 2] or 0) / 3600 for n in (1, 5))
    return Position(_point(-lat if match[4] in "Ss" else lat, -lon if match[8] in "Ww" else lon))


def _grid(match: re.Match[str]) -> Position:
    return Position(_on_the_grid(float(match[1]), float(match[2])), 1)


_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Position]], ...] = (
    (_GEO_URI, _signed),
    (_LABELLED, _signed),
    (_SEXAGESIMAL, _sexagesimal),
    (_HEMISPHERES, _hemispheres),
    (_IN_A_SENTENCE, _signed),
)
