"""What stands in a text by number: postcodes and positions, each with its answer, and the beginnings of postcodes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from geography.coordinates import Position, find_positions
from geography.crosswalk import Crosswalk
from geography.extents import AS_A_POINT_METRES, square_candidate
from geography.mentions import Kind, Mention, Named
from geography.naming import partial_candidate
from geography.places import Answer, Candidate, Point, Refusal, refuse
from geography.postcodes import find_partials, find_postcodes, outward, spaced
from geography.vocabulary import Precision, Unplaced

_MOST_PINS = 8


@dataclass(frozen=True, slots=True)
class Pinned:
    """A text in which each pin is one word of its own, as 0pin0; its answers by word, and the areas by theirs.

    `refused` is the answer to the beginning of a postcode that is none of the city's.
    """

    text: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    areas: Mapping[str, Named] = field(default_factory=dict)
    refused: Refusal | None = None

    def mentions(self, words: Sequence[str]) -> list[Mention]:
        """The pins among the words of the text."""
        return [Mention(at, at + 1, word, ()) for at, word in enumerate(words) if word in self.answers]

    def area_mentions(self, words: Sequence[str]) -> list[Mention]:
        """The beginnings of postcodes among the words of the text."""
        return [Mention(at, at + 1, word, (self.areas[word],)) for at, word in enumerate(words) if word in self.areas]


@dataclass(frozen=True, slots=True)
class PinReader:
    """Reads the numbers of one city. `at` answers a point, and `outwards` are the districts of its postcodes."""

    crosswalk: Crosswalk
    at: Callable[[Point], Answer]
    outwards: frozenset[str]
    _made: dict[str, Candidate] = field(default_factory=dict, init=False, repr=False, compare=False)

    def read(self, text: str) -> Pinned:
        """The text with its pins. `text` has been through NFKC."""
        spans: list[tuple[int, int, Answer]] = []
        for written in find_positions(text)[:_MOST_PINS]:
            spans.append((written.start, written.end, self._at_position(written.position)))
        masked = _without(text, [(start, end) for start, end, _ in spans])
        for found in find_postcodes(masked, self.crosswalk.postcodes)[:_MOST_PINS]:
            spans.append((found.start, found.end, self._at_postcode(found.code)))
        masked = _without(text, [(start, end) for start, end, _ in spans])
        answers = {f"0pin{number}": answer for number, (_, _, answer) in enumerate(spans)}
        areas: dict[str, Named] = {}
        refused = None
        marks = [(start, end, f"0pin{number}") for number, (start, end, _) in enumerate(spans)]
        for number, partial in enumerate(find_partials(masked, self.outwards)[:_MOST_PINS]):
            if partial_candidate(self.crosswalk, partial.code):
                areas[f"0area{number}"] = Named(Kind.POSTCODES, partial.code)
                marks.append((partial.start, partial.end, f"0area{number}"))
            else:
                refused = self._unknown(partial.code.split()[0])
        return Pinned(_marked(text, marks), answers, areas, refused)

    def postcode(self, code: str) -> Candidate:
        """The candidate of a postcode of the city, made once. Raises KeyError for any other."""
        candidate = self._made.get(code)
        if candidate is None:
            postcode = self.crosswalk.postcodes[code]
            written = spaced(code)
            shares = self.crosswalk.at_postcode(postcode)
            reason = f"{written} is a postcode of the city, with its official ward."
            candidate = Candidate(written, postcode.point, Precision.POSTCODE, shares, reason)
            self._made[code] = candidate
        return candidate

    def _at_postcode(self, code: str) -> Answer:
        return [self.postcode(code)] if code in self.crosswalk.postcodes else self._unknown(outward(code))

    def _unknown(self, district: str) -> Refusal:
        return refuse(Unplaced.UNKNOWN_POSTCODE if district in self.outwards else Unplaced.OUTSIDE_CITY)

    def _at_position(self, position: Position) -> Answer:
        if position.foreign:
            return refuse(Unplaced.NOT_FOUND)
        if position.point is None:
            return refuse(Unplaced.OUTSIDE_CITY)
        if position.side_metres > AS_A_POINT_METRES:
            square = square_candidate(self.crosswalk, position.point, position.side_metres)
            return [square] if square else self.at(position.point)
        return self.at(position.point)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with signs in place of what was read already, as long as it was."""
    for start, end in spans:
        text = f"{text[:start]}{'#' * (end - start)}{text[end:]}"
    return text


def _marked(text: str, marks: Sequence[tuple[int, int, str]]) -> str:
    for start, end, word in sorted(marks, reverse=True):
        text = f"{text[:start]} {word} {text[end:]}"
    return text
