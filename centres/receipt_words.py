"""The words on the sheet that a visitor takes away, in the visitor's own language where they were translated.

The sheet may be found by anybody: it says neither what was reported nor to whom.
"""

from dataclasses import dataclass

from core.languages import Language


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """One language's words. `{when}` stands for the hour at which somebody next reads, `{address}` for the page."""

    language: Language
    title: str
    keep: str
    lost: str
    next_title: str
    next_read: str
    reading_now: str
    next_decide: str
    next_answer: str
    come_back: str
    danger: str
    reference: str


_WORDS: dict[Language, ReceiptWords] = {
    Language.ENGLISH: ReceiptWords(
        language=Language.ENGLISH,
        title="Your code",
        keep="Keep this code. Only you can use it.",
        lost="Nobody can look it up for you, so keep it somewhere safe.",
        next_title="What happens next",
        next_read="A trained person reads it, from {when} on.",
        reading_now="A trained person reads it. They are reading today.",
        next_decide="They do what you chose, and tell nobody you did not choose, unless somebody is in serious danger.",
        next_answer="You see here what was done, and you can write to them.",
        come_back="Come back with your code at {address}, or at the place where you got this.",
        danger="In danger, call 999.",
        reference="For the centre",
    ),
}
"""Every language that the sheet was translated into. A further one is one more entry here."""


def receipt_words(language: Language | None) -> ReceiptWords:
    """The sheet's words in a language, or in English where they were not translated."""
    return _WORDS.get(language or Language.ENGLISH, _WORDS[Language.ENGLISH])
