"""What may leave this machine of a text: the name of a street, and nothing else.

A number, a house, a person or a sentence is never part of it; a text without a street sends nothing.
"""

from collections.abc import Iterator, Sequence

from geography.asides import set_aside
from geography.mentions import Mention
from geography.phrases import COMPASS, KINDS_OF_STREET, LEADING, is_generic, spelled_words, words_of

_MORE_KINDS = frozenset(("villas", "cottages", "mansions", "towers", "tower", "circus", "mount", "wood"))
# After these words, or a house number, a name begins for certain.
_LEADS_IN = frozenset(("on", "in", "at", "off", "along", "down", "near", "outside", "opposite", "onto", "behind"))
_FIRST_WORDS = frozenset(
    ("st", "saint", "the", "old", "new", "upper", "lower", "great", "little", "north", "south", "east", "west")
)
_NO_NAME = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "pc", "my", "his", "her", "their", "our", "your", "a", "an",
     "i", "he", "she", "they", "we", "it", "man", "woman", "boy", "girl", "friend", "mate", "neighbour", "neighbor",
     "called", "named", "and", "or", "but", "was", "is", "dot")
)  # fmt: skip
# Kinds that are no other word, and so end a name whatever stands behind them.
_ONLY_KINDS = frozenset(("road", "street", "avenue", "lane", "gardens", "crescent", "terrace", "grove", "villas"))
_MOST_WORDS = 3


def street_in(text: str) -> str:
    """The first street-like name of a text, in small letters and without digits; empty when there is none."""
    words = words_of(text).replace(",", " , ").split()
    return next(_streets(words), "")


def _streets(words: Sequence[str]) -> Iterator[str]:
    for end, word in enumerate(words):
        if not _is_kind(word) or not _ends(words, end):
            continue
        start = _start(words, end)
        phrase = spelled_words(words[start : end + 1])
        mention = Mention(start, end + 1, phrase, ())
        if start < end and not is_generic(phrase) and not set_aside(words, mention):
            yield phrase


def _is_kind(word: str) -> bool:
    return spelled_words(["x", word]).split()[-1] in KINDS_OF_STREET | _MORE_KINDS


def _ends(words: Sequence[str], at: int) -> bool:
    """Whether a name ends there, as it does not in "close friend"."""
    if spelled_words(["x", words[at]]).split()[-1] in _ONLY_KINDS:
        return True
    after = words[at + 1] if at + 1 < len(words) else ","
    close_by = words[at] == "close" and after in ("by", "to")
    return (after == "," or after in LEADING or after in COMPASS) and not close_by


def _start(words: Sequence[str], end: int) -> int:
    """Where a name begins: up to three words before its kind when it is led in, else one, for a person may be named
    before it."""
    reach = end
    while reach and end - reach < _MOST_WORDS and _may_be_named(words[reach - 1]):
        reach -= 1
    before = words[reach - 1] if reach else ","
    if before in _LEADS_IN or before[0].isdigit():
        return reach
    start = max(reach, end - 1)
    return start - 1 if start > reach and words[start - 1] in _FIRST_WORDS else start


def _may_be_named(word: str) -> bool:
    if word in _FIRST_WORDS:
        return True
    return word != "," and not any(map(str.isdigit, word)) and word not in LEADING | _NO_NAME
