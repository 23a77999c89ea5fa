"""Names that were nearly written: misspelt, or only their beginning. Most are suggestions, for a person to confirm."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from geography.mentions import AREAS, LONGEST_NAME, Kind, Mention, NameBook
from geography.naming import Namer, wards_of
from geography.phrases import COMPASS, KINDS_OF_STREET, LEADING, is_generic, spelled, spelled_words, stem_of
from geography.places import Candidate
from geography.resolving import MOST_CANDIDATES, Reading, resolve
from geography.spelling import Spellings, bare, can_only_be, phrases_worth_a_try
from geography.vocabulary import WardCode

NEARLY = "it was written nearly so"
BEGINNING = "only the beginning of its name was written"


@dataclass(frozen=True, slots=True)
class NearReader:
    """Reads what is nearly a name of the city's book."""

    book: NameBook
    namer: Namer
    spellings: Spellings
    _stems: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stems", _by_stem(self.book))

    def read(self, words: Sequence[str]) -> list[Candidate] | None:
        """What a text without any name means nearly, or None."""
        half = self._half_named(words) or []
        if len(half) > 1:
            return half
        # "St Mary" may be the beginning of St Mary Street, and nearly St Mary's.
        found = {each.place: each for each in (*half, *(self._misspelt(words) or ()))}
        return list(found.values()) or None

    def beside(self, words: Sequence[str], known: Sequence[Mention]) -> list[Candidate] | None:
        """What is meant nearly, and rather than the names that were written, or None."""
        return (
            self._longer_name(words, known)
            or self._beside_what_fits_many(words, known)
            or self._beside_an_area(words, known)
        )

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
        area = frozenset[WardCode]().union(*(wards_of(self.namer.candidate(found.meanings[0])) for found in known))
        found = self._misspelt(others) or []
        return found if len(found) == 1 and wards_of(found[0]) & area else None

    def _beside_what_fits_many(self, words: Sequence[str], known: Sequence[Mention]) -> list[Candidate] | None:
        """A street of which only the beginning was written, beside a word such as station."""
        if not all(mention.is_generic for mention in known):
            return None
        found = (self._half_named(phrase.split()) for phrase in phrases_worth_a_try(words))
        return next((several for several in found if several and len(several) > 1), None)

    def _half_named(self, words: Sequence[str]) -> list[Candidate] | None:
        """What a name without its end may be: each street for Cranbury, and for Millbrook Road, of which only
        the west is known, that or anywhere in Millbrook."""
        first = list(words[: words.index(",")] if "," in words else words)
        phrase = spelled(" ".join(_without_vagueness(bare(first))))
        stem = stem_of(phrase) if phrase else ""
        if COMPASS.issuperset(phrase.split()) or is_generic(phrase):
            return None
        sharing = self._stems.get(stem, ())
        if phrase != stem:
            sharing = tuple(
                name for name in sharing if name.rsplit(" ", 1)[0] == phrase and name.split()[-1] in COMPASS
            )
        meant = [meaning for name in sharing for meaning in self.book.entries[name] if meaning.kind is Kind.STREET]
        if len(meant) == 1:
            meant += [meaning for meaning in self.book.entries.get(stem, ())[:1] if meaning.kind in AREAS]
        found = [
            self._read_as(self.namer.candidate(each), "Only the beginning of this name was written.") for each in meant
        ]
        return [found[0].doubted(BEGINNING)] if len(found) == 1 else found[:MOST_CANDIDATES] or None

    def _misspelt(self, words: Sequence[str]) -> list[Candidate] | None:
        return next(filter(None, map(self._read_nearly, phrases_worth_a_try(words))), None)

    def _read_nearly(self, phrase: str) -> list[Candidate] | None:
        if phrase in self.book.entries:
            # Written rightly, and yet not taken for a name: "on the drive".
            return None
        names = self.spellings.near(phrase)
        meanings = {meaning for name in names for meaning in self.book.entries[name]}
        found = {each.place: each for name in names for each in self._meant_by(name)}
        what = "street" if all(meaning.kind is Kind.STREET for meaning in meanings) else "place"
        alone = "Read as {}, the only {} we know with nearly this spelling."
        several = "Could be {}: more than one {} has nearly this spelling."
        reading = alone if len(found) == 1 else several
        certain = len(names) == 1 and can_only_be(phrase, names[0])
        return [
            self._read_as(each, reading.format(each.place, what)).doubted("" if certain else NEARLY)
            for each in found.values()
        ] or None

    def _meant_by(self, name: str) -> list[Candidate]:
        """All that a name means, as if it had been written rightly."""
        words = name.split()
        mention = Mention(0, len(words), name, self.book.entries[name])
        return resolve(Reading(words, [mention], self.book, self.namer))

    def _read_as(self, candidate: Candidate, reading: str) -> Candidate:
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
