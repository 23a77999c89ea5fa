"""Text that is shown to others as it was typed: without marks that nobody sees, and compared as people read it."""

import unicodedata

_JOINERS = frozenset("\u200c\u200d")
"""Persian, Urdu and the Indic scripts need these inside a word; anywhere else they only hide."""
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_VIRAMA = 9


def readable(text: str | None) -> str | None:
    """Without control characters, marks that turn the direction, and characters of no width; None stays None.

    Letters of every script stay, right to left ones too, and so do line breaks, tabs, and joiners where a script needs
    them.
    """
    if text is None:
        return None
    shown = [letter for letter in text if not _hides(letter)]
    around = zip(["", *shown], shown, [*shown[1:], ""], strict=False)
    kept = (letter for before, letter, after in around if letter not in _JOINERS or _joins(before, after))
    return "".join(kept).strip()


def as_compared(name: str) -> str:
    """Equal for names that look the same but for capitals, spacing and how a keyboard put letters together."""
    plain = unicodedata.normalize("NFKC", readable(name) or "").casefold()
    folded = unicodedata.normalize("NFKC", plain)
    return " ".join("".join(letter for letter in folded if letter not in _JOINERS).split())


def _hides(letter: str) -> bool:
    if letter in "\n\r\t" or letter in _JOINERS:
        return False
    kind = unicodedata.category(letter)
    # Signs that enclose a number in Arabic are format characters too, but are seen.
    unseen = kind == "Cf" and unicodedata.bidirectional(letter) != "AN"
    return unseen or kind in {"Cc", "Cs", "Co"} or letter in _BLANK_LETTERS or _chooses_a_variant(letter)


def _chooses_a_variant(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def _joins(before: str, after: str) -> bool:
    """Whether a joiner stands inside a word that needs it: after an Arabic letter, or one without its vowel."""
    if not before or not after or not unicodedata.category(after).startswith(("L", "M")):
        return False
    return unicodedata.bidirectional(before) == "AL" or unicodedata.combining(before) == _VIRAMA
