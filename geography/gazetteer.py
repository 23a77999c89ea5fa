"""From a place as people write it to candidates with their wards, or a refusal which says why."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geography.agreeing import agree
from geography.asides import HOME, doubt_about, is_denied, is_home, lies_elsewhere, set_aside
from geography.crosswalk import Crosswalk
from geography.extents import across_water
from geography.landmarks import Landmark
from geography.mentions import Kind, Mention, NameBook, Named, book_of
from geography.naming import Namer, ward_candidate
from geography.nearly import NearReader
from geography.phrases import COMPASS, LEADING, is_generic, is_numbered_road, words_of
from geography.pins import Pinned, PinReader
from geography.places import Answer, Candidate, Point, Refusal, refuse
from geography.postcodes import outward
from geography.resolving import Reading, resolve
from geography.spelling import Spellings, bare
from geography.streets import Street
from geography.vocabulary import Precision, Unplaced, WardCode
from geography.wards import Placement

LOOKED_AT = 1_000
"""Characters of a text that are looked at. A place comes early, and nothing longer is worth the wait."""

_COUNTY = frozenset(("hampshire", "hants", "england", "uk", "united kingdom", "great britain", "gb"))
_WORDS_LOOKED_AT = 240
_MOST_CANDIDATES = 8
_OUTSIDE_TOO = "a place outside the city was written too"
_UNKNOWN_TOO = "a postcode or position that we do not know was written too"
_NUMBERED_ROAD = "A numbered road runs through many parts. Add a street beside it, a postcode or the part of the city."


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of one city. `neighbours` are names of places around it, whose streets are not the city's.

    `water` is the shape of its rivers and harbours in degrees, empty when nobody wrote it down.
    """

    city: str
    crosswalk: Crosswalk
    streets: tuple[Street, ...]
    neighbours: frozenset[str] = frozenset()
    landmarks: tuple[Landmark, ...] = ()
    water: BaseGeometry = field(default_factory=MultiPolygon, repr=False, compare=False)
    _book: NameBook = field(init=False, repr=False, compare=False)
    _namer: Namer = field(init=False, repr=False, compare=False)
    _pins: PinReader = field(init=False, repr=False, compare=False)
    _nearly: NearReader = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wards = {ward.name: ward.code for boundary_set in self.crosswalk.sets for ward in boundary_set}
        book = book_of(self._names(wards))
        inside = (phrase for phrase, meanings in book.entries.items() if meanings[0].kind is not Kind.ELSEWHERE)
        namer = Namer(
            self.crosswalk,
            {street.name: street for street in self.streets},
            {landmark.name: landmark for landmark in self.landmarks},
            wards,
        )
        outwards = frozenset(outward(code) for code in self.crosswalk.postcodes)
        derived = {
            "_book": book,
            "_namer": namer,
            "_pins": PinReader(self.crosswalk, self.at, outwards),
            "_nearly": NearReader(book, namer, Spellings(tuple(inside))),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def _names(self, wards: Mapping[str, WardCode]) -> Iterator[tuple[str, Named]]:
        """Every name, what it most usually means first: a ward of today, a landmark, a street, an older ward.

        A road that has only a number is no name: it runs through many parts.
        """
        today = {ward.name for ward in self.crosswalk.current}
        yield from ((words_of(name), Named(Kind.WARD, name)) for name in wards if name in today)
        for landmark in self.landmarks:
            kind = Kind.DISTRICT if landmark.is_district else Kind.LANDMARK
            for name in (landmark.name, *landmark.aliases):
                yield words_of(name).replace(",", " "), Named(kind, landmark.name)
        for street in self.streets:
            if street.anchors and not is_numbered_road(words_of(street.name)):
                yield words_of(street.name), Named(Kind.STREET, street.name)
        for name in wards:
            yield words_of(name), Named(Kind.WARD, name)
            yield words_of(f"{name} ward"), Named(Kind.WARD, name)
        yield from ((words_of(name), Named(Kind.ELSEWHERE, name)) for name in self.neighbours)

    def search(self, text: str) -> Answer:
        """Candidates for a text, the best first, or a refusal. Never raises; looks at its beginning only."""
        text = text[:LOOKED_AT]
        code = text.replace(" ", "").upper()
        if code in self.crosswalk.postcodes:
            return [self._pins.postcode(code)]
        if not text.isascii():
            normal = unicodedata.normalize("NFKC", text)[:LOOKED_AT]
            text = "".join(c for c in normal if unicodedata.category(c) != "Cf")
        pinned = self._pins.read(text) if any(map(str.isdigit, text)) else Pinned(text)
        return self._read(pinned)

    def at(self, point: Point) -> Answer:
        """The one candidate for a map point, or a refusal when it is outside the city.

        Up to 50 metres from the outline, and on the water in its midst, the nearest ward is meant.
        """
        shares, placement = self.crosswalk.at_point(point)
        if placement is None:
            afloat = across_water(self.crosswalk, self.water, point)
            return [afloat] if afloat else self.crosswalk.outside(point)
        name = self.crosswalk.current.ward_name(placement.ward)
        place = f"Map point in {name}"
        return [Candidate(place, point, Precision.POINT, shares, _point_reason(placement, name))]

    def ward(self, code: WardCode) -> Answer:
        """The whole area of a ward of any vintage, or a refusal for a code that is none of the city's."""
        try:
            return [ward_candidate(self.crosswalk, code)]
        except KeyError:
            return refuse(Unplaced.NOT_FOUND)

    def _read(self, pinned: Pinned) -> Answer:
        words = self._words(pinned.text)
        pins = pinned.mentions(words)
        if not pins:
            return self._named(pinned, words)
        names = sorted([*self._book.mentions(words), *pinned.area_mentions(words)], key=lambda each: each.start)
        there = [pin for pin in pins if not set_aside(words, pin)]
        if there:
            sure = [pin for pin in there if not doubt_about(words, pin)]
            found = self._at_pins(pinned, words, sure or there, names)
            return found if sure or isinstance(found, Refusal) else [_passing(words, there[0], each) for each in found]
        answer = self._named(pinned, words)
        homes = [pin for pin in pins if is_home(words, pin) and not is_denied(words, pin)]
        if isinstance(answer, list):
            return answer
        if not homes:
            return answer if answer.reason is Unplaced.OUTSIDE_CITY else refuse(Unplaced.TOO_VAGUE)
        found = [candidate for pin in homes for candidate in _candidates(pinned.answers[pin.phrase])]
        return _once([candidate.doubted(HOME) for candidate in found]) or pinned.answers[homes[0].phrase]

    def _at_pins(
        self, pinned: Pinned, words: Sequence[str], there: Sequence[Mention], names: Sequence[Mention]
    ) -> Answer:
        """Postcodes and positions, and beside them each name that lies in none of their wards."""
        answers = [pinned.answers[pin.phrase] for pin in there]
        exact = [candidate for answer in answers for candidate in _candidates(answer)]
        if not exact:
            return next(answer for answer in answers if isinstance(answer, Refusal))
        known = [name for name in names if not (name.is_elsewhere or name.is_generic)]
        named = resolve(Reading(words, known, self._book, self._namer)) if known else []
        apart = [
            each
            for each in named
            if not each.doubtful and not any(agree(self.crosswalk, each, other) for other in exact)
        ]
        doubt = _UNKNOWN_TOO if any(isinstance(answer, Refusal) for answer in answers) else ""
        if lies_elsewhere(words, self._book.mentions(words)):
            doubt = _OUTSIDE_TOO
        return _once([candidate.doubted(doubt) for candidate in [*exact, *apart]])

    def _named(self, pinned: Pinned, words: Sequence[str]) -> Answer:
        if not words:
            return refuse(Unplaced.TOO_VAGUE if words_of(pinned.text) else _blank(pinned.text))
        mentions = self._book.mentions(words)
        if lies_elsewhere(words, mentions):
            return refuse(Unplaced.OUTSIDE_CITY)
        known = [mention for mention in mentions if not mention.is_elsewhere]
        known = sorted([*known, *pinned.area_mentions(words)], key=lambda mention: mention.start)
        if known:
            return self._nearly.beside(words, known) or (
                resolve(Reading(words, known, self._book, self._namer)) or refuse(Unplaced.TOO_VAGUE)
            )
        if any(map(is_numbered_road, words)):
            return Refusal(Unplaced.TOO_VAGUE, _NUMBERED_ROAD)
        if pinned.refused is not None:
            return pinned.refused
        plain = [word for word in words if word != ","]
        if all(map(is_generic, plain)) or all(word in COMPASS | LEADING for word in plain):
            return refuse(Unplaced.TOO_VAGUE)
        return self._nearly.read(words) or refuse(Unplaced.NOT_FOUND)

    def _words(self, text: str) -> list[str]:
        """The words, with "," between parts, without the city's own name, its county and its country."""
        parts = [self._without_city(part.strip()) for part in words_of(text).split(",")]
        kept = [part for part in parts if part and part not in _COUNTY]
        return " , ".join(kept).split()[:_WORDS_LOOKED_AT]

    def _without_city(self, part: str) -> str:
        city = self.city.lower()
        if part == city or part == f"in {city}":
            return ""
        if self._book.exact(bare(part.split())):
            return part
        return part.removesuffix(f" in {city}").removesuffix(f" {city}")


def _passing(words: Sequence[str], pin: Mention, candidate: Candidate) -> Candidate:
    return candidate.doubted(doubt_about(words, pin))


def _candidates(answer: Answer) -> list[Candidate]:
    return answer if isinstance(answer, list) else []


def _once(candidates: Sequence[Candidate]) -> list[Candidate]:
    return list({(candidate.place, candidate.point): candidate for candidate in candidates}.values())[:_MOST_CANDIDATES]


def _blank(text: str) -> Unplaced:
    """Nothing but spaces is nothing given; signs or another script are something we could not find."""
    if not text.strip():
        return Unplaced.NOTHING_GIVEN
    return Unplaced.NOT_FOUND


def _point_reason(placement: Placement, name: str) -> str:
    if placement.nearest:
        return f"The point is {placement.metres:.0f} m outside the city's outline; {name} is the nearest ward."
    return f"The point is in {name}."
