"""Misspelt names: a slip of the finger, or written as it sounds."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from geography.phrases import COMPASS, KINDS_OF_STREET, LEADING, STANDING_BEFORE, is_generic, spelled_words, stem_of

_LONGEST_SPELLING = 60
_MOST_PHRASES = 12
_LONGEST_PHRASE = 5
_LONG_WORD = 6
_DOUBLED = re.compile(r"(.)\1+")
_BEFORE = LEADING | STANDING_BEFORE

# Sounds of English as the city speaks it: an r is heard only before a vowel, an h only at the beginning.
_SOUNDS = (
    (re.compile("ph"), "f"), (re.compile("ck|kh|qu|q"), "k"), (re.compile("c(?=[eiy])"), "s"),
    (re.compile("c"), "k"), (re.compile("x"), "ks"), (re.compile("z"), "s"), (re.compile("r(?![aeiouy])"), ""),
    (re.compile("(?<=.)[aeiouyhw]"), ""), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spellings:
    """Names in one spelling each, found by what was nearly or audibly written."""

    phrases: tuple[str, ...]
    _choices: list[str] = field(init=False, repr=False, compare=False)
    _about_as_long: dict[tuple[int, int], list[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _by_sound: dict[tuple[str, str], list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        telling = (phrase for phrase in self.phrases if _kind_of(phrase) or not is_generic(phrase))
        choices = [phrase for phrase in telling if _typos_allowed(stem_of(phrase))]
        object.__setattr__(self, "_choices", choices)

    def near(self, wanted: str) -> list[str]:
        """The names closest in spelling to a phrase: none, the one, or all that are equally close."""
        allowed = _typos_allowed(stem_of(wanted))
        if not allowed or len(wanted) > _LONGEST_SPELLING or is_generic(wanted):
            return []
        close = extract(
            wanted, self._of_length(len(wanted), allowed), scorer=OSA.distance, score_cutoff=allowed, limit=8
        )
        plausible = [(name, distance) for name, distance, _ in close if _same_kind(wanted, name)]
        best = min((distance for _, distance in plausible), default=0)
        return [name for name, distance in plausible if distance == best] or self._sounding(wanted)

    def _of_length(self, length: int, allowed: int) -> list[str]:
        """The names that so few slips could make so long; most are not, and need not be compared."""
        if (length, allowed) not in self._about_as_long:
            self._about_as_long[length, allowed] = [
                name for name in self._choices if abs(len(name) - length) <= allowed
            ]
        return self._about_as_long[length, allowed]

    def _heard(self) -> Mapping[tuple[str, str], list[str]]:
        """The names by their sound, worked out when a name is first sought by it."""
        if not self._by_sound:
            by_sound = defaultdict(list)
            for phrase in self._choices:
                by_sound[sound_of(phrase)].append(phrase)
            self._by_sound.update(by_sound)
        return self._by_sound

    def _sounding(self, wanted: str) -> list[str]:
        stem = stem_of(wanted).replace(" ", "")
        sound, kind = sound_of(wanted)
        if len(stem) < 6 or len(sound) < 3:
            return []
        allowed = 3 if len(stem) > 7 else 2
        heard_alike = self._heard().get((sound, kind), ())
        others = ((name, stem_of(name).replace(" ", "")) for name in heard_alike)
        return [name for name, other in others if OSA.distance(stem, other) <= allowed and _same_kind(wanted, name)]


def phrases_worth_a_try(words: Sequence[str]) -> Iterator[str]:
    """The parts of a text that may be a misspelt name: each whole part, and what a small word leads in."""
    tried: set[str] = set()
    for phrase in _phrases(words):
        if phrase and phrase not in tried and not is_generic(phrase):
            tried.add(phrase)
            yield phrase
        if len(tried) >= _MOST_PHRASES:
            return


def _phrases(words: Sequence[str]) -> Iterator[str]:
    parts = list(_parts(words))
    for part in parts:
        yield spelled_words(bare(part))
    for part in parts:
        yield from _streets_in(part)
    for part in parts:
        yield from _led_in(part)


def _parts(words: Sequence[str]) -> Iterator[list[str]]:
    start = 0
    for end in [at for at, word in enumerate(words) if word == ","] + [len(words)]:
        yield list(words[start:end])
        start = end + 1


def _streets_in(part: Sequence[str]) -> Iterator[str]:
    """Up to three words and a kind of street, where a name may begin and where it cannot go on."""
    for end, word in enumerate(part):
        if end and _is_kind(word) and not any(map(_is_kind, part[end + 1 : end + 2])):
            for length in (3, 2, 1):
                start = end - length
                begins = start == 0 or (start > 0 and (part[start - 1] in _BEFORE or part[start - 1][0].isdigit()))
                if begins and not set(part[start:end]) & LEADING:
                    yield spelled_words(part[start : end + 1])


def _is_kind(word: str) -> bool:
    return spelled_words(["x", word]).split()[-1] in KINDS_OF_STREET | COMPASS


def _led_in(part: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(part):
        if word in LEADING and part[at + 1 : at + 2] and part[at + 1] not in LEADING:
            following = part[at + 1 : at + 1 + _LONGEST_PHRASE]
            stop = next((n for n, later in enumerate(following) if later in LEADING), len(following))
            for length in range(min(stop, 3), 0, -1):
                if len("".join(following[:length])) > 5:
                    yield spelled_words(following[:length])


def bare(words: Sequence[str]) -> list[str]:
    """A phrase without the house number and the small words before a name."""
    kept = list(words)
    while len(kept) > 1 and (kept[0][0].isdigit() or (kept[0] in LEADING and kept[0] not in ("the", "top"))):
        kept.pop(0)
    return kept


def sound_of(phrase: str) -> tuple[str, str]:
    """How the telling part of a name is heard, without its vowels, and its kind of street if it has one."""
    sound = stem_of(phrase).replace(" ", "")
    for pattern, heard in _SOUNDS:
        sound = pattern.sub(heard, sound)
    return sound, _kind_of(phrase)


def can_only_be(wanted: str, name: str) -> bool:
    """Whether what was written can hardly be the name of another place that we do not know.

    So it is with the same letters in other words, with one letter doubled or not or two changed round inside a long
    word, and with one slip in a long kind of street. Any other slip makes real names of real ones: Milton and Wilton.
    """
    if wanted.replace(" ", "") == name.replace(" ", ""):
        return True
    written, known = wanted.split(), name.split()
    differing = [pair for pair in zip(written, known, strict=False) if pair[0] != pair[1]]
    if len(written) != len(known) or len(differing) != 1:
        return False
    word, meant = differing[0]
    if meant in KINDS_OF_STREET and (word, meant) == (written[-1], known[-1]):
        return _harmless(word, meant) or (len(meant) > 5 and OSA.distance(word, meant) == 1)
    return min(len(word), len(meant)) >= _LONG_WORD and word[0] == meant[0] and _harmless(word, meant)


def _harmless(word: str, meant: str) -> bool:
    if sorted(word) == sorted(meant):
        return OSA.distance(word, meant) == 1
    return bool(_DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", meant) and OSA.distance(word, meant) == 1)


def _kind_of(phrase: str) -> str:
    _, *others = phrase.split()
    kinds = [word for word in others if word in KINDS_OF_STREET]
    return kinds[-1] if kinds and (others[-1] == kinds[-1] or others[-1] in COMPASS) else ""


def _typos_allowed(stem: str) -> int:
    """One slip from four letters on, two from nine: shorter names are too easily another real one."""
    return 0 if len(stem) < 4 else 1 if len(stem) < 9 else 2


def _same_kind(wanted: str, name: str) -> bool:
    """A Lane is not a misspelt Road, Dale Road not a misspelt Vale Road, and the east of a road not its west."""
    kind, other = wanted.split()[-1], name.split()[-1]
    if kind != other and kind in KINDS_OF_STREET and other in KINDS_OF_STREET:
        return False
    sides = (COMPASS.intersection(wanted.split()), COMPASS.intersection(name.split()))
    if all(sides) and sides[0] != sides[1]:
        return False
    stem, known = stem_of(wanted), stem_of(name)
    return len(stem) > 4 or stem[0] == known[0] or len(stem) != len(known)
