"""Pure rules of what stays of destroyed reports: which cells one report counts in, and how cells join a month's tally.

Every figure of a tally is a sum over reports, so that living reports and cells can be added up.
"""

from collections.abc import Iterable, Mapping

from trends.rules import ReportGroup, Tally
from trends.vocabulary import NOT_KNOWN, NOT_SETTLED, Part

Cell = tuple[Part, str, str]
"""Part, vintage (empty where none matters), code."""
ALL = ""
SEVERAL = "several"


def cells_of(
    group: ReportGroup, placements: Iterable[tuple[str, str, bool]], areas: Iterable[tuple[str, str]]
) -> set[Cell]:
    """The cells that one report counts in; `placements` are (vintage, ward, wholly), `areas` (vintage, code)."""
    cells: set[Cell] = {
        (Part.TOTAL, "", ALL),
        (Part.KIND, "", group.kind.value),
        (Part.CHANNEL, "", group.channel.value),
        *((Part.STRAND, "", strand.value) for strand in group.strands),
        *((Part.AREA, vintage, code) for vintage, code in areas),
    }
    if group.strands:
        cells.add((Part.NAMED, "", ALL))
    if len(group.strands) > 1:
        cells.add((Part.NAMED, "", SEVERAL))
    for vintage, ward, wholly in placements:
        cells.add((Part.PLACED, vintage, ALL))
        if wholly:
            cells.add((Part.WARD, vintage, ward))
    return cells


def tally_of(cells: Mapping[Cell, int], vintage: str) -> Tally:
    """What the cells of one month say on this vintage, as if the reports were there still."""

    def part(wanted: Part, on: str = "") -> dict[str, int]:
        return {code: many for (each, where, code), many in cells.items() if each is wanted and where == on}

    total, wards = part(Part.TOTAL).get(ALL, 0), part(Part.WARD, vintage)
    placed = part(Part.PLACED, vintage).get(ALL, 0)
    known = {**wards, NOT_SETTLED: placed - sum(wards.values()), NOT_KNOWN: total - placed}
    named = part(Part.NAMED)
    return Tally(
        total,
        known,
        part(Part.STRAND),
        part(Part.KIND),
        part(Part.CHANNEL),
        None,
        named.get(ALL, 0),
        named.get(SEVERAL, 0),
    )


def areas_of(cells: Mapping[Cell, int], vintage: str) -> dict[str, int]:
    """Code of a small area → destroyed reports in it."""
    return {code: many for (part, where, code), many in cells.items() if part is Part.AREA and where == vintage}


def added(one: Tally, other: Tally) -> Tally:
    """Both together; deprivation is counted afterwards."""
    return Tally(
        one.total + other.total,
        summed(one.wards, other.wards),
        summed(one.strands, other.strands),
        summed(one.kinds, other.kinds),
        summed(one.channels, other.channels),
        None,
        one.with_strand + other.with_strand,
        one.with_several_strands + other.with_several_strands,
    )


def summed(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """Code → the sum of both; a code that either has is in it."""
    return {code: one.get(code, 0) + other.get(code, 0) for code in one.keys() | other.keys()}
