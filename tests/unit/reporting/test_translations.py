"""The printed words: whole in every language, with the same places to fill in, and in that language's own script."""

import re
from string import Formatter

import pytest

from core.languages import WRITTEN, Language
from reporting.translations import BESIDE_ENGLISH, EASY_READ, ENGLISH, WRITINGS, words_in, writing_in

SCRIPTS = {
    "pa": r"\u0A00-\u0A7F\u0964",
    "bn": r"\u0980-\u09FF\u0964",
    "ur": r"\u0600-\u06FF",
    "ar": r"\u0600-\u06FF",
    "fa": r"\u0600-\u06FF",
    "zh-Hans": r"\u4E00-\u9FFF\u3000-\u303F\uFF00-\uFFEF",
    "uk": r"\u0400-\u04FF",
}
OWN_LETTERS = {"pl": "ąęłśż", "ro": "ăâîșț", "so": "aax"}
MAY_STAY = {"bank", "holidays"}
OTHERS = [code for code in WRITINGS if code != ENGLISH]


def places(text: str) -> set[str]:
    """What is filled in, such as `when`."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_written_language_is_printed_and_easy_read_too() -> None:
    assert {*(language.value for language in WRITTEN), EASY_READ} == set(WRITINGS)
    assert len(WRITINGS) == 12


@pytest.mark.parametrize("code", WRITINGS)
def test_every_key_is_there_with_the_same_places(code: str) -> None:
    english, words = words_in(ENGLISH), words_in(code)
    assert set(words) == set(english)
    assert {key: places(text) for key, text in words.items()} == {key: places(text) for key, text in english.items()}
    assert all(text == text.strip() and text for text in words.values())


@pytest.mark.parametrize("code", OTHERS)
def test_what_nobody_checked_says_so_in_its_own_words(code: str) -> None:
    writing = writing_in(code)
    assert not writing.is_checked
    assert writing.unchecked and writing.unchecked != writing_in(ENGLISH).unchecked
    assert writing.name == (Language(code).own if code != EASY_READ else "Easy Read")


@pytest.mark.parametrize("code", [code for code in OTHERS if code != EASY_READ])
def test_no_english_strays_in(code: str) -> None:
    """Latin words in another script, or a sentence that was left as it was."""
    english, words = words_in(ENGLISH), words_in(code)
    left = {key for key, text in words.items() if text == english[key]}
    assert left == set()
    texts = {**words, "unchecked": writing_in(code).unchecked}
    if code in SCRIPTS:
        latin = {key: set(re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", text))) for key, text in texts.items()}
        assert {key: found - MAY_STAY for key, found in latin.items() if found - MAY_STAY} == {}
        for key, text in texts.items():
            assert re.search(f"[{SCRIPTS[code]}]", text), key
    else:
        assert any(letter in text for text in texts.values() for letter in OWN_LETTERS[code])
        for key, text in words.items():
            assert not set(re.findall(r"\b(?:the|you|your|and|with|we)\b", text.lower())), key


def test_999_stands_wherever_danger_is_told_and_in_figures_all_can_read() -> None:
    for code in WRITINGS:
        for key in ("poster.danger", "sheet.danger"):
            assert "999" in words_in(code)[key], (code, key)


def test_the_english_stands_beside_what_matters_until_it_was_checked() -> None:
    assert set(words_in(ENGLISH)) >= BESIDE_ENGLISH
    assert writing_in("pl").english_beside("poster.danger") == "In danger now? Call 999."
    assert writing_in("pl").english_beside("poster.hours") == ""
    assert writing_in(ENGLISH).english_beside("poster.danger") == ""
    assert writing_in(EASY_READ).english_beside("poster.danger") == ""


def test_a_language_that_is_not_printed_is_refused() -> None:
    for code in ("xx", "../en", "el", ""):
        with pytest.raises(LookupError):
            writing_in(code)


def test_direction_and_names() -> None:
    assert {code for code in WRITINGS if writing_in(code).is_right_to_left} == {"ur", "ar", "fa"}
    assert (writing_in(EASY_READ).tag, writing_in("zh-Hans").tag) == ("en", "zh-Hans")
    assert writing_in("pa").english_name == "Punjabi"
