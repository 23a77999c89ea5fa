"""Street names of a council: exact, standing in longer text, and misspelt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from geography.phrases import COMPASS, KINDS_OF_STREET, LEADING, spelled, stem_of
from geography.places import Point

LONGEST_NAME = 6
_LONGEST_SPELLING = 60


@dataclass(frozen=True, slots=True)
class Street:
    """A street and one or more map points on it (not its extent)."""

    name: str
    anchors: tuple[Point, ...]

    def middle(self) -> Point:
        """The anchor nearest to the mean of them all: a point that is truly on the street."""
        lat = sum(point.lat for point in self.anchors) / len(self.anchors)
        lon = sum(point.lon for point in self.anchors) / len(self.anchors)
        return min(self.anchors, key=lambda point: (point.lat - lat) ** 2 + (0.63 * (point.lon - lon)) ** 2)


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names under one spelling each. `spelled_names` are what `spelled` makes of them."""

    names: tuple[str, ...]
    _places: dict[str, str] = field(init=False, repr=False, compare=False)
    _choices: list[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {spelled(name): name for name in self.names}
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_choices", list(places))

    def exact(self, phrase: str) -> str | None:
        """The name that a phrase spells, or None."""
        return self._places.get(spelled(phrase))

    def within(self, segment: str) -> list[str]:
        """Names standing in a longer phrase, in order: never a part of what may be another, longer name."""
        words, found, at = segment.split(), [], 0
        while at < len(words):
            length = self._name_length(words, at)
            if length:
                found.append(self._places[spelled(" ".join(words[at : at + length]))])
            at += length or 1
        return found

    def near(self, phrase: str) -> list[str]:
        """The names closest in spelling to a phrase: none, the one, or all that are equally close."""
        wanted = spelled(phrase)
        allowed = _typos_allowed(stem_of(wanted))
        if not allowed or len(wanted) > _LONGEST_SPELLING:
            return []
        close = extract(wanted, self._choices, scorer=OSA.distance, score_cutoff=allowed, limit=5)
        plausible = [(name, distance) for name, distance, _ in close if _same_kind(wanted, name)]
        best = min((distance for _, distance in plausible), default=0)
        return [self._places[name] for name, distance in plausible if distance == best]

    def _name_length(self, words: Sequence[str], at: int) -> int:
        if at and not _may_precede(words[at - 1]):
            return 0
        for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            name = spelled(" ".join(words[at : at + length]))
            if name in self._places and _may_follow(words[at + length : at + length + 1]):
                return 0 if length < len(words) and _slight(name) else length
        return 0


def street_names(streets: Iterable[Street]) -> NameIndex:
    """The index over the names of some streets."""
    return NameIndex(tuple(street.name for street in streets))


def _typos_allowed(stem: str) -> int:
    """One slip from four letters on, two from nine: shorter names are too easily another real one."""
    return 0 if len(stem) < 4 else 1 if len(stem) < 9 else 2


def _same_kind(wanted: str, name: str) -> bool:
    """A street called Lane is not a misspelt Road; and Dale Road is not a misspelt Vale Road."""
    kind, other = wanted.split()[-1], name.split()[-1]
    if kind != other and kind in KINDS_OF_STREET and other in KINDS_OF_STREET:
        return False
    stem, known = stem_of(wanted), stem_of(name)
    return len(stem) > 4 or stem[0] == known[0] or len(stem) != len(known)


def _may_precede(word: str) -> bool:
    return word in LEADING or word[0].isdigit()


def _may_follow(rest: Sequence[str]) -> bool:
    return not rest or not (rest[0] in KINDS_OF_STREET or rest[0] in COMPASS)


def _slight(name: str) -> bool:
    """Names such as The Drive or The Green, which in a sentence usually mean something else."""
    return name.startswith("the ") or name.count(" ") == 0
