"""A month's tables as rows of a file: one count a line, with what must be said of it beside."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trends.period import code_of
from trends.rules import Row, Summary
from trends.sentences import HIDDEN_WORDS
from trends.vocabulary import HIDDEN, NOT_REPORTS, OUTSIDE_WARDS, Breakdown, Figure

STATUS = "not for release"
_FORMULA_STARTS = frozenset("=+-@|\uff1d\uff0b\uff0d\uff20")
_CONTROLS = {code: " " for code in (*range(0x20), 0x7F)}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of the file."""

    month: str
    compared_with: str
    vintage: str
    table: str
    code: str
    name: str
    count: Figure
    count_year_before: Figure
    note: str
    status: str


def file_rows(summary: Summary) -> Iterator[FileRow]:
    """The total, then every table, in the order of the page."""
    yield _file_row(summary, Breakdown.ALL, summary.total)
    for breakdown, table in summary.tables.items():
        for row in table.rows:
            yield _file_row(summary, breakdown, row)


def file_name(summary: Summary) -> str:
    """What the file is called: plain letters, and that it is not for release."""
    return f"reports-{code_of(summary.period.month)}-wards-{summary.period.vintage}-not-for-release.csv"


def safe_cell(text: str) -> str:
    """Text on one line that no spreadsheet runs as a formula: an apostrophe first (OWASP, CSV injection)."""
    line = text.translate(_CONTROLS)
    return f"'{line}" if line.lstrip()[:1] in _FORMULA_STARTS and line.strip() else line


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """The rows under their column names, as RFC 4180 has it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _file_row(summary: Summary, breakdown: Breakdown, row: Row) -> FileRow:
    period = summary.period
    return FileRow(
        month=code_of(period.month),
        compared_with=code_of(period.year_before),
        vintage=period.vintage,
        table=breakdown.value,
        code=row.code,
        name=row.name,
        count=row.now,
        count_year_before=row.before,
        note="; ".join(_notes(summary, breakdown, row)),
        status=STATUS,
    )


def _notes(summary: Summary, breakdown: Breakdown, row: Row) -> Iterator[str]:
    if row.now is HIDDEN or row.before is HIDDEN:
        yield f"c: {HIDDEN_WORDS}"
    if breakdown is Breakdown.STRAND:
        yield "a report may carry several strands: do not add them up"
    if row.code in OUTSIDE_WARDS:
        yield "counted in no ward"
    if not summary.period.is_over:
        yield "the month is not over"
    if breakdown in NOT_REPORTS:
        yield "community intelligence: no reports, and counted among none"
    if not summary.has_year_before and breakdown not in NOT_REPORTS:
        yield "nothing was counted yet a year before"
