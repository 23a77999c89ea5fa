"""What is hidden, how reports are tallied, and the order of rows."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.vocabulary import Channel, Kind, Strand
from trends.period import Period
from trends.rules import ReportGroup, Row, Summary, Tally, hide, hide_summary, order_wards, summarise, tally
from trends.vocabulary import ALL_REPORTS, HIDDEN, NOT_KNOWN, NOT_SETTLED, Breakdown, Edition

JANUARY = date(2024, 1, 1)
PERIOD = Period(JANUARY, "2023", date(2024, 3, 9))
NAMES = {"E1": "Shirley", "E2": "Bargate"}


def group(reports: int, *strands: Strand, kind: Kind = Kind.HATE) -> ReportGroup:
    return ReportGroup(JANUARY, kind, Channel.PUBLIC, frozenset(strands), reports)


def summary(now: Tally, before: Tally = Tally(), names: Mapping[str, str] = NAMES) -> Summary:  # noqa: B008
    return summarise(PERIOD, now, before, names, date(2020, 1, 1))


def names_of(rows: tuple[Row, ...]) -> list[str]:
    return [row.name for row in rows]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_small_counts_are_hidden(count: int) -> None:
    assert hide(count, 4) is HIDDEN


@pytest.mark.parametrize("count", [0, 5, 6, 1000])
def test_nought_and_five_are_shown(count: int) -> None:
    assert hide(count, 4) == count


@given(count=st.integers(0, 10**6), up_to=st.integers(0, 50))
def test_hiding_never_shows_a_small_count_nor_makes_a_nought(count: int, up_to: int) -> None:
    shown = hide(count, up_to)
    assert shown is HIDDEN if 1 <= count <= up_to else shown == count
    assert (shown == 0) == (count == 0)


def test_less_than_nought_is_no_count() -> None:
    with pytest.raises(ValueError, match="nought or more"):
        hide(-1, 4)


def test_hidden_cannot_be_added_up() -> None:
    with pytest.raises(TypeError):
        sum([5, HIDDEN])  # type: ignore[list-item]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.frozensets(st.sampled_from(Strand)), st.sampled_from(Kind)), max_size=20)
)
def test_a_report_counts_once_in_the_total_and_once_under_each_strand(
    drawn: list[tuple[int, frozenset[Strand], Kind]],
) -> None:
    counted = tally([group(reports, *strands, kind=kind) for reports, strands, kind in drawn], {}, 0)
    assert counted.total == sum(reports for reports, _, _ in drawn)
    assert sum(counted.kinds.values()) == sum(counted.channels.values()) == counted.total
    for strand in Strand:
        assert counted.strands.get(strand, 0) == sum(n for n, strands, _ in drawn if strand in strands)
    assert counted.with_strand == sum(n for n, strands, _ in drawn if strands)
    assert counted.with_several_strands == sum(n for n, strands, _ in drawn if len(strands) > 1)


def test_strands_are_not_summed() -> None:
    counted = tally([group(2, Strand.RACE, Strand.RELIGION), group(3, Strand.RACE)], {}, 0)
    assert counted.total == 5
    table = summary(counted).tables[Breakdown.STRAND]
    assert (table.row("race").now, table.row("religion").now) == (5, 2)
    assert ALL_REPORTS not in {row.code for row in table.rows}


def test_reports_in_no_one_ward_have_rows_of_their_own_and_the_table_adds_up() -> None:
    counted = tally([group(10)], {"E1": 4, "E2": 1}, placed=7)
    rows = summary(counted).tables[Breakdown.WARD].rows
    assert [(row.code, row.now) for row in rows] == [("E2", 1), ("E1", 4), (NOT_SETTLED, 2), (NOT_KNOWN, 3)]
    assert sum(row.now for row in rows if row.now is not HIDDEN) == counted.total


def test_wards_stand_by_name_and_a_ward_nobody_named_is_kept() -> None:
    ordered = order_wards({"E1": "shirley", "E2": "Bargate", "E3": "Coxford"}, ["E9", "E1"])
    assert list(ordered) == ["E2", "E3", "E9", "E1", NOT_SETTLED, NOT_KNOWN]


def test_a_ward_without_reports_is_a_row_of_noughts() -> None:
    rows = summary(tally([], {}, 0)).tables[Breakdown.WARD].rows
    assert names_of(rows) == ["Bargate", "Shirley", "Ward not settled", "Ward not known"]
    assert {row.now for row in rows} == {0}


def test_files_and_demonstrations_have_a_row_only_when_used() -> None:
    plain = summary(tally([group(1)], {}, 0))
    assert names_of(plain.tables[Breakdown.CHANNEL].rows) == ["Public form", "Reporting centre"]
    imported = ReportGroup(JANUARY, Kind.ASB, Channel.IMPORT, frozenset(), 1)
    used = summary(Tally(), tally([imported], {}, 0))
    assert "Imported from a file" in names_of(used.tables[Breakdown.CHANNEL].rows)


@given(now=st.integers(0, 12), before=st.integers(0, 12))
def test_the_preview_shows_no_count_from_1_to_4_and_no_change_that_gives_one_away(now: int, before: int) -> None:
    made = summary(tally([group(now)], {"E1": now}, now), tally([group(before)], {"E1": before}, before))
    hidden = hide_summary(made, 4)
    rows = [hidden.total, *(row for table in hidden.tables.values() for row in table.rows)]
    for row in rows:
        assert row.now not in {1, 2, 3, 4}
        assert row.before not in {1, 2, 3, 4}
        if HIDDEN in (row.now, row.before):
            assert row.change is HIDDEN
    assert hidden.edition is Edition.NETWORK
    assert hidden.now == Tally()
