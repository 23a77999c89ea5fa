"""From a place as people write it to candidates with their wards, or a refusal which says why."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geography.coordinates import read_position
from geography.crosswalk import Crosswalk, Postcode
from geography.landmarks import Landmark
from geography.mentions import AREAS, LONGEST_NAME, Kind, Mention, NameBook, Named, book_of, lies_elsewhere
from geography.naming import Namer, partial_candidate, square_candidate, ward_candidate, wards_of
from geography.phrases import COMPASS, KINDS_OF_STREET, LEADING, is_generic, spelled, spelled_words, stem_of, words_of
from geography.places import Candidate, Point, Refusal, refuse
from geography.postcodes import find_partial, find_postcode, outward, spaced
from geography.resolving import MOST_CANDIDATES, Reading, resolve
from geography.spelling import Spellings, bare, phrases_worth_a_try
from geography.streets import Street
from geography.vocabulary import Precision, Unplaced, WardCode
from geography.wards import Placement

LOOKED_AT = 1_000
"""Characters of a text that are looked at. A place comes early, and nothing longer is worth the wait."""

_COUNTY = frozenset(("hampshire", "hants", "england", "uk", "united kingdom", "great britain", "gb"))
_WORDS_LOOKED_AT = 240
_SMALL_SQUARE_METRES = 100

Answer = list[Candidate] | Refusal


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of one city. `neighbours` are names of places around it, whose streets are not the city's."""

    city: str
    crosswalk: Crosswalk
    streets: tuple[Street, ...]
    neighbours: frozenset[str] = frozenset()
    landmarks: tuple[Landmark, ...] = ()
    _book: NameBook = field(init=False, repr=False, compare=False)
    _spellings: Spellings = field(init=False, repr=False, compare=False)
    _stems: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _namer: Namer = field(init=False, repr=False, compare=False)
    _outwards: frozenset[str] = field(init=False, repr=False, compare=False)
    _answers: dict[str, Candidate] = field(default_factory=dict, init=False, repr=False, compare=False)

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
        derived = {
            "_book": book,
            "_spellings": Spellings(tuple(inside)),
            "_stems": _by_stem(book),
            "_namer": namer,
            "_outwards": frozenset(outward(code) for code in self.crosswalk.postcodes),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def _names(self, wards: Mapping[str, WardCode]) -> Iterator[tuple[str, Named]]:
        """Every name, what it most usually means first: a ward of today, a landmark, a street, an older ward."""
        today = {ward.name for ward in self.crosswalk.current}
        yield from ((words_of(name), Named(Kind.WARD, name)) for name in wards if name in today)
        for landmark in self.landmarks:
            kind = Kind.DISTRICT if landmark.is_district else Kind.LANDMARK
            for name in (landmark.name, *landmark.aliases):
                yield words_of(name).replace(",", " "), Named(kind, landmark.name)
        yield from ((words_of(street.name), Named(Kind.STREET, street.name)) for street in self.streets)
        for name in wards:
            yield words_of(name), Named(Kind.WARD, name)
            yield words_of(f"{name} ward"), Named(Kind.WARD, name)
        yield from ((words_of(name), Named(Kind.ELSEWHERE, name)) for name in self.neighbours)

    def search(self, text: str) -> Answer:
        """Candidates for a text, the best first, or a refusal. Never raises; looks at its beginning only."""
        text = text[:LOOKED_AT]
        known = self.crosswalk.postcodes.get(text.replace(" ", "").upper())
        if known is not None:
            return [self._postcode_candidate(known)]
        if not text.isascii():
            normal = unicodedata.normalize("NFKC", text)[:LOOKED_AT]
            text = "".join(c for c in normal if unicodedata.category(c) != "Cf")
        by_number = any(map(str.isdigit, text))
        return (by_number and (self._coordinates(text) or self._postcode(text))) or self._named(text)

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
        try:
            return [ward_candidate(self.crosswalk, code)]
        except KeyError:
            return refuse(Unplaced.NOT_FOUND)

    def _coordinates(self, text: str) -> Answer | None:
        position = read_position(text)
        if position is None:
            return None
        if position.point is None:
            return refuse(Unplaced.OUTSIDE_CITY)
        if position.side_metres > _SMALL_SQUARE_METRES:
            square = square_candidate(self.crosswalk, position.point, position.side_metres)
            return [square] if square else refuse(Unplaced.OUTSIDE_CITY)
        answer = self.at(position.point)
        if isinstance(answer, list) and position.side_metres > 1:
            words = f"The middle of a grid square of {position.side_metres} m. {answer[0].reason}"
            return [replace(answer[0], reason=words)]
        return answer

    def _postcode(self, text: str) -> Answer | None:
        found = find_postcode(text, self.crosswalk.postcodes)
        if found is None:
            return None
        if known := self.crosswalk.postcodes.get(found):
            return [self._postcode_candidate(known)]
        in_city = outward(found) in self._outwards
        return refuse(Unplaced.UNKNOWN_POSTCODE if in_city else Unplaced.OUTSIDE_CITY)

    def _partial(self, text: str) -> Answer | None:
        """The beginning of a postcode as the area that its postcodes share."""
        found = find_partial(text, self._outwards)
        if found is None:
            return None
        candidate = partial_candidate(self.crosswalk, found)
        if candidate is None:
            in_city = found.split()[0] in self._outwards
            return refuse(Unplaced.UNKNOWN_POSTCODE if in_city else Unplaced.OUTSIDE_CITY)
        return [candidate]

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
        words = self._words(text)
        if not words:
            return refuse(Unplaced.TOO_VAGUE if words_of(text) else _blank(text))
        mentions = self._book.mentions(words)
        if lies_elsewhere(words, mentions):
            return refuse(Unplaced.OUTSIDE_CITY)
        known = [mention for mention in mentions if not mention.is_elsewhere]
        if known:
            return (
                self._longer_name(words, known)
                or self._beside_what_fits_many(words, known)
                or self._beside_an_area(words, known)
                or resolve(Reading(words, known, self._book, self._namer))
                or refuse(Unplaced.TOO_VAGUE)
            )
        if (partial := self._partial(text)) is not None:
            return partial
        if all(is_generic(word) for word in words if word != ","):
            return refuse(Unplaced.TOO_VAGUE)
        return self._half_named(words) or self._misspelt(words) or refuse(Unplaced.NOT_FOUND)

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

    def _longer_name(self, words: Sequence[str], known: Sequence[Mention]) -> list[Candidate] | None:
        """A misspelt name that only begins or ends as another, as "Portswood Raod" is not about all of Portswood."""
        used = {at for mention in known for at in range(mention.start, mention.end)}
        others = [word for at, word in enumerate(words) if at not in used and word not in LEADING]
        if len(words) > LONGEST_NAME or "," in words or all(is_generic(word) for word in others):
            return None
        return self._read_nearly(spelled_words(bare(words)))

    def _beside_an_area(self, words: Sequence[str], known: Sequence[Mention]) -> list[Candidate] | None:
        """A misspelt street that stands beside the part of the city it is in, as in "Burges Road, Bassett"."""
        if not all(mention.is_area for mention in known) or not KINDS_OF_STREET & set(map(_as_kind, words)):
            return None
        others = [
            "," if any(mention.start <= at < mention.end for mention in known) else word
            for at, word in enumerate(words)
        ]
        area = frozenset[WardCode]().union(*(wards_of(self._namer.candidate(found.meanings[0])) for found in known))
        found = self._misspelt(others) or []
        return found if len(found) == 1 and wards_of(found[0]) & area else None

    def _beside_what_fits_many(self, words: Sequence[str], known: Sequence[Mention]) -> list[Candidate] | None:
        """A street of which only the beginning was written, beside a word such as station."""
        if not all(mention.is_generic for mention in known):
            return None
        return next(filter(None, (self._half_named(phrase.split()) for phrase in phrases_worth_a_try(words))), None)

    def _half_named(self, words: Sequence[str]) -> list[Candidate] | None:
        """What a name without its end may be: two or more streets for Cranbury, and for Millbrook Road, of which only
        the west is known, that or anywhere in Millbrook."""
        first = list(words[: words.index(",")] if "," in words else words)
        phrase = spelled(" ".join(_without_vagueness(bare(first))))
        stem = stem_of(phrase) if phrase else ""
        sharing = self._stems.get(stem, ())
        if phrase != stem:
            sharing = tuple(
                name for name in sharing if name.rsplit(" ", 1)[0] == phrase and name.split()[-1] in COMPASS
            )
        meant = [meaning for name in sharing for meaning in self._book.entries[name] if meaning.kind is Kind.STREET]
        if len(meant) == 1:
            meant += [meaning for meaning in self._book.entries.get(stem, ())[:1] if meaning.kind in AREAS]
        if len(meant) < 2:
            return None
        reading = "Only the beginning of this name was written."
        return [self._read_as(meaning, reading) for meaning in meant[:MOST_CANDIDATES]]

    def _misspelt(self, words: Sequence[str]) -> list[Candidate] | None:
        return next(filter(None, map(self._read_nearly, phrases_worth_a_try(words))), None)

    def _read_nearly(self, phrase: str) -> list[Candidate] | None:
        if phrase in self._book.entries:
            # Written rightly, and yet not taken for a name: "on the drive".
            return None
        meanings = list(dict.fromkeys(self._book.entries[name][0] for name in self._spellings.near(phrase)))
        if not meanings:
            return None
        what = "street" if all(meaning.kind is Kind.STREET for meaning in meanings) else "place"
        alone = "Read as {}, the only {} we know with nearly this spelling."
        several = "Could be {}: more than one {} has nearly this spelling."
        reading = alone if len(meanings) == 1 else several
        return [self._read_as(meaning, reading.format(meaning.key, what)) for meaning in meanings]

    def _read_as(self, meaning: Named, reading: str) -> Candidate:
        candidate = self._namer.candidate(meaning)
        return replace(candidate, reason=f"{reading} {candidate.reason}")


def _as_kind(word: str) -> str:
    return spelled(f"x {word}").split()[-1]


def _without_vagueness(words: Sequence[str]) -> list[str]:
    """A name without "something" or "somewhere" behind it."""
    kept = list(words)
    while kept and kept[-1] in ("something", "somewhere", "or", "whatever"):
        kept.pop()
    return kept


def _by_stem(book: NameBook) -> dict[str, tuple[str, ...]]:
    """The street names that share their telling part."""
    stems: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for phrase, meanings in book.entries.items():
        if any(meaning.kind is Kind.STREET for meaning in meanings):
            stems[stem_of(phrase)] += (phrase,)
    return dict(stems)


def _blank(text: str) -> Unplaced:
    """Nothing but spaces is nothing given; signs or another script are something we could not find."""
    if not text.strip():
        return Unplaced.NOTHING_GIVEN
    return Unplaced.NOT_FOUND


def _point_reason(placement: Placement, name: str) -> str:
    if placement.nearest:
        return f"The point is {placement.metres:.0f} m outside the city's outline; {name} is the nearest ward."
    return f"The point is in {name}."
