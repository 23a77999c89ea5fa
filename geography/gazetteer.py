"""From a place as people write it to candidates with their wards, or a refusal which says why."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geography.crosswalk import Crosswalk, Postcode
from geography.phrases import LEADING, is_generic, spelled, words_of
from geography.places import Candidate, Point, Refusal, refuse
from geography.postcodes import find_postcode, is_outward, outward, spaced
from geography.streets import NameIndex, Street, street_names
from geography.vocabulary import Precision, Unplaced, WardCode
from geography.wards import Placement

LOOKED_AT = 1_000
"""Characters of a text that are looked at. A place comes early, and nothing longer is worth the wait."""

_COORDINATES = re.compile(r"\s*\(?\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*\)?\s*")
_COUNTY = frozenset(("hampshire", "hants", "england", "uk", "united kingdom", "great britain", "gb"))
_MOST_CANDIDATES = 5
_WORDS_LOOKED_AT = 120

Answer = list[Candidate] | Refusal


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of one city. `neighbours` are names of places around it, whose streets are not the city's."""

    city: str
    crosswalk: Crosswalk
    streets: tuple[Street, ...]
    neighbours: frozenset[str] = frozenset()
    _streets: Mapping[str, Street] = field(init=False, repr=False, compare=False)
    _names: NameIndex = field(init=False, repr=False, compare=False)
    _wards: Mapping[str, WardCode] = field(init=False, repr=False, compare=False)
    _ward_names: NameIndex = field(init=False, repr=False, compare=False)
    _outwards: frozenset[str] = field(init=False, repr=False, compare=False)
    _answers: dict[str, Candidate] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wards = {ward.name: ward.code for boundary_set in self.crosswalk.sets for ward in boundary_set}
        derived = {
            "neighbours": frozenset(spelled(name) for name in self.neighbours),
            "_streets": {street.name: street for street in self.streets},
            "_names": street_names(self.streets),
            "_wards": wards,
            "_ward_names": NameIndex(tuple(wards)),
            "_outwards": frozenset(outward(code) for code in self.crosswalk.postcodes),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def search(self, text: str) -> Answer:
        """Candidates for a text, the best first, or a refusal. Never raises; looks at its beginning only."""
        text = text[:LOOKED_AT]
        known = self.crosswalk.postcodes.get(text.replace(" ", "").upper())
        if known is not None:
            return [self._postcode_candidate(known)]
        text = "".join(c for c in unicodedata.normalize("NFKC", text)[:LOOKED_AT] if unicodedata.category(c) != "Cf")
        return self._coordinates(text) or self._postcode(text) or self._named(text)

    def at(self, point: Point) -> Answer:
        """The one candidate for a map point, or a refusal when it is more than 50 metres outside the city."""
        shares, placement = self.crosswalk.at_point(point)
        if placement is None:
            return self.crosswalk.outside(point)
        name = self.crosswalk.current.ward_name(placement.ward)
        place = f"Map point in {name}"
        return [Candidate(place, point, Precision.POINT, shares, _point_reason(placement, name))]

    def ward(self, code: WardCode) -> Answer:
        """The whole area of a ward of any vintage, or a refusal for a code that is none of the city's."""
        home = self.crosswalk.home_of(code)
        ward = home.ward(code) if home else None
        if home is None or ward is None:
            return refuse(Unplaced.NOT_FOUND)
        middle = ward.polygon.representative_point()
        words = f"The {ward.name} area, as the ward of {home.vintage}."
        shares = self.crosswalk.of_ward(code)
        return [Candidate(ward.name, Point(middle.y, middle.x), Precision.AREA, shares, words)]

    def _coordinates(self, text: str) -> Answer | None:
        match = _COORDINATES.fullmatch(text)
        if match is None or "." not in match[1] + match[2]:
            return None
        try:
            return self.at(Point(float(match[1]), float(match[2])))
        except ValueError:
            return refuse(Unplaced.OUTSIDE_CITY)

    def _postcode(self, text: str) -> Answer | None:
        found = find_postcode(text, self.crosswalk.postcodes)
        if found is None:
            return refuse(Unplaced.TOO_VAGUE) if is_outward(text) and text.strip().upper() in self._outwards else None
        if known := self.crosswalk.postcodes.get(found):
            return [self._postcode_candidate(known)]
        in_city = outward(found) in self._outwards
        return refuse(Unplaced.UNKNOWN_POSTCODE if in_city else Unplaced.OUTSIDE_CITY)

    def _postcode_candidate(self, postcode: Postcode) -> Candidate:
        candidate = self._answers.get(postcode.code)
        if candidate is None:
            written = spaced(postcode.code)
            shares = self.crosswalk.at_postcode(postcode)
            reason = f"{written} is a postcode of the city, with its official ward."
            candidate = Candidate(written, postcode.point, Precision.POSTCODE, shares, reason)
            self._answers[postcode.code] = candidate
        return candidate

    def _named(self, text: str) -> Answer:
        segments = self._segments(text)
        if not segments:
            return refuse(Unplaced.TOO_VAGUE if words_of(text) else _blank(text))
        if any(spelled(segment) in self.neighbours or _ends_in(segment, self.neighbours) for segment in segments):
            return refuse(Unplaced.OUTSIDE_CITY)
        streets = _once(name for segment in segments for name in self._in_segment(self._names, segment))
        if streets:
            return [self._street(self._streets[name], "") for name in streets[:_MOST_CANDIDATES]]
        wards = _once(name for segment in segments for name in self._wards_in(segment))
        if wards:
            return [found for name in wards[:_MOST_CANDIDATES] for found in _found(self.ward(self._wards[name]))]
        if all(is_generic(segment) for segment in segments):
            return refuse(Unplaced.TOO_VAGUE)
        return self._misspelt(segments) or refuse(Unplaced.NOT_FOUND)

    def _segments(self, text: str) -> list[str]:
        """The parts between commas, without the city's own name, its county and its country."""
        parts = [self._without_city(part) for part in words_of(text).split(",")]
        kept = [" ".join(part.split()[:_WORDS_LOOKED_AT]) for part in parts if part and part not in _COUNTY]
        return kept[:12]

    def _without_city(self, part: str) -> str:
        city = self.city.lower()
        part = part.strip()
        if part == city or part in (f"in {city}", f"{city} city centre"):
            return ""
        return part.removesuffix(f" in {city}").removesuffix(f" {city}")

    @staticmethod
    def _in_segment(names: NameIndex, segment: str) -> list[str]:
        exact = names.exact(_bare(segment))
        return [exact] if exact else names.within(segment)

    def _wards_in(self, segment: str) -> list[str]:
        """Ward names at the end of a phrase only: "in Shirley", never that of an unknown Shirley Close."""
        words = segment.split()
        for length in range(min(4, len(words)), 0, -1):
            before = words[-length - 1] if length < len(words) else "in"
            name = self._ward_names.exact(" ".join(words[-length:]).removesuffix(" ward").removesuffix(" area"))
            if name and before in LEADING:
                return [name]
        return []

    def _misspelt(self, segments: Iterable[str]) -> Answer | None:
        for segment in segments:
            bare = _bare(segment)
            if names := self._names.near(bare):
                alone = "Read as {}, the only street we know with nearly this spelling."
                several = "Could be {}: more than one street has nearly this spelling."
                words = alone if len(names) == 1 else several
                return [self._street(self._streets[name], words.format(name)) for name in names]
            if names := self._ward_names.near(bare):
                return [found for name in names for found in _found(self.ward(self._wards[name]))]
        return None

    def _street(self, street: Street, reading: str) -> Candidate:
        shares = self.crosswalk.along(street.anchors)
        crosses = len({share.ward for share in shares if share.vintage == self.crosswalk.current.vintage}) > 1
        words = f"{street.name} crosses a ward boundary." if crosses else f"{street.name} is a street of the city."
        reason = f"{reading} {words}".strip()
        return Candidate(street.name, street.middle(), Precision.STREET, shares, reason)


def _bare(segment: str) -> str:
    """A phrase without the house number and the small words before a name."""
    words = segment.split()
    while len(words) > 1 and (words[0][0].isdigit() or (words[0] in LEADING and words[0] not in ("the", "top"))):
        words.pop(0)
    return " ".join(words)


def _ends_in(segment: str, names: frozenset[str]) -> bool:
    """Whether a phrase ends with one of the names after "in" or "near", as in "a shop in Eastleigh"."""
    words = segment.split()
    return any(
        words[-length - 1] in ("in", "at", "near") and " ".join(words[-length:]) in names
        for length in range(1, min(3, len(words) - 1) + 1)
    )


def _blank(text: str) -> Unplaced:
    """Nothing but spaces is nothing given; signs or another script are something we could not find."""
    if not text.strip():
        return Unplaced.NOTHING_GIVEN
    return Unplaced.NOT_FOUND


def _point_reason(placement: Placement, name: str) -> str:
    if placement.nearest:
        return f"The point is {placement.metres:.0f} m outside the city's outline; {name} is the nearest ward."
    return f"The point is in {name}."


def _found(answer: Answer) -> list[Candidate]:
    return answer if isinstance(answer, list) else []


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
