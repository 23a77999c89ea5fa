"""Postcodes from OS Code-Point Open, or from our own table with a header."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geography.national_grid import on_the_grid, to_degrees
from geography.sources.files import Source, first_cells, named_rows, number, plain_rows

CODE_POINT_COLUMNS = 10
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")
_NO_PLACE = 90
"""Code-Point's positional quality of a postcode whose place is not known."""


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    """A unit postcode such as SO147LY, its latitude and longitude, and the ward the table gives it."""

    code: str
    lat: float
    lon: float
    ward: str


@dataclass(frozen=True, slots=True)
class PostcodeTable:
    """The council's postcodes in order, and those around it; how many have no place.

    `vintage` only when the files say whose wards they name.
    """

    sources: tuple[Source, ...]
    rows: tuple[PostcodeRow, ...]
    around: tuple[PostcodeRow, ...]
    vintage: str | None
    without_place: int


class _Raw(NamedTuple):
    """A row as it is written. Without a council it is of the one that is asked for."""

    number: int
    code: str
    easting: float
    northing: float
    ward: str
    council: str | None

    @property
    def has_place(self) -> bool:
        return bool(self.easting or self.northing)


def read_postcodes(sources: Sequence[Source], council: str) -> PostcodeTable:
    """The postcodes of the council. Raises SourceError."""
    seen: dict[str, str] = {}
    raw: list[_Raw] = []
    vintages: set[str] = set()
    for source in sources:
        vintage, rows = _rows(source)
        vintages |= {vintage} if vintage else set()
        for row in rows:
            _check(source, row)
            if row.code in seen:
                raise source.wrong(f"{row.code} is there already, in {seen[row.code]}. Keep it once.", row.number)
            seen[row.code] = f"{source.name}, row {row.number}"
            raw.append(row)
    if len(vintages) > 1:
        raise sources[0].wrong("the tables name wards of different vintages. Give tables of one vintage.")
    own = [row for row in raw if row.council in (None, council)]
    inside = _placed(own)
    if not inside:
        raise sources[0].wrong(f"no postcode in it is of {council}. Check the council's code, and give the right area.")
    around = _placed([row for row in raw if row.council not in (None, council)])
    return PostcodeTable(tuple(sources), inside, around, next(iter(vintages), None), len(own) - len(inside))


def _check(source: Source, row: _Raw) -> None:
    if not _POSTCODE.fullmatch(row.code):
        raise source.wrong(f"{row.code[:12]!r} is not a postcode. Give OS Code-Point Open as it comes.", row.number)
    if row.has_place and not on_the_grid(row.easting, row.northing):
        raise source.wrong(
            f"{row.easting:g}, {row.northing:g} is not on the British National Grid. Eastings and northings in "
            "metres are needed, not degrees, and the easting first.",
            row.number,
        )


def _rows(source: Source) -> tuple[str | None, Iterator[_Raw]]:
    """The vintage that a header names, if there is a header, and the rows."""
    header = first_cells(source)
    if len(header) == CODE_POINT_COLUMNS and _POSTCODE.fullmatch(_compact(header[0])):
        return None, _code_point(source)
    ward = next((name for name in header if re.fullmatch(r"ward_\d{4}", name)), None)
    if ward is None or not {"postcode", "easting", "northing"} <= set(header):
        raise source.wrong(
            "its columns are neither those of OS Code-Point Open (10, without a header) nor postcode, easting, "
            "northing and ward_YEAR. Give one of the two."
        )
    return ward.removeprefix("ward_"), _with_header(source, ward)


def _code_point(source: Source) -> Iterator[_Raw]:
    for where, cells in plain_rows(source, CODE_POINT_COLUMNS):
        easting, northing = number(source, where, "Eastings", cells[2]), number(source, where, "Northings", cells[3])
        if number(source, where, "Positional quality", cells[1]) >= _NO_PLACE:
            easting = northing = 0.0
        yield _Raw(where, _compact(cells[0]), easting, northing, cells[9], cells[8])


def _with_header(source: Source, ward: str) -> Iterator[_Raw]:
    for where, row in named_rows(source):
        easting, northing = (number(source, where, name, row[name]) for name in ("easting", "northing"))
        yield _Raw(where, _compact(row["postcode"]), easting, northing, row[ward], None)


def _compact(postcode: str) -> str:
    return postcode.replace(" ", "").upper()


def _placed(raw: Sequence[_Raw]) -> tuple[PostcodeRow, ...]:
    """Those whose place is known, in order, with latitude and longitude."""
    ordered = sorted((row for row in raw if row.has_place), key=lambda row: row.code)
    places = to_degrees([(row.easting, row.northing) for row in ordered])
    return tuple(PostcodeRow(row.code, lat, lon, row.ward) for row, (lat, lon) in zip(ordered, places, strict=True))
