"""Onto paper: tagged PDF that a screen reader can read (PDF/UA-1), made on request; the list stays in memory."""

import hashlib
import json
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from core.settings import ROOT

FONTS = ROOT / ".setup" / "fonts"
_TEMPLATES = ROOT / "templates" / "posters"
_KEPT = 4
"""So many different sheets are kept in memory: today's list, and those of a few moments before."""
_PRINTING = Lock()


class FontsMissing(RuntimeError):
    """The fonts were never fetched: nothing can be printed."""


def print_sheet(template: str, sheet: dict[str, Any]) -> bytes:
    """A template of `templates/posters` with what stands on the sheet, as PDF/UA-1; FontsMissing before set-up."""
    # No time of making: the same sheet is the same file, and tells nobody when it was asked for.
    printed = typst.compile(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=_fonts(FONTS),
        format="pdf",
        sys_inputs={"sheet": json.dumps(sheet)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    assert isinstance(printed, bytes)
    # typst takes all Punjabi for Shahmukhi, which is written from the right; readers would turn its lines around.
    return printed if sheet["right_to_left"] else printed.replace(b"/Direction/R2L", b"/Direction/L2R")


def fingerprint_of(template: str, sheet: dict[str, Any]) -> str:
    """What changes whenever anything on the sheet does."""
    return hashlib.sha256(f"{template}/{_written(sheet)}".encode()).hexdigest()


def print_kept(template: str, sheet: dict[str, Any]) -> bytes:
    """The same as `print_sheet` for what is public: printed once for all who ask, until what stands on it changes."""
    # One at a time: of many who ask in the same moment, one prints and the others have the same.
    with _PRINTING:
        return _printed_before(template, _written(sheet))


@lru_cache(maxsize=_KEPT)
def _printed_before(template: str, written: str) -> bytes:
    return print_sheet(template, json.loads(written))


def _written(sheet: dict[str, Any]) -> str:
    return json.dumps(sheet, sort_keys=True)


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """The fonts of the folder alone: the machine's own would print differently elsewhere."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    if not fonts.families():
        raise FontsMissing("The fonts for posters are not here. Run: make static/build/manifest.json")
    return fonts
