"""Reads a tagged PDF back as a screen reader does: part by part, with the text that is meant for its glyphs."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def said_in(pdf: bytes, right_to_left: bool = False) -> list[str]:
    """The words of every tagged part of the first page, in the order in which they are tagged.

    A PDF sets its glyphs from the left in every language: with `right_to_left` those of a part without Latin letters
    and figures are turned around, glyph by glyph.
    """
    reader = PdfReader(BytesIO(pdf))
    page = reader.pages[0]
    fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}  # type: ignore[index]
    parts = _parts(ContentStream(page.get_contents(), reader), fonts)
    numbers = _tagged(reader.root_object["/StructTreeRoot"])
    return ["".join(_turned(parts.get(number, []), right_to_left)) for number in numbers]


def tags_in(pdf: bytes) -> list[str]:
    """The kinds of the tagged parts, such as H1 and LI, in their order."""
    return [str(kind) for kind in _kinds(PdfReader(BytesIO(pdf)).root_object["/StructTreeRoot"])]


def _turned(glyphs: list[str], right_to_left: bool) -> list[str]:
    return glyphs[::-1] if right_to_left and not re.search("[A-Za-z0-9]", "".join(glyphs)) else glyphs


def _parts(stream: ContentStream, fonts: dict[str, dict[int, str]]) -> dict[int, list[str]]:
    """The glyphs of marked content by its number. Where a text is given for glyphs, it is what counts."""
    parts: dict[int, list[str]] = {}
    # Each mark that is open: the number of its part, and whether its text was given.
    opened: list[tuple[int | None, bool]] = []
    letters: dict[int, str] = {}
    for operands, operator in stream.operations:
        if operator == b"BDC":
            given = operands[1].get("/ActualText") if hasattr(operands[1], "get") else None
            number = operands[1].get("/MCID") if hasattr(operands[1], "get") else None
            opened.append((number, given is not None))
            _say(parts, opened, [str(given)] if given else [])
        elif operator == b"BMC":
            opened.append((None, False))
        elif operator == b"EMC":
            opened.pop()
        elif operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ") and not any(given for _, given in opened):
            _say(parts, opened, _decoded(operands[0], letters))
    return parts


def _say(parts: dict[int, list[str]], opened: list[tuple[int | None, bool]], glyphs: Iterable[str]) -> None:
    number = next((number for number, _ in reversed(opened) if number is not None), None)
    if number is not None:
        parts.setdefault(int(number), []).extend(glyphs)


def _decoded(shown: Any, letters: dict[int, str]) -> Iterator[str]:
    for piece in shown if isinstance(shown, list) else [shown]:
        if isinstance(piece, bytes | str):
            raw = piece if isinstance(piece, bytes) else piece.original_bytes  # type: ignore[attr-defined]
            yield from (letters.get(int.from_bytes(raw[at : at + 2]), "") for at in range(0, len(raw), 2))


def _letters(font: Any) -> dict[int, str]:
    """Glyph number → text, from the font's own table."""
    table = font["/ToUnicode"].get_data()
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _PAIR.findall(table)}


def _tagged(node: Any) -> Iterator[int]:
    """Numbers of marked content, depth first."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, int):
        yield int(found)
    elif isinstance(found, list):
        for each in found:
            yield from _tagged(each)
    elif hasattr(found, "get"):
        if "/MCID" in found:
            yield int(found["/MCID"])
        elif "/K" in found:
            yield from _tagged(found["/K"])


def _kinds(node: Any) -> Iterator[str]:
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for each in found:
            yield from _kinds(each)
    elif hasattr(found, "get"):
        if "/S" in found:
            yield found["/S"].removeprefix("/")
        if "/K" in found:
            yield from _kinds(found["/K"])
