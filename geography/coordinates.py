"""Positions written as numbers: geo URIs, latitude and longitude in every usual form, and British grid references."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geography.national_grid import to_degrees
from geography.places import Point

_METRES_PER_DEGREE = 111_320
_NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
_SIGNED = rf"({_NUMBER})"
_SIDE = r"\s*[°º]?\s*([NSEW])?\b"
_DEGREES = r"(\d{1,3}(?:\.\d+)?)\s*[°º]?\s*"
_MINUTES = r"(?:(\d{1,2}(?:\.\d+)?)\s*['’′]\s*)"
_SECONDS = r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"”″]|''|′′|’’)\s*)?"
_SPACED_MINUTES = r"(\d{1,2}(?:\.\d+)?)\s+"
_SPACED_SECONDS = r"(?:(\d{1,2}(?:\.\d+)?)\s*)?"
_FINE = r"([+-]?\d{1,3}\.\d{3,})"
_FINE_WITH_COMMA = r"([+-]?\d{1,3},\d{3,})"
_GAP = r"[\s,;/]*"

_GEO_URI = re.compile(rf"\bgeo:{_SIGNED},{_SIGNED}(?:,[-\d.]+)?((?:;[\w=.-]+)*)", re.IGNORECASE)
_LABELLED = re.compile(
    rf"\blat(?:itude)?[\s:=]*{_SIGNED}{_SIDE}[°\s,;and]*?\b(?:lon(?:g|gitude)?|lng)[\s:=]*{_SIGNED}{_SIDE}",
    re.IGNORECASE,
)
_SEXAGESIMAL = re.compile(
    rf"(\d{{1,3}})\s*[°º]\s*{_MINUTES}{_SECONDS}([NS]){_GAP}(\d{{1,3}})\s*[°º]\s*{_MINUTES}{_SECONDS}([EW])\b",
    re.IGNORECASE,
)
_SPACED = re.compile(
    rf"(?<![\d.])(\d{{1,3}})\s+{_SPACED_MINUTES}{_SPACED_SECONDS}([NS]){_GAP}"
    rf"(\d{{1,3}})\s+{_SPACED_MINUTES}{_SPACED_SECONDS}([EW])\b",
    re.IGNORECASE,
)
_HEMISPHERES = re.compile(rf"(?<![\d.]){_DEGREES}([NS]){_GAP}{_DEGREES}([EW])\b", re.IGNORECASE)
_HEMISPHERES_FIRST = re.compile(rf"\b([NS])\s*{_DEGREES}{_GAP}\b([EW])\s*{_DEGREES}(?![\d.])", re.IGNORECASE)
_ALONE = re.compile(rf"\s*\(?\s*{_SIGNED}\s*°?\s*[,; ]\s*{_SIGNED}\s*°?\s*\)?\s*")
_IN_A_SENTENCE = re.compile(rf"(?<![\d.]){_FINE}\s*°?[\s,;/]+{_FINE}(?![\d.])")
_WESTERN = re.compile(r"(?<![\d.])([+-]?\d{1,2}\.\d+)\s*°?[\s,;/]*(-\d{1,3}\.\d+)(?![\d.])")
_WITH_COMMAS = re.compile(rf"(?<![\d.,]){_FINE_WITH_COMMA}\s*[\s;,/]\s*{_FINE_WITH_COMMA}(?![\d.,])")
_NUMBERS = re.compile(r"\s*E?\s*(\d{6})\s*[,; ]\s*N?\s*(\d{6,7})\s*", re.IGNORECASE)
_LETTERS = re.compile(r"\b([HNOST][A-HJ-Z])\s?(\d{2,5})\s?(\d{2,5})\b", re.IGNORECASE)
_WORDS = frozenset(("he", "ho", "no", "oh", "of", "on", "or", "so", "to"))


@dataclass(frozen=True, slots=True)
class Position:
    """A point, or with a side the middle of a square that large: as much as its digits say.

    No point when the numbers are none on the earth; `foreign` when they are in a system that is not read here.
    """

    point: Point | None
    side_metres: int = 0
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class WrittenPosition:
    """A position from `start` to `end` of a text."""

    start: int
    end: int
    position: Position


def read_position(text: str) -> Position | None:
    """The first position a text holds, or None. `text` has been through NFKC."""
    found = find_positions(text)
    return found[0].position if found else None


def find_positions(text: str) -> list[WrittenPosition]:
    """Every position a text holds, in its order. `text` has been through NFKC."""
    found: list[WrittenPosition] = []
    for pattern, reading in _READINGS:
        for match in pattern.finditer(text):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(WrittenPosition(match.start(), match.end(), reading(match)))
    for pattern, alone in () if found else ((_ALONE, _alone), (_NUMBERS, _grid)):
        whole = pattern.fullmatch(text)
        if whole and (position := alone(whole)):
            return [WrittenPosition(0, len(text), position)]
    found += (
        each for each in _grid_references(text) if not any(each.start < o.end and o.start < each.end for o in found)
    )
    return sorted(found, key=lambda written: written.start)


def _grid_references(text: str) -> Iterator[WrittenPosition]:
    """The middles of squares such as SU 420 120. SO is the postcodes of this city before it is a square."""
    for match in _LETTERS.finditer(text):
        digits = match[2] + match[3]
        word = match[1] == "SO" or (match[1].lower() in _WORDS and not match[1].isupper())
        if len(digits) % 2 == 0 and 4 <= len(digits) <= 10 and not word:
            half = len(digits) // 2
            side = 10 ** (5 - half)
            east, north = _hundred_kilometres(match[1].upper())
            east, north = east + int(digits[:half]) * side, north + int(digits[half:]) * side
            position = Position(_on_the_grid(east + side / 2, north + side / 2), side)
            yield WrittenPosition(match.start(), match.end(), position)


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


def _degrees(lat: str, lon: str, south: str | None = None, west: str | None = None) -> Position:
    """Latitude and longitude with the letters of their hemispheres, where given, which outdo a sign.

    Of two numbers the one with fewer digits has lost its zeros.
    """
    point = _point(_towards(lat, south, "S"), _towards(lon, west, "W"))
    return Position(point, min(_side(lat), _side(lon)))


def _towards(number: str, letter: str | None, negative: str) -> float:
    value = float(number.replace(",", "."))
    return value if not letter else -abs(value) if letter.upper() == negative else abs(value)


def _side(number: str, unit_metres: float = _METRES_PER_DEGREE) -> int:
    """How many metres the last digit of a number stands for."""
    _, _, decimals = number.replace(",", ".").partition(".")
    return round(unit_metres * 0.1 ** len(decimals))


def _geo(match: re.Match[str]) -> Position:
    system = re.search(r";crs=([\w.-]+)", match[3], re.IGNORECASE)
    if system and system[1].lower() != "wgs84":
        return Position(None, foreign=True)
    return _signed(match)


def _signed(match: re.Match[str]) -> Position:
    return _degrees(match[1], match[2])


def _labelled(match: re.Match[str]) -> Position:
    return _degrees(match[1], match[3], match[2], match[4])


def _alone(match: re.Match[str]) -> Position | None:
    """Two numbers and nothing else; whole numbers may be anything, as a house and a flat."""
    return _signed(match) if "." in match[1] + match[2] else None


def _hemispheres(match: re.Match[str]) -> Position:
    return _degrees(match[1], match[3], match[2], match[4])


def _hemispheres_first(match: re.Match[str]) -> Position:
    return _degrees(match[2], match[4], match[1], match[3])


def _sexagesimal(match: re.Match[str]) -> Position:
    lat, lon = (int(match[n]) + float(match[n + 1]) / 60 + float(match[n + 2] or 0) / 3600 for n in (1, 5))
    sides = [
        _side(match[n + 2], _METRES_PER_DEGREE / 3600) if match[n + 2] else _side(match[n + 1], _METRES_PER_DEGREE / 60)
        for n in (1, 5)
    ]
    return Position(_point(-lat if match[4] in "Ss" else lat, -lon if match[8] in "Ww" else lon), max(sides))


def _grid(match: re.Match[str]) -> Position:
    return Position(_on_the_grid(float(match[1]), float(match[2])), 1)


_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Position]], ...] = (
    (_GEO_URI, _geo),
    (_LABELLED, _labelled),
    (_SEXAGESIMAL, _sexagesimal),
    (_SPACED, _sexagesimal),
    (_HEMISPHERES, _hemispheres),
    (_HEMISPHERES_FIRST, _hemispheres_first),
    (_IN_A_SENTENCE, _signed),
    (_WESTERN, _signed),
    (_WITH_COMMAS, _signed),
)
