"""The names of places standing in a text: which words they are, and what each may mean."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from geography.phrases import COMPASS, LEADING, STANDING_BEFORE, is_generic, is_kind_of_street, spelled_words

LONGEST_NAME = 8
_SHORT_TEXT = 5
# "Hinkler Road close to the shops" is about Hinkler Road; Holly Hill Close is no Holly Hill.
_ENDS_A_NAME = frozenset(["road", "street", "avenue", "crescent", "lane"])


class Kind(Enum):
    """What a name is the name of. POSTCODES are those that begin with it."""

    STREET = "street"
    LANDMARK = "landmark"
    DISTRICT = "district"
    WARD = "ward"
    POSTCODES = "postcodes"
    ELSEWHERE = "elsewhere"


AREAS = (Kind.DISTRICT, Kind.WARD, Kind.POSTCODES)


@dataclass(frozen=True, slots=True)
class Named:
    """One thing with a name. `key` finds it among its kind."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end` of a text, and everything they may mean, the most usual first."""

    start: int
    end: int
    phrase: str
    meanings: tuple[Named, ...]

    @property
    def is_generic(self) -> bool:
        """Whether the words fit many places, as "the hospital" does, though only some are usually meant."""
        return is_generic(self.phrase)

    @property
    def is_area(self) -> bool:
        """Whether it names a part of the city, which narrows what stands beside it."""
        return all(meaning.kind in AREAS for meaning in self.meanings)

    @property
    def is_elsewhere(self) -> bool:
        """Whether it names a place outside the city."""
        return self.meanings[0].kind is Kind.ELSEWHERE


@dataclass(frozen=True, slots=True)
class NameBook:
    """Every name of a city in one spelling each, with all that it may mean."""

    entries: Mapping[str, tuple[Named, ...]]
    _first_words: Container[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        firsts = frozenset(phrase.split()[0] for phrase in self.entries) | {"saint"}
        object.__setattr__(self, "_first_words", firsts)

    def exact(self, words: Sequence[str]) -> tuple[Named, ...]:
        """What these words mean as one name; empty when they are none."""
        return self.entries.get(spelled_words(words), ())

    def mentions(self, words: Sequence[str]) -> list[Mention]:
        """The names in a text, in order: the longest first, and never a part of what may be another name.

        `words` hold "," where a part ends.
        """
        found: list[Mention] = []
        at = 0
        while at < len(words):
            after = found[-1].end if found else -1
            mention = self._longest(words, at, after) if words[at] in self._first_words else None
            if mention:
                found.append(mention)
            at = mention.end if mention else at + 1
        return found

    def _longest(self, words: Sequence[str], at: int, after: int) -> Mention | None:
        for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            span = words[at : at + length]
            if "," in span:
                continue
            phrase = spelled_words(span)
            if meanings := self.entries.get(phrase):
                mention = Mention(at, at + length, phrase, meanings)
                if _may_stand(mention, words, after):
                    return mention
                if _goes_on(words, mention.end):
                    return None
        return None


def _may_stand(mention: Mention, words: Sequence[str], after: int) -> bool:
    before = words[mention.start - 1] if mention.start else ","
    alone = mention.start == 0 and mention.end == len(words)
    if not alone and _slight(mention, words, before):
        return False
    if _goes_on(words, mention.end) and mention.phrase.split()[-1] not in _ENDS_A_NAME:
        return False
    if mention.is_elsewhere or mention.start == after or before == "," or before in LEADING or before[0].isdigit():
        return True
    if mention.is_generic:
        return False
    several = len(mention.phrase.split()) > 1 and mention.meanings[0].kind is not Kind.STREET
    return several or before in STANDING_BEFORE or len(before) == 1


def _goes_on(words: Sequence[str], end: int) -> bool:
    """Whether a kind of street or a point of the compass follows, so that the name may be a longer one."""
    return end < len(words) and (is_kind_of_street(words[end]) or words[end] in COMPASS)


def _slight(mention: Mention, words: Sequence[str], before: str) -> bool:
    """Names such as The Drive or Strand, which inside a sentence usually mean something else."""
    parts = mention.phrase.split()
    if mention.meanings[0].kind is Kind.STREET:
        return parts[0] == "the" or len(parts) == 1
    if len(parts) == 1 and mention.is_area and before in ("the", "a", "my", "our"):
        return True
    at_rest = mention.end == len(words) or words[mention.end] in LEADING or words[mention.end] == ","
    return parts[0] == "the" and len(parts) == 2 and len(words) > _SHORT_TEXT and not at_rest


def book_of(names: Iterable[tuple[str, Named]]) -> NameBook:
    """A book of names, each with what it means; a name given more than once may mean each, in that order.

    A name of the city's that is also one of a place outside is the city's.
    """
    entries: dict[str, tuple[Named, ...]] = {}
    for name, named in names:
        phrase = spelled_words(name.split())
        if named.kind is Kind.ELSEWHERE and phrase in entries:
            continue
        if phrase and named not in entries.get(phrase, ()):
            entries[phrase] = (*entries.get(phrase, ()), named)
    return NameBook(entries)
