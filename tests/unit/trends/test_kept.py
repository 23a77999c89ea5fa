"""Destroying reports changes no figure: cells and living reports add up to what all of them were."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reporting.vocabulary import Channel, Kind, Strand
from trends.kept import Cell, added, cells_of, tally_of
from trends.rules import ReportGroup, Tally, tally

MONTH = date(2024, 1, 1)
WARDS = ("E1", "E2", "E3")
ONE_REPORT = st.tuples(
    st.builds(
        ReportGroup,
        month=st.just(MONTH),
        kind=st.sampled_from(Kind),
        channel=st.sampled_from(Channel),
        strands=st.frozensets(st.sampled_from(Strand), max_size=3),
        reports=st.just(1),
    ),
    st.dictionaries(st.sampled_from(("2018", "2023")), st.lists(st.sampled_from(WARDS), min_size=1, max_size=2)),
)
Reports = list[tuple[ReportGroup, dict[str, list[str]]]]


def counted(reports: Reports, vintage: str) -> Tally:
    """The tally of living reports, as the queries make it."""
    wards: dict[str, int] = {}
    for _, placed in reports:
        if len(set(placed.get(vintage, []))) == 1:
            wards[placed[vintage][0]] = wards.get(placed[vintage][0], 0) + 1
    return tally([group for group, _ in reports], wards, sum(vintage in placed for _, placed in reports))


def without_noughts(found: Tally) -> object:
    """The figures that say anything."""
    parts = (found.wards, found.strands, found.kinds, found.channels)
    named = (found.total, found.with_strand, found.with_several_strands)
    return [{code: many for code, many in part.items() if many} for part in parts], named


@given(st.lists(ONE_REPORT, max_size=8), st.lists(ONE_REPORT, max_size=8), st.sampled_from(("2018", "2023")))
def test_cells_and_the_living_are_all(living: Reports, destroyed: Reports, vintage: str) -> None:
    cells: dict[Cell, int] = {}
    for group, placed in destroyed:
        rows = [(on, ward, len(set(wards)) == 1) for on, wards in placed.items() for ward in set(wards)]
        for cell in cells_of(group, rows, [(vintage, "L1")]):
            cells[cell] = cells.get(cell, 0) + 1
    both = added(counted(living, vintage), tally_of(cells, vintage))
    assert without_noughts(both) == without_noughts(counted([*living, *destroyed], vintage))
