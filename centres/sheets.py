"""What stands on a printed sheet: a poster or cards of one centre in one language, or the list of all centres."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any
from unicodedata import normalize

import segno

from centres.directory import Listed
from centres.opening import DAYS, Opening, Week, figures_of
from centres.opening_words import hours_of
from core.languages import Language
from reporting.translations import Writing

LATIN = "Noto Sans"
# Where a font builds a letter of parts of which one is moved up or down, typst tags that part apart, and the letter
# comes out of the PDF twice. So the fonts are those whose letters are whole, and _UNUSED turns off what parts them.
# A Nastaliq hand, which Urdu readers know best, moves every letter and cannot be mended so.
ARABIC, URDU, BENGALI = "Vazirmatn", "Scheherazade New", "Hind Siliguri"
_FAMILIES = {
    Language.PUNJABI: "Noto Sans Gurmukhi",
    Language.BENGALI: BENGALI,
    Language.URDU: URDU,
    Language.ARABIC: ARABIC,
    Language.PERSIAN: ARABIC,
    Language.CHINESE: "Noto Sans SC",
}
_NAMES_IN = [LATIN, ARABIC, "Noto Sans Gurmukhi", BENGALI, "Noto Sans SC"]
_UNUSED = {Language.URDU: "ccmp", Language.BENGALI: "blwm"}
"""A feature of the font that is turned off: letters taken apart into base and mark; marks below moved a hair."""
_NO_FONT = {Language.GUJARATI, Language.MALAYALAM, Language.TAMIL, Language.TIGRINYA}
"""Languages whose own letters none of these fonts has: they are named in English."""
# Latin, Greek and Cyrillic letters with their marks, and what stands between words: all of it is in Noto Sans.
_PRINTABLE = re.compile(
    r"[^ -~\u00A0-\u00AC\u00AE-\u024F\u0400-\u045F\u1E00-\u1EFF\u2010-\u2015\u2018-\u2022\u2026\u20AC]"
)


class Sheet(StrEnum):
    """What can be printed of a centre."""

    POSTER = "poster"
    CARDS = "cards"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a script is set. `above` and `below` say how far a line reaches over and under its base, in shares of its
    size or as typst's word; `leading` is the room between lines, and `gap` that between points in millimetres.
    """

    above: float | str = "cap-height"
    below: float | str = "baseline"
    leading: float = 0.55
    gap: float = 4.2


_RIGHT_TO_LEFT, _INDIC = Setting(0.9, -0.28, 0.3, 2.6), Setting(0.85, -0.2, 0.35, 3.0)
_SETTINGS = {
    Language.PUNJABI: _INDIC,
    Language.BENGALI: _INDIC,
    Language.URDU: Setting(0.9, -0.35, 0.1, 1.8),
    Language.ARABIC: _RIGHT_TO_LEFT,
    Language.PERSIAN: _RIGHT_TO_LEFT,
    Language.CHINESE: Setting("cap-height", -0.1, 0.5, 4.2),
}


def sheet_of(centre: Listed, writing: Writing, link: str, partnership: str) -> dict[str, Any]:
    """One centre in one language, as the templates of posters and cards read it. `link` is what its square opens."""
    headline = writing.words["poster.headline"]
    return {
        **_ground(writing, f"{printable(centre.name)} – {headline}", partnership),
        "square": square_of(link),
        "square_alt": link,
        "short": link.partition("://")[2],
        "words": _words(writing),
        "points": _points(centre),
        "centre": _centre(centre),
        "hours": _hours(centre.week, writing),
        "holidays": _holidays(centre.week, writing),
        "unchecked": "" if writing.is_checked else writing.unchecked,
    }


def list_sheet(centres: Iterable[Listed], writing: Writing, link: str, partnership: str, made: str) -> dict[str, Any]:
    """All centres, for a notice board. `made` is the day it was printed, in words."""
    return {
        **_ground(writing, "Reporting centres", partnership),
        "square": square_of(link),
        "square_alt": link,
        "short": link.partition("://")[2],
        "made": made,
        "centres": [{**_centre(each), "access": _access(each), "hours": _short_hours(each.week)} for each in centres],
    }


def square_of(link: str) -> str:
    """A QR code as SVG, with the quiet edge that cameras need."""
    drawn = BytesIO()
    segno.make_qr(link, error="m").save(drawn, kind="svg", border=4, dark="#08404a", xmldecl=False, omitsize=True)
    return drawn.getvalue().decode()


def printable(text: str) -> str:
    """What a centre wrote of itself without the characters that no font here has: a sheet with a hole is refused."""
    return " ".join(_PRINTABLE.sub("", normalize("NFC", text)).split())


def _ground(writing: Writing, title: str, partnership: str) -> dict[str, Any]:
    language = Language(writing.tag)
    setting = _SETTINGS.get(language, Setting())
    return {
        "title": title,
        "author": printable(partnership),
        # typst knows the script apart from the language.
        "lang": writing.tag.partition("-")[0],
        "script": writing.tag.partition("-")[2].lower(),
        "region": "CN" if language is Language.CHINESE else "GB",
        "right_to_left": writing.is_right_to_left,
        "fonts": [*([_FAMILIES[language]] if language in _FAMILIES else []), LATIN],
        "all_fonts": _NAMES_IN,
        "unused": _UNUSED.get(language, ""),
        **{name: getattr(setting, name) for name in Setting.__slots__},
    }


def _words(writing: Writing) -> dict[str, dict[str, str]]:
    """The poster's words with the English beside them; 999 never stands alone at the start of a line."""
    return {
        key.removeprefix("poster."): {
            "words": text.replace(" 999", "\u00a0999"),
            "english": writing.english_beside(key),
        }
        for key, text in writing.words.items()
        if key.startswith("poster.")
    }


def _points(centre: Listed) -> list[str]:
    more = [word for word, there in (("private", centre.private_space), ("step_free", centre.step_free)) if there]
    return ["name", "police", "listen", "code", *more]


def _centre(centre: Listed) -> dict[str, Any]:
    return {
        "name": printable(centre.name) or "Reporting centre",
        "address": printable(f"{centre.address}, {centre.postcode}"),
        "phone": printable(centre.phone),
        "languages": [_language(language) for language in centre.languages],
    }


def _language(language: Language) -> list[Any]:
    return [language.english, False] if language in _NO_FONT else [language.own, language.is_right_to_left]


def _hours(week: Week, writing: Writing) -> list[list[Any]]:
    """Runs of days with the same hours: their names, hours in figures that every script reads, whether closed."""
    if not week.openings:
        return []
    stretches = [", ".join(map(_figures, _on(week, number))) for number in range(len(DAYS))]
    names = [writing.words[f"days.{day.lower()}"] for day in DAYS]
    closed = writing.words["poster.closed"]
    runs = _runs(list(zip(names, stretches, strict=True)))
    return [[" – ".join(dict.fromkeys(ends)), hours or closed, not hours] for ends, hours in runs]


def _runs(days: list[tuple[str, str]]) -> list[tuple[tuple[str, str], str]]:
    """Days in a row with the same hours, by the first and the last of them."""
    grouped = (list(run) for _, run in groupby(days, key=itemgetter(1)))
    return [((run[0][0], run[-1][0]), run[0][1]) for run in grouped]


def _on(week: Week, number: int) -> list[Opening]:
    return [each for each in week.openings if each.weekday == number]


def _figures(opening: Opening) -> str:
    return f"{opening.opens:%H:%M}\u00a0–\u00a0{figures_of(opening.closes)}"


def _holidays(week: Week, writing: Writing) -> str:
    return writing.words["poster.holidays_open" if week.on_bank_holidays else "poster.holidays_closed"]


def _short_hours(week: Week) -> list[list[str]]:
    """Runs of days with their hours, in English."""
    runs = _runs([(day.day, day.words) for day in hours_of(week)])
    return [[" to ".join(dict.fromkeys(ends)), hours] for ends, hours in runs]


def _access(centre: Listed) -> str:
    said = (("Step-free way in", centre.step_free), ("A private space to talk", centre.private_space))
    return " · ".join(words for words, there in said if there)
