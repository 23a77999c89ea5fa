"""The words that are printed for somebody to take away, in every language that we write. One file a language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from core.languages import WRITTEN, Language
from core.settings import ROOT

EASY_READ = "en-easy"
ENGLISH = Language.ENGLISH.value
WRITINGS: tuple[str, ...] = (*(language.value for language in WRITTEN), EASY_READ)
"""Every language that is printed, by its code, and Easy Read English last."""

BESIDE_ENGLISH = frozenset(
    {
        "poster.name", "poster.police", "poster.code", "poster.danger",
        "sheet.keep", "sheet.lost", "sheet.next_decide", "sheet.come_back", "sheet.danger",
    }
)  # fmt: skip
"""Words about danger, choice and the code: until a native speaker has checked them the English stands beside."""

_FOLDER = ROOT / "translations"


@dataclass(frozen=True, slots=True)
class Writing:
    """One language as it is printed. `words` by key, such as `sheet.keep`; some hold a place such as `{when}`.

    `unchecked` is what is printed, in that language, while no native speaker has checked it.
    """

    code: str
    name: str
    is_checked: bool
    unchecked: str
    words: Mapping[str, str]

    @property
    def tag(self) -> str:
        """The language for whoever reads it aloud (BCP 47)."""
        return ENGLISH if self.code == EASY_READ else self.code

    @property
    def english_name(self) -> str:
        """What the language is called in English."""
        return self.name if self.code == EASY_READ else Language(self.code).english

    @property
    def is_right_to_left(self) -> bool:
        """Whether it is written from the right."""
        return Language(self.tag).is_right_to_left

    def english_beside(self, key: str) -> str:
        """The English of words that may not be trusted yet; empty where none is needed."""
        needed = not self.is_checked and self.tag != ENGLISH and key in BESIDE_ENGLISH
        return words_in(ENGLISH)[key] if needed else ""


def writing_in(language: str) -> Writing:
    """A language as it is printed, by its code; LookupError for one that is not in WRITINGS."""
    if language not in WRITINGS:
        raise LookupError(f"Nothing is printed in {language!r}.")
    return _read(str(language))


def words_in(language: str) -> Mapping[str, str]:
    """The printed words of a language, by key; LookupError for one that is not in WRITINGS."""
    return writing_in(language).words


@cache
def _read(code: str) -> Writing:
    written = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    words = {
        f"{part}.{name}": text
        for part, texts in written.items()
        if isinstance(texts, dict)
        for name, text in texts.items()
    }
    return Writing(code, written["name"], written["checked"], written["unchecked"], MappingProxyType(words))
