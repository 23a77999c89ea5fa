"""Opening what was given: text, tables and JSON, each failure in one sentence that says what to do."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

Row = dict[str, str]


_PACKED = (b"PK", b"\x1f\x8b", b"7z\xbc\xaf")


class SourceError(ValueError):
    """A file cannot be used; the message names the file, the place in it, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read whole: its name, fingerprint and text."""

    name: str
    fingerprint: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines it has that are not empty, a header among them."""
        return sum(1 for line in self.text.splitlines() if line.strip())

    def wrong(self, what: str, row: int | None = None) -> SourceError:
        """The error for this file, at a row as a spreadsheet counts when there is one."""
        return SourceError(f"{self.name}, row {row}: {what}" if row else f"{self.name}: {what}")


def tidy(text: str) -> str:
    """A name on one line: what cannot be printed and every run of spaces becomes one space."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def is_a_name(text: str) -> bool:
    """Whether there is anything in a name that people could look for."""
    return any(map(str.isalnum, text))


def open_source(path: Path) -> Source:
    """The file's text as UTF-8, of which there is some. Raises SourceError."""
    source = open_any(path)
    if not source.text.strip():
        raise source.wrong("it is empty. Download it again.")
    return source


def open_any(path: Path) -> Source:
    """The file's text as UTF-8, maybe none. Raises SourceError."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise SourceError(f"{path.name}: it cannot be opened ({problem.strerror}). Check the path.") from problem
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceError(_not_text(path.name, content, problem.start)) from problem
    return Source(path.name, sha256(content).hexdigest(), text)


def _not_text(name: str, content: bytes, at: int) -> str:
    if content.startswith(_PACKED):
        return f"{name}: it is packed. Give the CSV or GeoJSON itself, taken out of its ZIP file."
    row = content[:at].count(b"\n") + 1
    return f"{name}, row {row}: it is not text in UTF-8. Save it again as UTF-8."


def read_json(source: Source) -> Any:
    """The file as JSON. Raises SourceError, which tells a truncated file from one that never was JSON."""
    try:
        return json.loads(source.text)
    except json.JSONDecodeError as problem:
        if not source.text.lstrip().startswith("{"):
            raise source.wrong("it is not GeoJSON. Download the layer as GeoJSON.") from problem
        if not source.text.rstrip().endswith("}") or problem.pos >= len(source.text.rstrip()) - 1:
            raise source.wrong(f"it was cut off after line {problem.lineno}. Download it again.") from problem
        raise source.wrong(
            f"it is broken JSON at line {problem.lineno}, column {problem.colno}. Download it again."
        ) from problem
    except RecursionError as problem:
        raise source.wrong("it is not GeoJSON: it is nested too deeply. Download it again.") from problem
    except ValueError as problem:
        # Python reads no whole number of more than 4,300 digits.
        raise source.wrong("a number in it is too long to be one. Download it again.") from problem


def first_cells(source: Source) -> list[str]:
    """The first row of a table, stripped."""
    return next((cells for _, cells in _numbered(source)), [])


def plain_rows(source: Source, width: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table without a header, each with its number. Raises SourceError on one of another width."""
    for number, cells in _numbered(source):
        if len(cells) != width:
            raise source.wrong(
                f"it has {len(cells)} columns where {width} are needed. Was the file cut off? Download it again.",
                number,
            )
        yield number, cells


def named_rows(source: Source) -> Iterator[tuple[int, Row]]:
    """Rows of a table by the names of its header, each with its number as a spreadsheet counts."""
    rows = _numbered(source)
    _, header = next(rows, (0, []))
    twice = next((name for name in header if name and header.count(name) > 1), None)
    if twice:
        raise source.wrong(f"its header names {twice} twice. Keep one of the two columns.")
    for number, cells in rows:
        if len(cells) != len(header):
            raise source.wrong(
                f"it has {len(cells)} columns where the header has {len(header)}. "
                "Was the file cut off? Download it again.",
                number,
            )
        yield number, dict(zip(header, cells, strict=True))


def _numbered(source: Source) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(source.text, newline=""), strict=True), start=1):
            if any(cell.strip() for cell in cells):
                yield number, [cell.strip() for cell in cells]
    except csv.Error as problem:
        raise source.wrong(f"it is not a CSV table ({problem}). Download it again.") from problem


def number(source: Source, row: int, name: str, text: str) -> float:
    """A finite number from a cell. Raises SourceError."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        raise source.wrong(f"{name} is not a number: {text[:40]!r}. Correct the row, or download the file again.", row)
    return value
