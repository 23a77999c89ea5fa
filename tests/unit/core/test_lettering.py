"""What nobody sees is gone, what people write stays, in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lettering import as_compared, readable


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Demo \u202eyrarbiL", "Demo yrarbiL"),
        ("\u2066Demo\u2069 Library\u200f", "Demo Library"),
        ("De\u200bmo\ufeff Li\u00adbra\u2060ry", "Demo Library"),
        ("De\u200cmo\u200d", "Demo"),
        ("Demo\x07\x1b[1m\x85", "Demo[1m"),
        ("\u3164\u2800", ""),
        ("\u200b \u200e", ""),
        ("Demo\ufe0f\U000e0041", "Demo"),
        ("one\nline\tafter", "one\nline\tafter"),
        (None, None),
    ],
)
def test_what_nobody_sees_is_gone(typed: str | None, left: str | None) -> None:
    assert readable(typed) == left


@pytest.mark.parametrize(
    "name",
    [
        "مركز الأمل",
        "خانه\u200cی امید",
        "מרכז התקווה",
        "ਗੁਰਦੁਆਰਾ ਸਾਹਿਬ",
        "ক্\u200dষ",
        "مكتبة ١٢",
        "和平中心",
        "Café Überleben – Ślad",
        "Ngũgĩ’s House",
    ],
)
def test_names_in_every_script_stay(name: str) -> None:
    assert readable(name) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Demo ÉCOLE", "demo e\u0301cole"),
        ("ŚLAD", "ślad"),
        ("Straße", "STRASSE"),
        ("ＤＥＭＯ", "demo"),
        ("Demo  Library", " demo library "),
        ("Demo\u00a0Library", "Demo Library"),
        ("De\u200bmo Library", "Demo Library"),
        ("ΟΔΟΣ", "οδος"),
        ("خانه\u200cی امید", "خانهی امید"),
    ],
)
def test_names_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert as_compared(one) == as_compared(other)


def test_names_that_differ_stay_apart() -> None:
    assert len({as_compared(name) for name in ("Slad", "Ślad", "Demo House", "Demo Houses")}) == 4


@given(st.text())
def test_cleaned_once_is_clean(text: str) -> None:
    once = readable(text)
    assert readable(once) == once
    assert as_compared(as_compared(text)) == as_compared(text)
