"""The file says what it is on every line, and no spreadsheet runs it."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.download import file_name, file_rows, safe_cell, write_csv
from trends.period import Period
from trends.rules import Summary, Tally, hide_summary, summarise
from trends.schemas import dump_rows

COLUMNS = [
    "month", "compared_with", "vintage", "table", "code", "name", "count", "count_year_before", "note", "status",
]  # fmt: skip


def preview(names: dict[str, str], wards: dict[str, int], today: date = date(2024, 3, 9)) -> Summary:
    period = Period(date(2024, 1, 1), "2023", today)
    now = Tally(sum(wards.values()), wards)
    return hide_summary(summarise(period, now, Tally(), names, date(2020, 1, 1)), 4)


def lines(summary: Summary) -> list[dict[str, str]]:
    text = write_csv(*dump_rows(list(file_rows(summary))))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def line(summary: Summary, code: str) -> dict[str, str]:
    return next(each for each in lines(summary) if each["code"] == code)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=cmd|' /C calc'!A0", "  =1", "|calc", "\uff1d1"]
)
def test_a_formula_is_made_text(text: str) -> None:
    assert safe_cell(text).startswith("'")


@given(st.text())
def test_no_cell_begins_as_a_formula_or_breaks_its_line(text: str) -> None:
    cell = safe_cell(text)
    assert cell.lstrip()[:1] not in set("=+-@|")
    assert not set(cell) & {"\r", "\n", "\t", "\0"}


@given(st.text(max_size=30))
def test_whatever_a_ward_is_called_the_file_keeps_its_columns(name: str) -> None:
    summary = preview({"E1": name}, {"E1": 7})
    assert all(list(each) == COLUMNS for each in lines(summary))
    assert line(summary, "E1")["name"] == safe_cell(name)


def test_every_line_is_marked_and_dated() -> None:
    found = lines(preview({"E1": "Bargate"}, {"E1": 7}))
    assert {each["status"] for each in found} == {"not for release"}
    assert {(each["month"], each["compared_with"], each["vintage"]) for each in found} == {
        ("2024-01", "2023-01", "2023")
    }
    assert {each["table"] for each in found} == {"total", "ward", "strand", "kind", "channel"}


def test_hidden_is_c_with_a_note_and_nought_is_nought() -> None:
    summary = preview({"E1": "Bargate", "E2": "Bevois", "E3": "Coxford"}, {"E1": 3, "E3": 5})
    assert (line(summary, "E1")["count"], line(summary, "E1")["note"]) == ("c", "c: hidden, 1 to 4")
    assert (line(summary, "E2")["count"], line(summary, "E2")["note"]) == ("0", "")
    assert line(summary, "E3")["count"] == "5"


def test_strands_carry_the_warning_not_to_add_them_up() -> None:
    strands = [each for each in lines(preview({}, {})) if each["table"] == "strand"]
    assert len(strands) == 9
    assert all("do not add them up" in each["note"] for each in strands)


def test_a_month_that_is_not_over_says_so_on_every_line() -> None:
    found = lines(preview({}, {}, today=date(2024, 1, 9)))
    assert all("the month is not over" in each["note"] for each in found)


def test_it_begins_with_the_column_names_and_its_name_says_what_it_is() -> None:
    summary = preview({}, {})
    assert write_csv(*dump_rows(list(file_rows(summary)))).startswith("month,compared_with,vintage,table,code,name,")
    assert file_name(summary) == "reports-2024-01-wards-2023-not-for-release.csv"
