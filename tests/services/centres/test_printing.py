"""Posters, cards and the list, read back from the PDF: tagged, in their language, whole and in the right order."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any
from unicodedata import normalize

import pypdfium2
import pytest
from pypdf import PdfReader

from centres import printing
from centres.directory import Listed
from centres.opening import Opening, Week
from centres.printing import FontsMissing, print_sheet
from centres.sheets import Sheet, list_sheet, sheet_of
from core.languages import Language
from reporting.translations import EASY_READ, ENGLISH, WRITINGS, writing_in
from tests.stack.paper import said_in, tags_in
from tests.unit.centres.listed import listed

LINK = "https://safe.demo.invalid/c/K7QF2M"
WEEK = Week.of([*(Opening(day, time(9), time(17)) for day in range(5)), Opening(5, time(10), time(14))])
LIBRARY = listed(
    phone="023 8000 0001",
    week=WEEK,
    languages=(Language.ENGLISH, Language.URDU, Language.POLISH),
    step_free=True,
    private_space=True,
)
ON_A_POSTER = ("headline", "lead", "name", "police", "listen", "code", "private", "step_free", "online", "scan", "find",
               "speak", "hours", "closed", "holidays_closed", "danger")  # fmt: skip
ON_A_CARD = ("headline", "name", "police", "danger")
IN_THEIR_ORDER = ("headline", "lead", "name", "police", "listen", "code", "online", "danger")


def printed(sheet: Sheet, code: str, centre: Listed = LIBRARY) -> bytes:
    return print_sheet(sheet, sheet_of(centre, writing_in(code), LINK, "Demo Network"))


def letters(text: str) -> str:
    """What counts when words are held against each other: everything but the spaces."""
    return re.sub(r"[\s\u200c\u00a0]+", "", normalize("NFC", text))


def read_back(pdf: bytes, code: str) -> str:
    """The words of a sheet in reading order."""
    return letters("".join(said_in(pdf, writing_in(code).is_right_to_left)))


@pytest.mark.parametrize("sheet", Sheet)
@pytest.mark.parametrize("code", WRITINGS)
def test_every_sheet_in_every_language(sheet: Sheet, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    started = perf_counter()
    pdf = printed(sheet, code)
    took = perf_counter() - started
    with capsys.disabled():
        print(f"\n{sheet} {code}: {took:.2f} s, {len(pdf) / 1000:.0f} kB", end="")
    writing = writing_in(code)
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.root_object
    assert len(reader.pages) == 1
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == {"zh-Hans": "zh-CN", EASY_READ: "en-GB"}.get(code, f"{writing.tag}-GB")
    assert root["/ViewerPreferences"]["/Direction"] == ("/R2L" if writing.is_right_to_left else "/L2R")
    assert reader.metadata is not None
    assert reader.metadata.title == f"Demo Library – {writing.words['poster.headline']}"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    text = read_back(pdf, code)
    for key in ON_A_POSTER if sheet is Sheet.POSTER else ON_A_CARD:
        assert letters(writing.words[f"poster.{key}"]) in text, key
    for said in ("Demo Library", "1 Demo Square, SO14 7LY", LINK.removeprefix("https://")):
        assert letters(said) in text
    assert writing.is_checked or letters(writing.unchecked) in text


@pytest.mark.parametrize("code", WRITINGS)
def test_a_poster_is_read_in_its_order(code: str) -> None:
    text, words = read_back(printed(Sheet.POSTER, code), code), writing_in(code).words
    places = [text.index(letters(words[f"poster.{key}"])) for key in IN_THEIR_ORDER]
    assert places == sorted(places)
    assert tags_in(printed(Sheet.POSTER, code)).count("LI") == 6


def test_the_english_stands_beside_what_matters_and_only_there() -> None:
    text = read_back(printed(Sheet.POSTER, "pl"), "pl")
    english = writing_in(ENGLISH).words
    for key in ("name", "police", "code", "danger"):
        assert letters(english[f"poster.{key}"]) in text
    assert letters(english["poster.hours"]) not in text


def test_a_sheet_of_cards_is_heard_once() -> None:
    assert tags_in(printed(Sheet.CARDS, ENGLISH)).count("H1") == 1


def test_the_square_is_named_and_one_heading_leads() -> None:
    tags = tags_in(printed(Sheet.POSTER, ENGLISH))
    assert tags.count("H1") == 1
    assert tags.count("Figure") == 1


def three_times(day: int) -> list[Opening]:
    """Three openings a day, and no two days in a row alike."""
    return [
        Opening(day, time(8 + day % 3), time(12)),
        Opening(day, time(13), time(17)),
        Opening(day, time(18), time(20)),
    ]


@pytest.mark.parametrize("sheet", Sheet)
@pytest.mark.parametrize("code", ["en", "ur", "bn", "pl"])
def test_the_longest_centre_still_stands_on_one_page(sheet: Sheet, code: str) -> None:
    """Every language that there is, letters that no font has, three openings a day that all differ."""
    crowded = replace(
        LIBRARY,
        name="The 😀 International \u13a0 Community Centre and Advice Hub of Saint Mary, Northam and Bevois Town",
        address="Second floor, rear entrance, 1234 Very Long Demonstration Avenue North, Highfield, Southampton",
        languages=tuple(Language),
        week=Week.of(opening for day in range(7) for opening in three_times(day)),
    )
    assert len(PdfReader(BytesIO(printed(sheet, code, crowded))).pages) == 1


def test_a_centre_that_told_nothing_has_a_poster_too() -> None:
    text = read_back(printed(Sheet.POSTER, ENGLISH, listed()), ENGLISH)
    assert letters("Ask us when we are open.") in text
    assert letters("We speak") not in text
    assert letters("Step-free way in.") not in text


def test_the_list_holds_every_centre_on_as_many_pages_as_it_takes() -> None:
    centres = [replace(LIBRARY, name=f"Demo Centre {number}") for number in range(14)]
    pdf = print_sheet("list", list_sheet(centres, writing_in(ENGLISH), LINK, "Demo Network", "1 November 2026"))
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) > 1
    text = "".join(page.extract_text() for page in pages)
    assert all(f"Demo Centre {number}" in text for number in range(14))
    assert "Monday to Friday" in text
    empty = print_sheet("list", list_sheet([], writing_in(ENGLISH), LINK, "Demo Network", "1 November 2026"))
    assert "There is no reporting centre yet" in PdfReader(BytesIO(empty)).pages[0].extract_text()


def test_the_same_sheet_is_the_same_file() -> None:
    assert printed(Sheet.POSTER, "fa") == printed(Sheet.POSTER, "fa")


def test_a_poster_is_drawn_to_its_edges() -> None:
    """Deep above, red below: the page is not blank where its colours should be."""
    page = pypdfium2.PdfDocument(printed(Sheet.POSTER, ENGLISH))[0]
    pixels = page.render(scale=0.5).to_numpy()
    blue, green, red = (int(value) for value in pixels[3, 3][:3])
    assert red < green < blue
    blue, green, red = (int(value) for value in pixels[int(pixels.shape[0] * 0.95), 3][:3])
    assert red > 150 > green


def test_without_fonts_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(printing, "FONTS", tmp_path)
    with pytest.raises(FontsMissing, match=r"make static/build/manifest\.json"):
        printed(Sheet.POSTER, ENGLISH)


def test_many_who_ask_for_the_list_have_one_printing_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    printings: list[dict[str, Any]] = []

    def count(template: str, sheet: dict[str, Any]) -> bytes:
        printings.append(sheet)
        return f"{template} {len(printings)}".encode()

    printing._printed_before.cache_clear()
    monkeypatch.setattr(printing, "print_sheet", count)
    before = list_sheet([LIBRARY], writing_in(ENGLISH), LINK, "Partnership", "a day of this test")
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: printing.print_kept("list", before), range(40))) == {b"list 1"}
    moved = replace(LIBRARY, address="2 Demo Street")
    after = list_sheet([moved], writing_in(ENGLISH), LINK, "Partnership", "a day of this test")
    assert printing.print_kept("list", after) == b"list 2"
    assert printings == [before, after]
    assert printing.fingerprint_of("list", before) != printing.fingerprint_of("list", after)
    printing._printed_before.cache_clear()
