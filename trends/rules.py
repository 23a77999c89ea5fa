"""Pure rules of a month's figures: what is counted where, what is hidden, and in which order it stands."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from reporting.vocabulary import Channel, Kind, Strand
from trends.period import Period
from trends.vocabulary import (
    ALL_REPORTS,
    CHANNEL_NAMES,
    FIFTH_NAMES,
    HIDDEN,
    KIND_NAMES,
    NO_AREA,
    NOT_KNOWN,
    NOT_SETTLED,
    OUTSIDE_WARDS,
    STRAND_NAMES,
    Breakdown,
    Edition,
    Figure,
)


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """Reports of one month that share kind, channel and strands."""

    month: date
    kind: Kind
    channel: Channel
    strands: frozenset[Strand]
    reports: int


@dataclass(frozen=True, slots=True)
class Tally:
    """One month's true counts. A report counts under each of its strands: `strands` adds up to nothing.

    `fifths` is by deprivation, None where that is not loaded.
    """

    total: int = 0
    wards: Mapping[str, int] = field(default_factory=dict)
    strands: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, int] = field(default_factory=dict)
    fifths: Mapping[str, int] | None = None
    with_strand: int = 0
    with_several_strands: int = 0


@dataclass(frozen=True, slots=True)
class Tension:
    """One month's community intelligence: true counts by ward (wholly in it), all placed anywhere, and by grade."""

    wards: Mapping[str, int] = field(default_factory=dict)
    placed: int = 0
    grades: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: reports in the month, and in the same month a year before."""

    code: str
    name: str
    now: Figure
    before: Figure

    @property
    def change(self) -> Figure:
        """The difference; hidden where either count is, for the two would give the hidden one away."""
        if self.now is HIDDEN or self.before is HIDDEN:
            return HIDDEN
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one breakdown, in the order they are read."""

    breakdown: Breakdown
    rows: tuple[Row, ...]

    def row(self, code: str) -> Row:
        """The row with this code. Raises KeyError."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Summary:
    """A month against the year before, in one edition. `begun` is the first month with any report.

    `to_place` says that some of its reports are placed on other boundaries and not yet on these.
    """

    period: Period
    edition: Edition
    total: Row
    tables: Mapping[Breakdown, Table]
    now: Tally
    begun: date | None
    to_place: bool = False

    @property
    def has_year_before(self) -> bool:
        """Whether reports were already being counted a year before."""
        return self.begun is not None and self.begun <= self.period.year_before


def hide(count: int, up_to: int) -> Figure:
    """The count, or hidden when it is from 1 to `up_to`. Nought is shown: it points at nobody."""
    if count < 0:
        raise ValueError("A count is nought or more.")
    return HIDDEN if 1 <= count <= up_to else count


def hide_summary(summary: Summary, up_to: int) -> Summary:
    """The Network's edition: counts from 1 to `up_to` hidden. Totals are not protected from subtraction."""
    tables = {
        breakdown: replace(table, rows=tuple(_hide_row(row, up_to) for row in table.rows))
        for breakdown, table in summary.tables.items()
    }
    total = _hide_row(summary.total, up_to)
    return replace(summary, edition=Edition.NETWORK, total=total, tables=tables, now=Tally())


def tally(groups: Iterable[ReportGroup], wards: Mapping[str, int], placed: int) -> Tally:
    """Counts of one month. `wards` holds reports wholly in one ward, `placed` is all placed anywhere."""
    strands: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    named: Counter[int] = Counter()
    for group in groups:
        kinds[group.kind] += group.reports
        channels[group.channel] += group.reports
        named[min(len(group.strands), 2)] += group.reports
        for strand in group.strands:
            strands[strand] += group.reports
    total = kinds.total()
    outside = {NOT_SETTLED: placed - sum(wards.values()), NOT_KNOWN: total - placed}
    known = {**wards, **outside}
    return Tally(total, known, strands, kinds, channels, None, named[1] + named[2], named[2])


def by_deprivation(counted: Tally, areas: Mapping[str, int], fifth_of: Callable[[str], int | None]) -> Tally:
    """The tally with its reports by how deprived their small area is; `areas` holds reports by the area's code."""
    fifths: Counter[str] = Counter()
    for code, reports in areas.items():
        fifth = fifth_of(code)
        if fifth is not None:
            fifths[str(fifth)] += reports
    return replace(counted, fifths={**fifths, NO_AREA: counted.total - fifths.total()})


def summarise(period: Period, now: Tally, before: Tally, ward_names: Mapping[str, str], begun: date | None) -> Summary:
    """The true counts of a month beside those of the year before."""
    names = {
        Breakdown.WARD: order_wards(ward_names, {**now.wards, **before.wards}),
        Breakdown.STRAND: _names(STRAND_NAMES),
        Breakdown.KIND: _names(KIND_NAMES),
        Breakdown.CHANNEL: channels_in_use(now.channels, before.channels),
    }
    counts = {
        Breakdown.WARD: (now.wards, before.wards),
        Breakdown.STRAND: (now.strands, before.strands),
        Breakdown.KIND: (now.kinds, before.kinds),
        Breakdown.CHANNEL: (now.channels, before.channels),
    }
    if now.fifths is not None and before.fifths is not None:
        names[Breakdown.DEPRIVATION] = FIFTH_NAMES
        counts[Breakdown.DEPRIVATION] = (now.fifths, before.fifths)
    tables = {breakdown: _table(breakdown, names[breakdown], *counts[breakdown]) for breakdown in names}
    total = Row(ALL_REPORTS, "All reports", now.total, before.total)
    return Summary(period, Edition.TRUE_COUNTS, total, tables, now, begun)


def with_tension(
    summary: Summary, now: Tension, before: Tension, ward_names: Mapping[str, str], grade_names: Mapping[str, str]
) -> Summary:
    """The summary with community tension in tables of its own; grades that neither month has are left out."""
    wards = [{**month.wards, **_outside(month)} for month in (now, before)]
    used = {code: name for code, name in grade_names.items() if now.grades.get(code) or before.grades.get(code)}
    tension = {
        Breakdown.TENSION_WARD: _table(
            Breakdown.TENSION_WARD, order_wards(ward_names, {**wards[0], **wards[1]}), *wards
        ),
        Breakdown.TENSION_GRADE: _table(Breakdown.TENSION_GRADE, used, now.grades, before.grades),
    }
    return replace(summary, tables={**summary.tables, **tension})


def _outside(month: Tension) -> dict[str, int]:
    total = sum(month.grades.values())
    return {NOT_SETTLED: month.placed - sum(month.wards.values()), NOT_KNOWN: total - month.placed}


def order_wards(ward_names: Mapping[str, str], counted: Iterable[str]) -> dict[str, str]:
    """Code → name, by name; wards nobody named by their code; then those in no one ward."""
    known = {**{code: code for code in counted if code not in OUTSIDE_WARDS}, **ward_names}
    ordered = sorted(known.items(), key=lambda ward: (ward[1].casefold(), ward[0]))
    return {**dict(ordered), **OUTSIDE_WARDS}


def channels_in_use(now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, str]:
    """The doors every desk has, and those for files and demonstrations where something came through them."""
    always = {Channel.PUBLIC, Channel.CENTRE}
    return {
        channel.value: name
        for channel, name in CHANNEL_NAMES.items()
        if channel in always or now.get(channel) or before.get(channel)
    }


def _names(words: Mapping[Strand, str] | Mapping[Kind, str]) -> dict[str, str]:
    return {word.value: name for word, name in words.items()}


def _table(breakdown: Breakdown, names: Mapping[str, str], now: Mapping[str, int], before: Mapping[str, int]) -> Table:
    rows = (Row(code, name, now.get(code, 0), before.get(code, 0)) for code, name in names.items())
    return Table(breakdown, tuple(rows))


def _hide_row(row: Row, up_to: int) -> Row:
    return replace(row, now=_hidden(row.now, up_to), before=_hidden(row.before, up_to))


def _hidden(figure: Figure, up_to: int) -> Figure:
    return HIDDEN if figure is HIDDEN else hide(figure, up_to)
