"""The words on the sheet that a visitor takes away, in the visitor's own language where they were translated.

The sheet may be found by anybody: it says neither what was told nor to whom.
"""

from core.languages import Language
from reporting.translations import WRITINGS, Writing, writing_in


def receipt_words(language: Language | None) -> Writing:
    """The sheet's words (`sheet.…`) in a language, or in English where they were not translated."""
    return writing_in(language if language in WRITINGS else Language.ENGLISH)
