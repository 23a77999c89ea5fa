"""A summary made ready for a page: cells, drawings and the words around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from geography.drawing import NO_WATER
from geography.small_areas import SmallAreas
from geography.wards import BoundarySet
from reporting.vocabulary import Channel
from trends.charts import Bar, draw_bars
from trends.maps import WardMap, draw_map
from trends.period import name_of, short_name_of
from trends.rules import Row, Summary
from trends.sentences import HIDDEN_WORDS, change_words, describe_rows, headline
from trends.vocabulary import HIDDEN, NETWORK_HIDES_UP_TO, OUTSIDE_WARDS, Breakdown, Edition, Figure

Cell = str | Markup
Column = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as `macros/figures.html` takes it."""

    caption: str
    head: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Cell] | None = None


@dataclass(frozen=True, slots=True)
class PageChart:
    """A drawn chart with the words above it."""

    caption: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class MonthPage:
    """Everything the page of a month shows. `numbers` are (number, words, note or None).

    `deprivation` is None where the index is not loaded. `residents` says how many people live in these wards, as of
    which year, or that this is not loaded.
    """

    headline: str
    numbers: Sequence[tuple[Cell, str, str | None]]
    map: WardMap
    map_caption: str
    wards: PageTable
    ward_chart: PageChart
    strands: PageTable
    strand_chart: PageChart
    kinds: PageTable
    channels: PageTable
    deprivation: PageTable | None
    tension_wards: PageTable
    tension_grades: PageTable
    residents: str
    cautions: Sequence[str]


def make_page(
    summary: Summary, wards: BoundarySet, areas: SmallAreas | None = None, water: BaseGeometry = NO_WATER
) -> MonthPage:
    """The page of a summary on these wards, beside this water, and by the deprivation of these small areas."""
    month = name_of(summary.period.month)
    map_caption = f"Where: reports by ward, {month}"
    smallest = 1 if summary.edition is Edition.TRUE_COUNTS else NETWORK_HIDES_UP_TO + 1
    return MonthPage(
        headline=headline(summary),
        numbers=_numbers(summary),
        map=draw_map(map_caption, summary.tables[Breakdown.WARD], wards, smallest, water),
        map_caption=map_caption,
        wards=_table(summary, Breakdown.WARD, "Ward", f"Reports by ward, {month}", with_total=True),
        ward_chart=_chart(summary, Breakdown.WARD, "ward"),
        strands=_table(summary, Breakdown.STRAND, "Strand", f"Reports that name each strand, {month}"),
        strand_chart=_chart(summary, Breakdown.STRAND, "strand"),
        kinds=_table(summary, Breakdown.KIND, "Kind", f"Reports by kind, {month}", with_total=True),
        channels=_table(summary, Breakdown.CHANNEL, "Channel", f"How reports came in, {month}", with_total=True),
        deprivation=_deprivation(summary, areas),
        tension_wards=_table(summary, Breakdown.TENSION_WARD, "Ward", f"Community intelligence by ward, {month}"),
        tension_grades=_table(summary, Breakdown.TENSION_GRADE, "Grade", f"Community intelligence by grade, {month}"),
        residents=residents_words(wards),
        cautions=_cautions(summary),
    )


def cell(figure: Figure) -> Cell:
    """A count as a table shows it; a hidden one as c, and read out as hidden."""
    return _hidden_cell() if figure is HIDDEN else f"{figure:,}"


def change_cell(change: Figure) -> Cell:
    """A difference as a table shows it."""
    return _hidden_cell() if change is HIDDEN else change_words(change)


def residents_words(wards: BoundarySet) -> str:
    """How many people live in these wards, and of which years the estimates are."""
    known = [ward.residents for ward in wards if ward.residents is not None]
    if len(known) < len(wards.wards):
        return (
            f"How many people live in each of the wards of {wards.vintage} is not loaded. Whoever runs the service can "
            "load it: safeharbour geography build … --population FILE"
        )
    years = " and ".join(str(year) for year in sorted({each.year for each in known}))
    return f"{sum(each.count for each in known):,} people live in these wards (estimates of {years})."


def _hidden_cell() -> Markup:
    return Markup('<span role="img" aria-label="hidden">c</span>')


def _numbers(summary: Summary) -> list[tuple[Cell, str, str | None]]:
    period, total = summary.period, summary.total
    hidden, so_far = HIDDEN_WORDS.capitalize(), None if period.is_over else "So far: the month is not over"
    numbers: list[tuple[Cell, str, str | None]] = [
        (cell(total.now), f"reports in {name_of(period.month)}", hidden if total.now is HIDDEN else so_far)
    ]
    if summary.has_year_before:
        note = hidden if total.before is HIDDEN else None
        numbers.append((cell(total.before), f"reports in {name_of(period.year_before)}", note))
    if summary.has_year_before and period.is_over:
        numbers.append((change_cell(total.change), "change over the year", None))
    return numbers


def _table(summary: Summary, breakdown: Breakdown, first: str, caption: str, *, with_total: bool = False) -> PageTable:
    period = summary.period
    head: list[Column] = [first, *((short_name_of(month), "number") for month in (period.month, period.year_before))]
    if period.is_over:
        head.append(("Change", "number"))
    rows = [_cells(row, with_change=period.is_over) for row in summary.tables[breakdown].rows]
    foot = _cells(summary.total, with_change=period.is_over) if with_total else None
    return PageTable(caption, head, rows, foot)


def _deprivation(summary: Summary, areas: SmallAreas | None) -> PageTable | None:
    if areas is None or Breakdown.DEPRIVATION not in summary.tables:
        return None
    source = f"Index of Multiple Deprivation {areas.index_year}, small areas of {areas.vintage}"
    caption = f"Reports by how deprived the area is, {name_of(summary.period.month)} ({source})"
    return _table(summary, Breakdown.DEPRIVATION, "Fifth of England", caption, with_total=True)


def _cells(row: Row, *, with_change: bool) -> list[Cell]:
    cells = [row.name, cell(row.now), cell(row.before)]
    return [*cells, change_cell(row.change)] if with_change else cells


def _chart(summary: Summary, breakdown: Breakdown, noun: str) -> PageChart:
    now, before = name_of(summary.period.month), name_of(summary.period.year_before)
    rows = [row for row in summary.tables[breakdown].rows if row.code not in OUTSIDE_WARDS]
    caption = f"Reports by {noun}: {now} beside {before}"
    bars = [Bar(row.name, row.now, row.before) for row in rows]
    return PageChart(caption, Markup(draw_bars(caption, describe_rows(rows, noun), bars, (now, before))))  # noqa: S704


def _cautions(summary: Summary) -> list[str]:
    """What must be known before these numbers are read."""
    channels = {row.code: row for row in summary.tables[Breakdown.CHANNEL].rows}
    cautions = []
    for channel, words in (
        (Channel.IMPORT, "Some of these reports were imported from a file, not made by a person here."),
        (Channel.DEMO, "Some of these reports are made up, for demonstration."),
    ):
        row = channels.get(channel)
        if row is not None and (row.now != 0 or row.before != 0):
            cautions.append(words)
    if summary.to_place:
        cautions.append(
            f"Some of these reports are not placed on the wards of {summary.period.vintage} yet. "
            "Whoever runs the service can place them: "
            f"safeharbour place-again --vintage {summary.period.vintage}"
        )
    return cautions
