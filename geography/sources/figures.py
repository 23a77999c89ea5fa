"""Deprivation and residents of areas: the Index of Multiple Deprivation as published, and tables of populations."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geography.small_areas import quintile_of_decile, quintile_of_rank
from geography.sources.files import Row, Source, first_cells, named_rows, number

AreaKey = tuple[str, str]
"""The vintage of the areas and the code of one."""

_CODE = re.compile(r"(?:lsoa *code *\((?P<a>\d{4})\)|lsoa *(?P<b>\d{4}) *code|lsoa_?(?P<c>\d\d)_?(?:cd|code))", re.I)
_RANK = re.compile(r"(?:index of multiple deprivation \(imd\) rank\b.*|imd_?rank)", re.I)
_DECILE = re.compile(r"(?:index of multiple deprivation \(imd\) decile\b.*|imd_?decile)", re.I)
_DISTRICT_YEAR = re.compile(r"local authority district code \((\d{4})\)", re.I)
_RESIDENTS_OF = re.compile(r"pop_\D*(?P<year>\d{4})_lsoa(?P<vintage>\d\d)", re.I)
# The index names the year of its districts, not its own.
_INDEX_YEAR = {"2013": 2015, "2019": 2019, "2024": 2025}
_INDEX_YEAR_OF_AREAS = {"2011": 2019, "2021": 2025}


@dataclass(frozen=True, slots=True)
class Deprivation:
    """Quintiles of England, 1 the most deprived, for the small areas of one vintage."""

    source: Source
    vintage: str
    index_year: int
    quintiles: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Population:
    """Residents and their year, of wards and of small areas."""

    sources: tuple[Source, ...] = ()
    wards: Mapping[AreaKey, tuple[int, int]] = field(default_factory=dict)
    small_areas: Mapping[AreaKey, tuple[int, int]] = field(default_factory=dict)


def read_deprivation(source: Source) -> Deprivation:
    """The index in a file. Raises SourceError."""
    header = first_cells(source)
    code, vintage = _code_column(header)
    rank, decile = (next((name for name in header if form.fullmatch(name)), None) for form in (_RANK, _DECILE))
    if code is None or (rank is None and decile is None):
        raise source.wrong(
            "it has no columns 'LSOA code (2011)' and 'Index of Multiple Deprivation (IMD) Decile' or '… Rank'. "
            "Give the index of England as published, as CSV."
        )
    quintiles: dict[str, int] = {}
    for where, row in named_rows(source):
        if not row[code]:
            continue
        found = _quintile(source, where, row, vintage, (rank, decile))
        if quintiles.setdefault(row[code], found) != found:
            raise source.wrong(f"{row[code]} is there already, with another figure. Keep it once.", where)
    said = next((match[1] for name in header if (match := _DISTRICT_YEAR.fullmatch(name))), "")
    return Deprivation(source, vintage, _INDEX_YEAR.get(said, _INDEX_YEAR_OF_AREAS[vintage]), quintiles)


def read_population(sources: Sequence[Source]) -> Population:
    """Residents from tables of wards, of small areas, or both. Raises SourceError."""
    wards: dict[AreaKey, tuple[int, int]] = {}
    areas: dict[AreaKey, tuple[int, int]] = {}
    for source in sources:
        header = first_cells(source)
        if {"vintage", "ward", "population", "year"} <= set(header):
            _keep(source, wards, _by_ward(source))
        elif columns := [match for name in header if (match := _RESIDENTS_OF.fullmatch(name))]:
            for column in columns:
                _keep(source, areas, _by_column(source, header, column))
        else:
            _keep(source, areas, _by_small_area(source, header))
    return Population(tuple(sources), wards, areas)


_Counted = tuple[int, AreaKey, tuple[int, int]]


def _by_ward(source: Source) -> Iterator[_Counted]:
    for where, row in named_rows(source):
        yield where, (row["vintage"], row["ward"]), _count(source, where, row["population"], row["year"])


def _by_column(source: Source, header: Sequence[str], column: re.Match[str]) -> Iterator[_Counted]:
    code = next((name for name in header if _vintage_of(name) == f"20{column['vintage']}"), None)
    if code is None:
        raise source.wrong(f"it has {column[0]} but no column of those areas' codes. Add it.")
    for where, row in named_rows(source):
        if row[code] and row[column[0]]:
            yield where, (f"20{column['vintage']}", row[code]), _count(source, where, row[column[0]], column["year"])


def _by_small_area(source: Source, header: Sequence[str]) -> Iterator[_Counted]:
    code, vintage = _code_column(header)
    names = {name.lower(): name for name in header}
    if code is None or not {"population", "year"} <= set(names):
        raise source.wrong(
            "its columns are neither vintage, ward, population and year, nor LSOA21CD (or LSOA11CD), population and "
            "year. Save the table of the estimates as CSV with these columns."
        )
    for where, row in named_rows(source):
        yield where, (vintage, row[code]), _count(source, where, row[names["population"]], row[names["year"]])


def _keep(source: Source, kept: dict[AreaKey, tuple[int, int]], counted: Iterator[_Counted]) -> None:
    for where, key, count in counted:
        if kept.setdefault(key, count) != count:
            raise source.wrong(f"{key[1]} is there already, with another figure. Keep it once.", where)


def _count(source: Source, where: int, residents: str, year: str) -> tuple[int, int]:
    count = number(source, where, "the population", residents)
    if count < 0 or count != int(count):
        raise source.wrong(f"the population must be a whole number, not {residents[:20]}. Correct it.", where)
    if not re.fullmatch(r"\d{4}", year):
        raise source.wrong(f"the year must be four digits, not {year[:20]!r}. Correct it.", where)
    return int(count), int(year)


def _quintile(source: Source, where: int, row: Row, vintage: str, columns: tuple[str | None, str | None]) -> int:
    """From the decile where the index gives one, which is the publisher's own rounding; else from the rank."""
    rank, decile = columns
    try:
        if decile:
            return quintile_of_decile(number(source, where, "the decile", row[decile]))
        return quintile_of_rank(number(source, where, "the rank", row[rank or ""]), vintage)
    except ValueError as problem:
        raise source.wrong(str(problem), where) from problem


def _code_column(header: Sequence[str]) -> tuple[str | None, str]:
    return next(((name, vintage) for name in header if (vintage := _vintage_of(name))), (None, ""))


def _vintage_of(column: str) -> str:
    match = _CODE.fullmatch(column)
    if match is None:
        return ""
    vintage = match["a"] or match["b"] or f"20{match['c']}"
    return vintage if vintage in _INDEX_YEAR_OF_AREAS else ""
